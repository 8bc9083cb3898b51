// SPDX-License-Identifier: MIT

package rotate

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"time"
)

// The time at which a file's period began is noted with the file: as an extended attribute where the file system
// has them, and else in a small file beside it. The time of the last change cannot stand in
// for it: a program that is restarted more often than the interval would never rotate.

// timestampSlack is how far the time stamps of a file system lag behind the clock.
const timestampSlack = 50 * time.Millisecond

// isTimed reports whether it matters when a file's period began.
func (s *settings) isTimed() bool { return s.schedule != nil || s.keepsNames() }

// mark notes when the period of the file began.
func (d *disk) mark(birth time.Time) error {
	if !d.isTimed() || d.special {
		return nil
	}
	text := strconv.FormatInt(birth.UnixNano(), 10)
	if err := setAttribute(d.out, text); err == nil || d.isTold() {
		return nil
	}
	return d.writeSidecar(text)
}

// isTold reports whether the time of the last change tells when a period began: not if it began several boundaries ago.
func (s *settings) isTold() bool {
	return s.schedule != nil && s.schedule.Aligned() && s.Interval <= 1
}

// birth returns when the period of a file began that is not empty. What nobody has noted is noted now:
// the time of the last change is another one when the next process asks.
func (d *disk) birth(info fs.FileInfo) (time.Time, error) {
	modified := info.ModTime()
	if !d.isTimed() {
		return modified, nil
	}
	if t, ok := parseBirth(attribute(d.out), modified); ok {
		return t, nil
	}
	if d.isTold() {
		return modified.Add(timestampSlack), nil
	}
	if t, ok := parseBirth(d.readSidecar(), modified); ok {
		return t, nil
	}
	return modified, d.mark(modified)
}

// parseBirth reads the time that mark noted. One that is later than the last change is not of this file.
func parseBirth(text string, modified time.Time) (time.Time, bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	t := time.Unix(0, n)
	return t, err == nil && !t.After(modified.Add(timestampSlack))
}

// sidecar is the name of the file that holds the time where there are no extended attributes.
func (d *disk) sidecar() string { return "." + d.base + ".birth" }

func (d *disk) writeSidecar(text string) error {
	if err := d.dir.remove(d.sidecar()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := d.dir.open(d.sidecar(), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write([]byte(text + "\n"))
	return cmp.Or(err, f.Close())
}

// readSidecar returns "" if there is none that can be read.
func (d *disk) readSidecar() string {
	f, err := openRegular(d.dir, d.sidecar(), os.O_RDONLY)
	if err != nil {
		return ""
	}
	defer f.Close()
	var text [32]byte
	n, _ := f.ReadAt(text[:], 0)
	whole, ok := strings.CutSuffix(string(text[:n]), "\n")
	if !ok { // half of a number is a time long ago
		return ""
	}
	return whole
}
