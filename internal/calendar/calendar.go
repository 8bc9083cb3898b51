// SPDX-License-Identifier: MIT

// Package calendar says when the period of a log file ends.
//
// A [Schedule] cuts time into periods, as the parameters when, interval and atTime of Python's
// TimedRotatingFileHandler do ([New]), or as a cron table does ([Cron]). It knows no clock and no file:
// it is asked about a time.
//
// # Days
//
// Midnight and weekdays are those of a time zone. Each day has one boundary, however its clocks are
// changed: the first instant at which they show the time of day, or, where they skip it, the instant at which
// they would have shown it. So 02:30 is 03:30 on the day when New York puts its clocks forward at two.
// A day that has no midnight begins with its first instant; a day that is skipped has no boundary of its own.
package calendar

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// The strftime formats that name a backup for the start of its period: Python's, but for the one of cron.
const (
	suffixSecond = "%Y-%m-%d_%H-%M-%S"
	suffixMinute = "%Y-%m-%d_%H-%M"
	suffixHour   = "%Y-%m-%d_%H"
	suffixDay    = "%Y-%m-%d"
)

// A Schedule cuts time into periods. It comes from [New] or [Cron]; the zero Schedule cannot be used.
// It is not changed any more, and safe for concurrent use.
type Schedule struct {
	loc    *time.Location
	suffix string
	length time.Duration // of the periods of S, M, H and D, which begin when the file does; else 0
	fires  fires         // of the others
	skip   int64         // seconds of local time from the next fire to the end of the period
}

// A unit is what one interval of a when is.
type unit struct {
	length time.Duration
	suffix string
}

// plain are the periods that begin when the file does.
var plain = map[string]unit{
	"S": {time.Second, suffixSecond},
	"M": {time.Minute, suffixMinute},
	"H": {time.Hour, suffixHour},
	"D": {24 * time.Hour, suffixDay},
}

// New returns the schedule with Python's when and interval, whose atTime is at:
//
//	S M H D     interval seconds, minutes, hours, or days of 24 hours, from the time that is asked about
//	midnight    each day at the time of day at, 00:00 if that is empty
//	W0 to W6    each week on this day, W0 being Monday, at at; at the end of the day if at is empty
//
// The case of when does not matter. An interval of 0 is 1; of more days or weeks, all but one pass after the next
// boundary. at is 15:04 or 15:04:05, and empty for S, M, H and D. A nil loc is [time.Local].
func New(when string, interval int, at string, loc *time.Location) (*Schedule, error) {
	name := strings.ToUpper(when)
	u, isPlain := plain[name]
	weekday, isDay := parseDay(name)
	if isDay {
		u = unitOf(weekday)
	}
	n := max(int64(interval), 1)
	switch {
	case !isPlain && !isDay:
		return nil, fmt.Errorf("unknown period %q, want S, M, H, D, midnight, or W0 (Monday) to W6", when)
	case interval < 0:
		return nil, fmt.Errorf("interval %d, want 1 or more, or 0 for 1", interval)
	case n > math.MaxInt64/int64(u.length):
		return nil, fmt.Errorf("interval %d of %s, want 292 years at most", interval, when)
	case at != "" && isPlain:
		return nil, fmt.Errorf("time of day %q with %s, want it with midnight and W0 to W6 only", at, when)
	case isPlain:
		return &Schedule{loc: orLocal(loc), suffix: u.suffix, length: time.Duration(n) * u.length}, nil
	}
	g, err := newGrid(weekday, at)
	if err != nil {
		return nil, err
	}
	f := fires{rule: g, dayStart: g.isDayStart()}
	return &Schedule{loc: orLocal(loc), suffix: u.suffix, fires: f, skip: (n - 1) * g.step}, nil
}

// unitOf is the unit of a weekday, or of every day.
func unitOf(weekday int) unit {
	if weekday == everyDay {
		return unit{24 * time.Hour, suffixDay}
	}
	return unit{7 * 24 * time.Hour, suffixDay}
}

func orLocal(loc *time.Location) *time.Location {
	if loc == nil {
		return time.Local
	}
	return loc
}

// Next returns when a file that is opened at t ends, which is after t: what Python 3.13's computeRollover(t)
// returns, and the right time where that fails to. It looks at what the clocks show at t, so while they show a
// time of day again, Next may be the second time that they show at, which begins no period.
func (s *Schedule) Next(t time.Time) time.Time {
	sec := t.Unix()
	switch g, isGrid := s.fires.rule.(grid); {
	case s.length > 0:
		return t.In(s.loc).Add(s.length)
	case isGrid:
		local := g.next(sec+offset(s.loc, sec)) + s.skip
		return s.time(reach(s.loc, sec, local, s.fires.dayStart))
	default:
		return s.time(s.fires.first(s.loc, sec))
	}
}

// Start returns the beginning of the period that t lies in, which is not after t: what a backup is named for.
// It is t for a schedule that is not [Schedule.Aligned]. Where an interval is more than one day or week,
// any boundary may begin a period, so Start is the last one.
func (s *Schedule) Start(t time.Time) time.Time {
	if s.length > 0 {
		return t.In(s.loc)
	}
	return s.time(s.fires.last(s.loc, t.Unix()))
}

// Period returns the period that t lies in: it has begun at t, and has not ended.
func (s *Schedule) Period(t time.Time) (start, end time.Time) {
	start = s.Start(t)
	return start, s.Next(start)
}

// Aligned reports whether the periods are those of the calendar. Those of S, M, H and D begin when the file does.
func (s *Schedule) Aligned() bool { return s.length == 0 }

// Suffix returns the strftime format that names a backup for the start of its period if nothing else is wanted.
func (s *Schedule) Suffix() string { return s.suffix }

func (s *Schedule) time(sec int64) time.Time { return time.Unix(sec, 0).In(s.loc) }
