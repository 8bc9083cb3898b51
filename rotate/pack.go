// SPDX-License-Identifier: MIT

package rotate

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"syscall"
)

// compressAll compresses every backup that is not, oldest first. One that cannot be holds up no other.
func (t *tidier) compressAll() error {
	var failed []lying
	var errs []error
	for { // a rotation may give files another number in the meantime
		plain, err := t.plain()
		plain = slices.DeleteFunc(plain, func(f lying) bool {
			return slices.ContainsFunc(failed, func(g lying) bool { return os.SameFile(f.info, g.info) })
		})
		if err != nil || len(plain) == 0 {
			return errors.Join(append(errs, err)...)
		}
		for _, f := range plain {
			if err := t.compress(f); err != nil {
				failed, errs = append(failed, f), append(errs, err)
			}
		}
	}
}

// plain returns the backups that are not compressed, oldest first. Those of lumberjack stay as they are.
func (t *tidier) plain() (files []lying, err error) {
	all, err := t.backups()
	slices.SortFunc(all, func(a, b kept) int { return older(a.entry, b.entry) })
	for _, k := range all {
		for _, f := range k.files {
			if !f.packed && !k.foreign {
				files = append(files, f)
			}
		}
	}
	return files, err
}

// compress compresses a backup: into a temporary file, which is written to the disk before it gets its name, and
// has its name on the disk before the source is removed. So a crash at any point leaves
// at least one of them whole.
func (t *tidier) compress(f lying) error {
	src, err := openRegular(t.dir, f.name, os.O_RDONLY)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, errReplaced) {
		return nil // removed, or it has another number by now
	}
	if err != nil {
		return err
	}
	defer src.Close()
	info, err := src.Stat()
	if err != nil || !os.SameFile(info, f.info) {
		return err
	}
	temp := f.name + t.Compress.Suffix() + tempSuffix
	packed, err := t.pack(temp, src, info)
	if err != nil {
		return errors.Join(fmt.Errorf("%s: %w", f.name, err), t.removeTemp(temp))
	}
	done, err := t.publish(temp, packed, f.name, info)
	if err != nil {
		return errors.Join(fmt.Errorf("%s: %w", f.name, err), t.removeTemp(temp))
	}
	if !done {
		return t.removeTemp(temp)
	}
	if err := t.dir.sync(); err != nil && !isNoSync(err) {
		return err
	}
	for range 3 { // a rotation may give it another number each time
		if name, ok := t.find(f.name, info); ok {
			if done, err := t.removeSource(name, info); done || err != nil {
				return err
			}
		}
	}
	return nil
}

// isNoSync reports whether an error says that a directory cannot be written to the disk where it lies: then there is
// nothing to wait for.
func isNoSync(err error) bool {
	return errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.EINVAL)
}

// pack writes the compressed file, with mode, owner and time of the source.
func (t *tidier) pack(temp string, src file, info fs.FileInfo) (packed fs.FileInfo, err error) {
	if err := t.removeTemp(temp); err != nil {
		return nil, err
	}
	dst, err := t.dir.open(temp, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	err = guard(func() error { return t.copy(dst, src) })
	if err == nil {
		err = dress(dst, info.Mode().Perm(), t.Owner, info)
	}
	if err == nil {
		err = dst.Sync()
	}
	if err == nil {
		packed, err = dst.Stat()
	}
	err = cmp.Or(err, dst.Close())
	if err == nil {
		err = t.dir.chtimes(temp, info.ModTime())
	}
	return packed, err
}

func (t *tidier) removeTemp(temp string) error {
	if err := t.dir.remove(temp); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func (t *tidier) copy(dst, src file) error {
	w, err := t.Compress.NewWriter(dst)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, &patient{t.ctx, src})
	return cmp.Or(err, w.Close())
}

// A patient reader stops when nobody waits any more.
type patient struct {
	ctx context.Context
	src io.Reader
}

func (p *patient) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	return p.src.Read(b)
}

// publish gives the compressed file its name, beside the source, which may have another number by now.
// It reports false if the source is gone. A file that has that name already and is the same is the
// one that an earlier process was about to keep. What lies under the temporary name must be what was
// written there: another process may be at the same work.
func (t *tidier) publish(temp string, written fs.FileInfo, name string, info fs.FileInfo) (bool, error) {
	defer t.lock()()
	name, ok := t.find(name, info)
	if !ok {
		return false, nil
	}
	if now, err := t.dir.lstat(temp); err != nil || !os.SameFile(now, written) {
		return false, cmp.Or(err, fmt.Errorf("%s: replaced while it was written", temp))
	}
	packed := name + t.Compress.Suffix()
	switch _, err := t.dir.lstat(packed); {
	case err == nil:
		same, err := t.sameContent(temp, packed)
		if err == nil && !same {
			err = fmt.Errorf("%s: %w", packed, fs.ErrExist)
		}
		return same, cmp.Or(err, t.removeTemp(temp))
	case !errors.Is(err, fs.ErrNotExist):
		return false, err
	}
	if err := t.dir.rename(temp, packed); err != nil {
		return false, err
	}
	t.followPacked(packed, info)
	return true, nil
}

// followPacked has the rotations that OnRotate does not know yet mean the compressed file.
func (t *tidier) followPacked(packed string, source fs.FileInfo) {
	for _, p := range t.unseen.events {
		if os.SameFile(p.info, source) {
			if info, err := t.dir.lstat(packed); err == nil {
				p.name, p.info = packed, info
			}
		}
	}
}

// sameContent compares two files.
func (t *tidier) sameContent(a, b string) (bool, error) {
	fa, err := openRegular(t.dir, a, os.O_RDONLY)
	if err != nil {
		return false, err
	}
	defer fa.Close()
	fb, err := openRegular(t.dir, b, os.O_RDONLY)
	if err != nil {
		return false, err
	}
	defer fb.Close()
	bufA, bufB := make([]byte, 64<<10), make([]byte, 64<<10)
	for {
		na, errA := io.ReadFull(fa, bufA)
		nb, errB := io.ReadFull(fb, bufB)
		if !bytes.Equal(bufA[:na], bufB[:nb]) {
			return false, nil
		}
		if errA != nil || errB != nil {
			return ended(errA) && ended(errB), nil
		}
	}
}

func ended(err error) bool { return err == io.EOF || err == io.ErrUnexpectedEOF }

// removeSource removes a backup that is compressed by now.
func (t *tidier) removeSource(name string, info fs.FileInfo) (done bool, err error) {
	defer t.lock()()
	packed := name + t.Compress.Suffix() // is missing if a rotation failed, and could not be undone
	return t.removeLocked(name, info, packed)
}
