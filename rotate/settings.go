// SPDX-License-Identifier: MIT

package rotate

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"time"

	"github.com/slogx/slogx/internal/calendar"
)

// The engines.
const (
	engineFile       = "file"
	engineLumberjack = "lumberjack"
)

// settings are options that were checked, with what follows from them. They are never changed.
type settings struct {
	Options

	schedule *calendar.Schedule // nil if time does not matter
	namer    Namer
	maxSize  int64 // the size that the file does not reach; math.MaxInt64 if it does not matter
	sys      system
}

// newSettings checks options for a file of the given name, and returns all mistakes at once.
func newSettings(base string, opts *Options, sys system) (*settings, error) {
	s := &settings{maxSize: math.MaxInt64, sys: sys}
	if opts != nil {
		s.Options = *opts
	}
	if s.Location == nil {
		s.Location = time.Local
	}
	err := errors.Join(s.checkNumbers(), s.checkTime(), s.checkNames(base), s.checkFile(), s.checkEngine())
	if err != nil {
		return nil, err
	}
	if s.MaxBytes > 0 && (s.keepsNames() || !s.unbounded()) {
		s.maxSize = s.MaxBytes
	}
	return s, nil
}

// wrong is a mistake in an option.
func wrong(option, text string, args ...any) error {
	return fmt.Errorf("%s: %w", option, fmt.Errorf(text, args...))
}

func (s *settings) checkNumbers() error {
	var errs []error
	for _, n := range []struct {
		option   string
		value    any
		negative bool
	}{
		{"MaxBytes", s.MaxBytes, s.MaxBytes < 0}, {"Interval", s.Interval, s.Interval < 0},
		{"BackupCount", s.BackupCount, s.BackupCount < 0}, {"MaxAge", s.MaxAge, s.MaxAge < 0},
		{"MaxTotalBytes", s.MaxTotalBytes, s.MaxTotalBytes < 0},
	} {
		if n.negative {
			errs = append(errs, wrong(n.option, "%v is negative", n.value))
		}
	}
	return errors.Join(errs...)
}

// checkTime makes the schedule.
func (s *settings) checkTime() (err error) {
	switch {
	case s.When != "" && s.Cron != "":
		return wrong("When", "excludes Cron")
	case s.When != "":
		s.schedule, err = calendar.New(s.When, max(s.Interval, 0), s.At, s.Location)
	case s.At != "" || s.Interval > 0:
		return wrong("At", "is for When only, and so is Interval")
	case s.Cron != "":
		s.schedule, err = calendar.Cron(s.Cron, s.Location)
	}
	return err
}

// checkNames chooses the names of backups.
func (s *settings) checkNames(base string) error {
	suffix := s.Suffix
	switch {
	case s.Engine == engineLumberjack:
		s.namer = jackNames{s.Location}
		return nil
	case s.Namer != nil && suffix != "":
		return wrong("Namer", "excludes Suffix")
	case s.Namer != nil:
		s.namer = s.Namer
		for n := range 12 {
			if err := checkName(s.namer, base, Backup{Time: time.Now(), N: n}); err != nil {
				return err
			}
		}
		return nil
	case suffix == "" && s.schedule != nil:
		suffix = s.schedule.Suffix()
	case suffix == "":
		s.namer = numbered{}
		if s.unbounded() && (s.OnOpen || len(s.RotateOn) > 0 || s.ShouldRotate != nil) {
			return wrong("BackupCount", "without it, MaxAge, MaxTotalBytes or a Suffix no backup is kept to rotate to")
		}
		return nil
	}
	s.namer = dated{suffix, s.Location}
	return checkSuffix(suffix)
}

// keepsNames reports whether a backup keeps the name that it got: those by time do, those by number
// move up with each rotation.
func (s *settings) keepsNames() bool { return s.namer != numbered{} }

// rotates reports whether there is a trigger.
func (s *settings) rotates() bool {
	return s.MaxBytes > 0 || s.schedule != nil || s.OnOpen || len(s.RotateOn) > 0 || s.ShouldRotate != nil
}

// checkFile checks what says how the file is made.
func (s *settings) checkFile() error {
	var errs []error
	if s.Truncate && s.rotates() {
		errs = append(errs, wrong("Truncate", "a file that is rotated is never emptied"))
	}
	if s.Mode&^os.ModePerm != 0 {
		errs = append(errs, wrong("Mode", "%v: more than permissions", s.Mode))
	}
	if s.DirMode&^(os.ModePerm|os.ModeSticky|os.ModeSetgid) != 0 {
		errs = append(errs, wrong("DirMode", "%v: more than permissions, sticky and setgid", s.DirMode))
	}
	if s.Owner != nil && runtime.GOOS == "windows" {
		errs = append(errs, wrong("Owner", "not on Windows"))
	}
	if strings.ContainsAny(s.Header, "\n\r") {
		errs = append(errs, wrong("Header", "%q: more than a line", s.Header))
	}
	if s.Compress != nil {
		errs = append(errs, checkCodec(s.Compress))
	}
	return errors.Join(errs...)
}

func (s *settings) checkEngine() error {
	switch s.Engine {
	case "", engineFile:
		return nil
	case engineLumberjack:
		return s.checkLumberjack()
	default:
		return wrong("Engine", "%q: neither %q nor %q", s.Engine, engineFile, engineLumberjack)
	}
}

// header is what a new file begins with.
func (s *settings) header() string {
	if s.Header == "" {
		return ""
	}
	return s.Header + "\n"
}

// equal reports whether two settings ask for the same. Functions are equal only if there are none.
func (s *settings) equal(other *settings) bool {
	a, b := s.Options, other.Options
	if !sameZone(a.Location, b.Location) {
		return false
	}
	a.Location, b.Location = nil, nil // it caches what it was asked for
	a.Engine, b.Engine = cmp.Or(a.Engine, engineFile), cmp.Or(b.Engine, engineFile)
	a.TakeOver, b.TakeOver = false, false
	return reflect.DeepEqual(a, b)
}

// sameZone reports whether two zones are the same: of one name, and if they are fixed, which need not have one, of one offset.
func sameZone(a, b *time.Location) bool {
	nameA, offsetA := time.Time{}.In(a).Zone()
	nameB, offsetB := time.Time{}.In(b).Zone()
	return a.String() == b.String() && nameA == nameB && offsetA == offsetB
}

// splitPath returns the absolute path, and the name in its directory. An empty name is an error.
func splitPath(path string) (abs, base string, err error) {
	if path == "" || os.IsPathSeparator(path[len(path)-1]) {
		return "", "", errors.New("not the name of a file")
	}
	if strings.ContainsRune(path, 0) {
		return "", "", errors.New("a NUL byte in the path")
	}
	abs, err = filepath.Abs(path)
	return abs, filepath.Base(abs), err
}
