// SPDX-License-Identifier: MIT

// Package configs compares package config with CPython's logging.config. All of it is in its tests.
//
// A script has documents and logging calls, a step a line. It is run by python.py on dictConfig and fileConfig, and by
// the tests on package config with a tree of its own. What can be seen of each step stands behind tabs below it. Scripts
// are stored in archives, with what CPython 3.13 answered, so that go test needs no Python:
//
//	-- a child keeps to itself --
//	# What begins with a hash sign is a comment.
//	dict
//	| {"version": 1, "disable_existing_loggers": false,
//	|  "handlers": {"h": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout"}},
//	|  "loggers": {"a": {"level": "INFO", "handlers": ["h"], "propagate": false}}}
//		accepted
//		root level=30 effective=30 handlers=0 filters=0
//		a level=20 effective=20 handlers=1 filters=0 stops
//	log a 20 hello
//		stdout "hello\n"
//
// A name with spaces or quotation marks is a JSON string; root is the root. The steps are:
//
//	dict at=handlers.h          a document for dictConfig, in JSON, in the lines below that begin with |. If package config
//	                            refuses it, the error must name the place that at says.
//	ini at=handler_h            one for fileConfig, called with disable_existing_loggers=False
//	ini disable                 the same with True, for CPython as it is
//	logger a                    makes a logger
//	level a INFO; propagate a no; disabled a yes
//	handler a x.log             adds a handler that writes to a file
//	filter a a.b                adds a filter by name
//	log a 20 hello              logs a message at a level of Python
//	tree                        shows all loggers
//
// A document is answered with whether it was accepted, and with all loggers. Below each step stand the files that have changed
// with what was added; = says that they are new, or do not continue what was there. stdout and stderr are the streams.
//
// Package config gets each document of dictConfig three times: as a Go map, in JSON and in YAML.
//
// # What differs on purpose
//
// python.py runs each script twice: on CPython as it is, and on twin.py, which does what docs/python.md lists as deliberate
// differences. Where the twin shows something else, that follows, marked with ~, and what it met on the way, marked
// with =. Package config must answer as the twin, and the twin as CPython wherever no predicate of a difference holds.
//
// # How to store new answers
//
// The flag -update has a CPython 3.13 answer the stored scripts again; with scripts in place of answers,
// the random ones are made anew before:
//
//	go test ./internal/oracle/configs -update answers
//
// Fresh random scripts are compared wherever a Python is found, or named by SLOGX_PYTHON. SLOGX_SEED repeats them,
// SLOGX_SCRIPTS says how many.
package configs
