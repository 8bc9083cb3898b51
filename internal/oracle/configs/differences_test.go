// SPDX-License-Identifier: MIT

package configs_test

import (
	"slices"
	"strings"

	"github.com/slogx/slogx/internal/oracle/judge"
)

// A testCase is a script as far as a step at which CPython and its twin show something else.
// The facts are the differences that the twin met.
type testCase struct{ judge.Case }

// differences are the deliberate differences of docs/python.md that documents can meet, by their names. What the text of a
// document cannot tell, as it depends on what was there before, the twin says.
var differences = map[string]func(*testCase) bool{
	"atomicConfig": func(c *testCase) bool { return c.Met("atomicConfig") && c.has("refused") },
	"strictBool": func(c *testCase) bool {
		return c.Met("strictBool") && c.value(func(path []string, v any) bool {
			switch path[len(path)-1] {
			case "incremental", "disable_existing_loggers", "propagate", "validate", "delay", "utc":
				return v != nil && v != true && v != false
			}
			return false
		})
	},
	"noImport":        func(c *testCase) bool { return c.Met("noImport") && c.has("refused") },
	"disableExisting": func(c *testCase) bool { return c.Met("disableExisting") },
	"levelNames": func(c *testCase) bool {
		known := []any{"CRITICAL", "FATAL", "ERROR", "WARN", "WARNING", "INFO", "DEBUG", "NOTSET", nil}
		return c.Met("levelNames") && (c.hasINI() || c.value(func(path []string, v any) bool {
			return path[len(path)-1] == "level" && !slices.Contains(known, v)
		}))
	},
	"mistypedKeys":    func(c *testCase) bool { return c.Met("mistypedKeys") && c.has("refused") },
	"strictArguments": func(c *testCase) bool { return c.Met("strictArguments") },
	"unusedHandlers":  func(c *testCase) bool { return c.Met("unusedHandlers") },
	"references": func(c *testCase) bool {
		return c.Met("references") && c.value(func(_ []string, v any) bool {
			text, _ := v.(string)
			return strings.HasPrefix(text, "cfg://") || strings.HasPrefix(text, "ext://")
		})
	},
	"validateLayouts": func(c *testCase) bool { return c.Met("validateLayouts") },
	"documentState":   func(c *testCase) bool { return c.Met("documentState") && c.documents() > 0 },
	"belowEnabled":    func(c *testCase) bool { return c.Met("belowEnabled") },
	"sharedFiles": func(c *testCase) bool {
		return c.Met("sharedFiles") && c.value(func(path []string, _ any) bool { return path[len(path)-1] == "filename" })
	},
	"listsOnly":    func(c *testCase) bool { return c.Met("listsOnly") && c.has("refused") },
	"nullSections": func(c *testCase) bool { return c.Met("nullSections") },
	"shortNames":   func(c *testCase) bool { return c.Met("shortNames") },
	"formatKey": func(c *testCase) bool {
		return c.Met("formatKey") && c.value(func(path []string, _ any) bool { return path[len(path)-1] == "fmt" })
	},
	"rootByName":  func(c *testCase) bool { return c.Met("rootByName") },
	"filterClass": func(c *testCase) bool { return c.Met("filterClass") },
	"fileEncoding": func(c *testCase) bool {
		return c.Met("fileEncoding") && c.value(func(path []string, _ any) bool { return path[len(path)-1] == "encoding" })
	},
}

// has reports whether the twin answered so to a document.
func (c *testCase) has(answer string) bool {
	return c.Ever(func(st *step) bool { return slices.Contains(st.Wanted(), answer) })
}

func (c *testCase) hasINI() bool {
	return c.Ever(func(st *step) bool { return st.Word() == "ini" })
}

func (c *testCase) documents() (n int) {
	for _, st := range c.Steps {
		if len(st.Doc) > 0 {
			n++
		}
	}
	return n
}

// value reports whether a document of dictConfig has such a value.
func (c *testCase) value(found func(path []string, v any) bool) bool {
	return c.Ever(func(st *step) bool {
		return st.Word() == "dict" && has(read(documentOf(st)), func(path []string, v any) bool {
			return len(path) > 0 && found(path, v)
		})
	})
}
