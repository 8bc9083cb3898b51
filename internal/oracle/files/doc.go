// SPDX-License-Identifier: MIT

// Package files compares package rotate with CPython's RotatingFileHandler, TimedRotatingFileHandler and
// WatchedFileHandler. All of it is in its tests.
//
// A script opens a log file in an empty directory, writes lines, lets time go by, and does to the files what
// others do, a step a line. It is run by python.py on Python's logging.handlers, and by the tests on package rotate. What
// can be seen of each step is a line behind a tab below it. Scripts are stored in archives, with what CPython 3.13
// answered, so that go test needs no Python:
//
//	-- the oldest goes --
//	# What begins with a hash sign is a comment.
//	handler size max=6 backups=1
//	write "aaaaa"
//	write "日志"
//	close
//	dir
//		a.log "日志\n"
//		a.log.1 "aaaaa\n"
//
// Texts are JSON strings, times are seconds. The log file is a.log. The steps are:
//
//	zone Europe/Berlin          the local time zone; UTC unless it is told
//	start 1704110400            the time at which the script begins, since 1970
//	handler size max=10 backups=2 mode=w delay
//	handler timed when=W0 interval=2 at=06:30 backups=2 utc delay suffix="%Y%m%d"
//	handler watched mode=w delay
//	                            opens the log file, after closing the one before; each option may be left out
//	write "text"                writes a line
//	every 20 1800               writes 20 lines, each with the local time, 1800 seconds after the one before
//	advance 0.5                 lets time go by
//	create a.log.1 "text"       makes a file, in place of one that has the name
//	append a.log "text"; truncate a.log; rename a.log old.log; remove a.log; mkdir a.log.1
//	mtime a.log 1704110000      sets the time of the last change
//	close                       closes the log file
//	dir                         says which files there are, with their contents
//
// The time of the last change of the log file is the script's when it is made, and after each line: Python asks for it.
//
// # What differs on purpose
//
// python.py runs each script twice: on CPython as it is, and on twin.py, which does what docs/python.md lists as deliberate
// differences. Where the twin leaves other files, they follow, marked with ~, and what CPython met on the way
// there, marked with =. Package rotate must answer as the twin, and the twin as CPython wherever no predicate
// of a difference holds.
//
// # How to store new answers
//
// The flag -update has a CPython 3.13 answer the stored scripts again; with scripts in place of answers,
// the random ones are made anew before:
//
//	go test ./internal/oracle/files -update answers
//
// Fresh random scripts are compared wherever a Python is found, or named by SLOGX_PYTHON. SLOGX_SEED repeats them,
// SLOGX_SCRIPTS says how many. What older versions of CPython do otherwise than 3.13 has predicates of its own.
package files
