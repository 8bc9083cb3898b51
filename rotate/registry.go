// SPDX-License-Identifier: MIT

package rotate

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// registry holds the paths that are open in this process: a file has one owner.
// Its lock is taken before that of a core.
var registry = struct {
	mu      sync.Mutex
	cores   map[string]*core // by the path without symbolic links in the directory
	working map[string]*core // those that are closed, and not yet done with their backups
}{cores: map[string]*core{}, working: map[string]*core{}}

// ErrInUse says that a path is open in this process with other options, and that [Options.TakeOver] is not set.
var ErrInUse = errors.New("already open in this process, with other options")

func open(path string, opts *Options) (*core, error) { return openWith(path, opts, realSystem()) }

func openWith(path string, opts *Options, sys system) (*core, error) {
	path, s, err := prepare(path, opts, sys)
	if err != nil {
		return nil, err
	}
	if s.DirMode != 0 {
		if err := makeDirs(filepath.Dir(path), s.DirMode); err != nil {
			return nil, err
		}
	}
	key, err := resolve(path)
	if err != nil {
		return nil, err
	}
	registry.mu.Lock()
	defer registry.mu.Unlock()
	c, err := shared(key, s)
	if err != nil {
		return nil, err
	}
	if c != nil {
		c.users++
		return c, nil
	}
	c = newCore(path, key, s)
	if err := c.replace(registry.cores[key], registry.working[key]); err != nil {
		return nil, err
	}
	registry.cores[key] = c
	return c, nil
}

// replace starts c in the place of a core that has the path, and of one that had it and is still at work.
func (c *core) replace(before, worker *core) error {
	for _, old := range []*core{worker, before} {
		if old == nil {
			continue
		}
		_ = old.retire() // the worker may not have come to that
		old.setHeir(c)
		if old.ctx.Err() == nil {
			c.work, c.unseen = old.work, old.unseen
		}
	}
	err := c.start()
	if err != nil && before != nil {
		before.setHeir(nil)
		before.resumeWriting()
	}
	return err
}

func (c *core) setHeir(heir *core) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.heir = heir
}

// check is open without doing anything.
func check(path string, opts *Options) error {
	path, s, err := prepare(path, opts, realSystem())
	if err != nil {
		return err
	}
	dir, err := os.Stat(filepath.Dir(path))
	switch {
	case errors.Is(err, fs.ErrNotExist) && s.DirMode != 0:
		return nil
	case err != nil:
		return err
	case !dir.IsDir():
		return fmt.Errorf("%s is not a directory", filepath.Dir(path))
	}
	if err := checkSafe(filepath.Dir(path), dir); err != nil {
		return err
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return errors.New("it is a directory")
	}
	key, err := resolve(path)
	if err != nil {
		return err
	}
	registry.mu.Lock()
	defer registry.mu.Unlock()
	_, err = shared(key, s)
	return err
}

// prepare checks path and options, and follows a symbolic link that is the file itself.
func prepare(path string, opts *Options, sys system) (string, *settings, error) {
	path, base, err := splitPath(path)
	if err != nil {
		return "", nil, err
	}
	s, err := newSettings(base, opts, sys)
	if err != nil {
		return "", nil, err
	}
	link, err := os.Lstat(path)
	if err != nil || link.Mode().IsRegular() { // it may be renamed at any moment
		return path, s, nil
	}
	target, err := os.Stat(path)
	if err != nil || !target.Mode().IsRegular() {
		return path, s, nil
	}
	if !s.FollowSymlink {
		return "", nil, errSymlink
	}
	path, err = filepath.EvalSymlinks(path)
	if err != nil {
		return "", nil, err
	}
	s, err = newSettings(filepath.Base(path), opts, sys)
	return path, s, err
}

var errSymlink = errors.New("it is a symbolic link to a regular file; FollowSymlink allows that")

