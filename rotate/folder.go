// SPDX-License-Identifier: MIT

package rotate

import (
	"cmp"
	"errors"
	"io"
	"io/fs"
	"os"
	"time"
)

// A folder is the directory that a file and its backups lie in. It stays the same directory when it is
// renamed. Names are single elements; none is followed if it is a symbolic link.
// Every change that a rotation makes goes through it, so that tests can have each of them fail.
type folder interface {
	open(name string, flag int, mode fs.FileMode) (file, error)
	lstat(name string) (fs.FileInfo, error)
	rename(from, to string) error
	remove(name string) error
	chtimes(name string, modified time.Time) error
	names() ([]string, error)
	stat() (fs.FileInfo, error)
	sync() error
	close() error
}

// A file is what a folder opens: an [os.File].
type file interface {
	io.ReadWriteCloser
	io.ReaderAt
	Stat() (fs.FileInfo, error)
	Sync() error
	Truncate(size int64) error
	Chmod(mode fs.FileMode) error
	Chown(uid, gid int) error
	Fd() uintptr
}

// A system is what a file needs beside its folder. Tests change parts of it.
type system struct {
	folder     func(dir string) (folder, error)
	stat       func(path string) (fs.FileInfo, error) // does not follow a link at the end
	now        func() time.Time
	closeFirst bool // an open file cannot be renamed, as on Windows
}

func realSystem() system {
	return system{folder: openFolder, stat: os.Lstat, now: wallClock, closeFirst: isWindows}
}

// wallClock returns the time without its monotonic reading: that would hide that the clock was set back.
func wallClock() time.Time { return time.Now().Round(0) }

// root is a folder of the operating system.
type root struct{ dir *os.Root }

func openFolder(dir string) (folder, error) {
	r, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return root{r}, nil
}

func (r root) open(name string, flag int, mode fs.FileMode) (file, error) {
	f, err := r.dir.OpenFile(name, flag, mode)
	if err != nil {
		return nil, err // not a file that is nil
	}
	return f, nil
}

func (r root) lstat(name string) (fs.FileInfo, error) { return r.dir.Lstat(name) }
func (r root) rename(from, to string) error           { return r.dir.Rename(from, to) }
func (r root) remove(name string) error               { return r.dir.Remove(name) }
func (r root) stat() (fs.FileInfo, error)             { return r.dir.Stat(".") }
func (r root) close() error                           { return r.dir.Close() }

func (r root) chtimes(name string, modified time.Time) error {
	return r.dir.Chtimes(name, time.Time{}, modified)
}

func (r root) names() ([]string, error) {
	d, err := r.dir.Open(".")
	if err != nil {
		return nil, err
	}
	names, err := d.Readdirnames(-1)
	return names, cmp.Or(err, d.Close())
}

func (r root) sync() error {
	if isWindows { // which says that access is denied
		return errors.ErrUnsupported
	}
	d, err := r.dir.Open(".")
	if err != nil {
		return err
	}
	return cmp.Or(d.Sync(), d.Close())
}
