// SPDX-License-Identifier: MIT

// Package layouts compares layouts with CPython's logging.Formatter. All of it is in its tests.
//
// A script compiles layouts and formats records, a step a line. It is run by python.py on Python's logging, and by the
// tests on package format. What can be seen of each step is a line behind a tab below it. Scripts are stored in archives,
// with what CPython 3.13 answered, so that go test needs no Python:
//
//	-- a width counts characters --
//	# What begins with a hash sign is a comment.
//	layout "%(name)6s|%(n)+d"
//	record 日志 20 1700000000123456789 "hi" n=5
//		"    日志|+5"
//
// Texts are JSON strings. The steps are:
//
//	style {                     of the layouts that follow: %, { or $; % unless it is told
//	date "%H:%M"                their date format; the default one unless it is told
//	zone Europe/Berlin          their time zone; UTC is Python's gmtime, and what is used unless it is told
//	default KEY=VALUE           their defaults
//	layout "%(message)s"        compiles a layout, and says if it is refused
//	place view                  where the records that follow are logged: view, main, deep; nowhere unless it is told
//	start 1699999999987654321   when the process started, for relativeCreated; no other field knows the time then
//	record a.b 20 1700000000123456789 "hi" KEY=VALUE
//	                            formats a record: logger, level, nanoseconds since 1970, message and attributes
//
// Levels are Python's numbers. A VALUE is a JSON string, a number, inf, -inf, nan, true, false or null. The answer refused
// says that a layout was not taken, failed that a record was not printed.
//
// What depends on the process (process, thread, threadName, goroutine) is left out.
//
// # What differs on purpose
//
// python.py answers each script twice: as CPython, and as twin.py, which is CPython with what docs/python.md lists
// as deliberate differences. Where the twin answers otherwise, its answer follows, marked with ~; a question mark stands
// for what it cannot tell. Package format must answer as the twin where the predicate of a difference holds, and as
// CPython everywhere else.
//
// # How to store new answers
//
// The flag -update has a CPython 3.13 answer the stored scripts again; with scripts in place of answers,
// the random ones are made anew before:
//
//	go test ./internal/oracle/layouts -update answers
//
// Fresh random scripts are compared wherever a Python is found, or named by SLOGX_PYTHON. SLOGX_SEED repeats them,
// SLOGX_SCRIPTS says how many.
package layouts
