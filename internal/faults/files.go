// SPDX-License-Identifier: MIT

package main

// filesFaults are those that the stored scripts on log files must catch.
var filesFaults = []fault{
	{
		"files: the limit may be reached", "rotate/trigger.go",
		"case size >= c.limit:",
		"case size > c.limit:",
		"./internal/oracle/files", "TestRandomScripts$",
	},
	{
		"files: the end of a torn line is not counted", "rotate/trigger.go",
		"		size++\n",
		"",
		"./internal/oracle/files", "TestGoldens$",
	},
	{
		"files: a file is rotated a line late", "rotate/trigger.go",
		"	case c.schedule != nil && !now.Before(c.end):\n",
		"	case c.schedule != nil && now.After(c.end):\n",
		"./internal/oracle/files", "TestRandomScripts$",
	},
	{
		"files: an empty file is rotated", "rotate/trigger.go",
		"	if c.emptyLocked() {\n",
		"	if c.emptyLocked() && c.schedule == nil {\n",
		"./internal/oracle/files", "TestRandomScripts$",
	},
	{
		"files: the period of an empty file is not begun anew", "rotate/trigger.go",
		"			c.beginLocked(now)\n		}\n		c.oweLocked(\"\")\n",
		"		}\n		c.oweLocked(\"\")\n",
		"./internal/oracle/files", "TestRandomScripts$",
	},
	{
		"files: a backup is named for its end", "rotate/trigger.go",
		"from, _ = c.schedule.Period(c.birth)",
		"from, _ = c.schedule.Period(now)",
		"./internal/oracle/files", "TestRandomScripts$",
	},
	{
		"files: gaps in the numbers are closed", "rotate/rename.go",
		"next = after(max(n, next))",
		"next = after(next)",
		"./internal/oracle/files", "TestRandomScripts$",
	},
	{
		"files: a directory is in the way of a number", "rotate/rename.go",
		"for n++; blocked[n]; n++ {",
		"for n++; false; n++ {",
		"./internal/oracle/files", "TestRandomScripts$",
	},
	{
		"files: a backup too many is kept", "rotate/keep.go",
		"i >= s.BackupCount",
		"i > s.BackupCount",
		"./internal/oracle/files", "TestRandomScripts$",
	},
	{
		"files: of one time the newest goes first", "rotate/names.go",
		"cmp.Or(a.Time.Compare(b.Time), cmp.Compare(a.N, b.N))",
		"cmp.Or(a.Time.Compare(b.Time), cmp.Compare(b.N, a.N))",
		"./internal/oracle/files", "TestRandomScripts$",
	},
	{
		"files: a time that clocks skip names no backup", "rotate/names.go",
		"if t = after; timefmt.Format(before, d.suffix) == s {",
		"if t = after; false {",
		"./internal/oracle/files", "TestGoldens$",
	},
	{
		"files: a file that is watched is not looked at", "rotate/trigger.go",
		"c.stale.Swap(false) || c.Watch || reason != \"\"",
		"c.stale.Swap(false) || reason != \"\"",
		"./internal/oracle/files", "TestRandomScripts$",
	},
	{
		"files: a file is not looked at before its first line", "rotate/core.go",
		"if !c.watching && !c.closed {",
		"if false {",
		"./internal/oracle/files", "TestGoldens$",
	},
	{
		"files: what others add is not counted", "rotate/core.go",
		"		c.size = o.size\n",
		"",
		"./internal/oracle/files", "TestRandomScripts$",
	},
	{
		"files: a torn line is not ended", "rotate/disk.go",
		"return err != nil || end[0] != '\\n'",
		"return false",
		"./internal/oracle/files", "TestRandomScripts$",
	},
	{
		"files: a file is emptied whenever it is opened", "rotate/disk.go",
		"if d.Truncate && !d.emptied {",
		"if d.Truncate {",
		"./internal/oracle/files", "TestGoldens$",
	},
	{
		"files: a restart forgets when the period began", "rotate/birth.go",
		"parseBirth(attribute(d.out), modified); ok {",
		"parseBirth(attribute(d.out), modified); ok && d.isTold() {",
		"./internal/oracle/files", "TestRandomScripts$",
	},
	{
		"files: an empty backup is counted", "rotate/tidy.go",
		"		t.try(\"clean up\", t.sweep)\n",
		"",
		"./internal/oracle/files", "TestRandomScripts$",
	},
	{
		"files: a week ends when its last day begins", "internal/calendar/grid.go",
		"		sec = day\n",
		"",
		"./internal/oracle/files", "TestRandomScripts$",
	},
	{
		"files: an interval is a day too long", "internal/calendar/calendar.go",
		"(n - 1) * g.step",
		"n * g.step",
		"./internal/oracle/files", "TestRandomScripts$",
	},
	{
		"files: what clocks skip comes early", "internal/calendar/zone.go",
		"return local - sp.before",
		"return local - sp.offset",
		"./internal/oracle/files", "TestGoldens$",
	},
}
