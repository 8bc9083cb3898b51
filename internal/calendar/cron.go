// SPDX-License-Identifier: MIT

package calendar

import (
	"fmt"
	"math/bits"
	"time"
)

// A cron is the rule of a line of a cron table. Bit n of a set stands for n.
type cron struct {
	minutes, hours, days, months uint64
	weekdays                     uint64 // Sunday is 0
	either                       bool   // a day need be in one of days and weekdays only
	wild                         bool   // minute or hour begin with a star
}

// Cron returns the schedule that starts a period whenever the line of a cron table would run its command:
//
//	30 2 * * mon-fri    minute, hour, day of the month, month, day of the week
//
// A field is a star, a number or a range, each but the number with a step if wanted (*/5, 1-10/3), or a list of
// those with commas. Months and days of the week have their names, too (jan, sun), and Sunday is 0 and 7.
// If neither day begins with a star, one of them is enough. A line may be one of @hourly, @daily, @midnight, @weekly,
// @monthly, @yearly and @annually as well. What is written in letters may be in any case. A nil loc is [time.Local].
//
// Where clocks are changed, it is as with Vixie's cron: if minute or hour begin with a star, the line runs
// whenever the clocks show the time. Otherwise it runs the first time only, and if they skip the time, when they
// would have shown it.
func Cron(expr string, loc *time.Location) (*Schedule, error) {
	c, err := parseCron(expr)
	if err != nil {
		return nil, fmt.Errorf("cron expression %q: %w", expr, err)
	}
	return &Schedule{loc: orLocal(loc), suffix: suffixMinute, fires: fires{rule: c, always: c.wild}}, nil
}

// next implements rule. It ends because hasDay.
func (c *cron) next(local int64) int64 {
	t := time.Unix(local, 0).UTC()
	year, month, date := t.Date()
	in := c.in(year, month)
	if in>>date&1 != 0 {
		if minute, ok := c.minuteAfter(t.Hour(), t.Minute()); ok {
			return local - mod(local, day) + minute*60
		}
	}
	in = in >> (date + 1) << (date + 1)
	for in == 0 {
		later := c.months >> (month + 1) << (month + 1)
		if later == 0 {
			year, later = year+1, c.months
		}
		month = time.Month(bits.TrailingZeros64(later))
		in = c.in(year, month)
	}
	hour := bits.TrailingZeros64(c.hours)
	return localTime(year, month, bits.TrailingZeros64(in), hour, bits.TrailingZeros64(c.minutes))
}

// prev implements rule.
func (c *cron) prev(local int64) int64 {
	t := time.Unix(local, 0).UTC()
	year, month, date := t.Date()
	in := c.in(year, month)
	if in>>date&1 != 0 {
		if minute, ok := c.minuteUntil(t.Hour(), t.Minute()); ok {
			return local - mod(local, day) + minute*60
		}
	}
	in &= 1<<date - 1
	for in == 0 {
		earlier := c.months & (1<<month - 1)
		if earlier == 0 {
			year, earlier = year-1, c.months
		}
		month = time.Month(highest(earlier))
		in = c.in(year, month)
	}
	return localTime(year, month, highest(in), highest(c.hours), highest(c.minutes))
}

// localTime returns what the clocks show then.
func localTime(year int, month time.Month, date, hour, minute int) int64 {
	return time.Date(year, month, date, hour, minute, 0, 0, time.UTC).Unix()
}

func highest(set uint64) int { return bits.Len64(set) - 1 }

// in returns the days of a month.
func (c *cron) in(year int, month time.Month) uint64 {
	if c.months>>month&1 == 0 {
		return 0
	}
	first := time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
	all := uint64(1)<<(longest[month]+1) - 2
	if month == time.February && first.AddDate(0, 0, 28).Month() != month {
		all = 1<<29 - 2
	}
	const eachWeek = 1 | 1<<7 | 1<<14 | 1<<21 | 1<<28 | 1<<35
	weekdays := c.weekdays * eachWeek >> first.Weekday() << 1
	if c.either {
		return (c.days | weekdays) & all
	}
	return c.days & weekdays & all
}

// longest are the days of each month, in leap years.
var longest = [...]int{1: 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

// hasDay reports whether there is a month that has one of the days. If there is, a year follows that has
// it on any weekday, even if it is the last of February.
func (c *cron) hasDay() bool {
	for month, last := range longest {
		if c.months>>month&1 != 0 && (c.either || bits.TrailingZeros64(c.days) <= last) {
			return true
		}
	}
	return false
}

// minuteAfter returns the first minute of a day after a time.
func (c *cron) minuteAfter(hour, minute int) (int64, bool) {
	if c.hours>>hour&1 != 0 {
		if later := c.minutes >> (minute + 1) << (minute + 1); later != 0 {
			return int64(hour*60 + bits.TrailingZeros64(later)), true
		}
	}
	later := c.hours >> (hour + 1) << (hour + 1)
	return int64(bits.TrailingZeros64(later)*60 + bits.TrailingZeros64(c.minutes)), later != 0
}

// minuteUntil returns the last minute of a day until a time, which counts.
func (c *cron) minuteUntil(hour, minute int) (int64, bool) {
	if c.hours>>hour&1 != 0 {
		if earlier := c.minutes & (2<<minute - 1); earlier != 0 {
			return int64(hour*60 + highest(earlier)), true
		}
	}
	earlier := c.hours & (1<<hour - 1)
	return int64(highest(earlier)*60 + highest(c.minutes)), earlier != 0
}
