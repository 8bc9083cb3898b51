// SPDX-License-Identifier: MIT

package calendar

import "time"

// Local time is what the clocks of a zone show, in seconds since they showed 1970-01-01 00:00:00.
// An instant plus the offset of the zone is its local time; in the other direction there may be two or none.

const (
	day     = 24 * 60 * 60
	week    = 7 * day
	forever = 1 << 60

	// maxShift is more than any zone has ever put its clocks forward or back, which is a day.
	maxShift = 2 * day
)

// A span is a time through which the clocks of a zone are left alone: the instants from start until end.
type span struct {
	start, end int64
	offset     int64 // of local time, in seconds
	before     int64 // the offset that came before
}

// offset returns what local time is ahead of UTC, in seconds.
func offset(loc *time.Location, sec int64) int64 {
	_, ahead := time.Unix(sec, 0).In(loc).Zone()
	return int64(ahead)
}

// spanAt returns the span that holds the instant.
// It may be cut at the end of a year, where offset and before are the same then.
func spanAt(loc *time.Location, sec int64) span {
	t := time.Unix(sec, 0).In(loc)
	_, ahead := t.Zone()
	sp := span{start: -forever, end: forever, offset: int64(ahead), before: int64(ahead)}
	start, end := t.ZoneBounds()
	if !start.IsZero() {
		sp.start = start.Unix()
		sp.before = offset(loc, sp.start-1)
	}
	if !end.IsZero() {
		sp.end = end.Unix()
	}
	if sp.end <= sec { // ZoneBounds takes the last day of a leap year to the end of its 365th, in years without a table
		sp.end = sec - mod(sec, day) + day
	}
	return sp
}

// reach returns the first instant after sec at which the clocks show local, which they do not show before.
// If they skip it, they show it when they would have, had they been left alone; dayStart has the instant be
// the one when they skip.
func reach(loc *time.Location, sec, local int64, dayStart bool) int64 {
	sec = max(sec, local-offset(loc, sec)-maxShift)
	for sp := spanAt(loc, sec); ; sp = spanAt(loc, sp.end) {
		switch at := local - sp.offset; {
		case at >= sp.end:
		case at >= sp.start:
			return at
		case dayStart:
			return sp.start
		default:
			return local - sp.before
		}
	}
}

// mod returns the remainder of a division that rounds down.
func mod(a, b int64) int64 { return ((a % b) + b) % b }
