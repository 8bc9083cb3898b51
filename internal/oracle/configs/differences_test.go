// SPDX-License-Identifier: MIT

package configs_test

import (
	"slices"
	"strings"
)

// A testCase is a script as far as a step at which CPython and its twin show something else.
type testCase struct {
	steps []*step
	facts []string // the differences that the twin met
	minor int      // of CPython's version
}

// A predicate reports whether a difference may show: whether what docs/python.md says of it holds for the script.
type predicate func(*testCase) bool

// differences are the deliberate differences of docs/python.md that documents can meet, by their names. What the text of a
// document cannot tell, as it depends on what was there before, the twin says.
var differences = map[string]predicate{
	"atomicConfig": func(c *testCase) bool { return c.met("atomicConfig") && c.has("refused") },
	"strictBool": func(c *testCase) bool {
		return c.met("strictBool") && c.value(func(path []string, v any) bool {
			switch path[len(path)-1] {
			case "incremental", "disable_existing_loggers", "propagate", "validate", "delay", "utc":
				return v != nil && v != true && v != false
			}
			return false
		})
	},
	"noImport":        func(c *testCase) bool { return c.met("noImport") && c.has("refused") },
	"disableExisting": func(c *testCase) bool { return c.met("disableExisting") },
	"levelNames": func(c *testCase) bool {
		known := []any{"CRITICAL", "FATAL", "ERROR", "WARN", "WARNING", "INFO", "DEBUG", "NOTSET", nil}
		return c.met("levelNames") && (c.hasINI() || c.value(func(path []string, v any) bool {
			return path[len(path)-1] == "level" && !slices.Contains(known, v)
		}))
	},
	"mistypedKeys":    func(c *testCase) bool { return c.met("mistypedKeys") && c.has("refused") },
	"strictArguments": func(c *testCase) bool { return c.met("strictArguments") },
	"unusedHandlers":  func(c *testCase) bool { return c.met("unusedHandlers") },
	"references": func(c *testCase) bool {
		return c.met("references") && c.value(func(_ []string, v any) bool {
			text, _ := v.(string)
			return strings.HasPrefix(text, "cfg://") || strings.HasPrefix(text, "ext://")
		})
	},
	"validateLayouts": func(c *testCase) bool { return c.met("validateLayouts") },
	"documentState":   func(c *testCase) bool { return c.met("documentState") && c.documents() > 0 },
	"belowEnabled":    func(c *testCase) bool { return c.met("belowEnabled") },
	"sharedFiles": func(c *testCase) bool {
		return c.met("sharedFiles") && c.value(func(path []string, _ any) bool { return path[len(path)-1] == "filename" })
	},
	"listsOnly":    func(c *testCase) bool { return c.met("listsOnly") && c.has("refused") },
	"nullSections": func(c *testCase) bool { return c.met("nullSections") },
	"shortNames":   func(c *testCase) bool { return c.met("shortNames") },
	"formatKey": func(c *testCase) bool {
		return c.met("formatKey") && c.value(func(path []string, _ any) bool { return path[len(path)-1] == "fmt" })
	},
	"rootByName":  func(c *testCase) bool { return c.met("rootByName") },
	"filterClass": func(c *testCase) bool { return c.met("filterClass") },
	"fileEncoding": func(c *testCase) bool {
		return c.met("fileEncoding") && c.value(func(path []string, _ any) bool { return path[len(path)-1] == "encoding" })
	},
}

func (c *testCase) met(fact string) bool { return slices.Contains(c.facts, fact) }

// has reports whether the twin answered so to a document.
func (c *testCase) has(answer string) bool {
	return slices.ContainsFunc(c.steps, func(st *step) bool { return slices.Contains(st.wanted(), answer) })
}

func (c *testCase) hasINI() bool {
	return slices.ContainsFunc(c.steps, func(st *step) bool { return st.word() == "ini" })
}

func (c *testCase) documents() (n int) {
	for _, st := range c.steps {
		if len(st.doc) > 0 {
			n++
		}
	}
	return n
}

// value reports whether a document of dictConfig has such a value.
func (c *testCase) value(found func(path []string, v any) bool) bool {
	return slices.ContainsFunc(c.steps, func(st *step) bool {
		return st.word() == "dict" && has(read(st.document()), func(path []string, v any) bool {
			return len(path) > 0 && found(path, v)
		})
	})
}

// holding returns the names of the differences whose predicates hold.
func (c *testCase) holding() (names []string) {
	for name, holds := range differences {
		if holds(c) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
