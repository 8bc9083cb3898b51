// SPDX-License-Identifier: MIT

package rotate

import (
	"io/fs"
	"slices"
	"time"
)

// A kept backup is one segment of the log: its file, or while it is being compressed, its two files.
type kept struct {
	entry // the first of its files

	files []lying
	bytes int64
	last  time.Time // when its last line was written, or its period ended
}

// A lying file is a backup's, or one of its two.
type lying struct {
	name   string
	packed bool
	info   fs.FileInfo
}

// surplus returns the backups that are to be removed, oldest first, of those in all, which are in any order.
// The newest is never among them because of its size.
func (s *settings) surplus(all []kept, now time.Time) []kept {
	slices.SortFunc(all, func(a, b kept) int { return older(b.entry, a.entry) })
	var bytes int64
	for i, k := range all {
		bytes += k.bytes
		if s.BackupCount > 0 && i >= s.BackupCount ||
			s.MaxTotalBytes > 0 && bytes > s.MaxTotalBytes && i > 0 {
			return reversed(all[i:])
		}
		if s.MaxAge > 0 && now.Sub(k.last) > s.MaxAge && s.aged(all[i:], now) {
			return reversed(all[i:])
		}
	}
	return nil
}

// aged reports whether all of these are too old. One that is younger than its name says it should be keeps those
// before it: backups go in order.
func (s *settings) aged(all []kept, now time.Time) bool {
	return !slices.ContainsFunc(all, func(k kept) bool { return now.Sub(k.last) <= s.MaxAge })
}

func reversed(all []kept) []kept {
	all = slices.Clone(all)
	slices.Reverse(all)
	return all
}

// unbounded reports whether nothing says how many backups are kept.
func (s *settings) unbounded() bool {
	return s.BackupCount == 0 && s.MaxAge == 0 && s.MaxTotalBytes == 0
}

// endOf returns when the last line of a backup was written at the latest, as its name tells,
// and if it does not, the time that the system has. A name that leaves out a part of the time
// tells only when it was at the earliest.
func (s *settings) endOf(e entry, modified time.Time) time.Time {
	if e.Time.IsZero() || e.foreign || s.schedule == nil {
		return modified
	}
	_, end := s.schedule.Period(e.Time)
	if told := s.schedule.Aligned() && s.Suffix == "" && s.Namer == nil; !told && modified.After(end) {
		return modified
	}
	return end
}
