// SPDX-License-Identifier: MIT

package rotate

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"
)

// A move gives a file another name.
type move struct{ from, to string }

// rotate makes room for the backup's name, gives it to the file, and opens a new file. The old one stays open until
// then. What was renamed gets its name back if a later step fails, so that a rotation that fails again and
// again does not push out one backup each time.
func (d *disk) rotate(from time.Time) (rotated, error) {
	moves, backup, err := d.moves(from)
	if err != nil {
		return rotated{}, err
	}
	before, err := d.out.Stat()
	if err != nil {
		return rotated{}, err
	}
	if d.sys.closeFirst {
		d.info = nil
		if err := d.out.Close(); err != nil {
			return rotated{}, errors.Join(err, d.reopenClosed())
		}
	}
	done, err := d.moveAll(moves)
	var out file
	var info fs.FileInfo
	if err == nil {
		out, info, err = d.createNext(before)
	}
	if err != nil {
		return rotated{}, errors.Join(err, d.undo(done), d.reopenClosed())
	}
	d.last = backup
	r := rotated{name: moves[len(moves)-1].to, info: before}
	r.warn = d.replace(d.dir, out, info)
	r.size, r.torn, r.warn = d.begin(out, r.warn)
	return r, nil
}

// createNext creates the file that follows, or opens the one that somebody else has just created.
func (d *disk) createNext(before fs.FileInfo) (file, fs.FileInfo, error) {
	out, err := d.create(d.dir, before)
	if errors.Is(err, fs.ErrExist) {
		out, err = openRegular(d.dir, d.base, os.O_WRONLY|os.O_APPEND)
	}
	if err != nil {
		return nil, nil, err
	}
	return withInfo(out)
}

// reopenClosed opens the file again that had to be closed before it was renamed.
func (d *disk) reopenClosed() error {
	if !d.sys.closeFirst {
		return nil
	}
	out, info, err := d.openOut(d.dir)
	if err != nil {
		return err
	}
	d.out, d.info = out, info
	return nil
}

// moveAll makes the moves, and returns those that were made.
func (d *disk) moveAll(moves []move) (done []move, err error) {
	for _, m := range moves {
		if err := d.move(m); err != nil {
			return done, err
		}
		done = append(done, m)
	}
	return done, nil
}

// move renames a file, never over another: the new name is reserved first.
func (d *disk) move(m move) error {
	f, err := d.dir.open(m.to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if err = f.Close(); err == nil {
		err = d.dir.rename(m.from, m.to)
	}
	if err == nil {
		return nil
	}
	// A network file system that loses the answer says that it failed after it was done.
	switch info, e := d.dir.lstat(m.to); {
	case e != nil:
		return errors.Join(err, e)
	case info.Size() > 0:
		return nil
	}
	return errors.Join(err, d.dir.remove(m.to))
}

// undo gives files their names back, unless somebody has taken them: then those before it keep theirs, too, as
// one number would be that of two backups.
func (d *disk) undo(done []move) error {
	for _, m := range slices.Backward(done) {
		_, err := d.dir.lstat(m.from)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			err = d.dir.rename(m.to, m.from)
		case err == nil:
			err = fmt.Errorf("%s: keeps the name %s: %w", m.from, m.to, fs.ErrExist)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// moves returns what is to be renamed for a rotation, the file itself last.
func (d *disk) moves(from time.Time) ([]move, Backup, error) {
	if d.keepsNames() {
		backup, err := d.next(from)
		return []move{{d.base, d.namer.Name(d.base, backup)}}, backup, err
	}
	return d.shift()
}

// next returns a backup whose name is free, and comes after all others of its period.
func (d *disk) next(from time.Time) (Backup, error) {
	first := d.namer.Name(d.base, Backup{Time: from})
	b := Backup{Time: from}
	if !d.last.Time.IsZero() && d.namer.Name(d.base, Backup{Time: d.last.Time}) == first {
		b.N = d.last.N + 1
	} else {
		names, err := d.dir.names()
		if err != nil {
			return Backup{}, err
		}
		for _, name := range names {
			e, ok := d.parse(d.base, name)
			if ok && !e.foreign && d.namer.Name(d.base, Backup{Time: e.Time}) == first {
				b.N = max(b.N, e.N+1)
			}
		}
	}
	for ; ; b.N++ { // what is no backup of ours may have such a name, too
		if err := checkName(d.namer, d.base, b); err != nil {
			return Backup{}, err
		}
		if taken, err := d.taken(d.namer.Name(d.base, b)); !taken {
			return b, err
		}
	}
}

// taken reports whether a name is, or will be when it is compressed.
func (d *disk) taken(name string) (bool, error) {
	for _, suffix := range append(d.packedSuffixes(), "") {
		_, err := d.dir.lstat(name + suffix)
		if err == nil {
			return true, nil
		}
		tooLong := suffix != "" && errors.Is(err, errTooLong) // there is no such file, and there will be none
		if !errors.Is(err, fs.ErrNotExist) && !tooLong {
			return false, err
		}
	}
	return false, nil
}

// shift returns the moves that make each number the next one: app.log.2 → app.log.3, app.log.1 → app.log.2,
// app.log → app.log.1. As in Python gaps stay. A number that is taken by something that is no
// backup, as a directory, is left out. What exceeds BackupCount is removed afterwards.
func (d *disk) shift() ([]move, Backup, error) {
	names, err := d.dir.names()
	if err != nil {
		return nil, Backup{}, err
	}
	ours := map[int][]string{}
	blocked := map[int]bool{}
	for _, name := range names {
		packed, moving := strings.CutSuffix(name, movingSuffix)
		e, ok := d.parse(d.base, packed)
		if !ok || e.foreign || moving && !e.packed {
			continue
		}
		info, err := d.dir.lstat(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, Backup{}, err
		}
		if info.Mode().IsRegular() && (info.Size() == 0 || moving) { // only reserved, or left: see sweep
			if err := d.dir.remove(name); err != nil {
				return nil, Backup{}, err
			}
			continue
		}
		if info.Mode().IsRegular() {
			ours[e.N] = append(ours[e.N], name)
		} else {
			blocked[e.N] = true
		}
	}
	return d.chain(ours, blocked), Backup{N: 1}, nil
}

// chain returns the moves of shift, highest number first. A compressed backup whose source is still there is a temporary file
// while the source moves: under two numbers the two would be two backups for who finds them after a crash.
func (d *disk) chain(ours map[int][]string, blocked map[int]bool) (moves []move) {
	name := func(n int) string { return d.namer.Name(d.base, Backup{N: n}) }
	after := func(n int) int {
		for n++; blocked[n]; n++ {
		}
		return n
	}
	numbers := make([]int, 0, len(ours))
	for n := range ours {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	next := after(0)
	moves = append(moves, move{d.base, name(next)})
	for _, n := range numbers {
		next = after(max(n, next)) // a compressed one may have a number that is blocked
		var parts []move           // of this number
		for _, from := range ours[n] {
			to := name(next) + strings.TrimPrefix(from, name(n))
			if from != name(n) && slices.Contains(ours[n], name(n)) {
				moves = append(moves, move{to + movingSuffix, to})
				parts = append(parts, move{from, to + movingSuffix})
			} else {
				parts = append([]move{{from, to}}, parts...)
			}
		}
		moves = append(moves, parts...)
	}
	slices.Reverse(moves)
	return moves
}
