// SPDX-License-Identifier: MIT

package main

// calendarFaults are those of the periods of log files.
var calendarFaults = []fault{
	{
		"calendar: a week ends when its last day begins", "internal/calendar/grid.go",
		"\t\tsec = day\n",
		"",
		"./internal/calendar", "TestNextIsCPythonsComputeRollover",
	},
	{
		"calendar: an interval passes from the time that is asked about", "internal/calendar/calendar.go",
		"skip: (n - 1) * g.step",
		"skip: n * g.step",
		"./internal/calendar", "TestIntervalsCountDaysOfTheCalendar",
	},
	{
		"calendar: what is skipped comes early", "internal/calendar/zone.go",
		"return local - sp.before",
		"return local - sp.offset",
		"./internal/calendar", "TestNextIsCPythonsComputeRollover",
	},
	{
		"calendar: a day without a midnight begins late", "internal/calendar/zone.go",
		"return sp.start\n\t\tdefault",
		"return local - sp.before\n\t\tdefault",
		"./internal/calendar", "TestDaysWhenClocksAreChanged",
	},
	{
		"calendar: a time of day that is shown twice begins two periods", "internal/calendar/fires.go",
		"return sp.start + max(sp.offset, sp.before)",
		"return sp.start + sp.offset",
		"./internal/calendar", "TestPeriodsAreThoseOfZoneinfo",
	},
	{
		"calendar: a day whose time is skipped has no boundary", "internal/calendar/fires.go",
		"max(f.lastShown(sp, sec), f.lastSkipped(sp, sec))",
		"f.lastShown(sp, sec)",
		"./internal/calendar", "TestPeriodsAreThoseOfZoneinfo",
	},
	{
		"calendar: a period whose time is skipped begins early", "internal/calendar/fires.go",
		"min(end, sec+sp.before+1)",
		"end",
		"./internal/calendar", "TestPeriodsHoldTheirTimes",
	},
	{
		"calendar: no zone is UTC", "internal/calendar/calendar.go",
		"return time.Local\n",
		"return time.UTC\n",
		"./internal/calendar", "TestTimesAreInTheZoneAndHaveNoMonotonicPart",
	},
	{
		"calendar: a time of day has a fraction", "internal/calendar/grid.go",
		"err == nil && t.Format(layout) == at",
		"err == nil",
		"./internal/calendar", "TestNewRefuses",
	},
	{
		"calendar: a cron line needs both days", "internal/calendar/cronparse.go",
		"c.either = !star(2) && !star(4)",
		"c.either = false",
		"./internal/calendar", "TestCron$",
	},
	{
		"calendar: Sunday is not 7", "internal/calendar/cronparse.go",
		" | sets[4]>>sunday",
		"",
		"./internal/calendar", "TestCron$",
	},
	{
		"calendar: a star for the minute is no star", "internal/calendar/cronparse.go",
		"star(0) || star(1)",
		"star(1)",
		"./internal/calendar", "TestCronGoesThroughEachMinute",
	},
	{
		"calendar: each February has 29 days", "internal/calendar/cron.go",
		"first.AddDate(0, 0, 28).Month() != month",
		"false",
		"./internal/calendar", "TestCron$",
	},
	{
		"calendar: a cron line that never fires is taken", "internal/calendar/cronparse.go",
		"!c.hasDay()",
		"false",
		"./internal/calendar", "TestCronRefuses",
	},
	{
		"calendar: a step without a range is taken", "internal/calendar/cronparse.go",
		"!isRange && isStepped && isStep:",
		"false:",
		"./internal/calendar", "TestCronRefuses",
	},
	{
		"calendar: an error names the wrong column", "internal/calendar/cronparse.go",
		"column += len(item) + 1",
		"column += len(item)",
		"./internal/calendar", "TestCronRefuses",
	},
}
