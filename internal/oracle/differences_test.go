// SPDX-License-Identifier: MIT

package oracle_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/slogx/slogx/internal/oracle/judge"
	"github.com/slogx/slogx/levels"
)

// A testCase is a script as far as a step on which CPython and its twin disagree.
type testCase struct {
	judge.Case

	// What was known before the step.
	disable, effective int
	taken              bool // a handler on the way up takes the level
}

func newCase(c judge.Case) *testCase {
	found := &testCase{Case: c}
	for _, fact := range c.Now().Facts {
		switch name, value, _ := strings.Cut(fact, "="); name {
		case "disable":
			found.disable = number(value)
		case "effective":
			found.effective = number(value)
		case "taken":
			found.taken = value == "true"
		}
	}
	return found
}

// differences are the deliberate differences of docs/python.md that scripts can meet, by their names.
var differences = map[string]func(*testCase) bool{
	"levelZero": func(c *testCase) bool {
		n, ok := recordNumber(c.Now())
		return ok && n <= 0 && c.disable >= 0
	},
	"notSet": func(c *testCase) bool {
		n, isRecord := recordNumber(c.Now())
		open := c.effective == 0 || c.Ever(hasOpenHandler)
		return c.asks("effective") && c.effective == 0 || isRecord && n < 0 && open ||
			c.asks("levelnumber") && strings.EqualFold(words(c.Now())[1], "NOTSET")
	},
	"levelNumbers": func(c *testCase) bool { return c.Ever(usesInexactNumber) },
	"levelNames": func(c *testCase) bool {
		asked := words(c.Now())
		return asked[0] == "levelname" && !slices.Contains([]string{"10", "20", "30", "40", "50"}, asked[1]) &&
			!c.Ever(func(s *step) bool { return s.Word() == "addlevelname" && words(s)[1] == asked[1] })
	},
	"levelWords":    func(c *testCase) bool { return readsLevel(c.Now()) && !c.isNamed(words(c.Now())[1]) },
	"levelRegister": func(c *testCase) bool { return c.Ever(registersRefused) && asksNames(c.Now()) },
	"emptyComponent": func(c *testCase) bool {
		return c.Ever(func(s *step) bool {
			return slices.ContainsFunc(loggers(s), hasTwoDots) || s.Text == `getchild root ""` || s.Text == "getchild root root"
		})
	},
	"rePrefix": func(c *testCase) bool { return createsAboveLate(c.Steps) },
	"children": func(c *testCase) bool { return c.asks("children") && hasGapBelow(c.Steps, words(c.Now())[1]) },
	"enabledAsksHandlers": func(c *testCase) bool {
		asks := c.asks("enabled") || c.asks("log") && c.Ever(func(s *step) bool { return s.Word() == "filter" })
		return asks && !c.taken
	},
	"handlersFixed": func(c *testCase) bool { return c.Ever(option("once")) },
	"lastResort":    func(c *testCase) bool { return c.Ever(func(s *step) bool { return s.Word() == "lastresort" }) },
	"filterPanic":   func(c *testCase) bool { return isRecord(c.Now()) && c.Ever(option("raise")) },
	"filterEdits":   func(c *testCase) bool { return isRecord(c.Now()) && c.Ever(editsInHandler) },
	"sameFilter":    func(c *testCase) bool { return isRecord(c.Now()) && addsFunctionTwice(c.Steps) },
	"handlerErrors": func(c *testCase) bool { return isRecord(c.Now()) && c.Ever(option("fails")) },
}

// asks reports whether the step has this word.
func (c *testCase) asks(word string) bool { return c.Now().Word() == word }

// words returns the words of a step.
func words(s *step) []string { return strings.Split(s.Text, " ") }

// isRecord reports whether the step logs.
func isRecord(s *step) bool { return s.Word() == "log" || s.Word() == "handle" }

// recordNumber returns the number of the record that a step logs or asks for.
func recordNumber(s *step) (n int, ok bool) {
	if isRecord(s) || s.Word() == "enabled" {
		return number(words(s)[2]), true
	}
	return 0, false
}

// readsLevel reports whether a text is given for a level.
func readsLevel(s *step) bool { return s.Word() == "checklevel" || s.Word() == "levelnumber" }

// asksNames reports whether the names of levels matter to the step.
func asksNames(s *step) bool {
	return readsLevel(s) || s.Word() == "levelname" || s.Word() == "addlevelname"
}

// parts returns the changes that a step makes, or the step.
func parts(s *step) []*step {
	switch word, list, _ := strings.Cut(s.Text, " "); word {
	case "update", "incremental":
		var parts []*step
		for text := range strings.SplitSeq(list, " ; ") {
			parts = append(parts, &step{Text: text})
		}
		return parts
	}
	return []*step{s}
}

// loggers returns the names of the loggers that a step makes or uses, in their order.
func loggers(s *step) (names []string) {
	for _, part := range parts(s) {
		switch words := words(part); words[0] {
		case "handler", "handlerlevel", "disable", "lastresort", "filtername": // of no logger
		case "levelname", "addlevelname", "checklevel", "levelnumber":
		case "loggers":
			names = append(names, words[1:]...)
		default:
			if !part.IsComment() {
				names = append(names, words[1])
			}
		}
	}
	return names
}

// option returns a function that reports whether a step uses a filter, or gives a handler an option.
func option(word string) func(*step) bool {
	return func(s *step) bool {
		return (s.Word() == "handler" || s.Word() == "filter") && slices.Contains(words(s)[2:], word)
	}
}

func hasOpenHandler(s *step) bool {
	return slices.ContainsFunc(parts(s), func(part *step) bool {
		words := words(part)
		return (words[0] == "handler" || words[0] == "handlerlevel") && words[2] == "0"
	})
}

func editsInHandler(s *step) bool { return s.Word() == "handler" && strings.Contains(s.Text, " set:") }

func usesInexactNumber(s *step) bool {
	return slices.ContainsFunc(parts(s), func(part *step) bool {
		if part.IsComment() || part.Word() == "loggers" {
			return false
		}
		for _, word := range words(part) {
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
func (c *testCase) isNamed(text string) bool {
	pythons := []string{"NOTSET", "DEBUG", "INFO", "WARN", "WARNING", "ERROR", "FATAL", "CRITICAL"}
	return slices.Contains(pythons, text) || c.Ever(func(s *step) bool {
		return s.Word() == "addlevelname" && len(words(s)) == 3 && words(s)[2] == text
	})
}

func registersRefused(s *step) bool {
	return s.Word() == "addlevelname" && slices.Contains(s.Twin, "error")
}

func hasTwoDots(name string) bool { return strings.Contains(name, "..") }

// createsAboveLate reports whether r, ro or roo was made after one whose name begins with it and a dot.
func createsAboveLate(past []*step) bool {
	var made []string
	for _, s := range past {
		for _, name := range loggers(s) {
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
		for _, n := range loggers(s) {
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
		what, isFilter := strings.CutPrefix(s.Text, "filter ")
		if isFilter && strings.Contains(what, " see:") {
			if added[what] {
				return true
			}
			added[what] = true
		}
		if what, gone := strings.CutPrefix(s.Text, "unfilter "); gone {
			delete(added, what)
		}
	}
	return false
}
