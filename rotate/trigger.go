// SPDX-License-Identifier: MIT

package rotate

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"time"
)

// Reasons for a rotation.
const (
	bySize   = "size"
	byTime   = "time"
	byOpen   = "open"
	bySignal = "signal"
	byCall   = "call"
	byOption = "asked"
)

// reasonLocked returns the reason to rotate before a line of the given size is written, and "" if there is none. If there is one,
// the path has been looked at: what is rotated must be ours.
func (c *core) reasonLocked(now time.Time, next int) (string, error) {
	reason := c.dueLocked(now, next)
	if c.stale.Swap(false) || c.Watch || reason != "" {
		c.watching = false
		if err := c.followLocked(now); err != nil {
			return "", err
		}
		reason = c.dueLocked(now, next)
	}
	if reason != "" || !c.askLocked(now, next) {
		return reason, nil
	}
	if err := c.followLocked(now); err != nil || c.emptyLocked() {
		return "", err
	}
	c.oweLocked(byOption)
	return c.dueLocked(now, next), nil
}

// askLocked asks ShouldRotate, which is done once before a line: it may forget what it has answered.
func (c *core) askLocked(now time.Time, next int) (due bool) {
	if c.ShouldRotate == nil || c.special || c.emptyLocked() || c.waitsLocked(now) {
		return false
	}
	err := guard(func() error {
		due = c.ShouldRotate(Current{c.size, c.lines, next, c.birth, now})
		return nil
	})
	if err != nil {
		c.putOffLocked(now)
		c.fail(fmt.Errorf("ShouldRotate: %w", err))
	}
	return due
}

// dueLocked returns the reason to rotate that needs no asking.
func (c *core) dueLocked(now time.Time, next int) string {
	if c.special {
		return ""
	}
	if c.schedule != nil {
		c.setBackLocked(now)
	}
	if c.emptyLocked() {
		if c.schedule != nil && (now.Before(c.birth) || !now.Before(c.end)) {
			c.beginLocked(now)
		}
		c.oweLocked("")
		return ""
	}
	if c.waitsLocked(now) {
		return ""
	}
	size := c.size + int64(next)
	if c.torn { // a line break comes in between
		size++
	}
	switch {
	case c.schedule != nil && !now.Before(c.end):
		return byTime
	case size >= c.limit:
		return bySize
	}
	return c.owed
}

// emptyLocked reports whether the file has no line yet, but for a header. A shorter file has lines from before there was one.
func (c *core) emptyLocked() bool {
	return (c.size == 0 || c.size == int64(len(c.header()))) && !c.torn
}

// setBackLocked shortens the period if the clock was set back by more than a period: else it would last
// until the clock is again where it was.
func (c *core) setBackLocked(now time.Time) {
	if !now.Before(c.birth) {
		return
	}
	_, end := c.schedule.Period(now)
	if _, next := c.schedule.Period(end); c.end.After(next) {
		c.end = end
	}
}

// rotateLocked rotates the file. If that fails, lines go on to the old one, and it is tried again later.
func (c *core) rotateLocked(now time.Time, reason string) error {
	from, bytes := c.birth, c.size
	if c.schedule != nil {
		from, _ = c.schedule.Period(c.birth)
	}
	var r rotated
	err := guard(func() (err error) {
		r, err = c.engine.rotate(from)
		return err
	})
	if err != nil {
		c.total.Failures++
		c.putOffLocked(now)
		if reason == byOpen || reason == bySignal { // which do not come again
			c.oweLocked(reason)
		}
		c.fail(fmt.Errorf("rotate: %w", err))
		c.stale.Store(true) // see where the path leads by now
		return err
	}
	if r.warn != nil {
		c.fail(r.warn)
	}
	c.total.Rotations++
	c.retry, c.backOff, c.owed = time.Time{}, 0, ""
	c.opened, c.lines = opened{size: r.size, torn: r.torn}, 0
	c.beginLocked(now)
	c.settleLocked()
	c.finish(r, Event{From: from, To: now, Bytes: bytes, Reason: reason})
	return nil
}

// oweLocked has a rotation tried again, or if reason is empty, none.
func (c *core) oweLocked(reason string) {
	if c.owed != reason {
		c.owed = reason
		c.settleLocked()
	}
}

// waitsLocked reports whether it is too early for the next try. A clock that was set back does not prolong that.
func (c *core) waitsLocked(now time.Time) bool {
	return now.Before(c.retry) && c.retry.Sub(now) <= maxBackOff
}

// putOffLocked has the next try wait: a second, and twice as long each time, up to a minute.
func (c *core) putOffLocked(now time.Time) {
	c.backOff = min(max(minBackOff, 2*c.backOff), maxBackOff)
	c.retry = now.Add(c.backOff)
}

// rotateNowLocked rotates the file unless it is empty.
func (c *core) rotateNowLocked() error { return c.rotateForLocked(byCall) }

func (c *core) rotateForLocked(reason string) error {
	if !c.isOpen {
		if err := c.openLocked(); err != nil {
			return err
		}
	}
	now := c.sys.now()
	if err := c.followLocked(now); err != nil {
		return err
	}
	switch {
	case c.special:
		return errors.New("not a regular file")
	case !c.keepsNames() && c.unbounded():
		return errors.New("no backup is kept: set BackupCount, MaxAge, MaxTotalBytes or Suffix")
	case c.emptyLocked():
		return nil
	}
	return c.rotateLocked(now, reason)
}

// onSignal does what a signal asks for. What goes wrong is reported.
func (c *core) onSignal(s os.Signal) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return
	}
	if slices.Contains(c.ReopenOn, s) {
		if err := c.reopenLocked(); err != nil {
			c.fail(fmt.Errorf("reopen on %v: %w", s, err))
		}
	}
	if slices.Contains(c.RotateOn, s) {
		failures := c.total.Failures
		if err := c.rotateForLocked(bySignal); err != nil && c.total.Failures == failures {
			c.fail(fmt.Errorf("rotate on %v: %w", s, err))
		}
	}
}
