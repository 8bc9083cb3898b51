// SPDX-License-Identifier: MIT

package oracle_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/slogx/slogx/levels"
)

// A predicate reports whether a difference may show at a step: whether what docs/python.md says
// of it holds for the script as far as there.
type predicate func(past []*step, now *step) bool

// differences are the deliberate differences of docs/python.md that scripts can meet, by their names.
var differences = map[string]predicate{
	"levelZero": func(_ []*step, now *step) bool {
		n, ok := now.recordNumber()
		return ok && n <= 0 && now.facts.disable >= 0
	},
	"notSet": func(past []*step, now *step) bool {
		n, isRecord := now.recordNumber()
		open := now.facts.effective == 0 || ever(past, hasOpenHandler)
		return now.word() == "effective" && now.facts.effective == 0 || isRecord && n < 0 && open ||
			now.word() == "levelnumber" && strings.EqualFold(now.words()[1], "NOTSET")
	},
	"levelNumbers": func(past []*step, _ *step) bool { return ever(past, usesInexactNumber) },
	"levelNames": func(past []*step, now *step) bool {
		words := now.words()
		return words[0] == "levelname" && !slices.Contains([]string{"10", "20", "30", "40", "50"}, words[1]) &&
			!ever(past, func(s *step) bool { return s.word() == "addlevelname" && s.words()[1] == words[1] })
	},
	"levelWords":    func(past []*step, now *step) bool { return now.readsLevel() && !isNamed(past, now.words()[1]) },
	"levelRegister": func(past []*step, now *step) bool { return ever(past, registersRefused) && now.asksNames() },
	"emptyComponent": func(past []*step, _ *step) bool {
		return ever(past, func(s *step) bool {
			return slices.ContainsFunc(s.loggers(), hasTwoDots) || s.text == `getchild root ""` || s.text == "getchild root root"
		})
	},
	"rePrefix": func(past []*step, _ *step) bool { return createsAboveLate(past) },
	"children": func(past []*step, now *step) bool {
		return now.word() == "children" && hasGapBelow(past, now.words()[1])
	},
	"enabledAsksHandlers": func(past []*step, now *step) bool {
		asks := now.word() == "enabled" || now.word() == "log" && ever(past, func(s *step) bool { return s.word() == "filter" })
		return asks && !now.facts.taken
	},
	"handlersFixed": func(past []*step, _ *step) bool { return ever(past, option("once")) },
	"lastResort": func(past []*step, _ *step) bool {
		return ever(past, func(s *step) bool { return s.word() == "lastresort" })
	},
	"filterPanic":   func(past []*step, now *step) bool { return now.isRecord() && ever(past, option("raise")) },
	"filterEdits":   func(past []*step, now *step) bool { return now.isRecord() && ever(past, editsInHandler) },
	"sameFilter":    func(past []*step, now *step) bool { return now.isRecord() && addsFunctionTwice(past) },
	"handlerErrors": func(past []*step, now *step) bool { return now.isRecord() && ever(past, option("fails")) },
}

// ever reports whether a step does something.
func ever(steps []*step, does func(*step) bool) bool { return slices.ContainsFunc(steps, does) }

func (s *step) word() string {
	word, _, _ := strings.Cut(s.text, " ")
	return word
}

// isRecord reports whether the step logs.
func (s *step) isRecord() bool { return s.word() == "log" || s.word() == "handle" }

// recordNumber returns the number of the record that a step logs or asks for.
func (s *step) recordNumber() (n int, ok bool) {
	if s.isRecord() || s.word() == "enabled" {
		return number(s.words()[2]), true
	}
	return 0, false
}

// readsLevel reports whether a text is given for a level.
func (s *step) readsLevel() bool { return s.word() == "checklevel" || s.word() == "levelnumber" }

// asksNames reports whether the names of levels matter to the step.
func (s *step) asksNames() bool {
	return s.readsLevel() || s.word() == "levelname" || s.word() == "addlevelname"
}

// parts returns the changes that a step makes, or the step.
func (s *step) parts() []*step {
	switch word, list, _ := strings.Cut(s.text, " "); word {
	case "update", "incremental":
		var parts []*step
		for text := range strings.SplitSeq(list, " ; ") {
			parts = append(parts, &step{text: text})
		}
		return parts
	}
	return []*step{s}
}

