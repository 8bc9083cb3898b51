// SPDX-License-Identifier: MIT

package rotate

import (
	"cmp"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

// A fault says which operations fail, and how.
type fault struct {
	at    int // the first one, counted from 1; none if zero
	count int // how many fail from there on
	errno syscall.Errno
	late  bool // they are done all the same, as on a network file system that loses the answer
	half  bool // the first one writes one half, if it is a write
}

// A faultFS is the real system, which counts and names every operation that goes through it, and has some of them
// fail. It knows what is open. Syncs are counted only: what they do no test can see.
type faultFS struct {
	mu      sync.Mutex
	fault   fault
	ops     []string // what was asked for, failed or not: "rename app.log app.log.1"
	failed  []string
	handles map[any]string
	closing bool // closeFirst
	plain   bool // no extended attributes
	syncs   bool // syncs are done, too
	now     func() time.Time
}

func newFaultFS(now func() time.Time) *faultFS {
	return &faultFS{handles: map[any]string{}, now: now}
}

// arm begins to count anew, and has operations fail.
func (s *faultFS) arm(f fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault, s.ops, s.failed = f, nil, nil
}

// disarm ends the fault.
func (s *faultFS) disarm() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault = fault{}
}

// open returns the names of what is open.
func (s *faultFS) open() (names []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, name := range s.handles {
		names = append(names, name)
	}
	return names
}

// step counts an operation, and returns the error that it is to return, if it is to fail.
func (s *faultFS) step(words ...string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	op := strings.Join(words, " ")
	s.ops = append(s.ops, op)
	n := len(s.ops)
	if s.fault.at == 0 || n < s.fault.at || n >= s.fault.at+s.fault.count {
		return nil
	}
	s.failed = append(s.failed, op)
	return &fs.PathError{Op: words[0], Path: words[len(words)-1], Err: s.fault.errno}
}

func (s *faultFS) failures() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.failed)
}

// do does an operation unless it is to fail.
func (s *faultFS) do(real func() error, words ...string) error {
	failure := s.step(words...)
	if failure != nil && !s.fault.late {
		return failure
	}
	if err := real(); err != nil {
		return err
	}
	return failure
}

func (s *faultFS) track(handle any, name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.handles[handle] = name
}

// close closes what is open whatever becomes of it: a descriptor is gone after close(2), also if that fails.
func (s *faultFS) close(handle any, real func() error, words ...string) error {
	failure := s.step(words...)
	s.mu.Lock()
	delete(s.handles, handle)
	s.mu.Unlock()
	return cmp.Or(real(), failure)
}

func (s *faultFS) sync(real func() error, name string) error {
	if !s.syncs {
		real = func() error { return nil }
	}
	return s.do(real, "sync", name)
}

func (s *faultFS) system() system {
	return system{folder: s.folder, stat: s.stat, now: s.now, closeFirst: s.closing}
}

func (s *faultFS) stat(path string) (info fs.FileInfo, err error) {
	err = s.do(func() (err error) { info, err = os.Lstat(path); return err }, "look", filepath.Base(path))
	return info, err
}

func (s *faultFS) folder(dir string) (folder, error) {
	var real folder
	err := s.do(func() (err error) { real, err = openFolder(dir); return err }, "folder")
	if err != nil {
		if real != nil {
			_ = real.close()
		}
		return nil, err
	}
	d := &faultDir{s, real}
	s.track(d, "folder")
	return d, nil
}

// A faultDir is a folder of which operations fail.
type faultDir struct {
	sys  *faultFS
	real folder
}

func (d *faultDir) open(name string, flag int, mode fs.FileMode) (file, error) {
	what := "open"
	if flag&os.O_CREATE != 0 {
		what = "create"
	}
	var real file
	err := d.sys.do(func() (err error) { real, err = d.real.open(name, flag, mode); return err }, what, name)
	if err != nil {
		if real != nil {
			_ = real.Close()
		}
		return nil, err
	}
	f := &faultFile{d.sys, real, name}
	d.sys.track(f, name)
	return f, nil
}

func (d *faultDir) lstat(name string) (info fs.FileInfo, err error) {
	err = d.sys.do(func() (err error) { info, err = d.real.lstat(name); return err }, "lstat", name)
	return info, err
}

func (d *faultDir) rename(from, to string) error {
	return d.sys.do(func() error { return d.real.rename(from, to) }, "rename", from, to)
}

func (d *faultDir) remove(name string) error {
	return d.sys.do(func() error { return d.real.remove(name) }, "remove", name)
}

func (d *faultDir) chtimes(name string, modified time.Time) error {
	return d.sys.do(func() error { return d.real.chtimes(name, modified) }, "chtimes", name)
}

func (d *faultDir) names() (names []string, err error) {
	err = d.sys.do(func() (err error) { names, err = d.real.names(); return err }, "names")
	return names, err
}

func (d *faultDir) stat() (info fs.FileInfo, err error) {
	err = d.sys.do(func() (err error) { info, err = d.real.stat(); return err }, "stat", ".")
	return info, err
}

func (d *faultDir) sync() error { return d.sys.sync(d.real.sync, ".") }

func (d *faultDir) close() error { return d.sys.close(d, d.real.close, "close", ".") }

// A faultFile is a file of which operations fail.
type faultFile struct {
	sys  *faultFS
	real file
	name string
}

func (f *faultFile) Read(p []byte) (n int, err error) {
	if err := f.sys.step("read", f.name); err != nil {
		return 0, err
	}
	return f.real.Read(p)
}

func (f *faultFile) Write(p []byte) (int, error) {
	failure := f.sys.step("write", f.name)
	switch {
	case failure == nil:
		return f.real.Write(p)
	case f.sys.fault.half && f.sys.failures() == 1:
		n, err := f.real.Write(p[:len(p)/2])
		return n, cmp.Or(err, failure)
	default:
		return 0, failure
	}
}

func (f *faultFile) ReadAt(p []byte, off int64) (n int, err error) {
	if err := f.sys.step("read", f.name); err != nil {
		return 0, err
	}
	return f.real.ReadAt(p, off)
}

func (f *faultFile) Stat() (info fs.FileInfo, err error) {
	err = f.sys.do(func() (err error) { info, err = f.real.Stat(); return err }, "stat", f.name)
	return info, err
}

func (f *faultFile) Sync() error { return f.sys.sync(f.real.Sync, f.name) }

func (f *faultFile) Truncate(size int64) error {
	return f.sys.do(func() error { return f.real.Truncate(size) }, "truncate", f.name)
}

func (f *faultFile) Chmod(mode fs.FileMode) error {
	return f.sys.do(func() error { return f.real.Chmod(mode) }, "chmod", f.name)
}

func (f *faultFile) Chown(uid, gid int) error {
	return f.sys.do(func() error { return f.real.Chown(uid, gid) }, "chown", f.name)
}

// Fd is asked for to reach the extended attributes: one that is none has that fail.
func (f *faultFile) Fd() uintptr {
	if err := f.sys.step("xattr", f.name); err != nil || f.sys.plain {
		return 1 << 30
	}
	return f.real.Fd()
}

func (f *faultFile) Close() error { return f.sys.close(f, f.real.Close, "close", f.name) }
