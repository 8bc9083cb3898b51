// SPDX-License-Identifier: MIT

package rotate

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A pending rotation is one whose backup is still to be compressed, or to be handed to OnRotate.
type pending struct {
	Event

	name string
	info fs.FileInfo // of the backup; of the compressed one as soon as there is one
}

// An unseen is what OnRotate does not know yet, oldest first. The lock of the core that has the path guards it.
type unseen struct{ events []*pending }

// finish has the rest of a rotation done in the background.
func (c *core) finish(r rotated, e Event) {
	d, ok := c.engine.(*disk)
	if !ok {
		return
	}
	p := &pending{Event: e, name: r.name, info: r.info}
	if c.OnRotate != nil {
		c.unseen.events = append(c.unseen.events, p)
	}
	c.work.do(func() { c.tidy(d, p) })
}

// resume takes up what an earlier process has left.
func (c *core) resume() {
	if d, ok := c.engine.(*disk); ok && (c.rotates() || c.Compress != nil) {
		c.work.do(func() { c.tidy(d, nil) })
	}
}

// tidy brings the backups into order after a rotation, or if p is nil, after an earlier process. What OnRotate cannot be told now
// as the directory cannot be opened, it is told the next time.
func (c *core) tidy(d *disk, p *pending) {
	dir, err := c.sys.folder(filepath.Dir(d.path))
	t := &tidier{core: c, base: d.base, dir: dir}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		t.dir = nowhere{}
		t.show(p)
		return
	case err != nil:
		c.fail(err)
		return
	}
	defer func() {
		if err := dir.close(); err != nil {
			c.fail(err)
		}
	}()
	t.order(p == nil)
	if t.show(p) {
		t.order(false)
	}
}

// nowhere is a directory that is gone.
type nowhere struct{ folder }

func (nowhere) lstat(string) (fs.FileInfo, error) { return nil, fs.ErrNotExist }
func (nowhere) names() ([]string, error)          { return nil, fs.ErrNotExist }

// A tidier looks after the backups. It holds the lock of its core only for steps that take no time, and
// that must not meet a rotation: each is sure then that a name still is that of the file it means.
type tidier struct {
	*core

	base string
	dir  folder
}

// order removes and compresses what is to be.
func (t *tidier) order(sweep bool) {
	if sweep {
		t.try("clean up", t.sweep)
	}
	t.try("keep", t.keep)
	if t.Compress != nil {
		t.try("compress", t.compressAll)
	}
}

// lock takes the lock of the core that has the path by now, for a step that must not meet a rotation,
// and returns what gives it up.
func (t *tidier) lock() (unlock func()) {
	c := t.core
	for c.mu.Lock(); c.heir != nil; c.mu.Lock() {
		heir := c.heir
		c.mu.Unlock()
		c = heir
	}
	return c.mu.Unlock
}

// try does one part, and reports what goes wrong.
func (t *tidier) try(what string, part func() error) {
	if t.ctx.Err() != nil {
		return
	}
	if err := guard(part); err != nil && t.ctx.Err() == nil {
		t.fail(fmt.Errorf("%s: %w", what, err))
	}
}

// show hands to OnRotate what it does not know yet, up to a rotation, and reports whether there was any.
func (t *tidier) show(p *pending) bool {
	all := t.unseenUntil(p)
	for _, q := range all {
		t.showOne(q)
	}
	return len(all) > 0
}

// unseenUntil returns what OnRotate does not know yet, oldest first and p last; nothing if it knows p.
func (t *tidier) unseenUntil(p *pending) []*pending {
	defer t.lock()()
	return slices.Clone(t.unseen.events[:slices.Index(t.unseen.events, p)+1])
}

// showOne hands a rotation to OnRotate, and forgets it then.
func (t *tidier) showOne(p *pending) {
	if t.ctx.Err() != nil {
		return
	}
	if name, ok := t.find(p.name, p.info); ok {
		p.Path = filepath.Join(filepath.Dir(t.path), name)
	}
	defer func() {
		defer t.lock()()
		t.unseen.events = slices.DeleteFunc(t.unseen.events, func(q *pending) bool { return q == p })
	}()
	err := guard(func() error {
		t.OnRotate(t.ctx, p.Event)
		return nil
	})
	if err != nil {
		t.fail(fmt.Errorf("OnRotate: %w", err))
	}
}

// guard calls what may call what the program gave, and returns a panic of that as an error.
func guard(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return f()
}

