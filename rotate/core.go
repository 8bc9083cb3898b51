// SPDX-License-Identifier: MIT

package rotate

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/slogx/slogx/internal/onerror"
)

const (
	followInterval = 100 * time.Millisecond // after which a path is looked at again, if a line comes
	minBackOff     = time.Second            // after a rotation that failed
	maxBackOff     = time.Minute
)

// A core is a path that is open, shared by the Files that were opened with equal options.
type core struct {
	*settings

	path   string // absolute, as given
	key    string // of the registry, which guards it
	users  int    // Files that are not closed; guarded by the registry
	errors onerror.Reporter
	work   *background     // on backups; a core that takes over goes on with it, so that OnRotate is called in order
	ctx    context.Context // done when nobody waits for the work any more
	cancel context.CancelFunc
	report *background // of errors: not held up by the work
	quit   func()      // stops listening for signals
	stale  atomic.Bool // the path is to be looked at before the next line
	failed atomic.Int64

	_  [64]byte // who waits for the lock reads it all the time, and who has it writes what stands below it
	mu sync.Mutex
	_  [64]byte

	engine  engine
	isOpen  bool
	closed  bool
	heir    *core // has the path now, nil if this one has
	careful bool  // every line takes the long way
	limit   int64 // a line that would have the file reach this size does, too
	opened
	end      time.Time // of the period
	lines    int64     // in the file
	timer    *time.Timer
	watching bool // the timer runs
	retry    time.Time
	backOff  time.Duration
	owed     string // the reason of a rotation that failed, and that nobody asks for again
	begun    bool   // OnOpen has been seen to
	total    Stats
	unseen   *unseen
}

// write writes a line. The long way is taken only if something is due.
func (c *core) write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.careful || c.size+int64(len(p)) >= c.limit || c.stale.Load() {
		if err := c.prepareLocked(len(p)); err != nil {
			return 0, err
		}
	}
	n, err := c.engine.Write(p)
	if err != nil {
		return 0, c.brokenLocked(n, err)
	}
	c.size += int64(n)
	c.lines++
	c.total.Lines++
	c.total.Bytes += int64(n)
	if !c.watching {
		c.watchLocked()
	}
	return n, nil
}

// prepareLocked makes the file ready for a line of the given size. Its error is the line's:
// a rotation that fails is none.
func (c *core) prepareLocked(next int) error {
	if c.closed {
		return os.ErrClosed
	}
	if !c.isOpen {
		if err := c.openLocked(); err != nil {
			return fmt.Errorf("rotate: open %s: %w", c.path, err)
		}
	}
	now := c.sys.now()
	reason, err := c.reasonLocked(now, next)
	if err != nil {
		return err
	}
	if err := c.mendLocked(); err != nil {
		return err
	}
	if reason != "" {
		_ = c.rotateLocked(now, reason)
	}
	return c.mendLocked() // the header may be torn
}

// brokenLocked deals with a line of which n bytes were written before err: they are cut off again,
// or ended before the next line.
func (c *core) brokenLocked(n int, err error) error {
	c.careful = true
	c.stale.Store(true)
	if n > 0 {
		if c.engine.cut(n) != nil {
			c.torn = true
			c.size += int64(n)
		}
	}
	return fmt.Errorf("rotate: write %s: %w", c.path, err)
}

// mendLocked ends a line that was torn.
func (c *core) mendLocked() error {
	if !c.torn {
		return nil
	}
	n, err := c.engine.Write([]byte("\n"))
	if err != nil {
		return fmt.Errorf("rotate: write %s: %w", c.path, err)
	}
	c.torn = false
	c.size += int64(n)
	c.settleLocked()
	return nil
}

// watchLocked has the path looked at with the first line that comes later than followInterval from now.
// A timer costs nothing while lines come; to ask for the time costs each of them.
func (c *core) watchLocked() {
	c.watching = true
	switch {
	case c.Watch || c.special:
	case c.timer == nil:
		c.timer = time.AfterFunc(followInterval, func() { c.stale.Store(true) })
	default:
		c.timer.Reset(followInterval)
	}
}

// settleLocked decides whether lines may take the short way.
func (c *core) settleLocked() {
	c.careful = c.closed || !c.isOpen || c.torn || c.Watch ||
		!c.special && (c.schedule != nil || c.ShouldRotate != nil || c.owed != "")
	c.limit = c.maxSize
	if c.special {
		c.limit = math.MaxInt64
	}
}

// openLocked opens the path.
func (c *core) openLocked() error {
	o, err := c.engine.open()
	if err != nil {
		return err
	}
	c.isOpen = true
	c.foundLocked(o)
	if !c.watching && !c.closed { // it may be renamed or removed before its first line
		c.watchLocked()
	}
	if c.OnOpen && !c.begun && !c.closed && !c.special && !c.emptyLocked() {
		_ = c.rotateLocked(c.sys.now(), byOpen) // reported
	}
	c.begun = true
	return nil
}

// foundLocked takes over a file that was opened.
func (c *core) foundLocked(o opened) {
	c.opened, c.lines = o, 0
	if o.warn != nil {
		c.fail(o.warn)
	}
	if o.special {
		c.settleLocked()
		return
	}
	if o.birth.IsZero() {
		c.beginLocked(c.sys.now())
	} else {
		c.birthLocked(o.birth)
	}
	c.settleLocked()
}

// beginLocked begins a period.
func (c *core) beginLocked(now time.Time) {
	c.birthLocked(now)
	if err := c.engine.mark(now); err != nil {
		c.fail(fmt.Errorf("note when the file began: %w", err))
	}
}

func (c *core) birthLocked(t time.Time) {
	c.birth = t
	if c.schedule != nil {
		_, c.end = c.schedule.Period(t)
	}
}

// followLocked opens the path anew if somebody has renamed or removed the file. Lines go on to the
// old one while that is not possible, unless it has no name any more: then they would be lost.
func (c *core) followLocked(now time.Time) error {
	o, changed, err := c.engine.follow()
	switch {
	case errors.Is(err, errGone):
		c.stale.Store(true)
		return fmt.Errorf("rotate: write %s: %w", c.path, err)
	case err != nil && c.waitsLocked(now):
	case err != nil:
		c.putOffLocked(now)
		c.fail(err)
	case changed:
		c.foundLocked(o)
	case !c.special:
		c.size = o.size
	}
	return nil
}

// fail reports an error that no line has, without a lock and in its order.
func (c *core) fail(err error) {
	c.failed.Add(1)
	err = fmt.Errorf("rotate: %s: %w", c.path, err)
	c.report.do(func() { c.errors.Report(err) })
}

// do does something with the open file.
func (c *core) do(what string, action func() error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	err := os.ErrClosed
	if !c.closed {
		err = action()
	}
	if err != nil {
		return fmt.Errorf("rotate: %s %s: %w", what, c.path, err)
	}
	return nil
}

func (c *core) reopenLocked() error {
	if !c.isOpen {
		return c.openLocked()
	}
	o, err := c.engine.open()
	if err == nil {
		c.foundLocked(o)
	}
	return err
}

func (c *core) syncLocked() error {
	if !c.isOpen {
		return nil
	}
	return c.engine.sync()
}