// loggers returns the names of the loggers that a step makes or uses, in their order.
func (s *step) loggers() (names []string) {
	for _, part := range s.parts() {
		words := part.words()
		switch words[0] {
		case "handler", "handlerlevel", "disable", "lastresort", "filtername": // of no logger
		case "levelname", "addlevelname", "checklevel", "levelnumber":
		case "loggers":
			names = append(names, words[1:]...)
		default:
			if !part.isComment() {
				names = append(names, words[1])
			}
		}
	}
	return names
}

// option returns a function that reports whether a step uses a filter, or gives a handler an option.
func option(word string) func(*step) bool {
	return func(s *step) bool {
		return (s.word() == "handler" || s.word() == "filter") && slices.Contains(s.words()[2:], word)
	}
}

func hasOpenHandler(s *step) bool {
	return slices.ContainsFunc(s.parts(), func(part *step) bool {
		words := part.words()
		return (words[0] == "handler" || words[0] == "handlerlevel") && words[2] == "0"
	})
}

func editsInHandler(s *step) bool { return s.word() == "handler" && strings.Contains(s.text, " set:") }

func usesInexactNumber(s *step) bool {
	return slices.ContainsFunc(s.parts(), func(part *step) bool {
		if part.isComment() || part.word() == "loggers" {
			return false
		}
		for _, word := range part.words() {
			var n int
			word = strings.TrimPrefix(strings.TrimPrefix(word, "min:"), "exact:")
			if _, err := fmt.Sscanf(word, "%d", &n); err == nil && levels.Python(levels.FromPython(n)) != n {
				return true
			}
		}
		return false
	})
}

// isNamed reports whether a text is one of Python's names for a level, or one that was registered.
func isNamed(past []*step, text string) bool {
	pythons := []string{"NOTSET", "DEBUG", "INFO", "WARN", "WARNING", "ERROR", "FATAL", "CRITICAL"}
	return slices.Contains(pythons, text) || ever(past, func(s *step) bool {
		return s.word() == "addlevelname" && len(s.words()) == 3 && s.words()[2] == text
	})
}

func registersRefused(s *step) bool {
	return s.word() == "addlevelname" && slices.Contains(s.twin, "error")
}

func hasTwoDots(name string) bool { return strings.Contains(name, "..") }

// createsAboveLate reports whether r, ro or roo was made after one whose name begins with it and a dot.
func createsAboveLate(past []*step) bool {
	var made []string
	for _, s := range past {
		for _, name := range s.loggers() {
			isBelow := func(other string) bool { return strings.HasPrefix(other, name+".") }
			isNew := !slices.Contains(made, name)
			if isNew && slices.Contains([]string{"r", "ro", "roo"}, name) && slices.ContainsFunc(made, isBelow) {
				return true
			}
			made = append(made, name)
		}
	}
	return false
}

// hasGapBelow reports whether a name exists below a logger without the name up to its last dot,
// or below the root with a dot at the start or in root.x.
func hasGapBelow(past []*step, name string) bool {
	made := map[string]bool{"root": true}
	for _, s := range past {
		for _, n := range s.loggers() {
			made[n] = true
		}
	}
	for n := range made {
		above := n[:max(0, strings.LastIndexByte(n, '.'))]
		isBelow := name == "root" && n != "root" || strings.HasPrefix(n, name+".")
		if isBelow && (above != "" && !made[above] || name == "root" && (n[0] == '.' || strings.HasPrefix(n, "root."))) {
			return true
		}
	}
	return false
}

// addsFunctionTwice reports whether the same function was added twice to a logger as a filter.
func addsFunctionTwice(past []*step) bool {
	added := map[string]bool{}
	for _, s := range past {
		what, isFilter := strings.CutPrefix(s.text, "filter ")
		if isFilter && strings.Contains(what, " see:") {
			if added[what] {
				return true
			}
			added[what] = true
		}
		if what, gone := strings.CutPrefix(s.text, "unfilter "); gone {
			delete(added, what)
		}
	}
	return false
}
