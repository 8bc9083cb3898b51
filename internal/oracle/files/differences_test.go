// SPDX-License-Identifier: MIT

package files_test

import (
	"slices"
	"strings"

	"github.com/slogx/slogx/internal/oracle/judge"
)

// A testCase is a script as far as a step at which CPython and its twin leave other files.
type testCase struct{ judge.Case }

// differences are the deliberate differences of docs/python.md that log files can meet, by their names.
var differences = map[string]func(*testCase) bool{
	"encodedBytes": func(c *testCase) bool {
		return c.opens("size", "max") && c.Ever(func(s *step) bool {
			return s.Word() == "write" && strings.ContainsFunc(judge.Unquote(s.Words()[1]), func(r rune) bool { return r > 0x7f })
		})
	},
	"rolloverTarget": func(c *testCase) bool { return c.Met("target") },
	"emptyRollover":  func(c *testCase) bool { return c.opens("timed") && (c.Met("empty") || c.Met("emptyopen")) },
	"restartMemory": func(c *testCase) bool {
		return c.opensAgain() && c.Ever(func(s *step) bool {
			return opens(s, "timed") && (isPlain(s) || optionsOf(s)["interval"] > "1" || c.Ever(setsTime))
		})
	},
	"exactNames":       func(c *testCase) bool { return c.Met("strange") },
	"ownNames":         func(c *testCase) bool { return c.Met("own") },
	"suffixRetention":  func(c *testCase) bool { return c.opens("timed", "suffix", "backups") },
	"orphans":          func(c *testCase) bool { return c.opens("size", "backups") && c.Met("orphan") },
	"retentionAtStart": func(c *testCase) bool { return c.Met("surplus") },
	"emptyBackups":     func(c *testCase) bool { return c.Met("emptybackup") },
	"tornTail": func(c *testCase) bool {
		return c.Ever(func(s *step) bool {
			return meddles(s) && len(s.Words()) > 2 && (s.Word() == "create" || s.Word() == "append") &&
				!strings.HasSuffix(judge.Unquote(s.Words()[2]), "\n") && s.Words()[2] != `""`
		})
	},
	"midnights": func(c *testCase) bool { return c.Met("clocks") },
	"shiftedNames": func(c *testCase) bool {
		return c.Met("shifted") && c.Ever(func(s *step) bool { return opens(s, "timed") && isPlain(s) })
	},
	"delayedStart": func(c *testCase) bool { return c.opens("timed", "delay") && c.Met("missing") },
	"emptiedOnce":  func(c *testCase) bool { return c.opens("watched", "mode") },
	"followsPath": func(c *testCase) bool {
		return !c.opens("watched") && c.meddlesWhileOpen("remove", "rename", "create")
	},
	"realSize": func(c *testCase) bool {
		return !c.opens("watched") && c.meddlesWhileOpen("truncate", "append")
	},
	"wholeSeconds": func(c *testCase) bool {
		hasFraction := func(s *step) bool {
			return (s.Word() == "advance" || s.Word() == "every" || s.Word() == "start") && strings.Contains(s.Text, ".")
		}
		return c.Ever(func(s *step) bool { return opens(s, "timed") && isPlain(s) }) && c.Ever(hasFraction)
	},
}

// older are what CPython before 3.13 does otherwise than since.
var older = map[string]func(*testCase) bool{
	"emptyBefore313": func(c *testCase) bool { return c.Minor < 13 && c.opens("size") && c.Met("empty") },
	"intervalBefore313": func(c *testCase) bool {
		return c.Minor < 13 && c.Ever(func(s *step) bool { return opens(s, "timed", "interval") && !isPlain(s) })
	},
	"timeOfDayBefore313": func(c *testCase) bool { return c.Minor < 13 && c.Met("exact") },
	"namesBefore313":     func(c *testCase) bool { return c.Minor < 13 && c.opens("timed", "backups") && c.Met("loose") },
}

// opens reports whether a log file is opened in this way, with all these options.
func (c *testCase) opens(kind string, options ...string) bool {
	return c.Ever(func(s *step) bool { return opens(s, kind, options...) })
}

func opens(s *step, kind string, options ...string) bool {
	if s.Word() != "handler" || s.Words()[1] != kind {
		return false
	}
	given := optionsOf(s)
	return !slices.ContainsFunc(options, func(option string) bool {
		_, ok := given[option]
		return !ok
	})
}

// isPlain reports whether the periods of a log file begin with it.
func isPlain(s *step) bool { return len(optionsOf(s)["when"]) < 2 }

func (c *testCase) opensAgain() bool {
	n := 0
	for _, s := range c.Steps {
		if s.Word() == "handler" {
			n++
		}
	}
	return n > 1
}

func setsTime(s *step) bool { return s.Word() == "mtime" }

// meddles reports whether a step does something to the log file itself.
func meddles(s *step) bool {
	words := s.Words()
	return s.Word() != "write" && s.Word() != "handler" && slices.Contains(words[1:], base)
}

// meddlesWhileOpen reports whether one of these things was done to the log file after it was opened.
func (c *testCase) meddlesWhileOpen(words ...string) bool {
	opened := slices.IndexFunc(c.Steps, func(s *step) bool { return s.Word() == "handler" })
	return opened >= 0 && slices.ContainsFunc(c.Steps[opened:], func(s *step) bool {
		return meddles(s) && slices.Contains(words, s.Word())
	})
}

// optionsOf returns what a handler is given, by name.
func optionsOf(s *step) map[string]string {
	given := map[string]string{}
	for _, word := range s.Words()[2:] {
		key, value, _ := strings.Cut(word, "=")
		given[key] = value
	}
	return given
}