// resolve returns the path without symbolic links in its directory.
func resolve(path string) (string, error) {
	dir, err := filepath.EvalSymlinks(filepath.Dir(path))
	return filepath.Join(dir, filepath.Base(path)), err
}

// shared returns the core that is open for a path, if its settings are the same, and an error if they are not
// and it is not to be replaced, or if the backups of one file were the other.
func shared(key string, s *settings) (*core, error) {
	followLinks()
	if c := registry.cores[key]; c != nil {
		switch equal := c.settings.equal(s); {
		case equal && !(s.TakeOver && s.Truncate):
			return c, nil
		case s.TakeOver:
			return nil, nil
		}
		return nil, ErrInUse
	}
	info, err := os.Stat(key)
	for other, c := range registry.cores {
		if there, e := os.Stat(other); err == nil && e == nil && info.Mode().IsRegular() && os.SameFile(info, there) {
			return nil, fmt.Errorf("already open in this process, as %s", other)
		}
		if filepath.Dir(other) != filepath.Dir(key) {
			continue
		}
		mine, theirs := filepath.Base(key), filepath.Base(other)
		if _, ok := s.parse(mine, theirs); ok && s.rotates() {
			return nil, fmt.Errorf("%s, which is open in this process, has the name of a backup of it", theirs)
		}
		if _, ok := c.parse(theirs, mine); ok && c.rotates() {
			return nil, fmt.Errorf("it has the name of a backup of %s, which is open in this process", theirs)
		}
	}
	return nil, nil
}

// followLinks gives the cores their places where links to their directories lead by now: there they open their paths anew.
func followLinks() {
	for key, c := range registry.cores {
		now, err := resolve(c.path)
		if err == nil && now != key && registry.cores[now] == nil {
			delete(registry.cores, key)
			c.key, registry.cores[now] = now, c
		}
	}
}

func newCore(path, key string, s *settings) *core {
	c := &core{settings: s, path: path, key: key, users: 1, work: &background{}, report: &background{}, unseen: &unseen{}}
	c.ctx, c.cancel = context.WithCancel(context.Background())
	c.errors.Set(s.OnError)
	if cmp.Or(s.Engine, engineFile) == engineLumberjack {
		c.engine = newJack(s, path)
	} else {
		c.engine = newDisk(s, path)
	}
	return c
}

// start opens the file, unless it is to be opened with the first line, and listens for signals.
func (c *core) start() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.settleLocked()
	if !c.Delay {
		if err := c.openLocked(); err != nil {
			return err
		}
	}
	c.quit = c.listen()
	c.resume()
	return nil
}

// resumeWriting undoes retire: the file is opened again with the next line.
func (c *core) resumeWriting() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed, c.watching = false, false
	c.settleLocked()
}

// writeLate appends a line that came after Close: to whoever has opened the path since, or else
// to the file, which is opened for it alone.
func (c *core) writeLate(p []byte) (int, error) {
	var last *core
	for other := c.owner(); other != nil && other != last; other = c.owner() {
		if n, err := other.write(p); !errors.Is(err, os.ErrClosed) {
			return n, err
		}
		last = other // it may have been replaced in the meantime
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.appendLocked(p)
}

// owner returns the core that has the path now.
func (c *core) owner() *core {
	registry.mu.Lock()
	defer registry.mu.Unlock()
	return registry.cores[c.key]
}

func (c *core) appendLocked(p []byte) (n int, err error) {
	if err := c.openLocked(); err != nil {
		return 0, fmt.Errorf("rotate: open %s for a line after Close: %w", c.path, err)
	}
	defer func() {
		err = cmp.Or(err, c.engine.close())
		c.isOpen = false
		c.settleLocked()
	}()
	if err := c.mendLocked(); err != nil {
		return 0, err
	}
	if n, err = c.engine.Write(p); err != nil {
		return 0, c.brokenLocked(n, err)
	}
	c.total.Lines++
	c.total.Bytes += int64(n)
	return n, nil
}