// backups returns the backups that there are.
func (t *tidier) backups() ([]kept, error) {
	names, err := t.dir.names()
	if err != nil {
		return nil, err
	}
	type identity struct {
		nano    int64
		n       int
		foreign bool
	}
	at := map[identity]int{}
	var all []kept
	for _, name := range names {
		e, ok := t.parse(t.base, name)
		if !ok {
			continue
		}
		info, err := t.dir.lstat(name)
		if err != nil || !info.Mode().IsRegular() || info.Size() == 0 {
			continue // removed by somebody, or none of ours, or only reserved
		}
		id := identity{e.Time.UnixNano(), e.N, e.foreign}
		i, ok := at[id]
		if !ok {
			i = len(all)
			at[id] = i
			all = append(all, kept{entry: e})
		}
		k := &all[i]
		k.files = append(k.files, lying{name, e.packed, info})
		k.bytes += info.Size()
		if last := t.endOf(e, info.ModTime()); last.After(k.last) {
			k.last = last
		}
	}
	return all, nil
}

// keep removes what exceeds BackupCount, MaxAge and MaxTotalBytes. A number that a rotation has changed in the
// meantime is looked up again.
func (t *tidier) keep() error {
	if t.unbounded() {
		return nil
	}
	for range 3 {
		all, err := t.still()
		if err != nil {
			return err
		}
		again := false
		for _, k := range t.surplus(all, t.sys.now()) {
			for _, f := range k.files {
				removed, err := t.removeSeen(f.name, f.info)
				if err != nil {
					return err
				}
				again = again || !removed
			}
		}
		if !again {
			return nil
		}
	}
	return nil
}

// still returns the backups while no number moves: else one could be counted under two of them.
func (t *tidier) still() ([]kept, error) {
	if !t.keepsNames() {
		defer t.lock()()
	}
	return t.backups()
}

// removeSeen removes a backup if OnRotate has seen it.
func (t *tidier) removeSeen(name string, info fs.FileInfo) (done bool, err error) {
	defer t.lock()()
	if slices.ContainsFunc(t.unseen.events, func(p *pending) bool { return os.SameFile(p.info, info) }) {
		return true, nil
	}
	return t.removeLocked(name, info)
}

// removeLocked removes a backup if the name still is its name, and the other files are there. It reports false if the
// backup may have another name by now.
func (t *tidier) removeLocked(name string, info fs.FileInfo, others ...string) (done bool, err error) {
	now, err := t.dir.lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return true, nil
	case err != nil:
		return false, err
	case !os.SameFile(now, info):
		return false, nil
	}
	for _, other := range others {
		if _, err := t.dir.lstat(other); err != nil {
			return false, err
		}
	}
	return true, t.dir.remove(name)
}

// find returns the present name of a backup.
func (t *tidier) find(name string, info fs.FileInfo) (string, bool) {
	same := func(name string) bool {
		now, err := t.dir.lstat(name)
		return err == nil && os.SameFile(now, info)
	}
	if same(name) {
		return name, true
	}
	names, err := t.dir.names()
	if err != nil {
		return "", false
	}
	i := slices.IndexFunc(names, func(name string) bool {
		_, ok := t.parse(t.base, name)
		return ok && same(name)
	})
	if i < 0 {
		return "", false
	}
	return names[i], true
}

// sweep removes what an earlier process has left in the middle of its work: compressed files that are
// not whole, and names that were reserved.
func (t *tidier) sweep() error {
	names, err := t.dir.names()
	if err != nil {
		return err
	}
	var errs []error
	for _, name := range names {
		whole, temporary := strings.CutSuffix(name, tempSuffix)
		e, ok := t.parse(t.base, strings.TrimSuffix(whole, tempSuffix))
		if !ok || e.foreign || temporary && !e.packed {
			continue
		}
		info, err := t.dir.lstat(name)
		if err != nil || !info.Mode().IsRegular() || !temporary && info.Size() > 0 {
			continue
		}
		errs = append(errs, t.removeLeft(name, info, temporary))
	}
	return errors.Join(errs...)
}

// removeLeft removes what was left, unless a rotation of this process has just made it.
func (t *tidier) removeLeft(name string, info fs.FileInfo, temporary bool) error {
	defer t.lock()()
	now, err := t.dir.lstat(name)
	if err != nil || !os.SameFile(now, info) || !temporary && now.Size() > 0 {
		return nil
	}
	return t.dir.remove(name)
}
