// SPDX-License-Identifier: MIT

package rotate

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// An engine writes a file, and gives way to a new one. Its methods are called under the lock of a core.
type engine interface {
	// open opens the path, in place of what is open. If it fails, that stays open.
	open() (opened, error)

	// Write appends p. If it fails, it says how much of p was written.
	Write(p []byte) (int, error)

	// cut takes the last n bytes, of a line that was not written whole, off the file again.
	cut(n int) error

	// follow opens the path anew if it leads to another file by now, or to none.
	follow() (o opened, changed bool, err error)

	// rotate gives the file the name of a backup whose period began at the given time, and opens a new one.
	// If it fails, the file that was open still is.
	rotate(from time.Time) (rotated, error)

	// mark notes that the period of the file that is open began at the given time.
	mark(birth time.Time) error

	sync() error
	close() error
}

// opened is a file as it was found.
type opened struct {
	size    int64
	torn    bool      // the last line has no line break
	special bool      // not a regular file: it is never rotated
	birth   time.Time // when its period began; zero if it begins now
	warn    error     // something beside the opening went wrong
}

// rotated is a file that was rotated.
type rotated struct {
	name string      // of the backup
	info fs.FileInfo // of the backup
	size int64       // of the new file
	torn bool        // its first line has no line break
	warn error       // something beside the rotation went wrong
}

// A disk is the engine "file".
type disk struct {
	*settings

	path string // absolute
	base string

	dir     folder
	out     file
	info    fs.FileInfo // of out, when it was opened; nil if out had to be closed
	special bool
	emptied bool   // as Truncate asks
	last    Backup // the newest one that rotate made
}

func newDisk(s *settings, path string) *disk {
	return &disk{settings: s, path: path, base: filepath.Base(path)}
}

func (d *disk) open() (opened, error) {
	dir, err := d.openFolder()
	if err != nil {
		return opened{}, err
	}
	out, info, err := d.openOut(dir)
	if err != nil {
		return opened{}, cmp.Or(err, dir.close())
	}
	o := opened{size: info.Size(), special: !info.Mode().IsRegular(), warn: d.replace(dir, out, info)}
	d.special, d.last, d.emptied = o.special, Backup{}, true
	switch {
	case o.special:
	case o.size == 0: // whoever created it may not have come to this, and may be somebody who alone is allowed to
		o.size, o.torn, o.warn = d.begin(out, cmp.Or(o.warn, d.dress(out, d.Mode, nil)))
	default:
		birth, err := d.birth(info)
		o.torn, o.birth, o.warn = d.isTorn(o.size), birth, cmp.Or(o.warn, err)
	}
	return o, nil
}

// replace makes another file the one that is open, and closes the one before. Lines are written to
// it already when that fails, so that the error is none of theirs.
func (d *disk) replace(dir folder, out file, info fs.FileInfo) error {
	oldDir, oldOut := d.dir, d.out
	d.dir, d.out, d.info = dir, out, info
	if oldOut == nil {
		return nil
	}
	err := oldOut.Close()
	if errors.Is(err, os.ErrClosed) { // before it was renamed
		err = nil
	}
	if oldDir != dir {
		err = cmp.Or(err, oldDir.close())
	}
	return err
}

// openFolder opens the directory, and makes it first where that is asked for.
func (d *disk) openFolder() (folder, error) {
	path := filepath.Dir(d.path)
	if d.DirMode != 0 {
		if err := makeDirs(path, d.DirMode); err != nil {
			return nil, err
		}
	}
	dir, err := d.sys.folder(path)
	if err != nil {
		return nil, err
	}
	info, err := dir.stat()
	if err == nil {
		err = checkSafe(path, info)
	}
	if err != nil {
		return nil, cmp.Or(err, dir.close())
	}
	return dir, nil
}

// checkSafe refuses a directory in which every user may replace files that root writes.
func checkSafe(path string, info fs.FileInfo) error {
	if os.Geteuid() == 0 && info.Mode().Perm()&0o002 != 0 && info.Mode()&fs.ModeSticky == 0 {
		return fmt.Errorf("directory %s: everybody may write to it, and it is not sticky: refused for root", path)
	}
	return nil
}

// makeDirs makes directories that are missing, with the mode given whatever the umask.
func makeDirs(path string, mode fs.FileMode) error {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := makeDirs(filepath.Dir(path), mode); err != nil {
		return err
	}
	if err := os.Mkdir(path, mode); err != nil {
		if errors.Is(err, fs.ErrExist) { // somebody was faster
			return nil
		}
		return err
	}
	return os.Chmod(path, mode)
}

// openTries is how often it is tried to open a file that somebody else renames or creates at the same time.
const openTries = 10

