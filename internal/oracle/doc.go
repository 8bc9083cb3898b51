// SPDX-License-Identifier: MIT

// Package oracle compares the tree with CPython's logging. All of it is in its tests.
//
// A script is a program on a tree of loggers, a step a line. It is run by python.py on Python's
// logging, and by the tests on package tree. What can be seen of each step is a line behind a tab below it.
// Scripts are stored in archives, with what CPython 3.13 answered, so that go test needs no Python:
//
//	-- a level is inherited --
//	# What begins with a hash sign is a comment.
//	handler h 0
//	add root h
//	level a 40
//	log a.b 30 hello
//	log a.b 40 hello
//		h a.b 40 hello
//
// Levels are Python's numbers; 0 is NOTSET. "" stands for the empty text. The steps are:
//
//	handler h 30 FILTER...      makes a handler with a level and filters; with once, it removes itself when it
//	                            handles a record; with fails, it fails
//	handlerlevel h 30           changes its level
//	add a h; remove a h         adds, removes a handler
//	replace a h k               puts the handler k in the place of h, if that is there
//	level a 20                  sets the level of a logger
//	propagate a false           turns propagation off or on
//	disabled a true             disables a logger or enables it
//	disable 30                  disables all records at a level and below
//	filter a FILTER; unfilter   adds, removes a filter
//	update STEP ; STEP          makes several of the changes above in one step: a Batch
//	incremental STEP ; STEP     the same for level, propagate and handlerlevel: Python's incremental dictConfig
//	lastresort h                sets the last resort; none is none, default the first one
//	log a 20 text               logs a text
//	handle a 20 text            Logger.handle: no level is asked
//	enabled a 20                isEnabledFor
//	effective a                 getEffectiveLevel
//	hashandlers a; listhandlers a; parent a; children a
//	loggers a b                 makes loggers, and says which there are
//	getchild a suffix           says the name of the child
//	filtername a b              says whether Filter("a") passes a record of b
//	addlevelname 1005 NAME      names a level
//	levelname 20                says the name of a level
//	checklevel TEXT             says which threshold a text stands for
//	levelnumber TEXT            getLevelName of a text
//
// A FILTER is name:a.b (Python's Filter), drop:text (drops messages with the text), min:20, exact:20 (by level),
// see:x (passes, and says that it was asked), set:text (puts another message into the record), replace:text (returns
// another record; since 3.12) or raise (fails).
//
// # What differs on purpose
//
// python.py runs each script twice: on CPython as it is, and on one with what docs/python.md lists
// as deliberate differences, the twin. Where the twin answers otherwise, its answer follows, marked with ~, and what
// was known before the step, marked with =. The tree must answer as the twin where the predicate of a difference
// holds, and as CPython everywhere else: nothing is left out of the comparison.
//
// # How to store new answers
//
// The flag -update has a CPython 3.13 answer the stored scripts again; with scripts in place of answers,
// the random ones are made anew before:
//
//	go test ./internal/oracle -update answers
//
// Fresh random scripts are compared wherever a Python is found, or named by SLOGX_PYTHON. SLOGX_SEED repeats them,
// SLOGX_SCRIPTS says how many.
package oracle
