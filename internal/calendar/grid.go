// SPDX-License-Identifier: MIT

package calendar

import (
	"fmt"
	"time"
)

// A grid is the rule of midnight and the weekdays: one local time each day or week.
type grid struct {
	step  int64 // a day or a week
	phase int64 // one of the local times
}

func (g grid) prev(local int64) int64 { return local - mod(local-g.phase, g.step) }

func (g grid) next(local int64) int64 { return g.prev(local) + g.step }

// isDayStart reports whether the local times begin a day.
func (g grid) isDayStart() bool { return mod(g.phase, day) == 0 }

// everyDay stands for midnight among the weekdays, of which Monday is 0.
const everyDay = -1

// monday is the day of the first Monday in local time, whose day 0 is a Thursday.
const monday = 4

// parseDay reads midnight and W0 to W6, in capitals.
func parseDay(when string) (weekday int, ok bool) {
	if when == "MIDNIGHT" {
		return everyDay, true
	}
	if len(when) != 2 || when[0] != 'W' || when[1] < '0' || when[1] > '6' {
		return 0, false
	}
	return int(when[1] - '0'), true
}

// newGrid returns the grid of a weekday, or of every day.
func newGrid(weekday int, at string) (grid, error) {
	sec, err := parseAt(at)
	switch {
	case weekday == everyDay:
		return grid{day, sec}, err
	case at == "": // Python's weeks end with the day, unless they end on it
		sec = day
	}
	return grid{week, int64(monday+weekday)*day + sec}, err
}

// parseAt returns the seconds from midnight to the time of day, 0 for none.
func parseAt(at string) (int64, error) {
	if at == "" {
		return 0, nil
	}
	for _, layout := range []string{"15:04", time.TimeOnly} {
		// Parse takes one digit for the hour, and a fraction of a second, too.
		if t, err := time.Parse(layout, at); err == nil && t.Format(layout) == at {
			return mod(t.Unix(), day), nil
		}
	}
	return 0, fmt.Errorf("time of day %q, want HH:MM or HH:MM:SS, from 00:00 to 23:59:59", at)
}
