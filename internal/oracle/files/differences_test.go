// SPDX-License-Identifier: MIT

package files_test

import (
	"slices"
	"strings"
)

// A testCase is a script as far as a step at which CPython and its twin leave other files.
type testCase struct {
	steps []*step
	facts []string // what CPython met
	minor int      // of its version
}

// A predicate reports whether a difference may show: whether what docs/python.md says of it holds for the script.
type predicate func(*testCase) bool

// differences are the deliberate differences of docs/python.md that log files can meet, by their names.
var differences = map[string]predicate{
	"encodedBytes": func(c *testCase) bool {
		return c.opens("size", "max") && c.has(func(s *step) bool {
			return s.word() == "write" && strings.ContainsFunc(unquote(s.words()[1]), func(r rune) bool { return r > 0x7f })
		})
	},
	"rolloverTarget": func(c *testCase) bool { return c.met("target") },
	"emptyRollover":  func(c *testCase) bool { return c.opens("timed") && (c.met("empty") || c.met("emptyopen")) },
	"restartMemory": func(c *testCase) bool {
		return c.opensAgain() && c.has(func(s *step) bool {
			return s.opens("timed") && (s.isPlain() || s.options()["interval"] > "1" || c.has(setsTime))
		})
	},
	"exactNames":       func(c *testCase) bool { return c.met("strange") },
	"ownNames":         func(c *testCase) bool { return c.met("own") },
	"suffixRetention":  func(c *testCase) bool { return c.opens("timed", "suffix", "backups") },
	"orphans":          func(c *testCase) bool { return c.opens("size", "backups") && c.met("orphan") },
	"retentionAtStart": func(c *testCase) bool { return c.met("surplus") },
	"emptyBackups":     func(c *testCase) bool { return c.met("emptybackup") },
	"tornTail": func(c *testCase) bool {
		return c.has(func(s *step) bool {
			return s.meddles() && len(s.words()) > 2 && (s.word() == "create" || s.word() == "append") &&
				!strings.HasSuffix(unquote(s.words()[2]), "\n") && s.words()[2] != `""`
		})
	},
	"midnights": func(c *testCase) bool { return c.met("clocks") },
	"shiftedNames": func(c *testCase) bool {
		return c.met("shifted") && c.has(func(s *step) bool { return s.opens("timed") && s.isPlain() })
	},
	"delayedStart": func(c *testCase) bool { return c.opens("timed", "delay") && c.met("missing") },
	"emptiedOnce":  func(c *testCase) bool { return c.opens("watched", "mode") },
	"followsPath": func(c *testCase) bool {
		return !c.opens("watched") && c.meddlesWhileOpen("remove", "rename", "create")
	},
	"realSize": func(c *testCase) bool {
		return !c.opens("watched") && c.meddlesWhileOpen("truncate", "append")
	},
	"wholeSeconds": func(c *testCase) bool {
		hasFraction := func(s *step) bool {
			return (s.word() == "advance" || s.word() == "every" || s.word() == "start") && strings.Contains(s.text, ".")
		}
		return c.has(func(s *step) bool { return s.opens("timed") && s.isPlain() }) && c.has(hasFraction)
	},
}

// older are what CPython before 3.13 does otherwise than since.
var older = map[string]predicate{
	"emptyBefore313": func(c *testCase) bool { return c.minor < 13 && c.opens("size") && c.met("empty") },
	"intervalBefore313": func(c *testCase) bool {
		return c.minor < 13 && c.has(func(s *step) bool { return s.opens("timed", "interval") && !s.isPlain() })
	},
	"timeOfDayBefore313": func(c *testCase) bool { return c.minor < 13 && c.met("exact") },
	"namesBefore313":     func(c *testCase) bool { return c.minor < 13 && c.opens("timed", "backups") && c.met("loose") },
}

func (c *testCase) met(fact string) bool           { return slices.Contains(c.facts, fact) }
func (c *testCase) has(does func(*step) bool) bool { return slices.ContainsFunc(c.steps, does) }

// opens reports whether a log file is opened in this way, with all these options.
func (c *testCase) opens(kind string, options ...string) bool {
	return c.has(func(s *step) bool { return s.opens(kind, options...) })
}

func (s *step) opens(kind string, options ...string) bool {
	if s.word() != "handler" || s.words()[1] != kind {
		return false
	}
	given := s.options()
	return !slices.ContainsFunc(options, func(option string) bool {
		_, ok := given[option]
		return !ok
	})
}

// isPlain reports whether the periods of a log file begin with it.
func (s *step) isPlain() bool { return len(s.options()["when"]) < 2 }

func (c *testCase) opensAgain() bool {
	n := 0
	for _, s := range c.steps {
		if s.word() == "handler" {
			n++
		}
	}
	return n > 1
}

func setsTime(s *step) bool { return s.word() == "mtime" }

// meddles reports whether a step does something to the log file itself.
func (s *step) meddles() bool {
	words := s.words()
	return s.word() != "write" && s.word() != "handler" && slices.Contains(words[1:], base)
}

// meddlesWhileOpen reports whether one of these things was done to the log file after it was opened.
func (c *testCase) meddlesWhileOpen(words ...string) bool {
	opened := slices.IndexFunc(c.steps, func(s *step) bool { return s.word() == "handler" })
	return opened >= 0 && slices.ContainsFunc(c.steps[opened:], func(s *step) bool {
		return s.meddles() && slices.Contains(words, s.word())
	})
}

// holding returns the names of the differences that may show.
func (c *testCase) holding() (names []string) {
	for _, known := range []map[string]predicate{differences, older} {
		for name, holds := range known {
			if holds(c) {
				names = append(names, name)
			}
		}
	}
	return names
}
