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

// dress gives a new file its mode whatever the umask, and its owner.
func (d *disk) dress(out file, mode fs.FileMode, before fs.FileInfo) error {
	if d.Owner != nil {
		if err := out.Chown(d.Owner.UID, d.Owner.GID); err != nil {
			return err
		}
	} else if before != nil {
		keepOwner(out, before)
	}
	if d.Mode == 0 && before == nil {
		return nil
	}
	return out.Chmod(mode)
}

// begin writes the header of a new file, and returns its size. Without room for the header the file
// does without it.
func (d *disk) begin(out file, err error) (int64, error) {
	header := d.header()
	if header == "" {
		return 0, err
	}
	n, e := out.Write([]byte(header))
	if e == nil {
		return int64(n), err
	}
	return 0, errors.Join(err, e, out.Truncate(0))
}