// openOut opens the file to append to, and creates it if there is none.
func (d *disk) openOut(dir folder) (file, fs.FileInfo, error) {
	for range openTries { // somebody may create or remove it in between
		info, err := dir.lstat(d.base)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			out, err := d.create(dir, nil)
			if errors.Is(err, fs.ErrExist) {
				continue
			}
			if err != nil {
				return nil, nil, err
			}
			return withInfo(out)
		case err != nil:
			return nil, nil, err
		case !info.Mode().IsRegular():
			return d.openSpecial()
		}
		out, err := openRegular(dir, d.base, os.O_WRONLY|os.O_APPEND|d.truncate())
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, errReplaced) {
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		return withInfo(out)
	}
	return nil, nil, fmt.Errorf("%s is created and removed again and again: %w", d.base, fs.ErrNotExist)
}

// truncate is the flag that empties the file. It does so once: a file that is opened again keeps its lines.
func (d *disk) truncate() int {
	if d.Truncate && !d.emptied {
		return os.O_TRUNC
	}
	return 0
}

func withInfo(out file) (file, fs.FileInfo, error) {
	info, err := out.Stat()
	if err != nil {
		return nil, nil, cmp.Or(err, out.Close())
	}
	return out, info, nil
}

// errReplaced says that a name became another file's, as a number does in a rotation.
var errReplaced = errors.New("replaced while it was opened")

// openRegular opens a regular file, and nothing else: not what a symbolic link of its name leads to.
func openRegular(dir folder, name string, flag int) (file, error) {
	before, err := dir.lstat(name)
	if err != nil {
		return nil, err
	}
	if !before.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: not a regular file", name)
	}
	f, err := dir.open(name, flag&^os.O_TRUNC, 0)
	if err != nil {
		return nil, err
	}
	after, err := f.Stat()
	if err == nil && !os.SameFile(before, after) {
		err = fmt.Errorf("%s: %w", name, errReplaced)
	}
	if err == nil && flag&os.O_TRUNC != 0 {
		err = empty(dir, name, after)
	}
	if err != nil {
		return nil, cmp.Or(err, f.Close())
	}
	return f, nil
}

// empty empties a file. Windows does not allow that to who has it open for appending.
func empty(dir folder, name string, info fs.FileInfo) error {
	f, err := dir.open(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	now, err := f.Stat()
	if err == nil && !os.SameFile(now, info) {
		err = fmt.Errorf("%s: %w", name, errReplaced)
	}
	if err == nil {
		err = f.Truncate(0)
	}
	return cmp.Or(err, f.Close())
}

// openSpecial opens what is no regular file: a device, a pipe, or what a link leads to.
func (d *disk) openSpecial() (file, fs.FileInfo, error) {
	info, err := os.Stat(d.path)
	switch {
	case err != nil:
		return nil, nil, err
	case info.IsDir():
		return nil, nil, errors.New("it is a directory")
	case info.Mode().IsRegular():
		return nil, nil, errors.New("it is a symbolic link to a regular file; FollowSymlink allows that")
	}
	// Without a reader, a named pipe is an error in place of a wait that nothing ends.
	out, err := os.OpenFile(d.path, os.O_WRONLY|os.O_APPEND|nonBlock, 0)
	if err != nil {
		return nil, nil, err
	}
	f, info, err := withInfo(out)
	if err == nil && info.Mode().IsRegular() {
		return nil, nil, cmp.Or(out.Close(), errors.New("replaced while it was opened"))
	}
	return f, info, err
}

func (d *disk) Write(p []byte) (int, error) { return d.out.Write(p) }

// cut takes the last bytes off. The size is that of the file itself: somebody else may have emptied it.
func (d *disk) cut(n int) error {
	if d.special {
		return errors.ErrUnsupported
	}
	info, err := d.out.Stat()
	if err != nil {
		return err
	}
	return d.out.Truncate(max(0, info.Size()-int64(n)))
}

func (d *disk) sync() error { return d.out.Sync() }

func (d *disk) close() error {
	err := cmp.Or(d.out.Close(), d.dir.close())
	d.out, d.dir = nil, nil
	return err
}

// isTorn reports whether the file ends without a line break. If that cannot be told, as there is no descriptor left, an
// empty line is better than one that is glued to half of another. A file that nobody may read is taken to be whole.
func (d *disk) isTorn(size int64) bool {
	f, err := openRegular(d.dir, d.base, os.O_RDONLY)
	if err != nil {
		return d.info.Mode().Perm()&0o444 != 0
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && !os.SameFile(info, d.info) {
		return false // renamed since it was opened: see follow
	}
	var end [1]byte
	_, err = f.ReadAt(end[:], size-1)
	return err != nil || end[0] != '\n'
}

// errGone says that the file is nowhere any more, and that there is no other yet.
var errGone = errors.New("the file was removed")

func (d *disk) follow() (o opened, changed bool, err error) {
	if d.special {
		return opened{}, false, nil
	}
	info, err := d.sys.stat(d.path)
	if err == nil && os.SameFile(info, d.info) {
		return opened{size: info.Size()}, false, nil // somebody may have emptied it, or added to it
	}
	o, err = d.open()
	if err != nil && d.isGone() {
		err = fmt.Errorf("%w, and cannot be created anew: %w", errGone, err)
	}
	return o, err == nil, err
}

// isGone reports whether the file that is open has no name any more.
func (d *disk) isGone() bool {
	info, err := d.out.Stat()
	return err != nil || links(info) == 0
}
