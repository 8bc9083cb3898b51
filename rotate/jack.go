// SPDX-License-Identifier: MIT

package rotate

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"time"

	"gopkg.in/natefinch/lumberjack.v2"
)

// A jack is the engine "lumberjack". Its own trigger is out of reach, at two pebibytes: when to rotate is decided
// here. After each rotation the file is closed, so that lumberjack opens it again for appending, which
// it does not do by itself; and a rotation waits for a millisecond whose name no backup has, as it would be replaced.
type jack struct {
	*settings

	path string
	log  *lumberjack.Logger
	info fs.FileInfo
}

func newJack(s *settings, path string) *jack {
	return &jack{settings: s, path: path, log: &lumberjack.Logger{
		Filename:   path,
		MaxSize:    math.MaxInt32,
		MaxBackups: s.BackupCount,
		MaxAge:     int(s.MaxAge / day24),
		LocalTime:  s.Location == time.Local,
		Compress:   s.Compress != nil,
	}}
}

const day24 = 24 * time.Hour

// checkLumberjack refuses what lumberjack has nothing for.
func (s *settings) checkLumberjack() error {
	var errs []error
	for _, o := range []struct {
		name string
		set  bool
	}{
		{"Suffix", s.Suffix != ""}, {"Namer", s.Namer != nil}, {"MaxTotalBytes", s.MaxTotalBytes > 0},
		{"Compress other than Gzip", s.Compress != nil && s.Compress != Gzip},
		{"Mode", s.Mode != 0}, {"Owner", s.Owner != nil}, {"DirMode", s.DirMode != 0},
		{"Header", s.Header != ""}, {"Truncate", s.Truncate}, {"OnRotate", s.OnRotate != nil},
		{"MaxAge that is not whole days", s.MaxAge%day24 != 0},
		{"MaxAge without Location UTC", s.MaxAge > 0 && s.Location != time.UTC}, // it reads every name as UTC
		{"Location other than UTC and Local", s.Location != time.UTC && s.Location != time.Local},
	} {
		if o.set {
			errs = append(errs, wrong("Engine", "%q has no %s: Engine %q has", engineLumberjack, o.name, engineFile))
		}
	}
	return errors.Join(errs...)
}

func (j *jack) open() (opened, error) {
	if info, err := os.Stat(j.path); err == nil && !info.Mode().IsRegular() {
		return opened{}, fmt.Errorf("not a regular file: Engine %q writes to such", engineFile)
	}
	// lumberjack renames a file that it cannot open.
	switch f, err := os.OpenFile(j.path, os.O_WRONLY|os.O_APPEND, 0); {
	case err == nil:
		_ = f.Close()
	case !errors.Is(err, fs.ErrNotExist):
		return opened{}, err
	}
	if err := j.reopen(); err != nil {
		return opened{}, err
	}
	info, err := os.Stat(j.path)
	if err != nil {
		return opened{}, err
	}
	j.info = info
	o := opened{size: info.Size()}
	if o.size > 0 {
		o.birth, o.torn = info.ModTime().Add(timestampSlack), endsTorn(j.path, o.size)
	}
	return o, nil
}

// reopen opens the file, or creates it. A file that lumberjack creates it does not open for appending, so that this
// is done twice; and one that somebody else creates or removes meanwhile it takes for an error.
func (j *jack) reopen() (err error) {
	for range openTries {
		for range 2 {
			if err = j.log.Close(); err == nil {
				_, err = j.log.Write(nil) // which opens it
			}
		}
		if err == nil {
			return nil
		}
	}
	return err
}

// endsTorn reports whether a file ends without a line break, as far as it may be read.
func endsTorn(path string, size int64) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	var end [1]byte
	_, err = f.ReadAt(end[:], size-1)
	return err == nil && end[0] != '\n'
}

func (j *jack) Write(p []byte) (int, error) { return j.log.Write(p) }

// cut is refused: lumberjack does not take back what it wrote. The line is ended instead.
func (j *jack) cut(int) error { return errors.ErrUnsupported }

func (j *jack) follow() (opened, bool, error) {
	info, err := os.Stat(j.path)
	if err == nil && os.SameFile(info, j.info) {
		return opened{size: info.Size()}, false, nil
	}
	o, err := j.open()
	if err != nil {
		err = fmt.Errorf("%w, and cannot be created anew: %w", errGone, err)
	}
	return o, err == nil, err
}

func (j *jack) rotate(time.Time) (rotated, error) {
	j.awaitName(wallClock, time.Sleep)
	err := cmp.Or(j.log.Rotate(), j.log.Close())
	if err != nil {
		return rotated{}, err
	}
	o, err := j.open()
	return rotated{size: o.size, warn: err}, nil
}

// nameTries is how many milliseconds a rotation waits for a name of its own.
const nameTries = 1000

// awaitName waits until no backup has the name that lumberjack gives next. A clock that was set back, or shows an hour again,
// gives names a second time.
func (j *jack) awaitName(now func() time.Time, sleep func(time.Duration)) {
	for range nameTries {
		if t := now(); !j.taken(t) && !j.taken(t.Add(time.Millisecond)) {
			return
		}
		sleep(time.Millisecond)
	}
}

// taken reports whether a backup has the name that lumberjack gives at the time: it would be replaced.
func (j *jack) taken(now time.Time) bool {
	name := filepath.Join(filepath.Dir(j.path), jackNames{j.Location}.Name(filepath.Base(j.path), Backup{Time: now}))
	for _, suffix := range []string{"", Gzip.Suffix()} {
		if _, err := os.Lstat(name + suffix); err == nil {
			return true
		}
	}
	return false
}

// mark does nothing: without a way to the open file, the time of the last change has to do.
func (j *jack) mark(time.Time) error { return nil }

func (j *jack) sync() error {
	f, err := os.OpenFile(j.path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return cmp.Or(f.Sync(), f.Close())
}

func (j *jack) close() error { return j.log.Close() }
