// SPDX-License-Identifier: MIT

package rotate

import (
	"errors"
	"io/fs"
	"os"
)

// create creates the file, which must not exist, with the mode and the owner that it is to have.
// If neither is set, they are those of the file before it, if there is one.
func (d *disk) create(dir folder, before fs.FileInfo) (file, error) {
	mode := fs.FileMode(0o666)
	switch {
	case d.Mode != 0:
		mode = d.Mode
	case before != nil:
		mode = before.Mode().Perm()
	}
	out, err := dir.open(d.base, os.O_WRONLY|os.O_APPEND|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return nil, err
	}
	if err := d.dress(out, mode, before); err != nil {
		return nil, errors.Join(err, out.Close(), dir.remove(d.base))
	}
	return out, nil
}

// dress gives a new file what was asked for, and else what the file before it has, if there is one.
func (d *disk) dress(out file, mode fs.FileMode, before fs.FileInfo) error {
	if d.Mode == 0 && before == nil {
		mode = 0
	}
	return dress(out, mode, d.Owner, before)
}

// dress gives a file its owner, and its mode whatever the umask; zero is no mode, and nil the owner of the file before.
func dress(out file, mode fs.FileMode, owner *Owner, before fs.FileInfo) error {
	if owner != nil {
		if err := out.Chown(owner.UID, owner.GID); err != nil {
			return err
		}
	} else if before != nil {
		keepOwner(out, before)
	}
	if mode == 0 {
		return nil
	}
	return out.Chmod(mode)
}

// begin writes the header of a new file, and returns its size. Without room for the header the file
// does without it, or if what was written cannot be cut off, has a torn line first.
func (d *disk) begin(out file, err error) (size int64, torn bool, _ error) {
	header := d.header()
	if header == "" {
		return 0, false, err
	}
	n, e := out.Write([]byte(header))
	if e == nil {
		return int64(n), false, err
	}
	if cut := out.Truncate(0); cut != nil {
		return int64(n), n > 0, errors.Join(err, e, cut)
	}
	return 0, false, errors.Join(err, e)
}
