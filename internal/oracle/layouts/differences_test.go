// SPDX-License-Identifier: MIT

package layouts_test

import (
	"log/slog"
	"math/big"
	"regexp"
	"slices"
	"strings"

	"github.com/slogx/slogx/internal/oracle/judge"
)

// A testCase is a step and what was set before it.
type testCase struct {
	*setting
	*event // nil unless the step formats a record
	fields []field
	failed bool // CPython did not print the record
}

func newCase(c judge.Case) *testCase {
	s := newSetting()
	for _, st := range c.Steps {
		s.run(st)
	}
	found := &testCase{setting: s, event: &event{}, fields: fieldsOf(s.style, s.layout)}
	found.failed = slices.Contains(c.Now().Plain, "failed")
	if words := c.Now().Words(); words[0] == "record" {
		found.event = parseEvent(words)
	}
	return found
}

// differences are the deliberate differences of docs/python.md that layouts can meet, by their names.
var differences = map[string]func(*testCase) bool{
	"levelNames": func(c *testCase) bool {
		return names(c.fields, "levelname") && !slices.Contains([]int{0, 10, 20, 30, 40, 50}, c.level)
	},
	"mergedMessage": func(c *testCase) bool {
		isMerged := func(a slog.Attr) bool {
			return !slices.ContainsFunc(c.fields, func(f field) bool { return f.name == a.Key && f.path == "" })
		}
		return slices.ContainsFunc(c.attrs, isMerged) && names(c.fields, "message") && !names(c.fields, "attrs")
	},
	"attributeText": func(c *testCase) bool {
		return slices.ContainsFunc(c.fields, func(f field) bool {
			v, ok := c.value(f)
			isPlain := ok && (v.Kind() == slog.KindString || v.Kind() == slog.KindInt64 || v.Kind() == slog.KindUint64)
			isPython := c.style == "{" && f.raw && v.Kind() == slog.KindFloat64
			return ok && !isPlain && !isPython && strings.Contains("sra", f.verb)
		})
	},
	"missingField": func(c *testCase) bool {
		return c.failed && slices.ContainsFunc(c.fields, func(f field) bool {
			v, ok := c.value(f)
			isText := strings.Contains("sra", f.verb) && (c.style != "{" || v.Kind() == slog.KindString)
			return f.isAttribute() && (!ok || !isText && (c.style == "{" || !fits(v, f.verb)))
		})
	},
	"reservedExtra": func(c *testCase) bool {
		return slices.ContainsFunc(c.attrs, func(a slog.Attr) bool { return kinds[a.Key] != 0 && !slices.Contains(own, a.Key) })
	},
	"ownFields":   func(c *testCase) bool { return names(c.fields, own...) },
	"escapedText": func(c *testCase) bool { return c.printsHarmful() },
	"fieldParts": func(c *testCase) bool {
		return c.style != "%" && slices.ContainsFunc(c.fields, func(f field) bool { return f.parts })
	},
	"layoutStrict": func(c *testCase) bool {
		return slices.ContainsFunc(c.fields, func(f field) bool { return f.odd })
	},
	"dateDirectives": func(c *testCase) bool { return names(c.fields, "asctime") && c.dateDiffers() },
	"msecsRounding":  func(c *testCase) bool { return c.nanoseconds != nil && c.isAtTheSeam() },
}

// value returns the value of the attribute that a field names.
func (c *testCase) value(f field) (slog.Value, bool) {
	for _, a := range slices.Concat(c.defaults, c.attrs) {
		if a.Key == f.name && f.isAttribute() {
			for _, given := range c.attrs {
				if given.Key == a.Key {
					return given.Value, true
				}
			}
			return a.Value, true
		}
	}
	return slog.Value{}, false
}

// fits reports whether a conversion of numbers takes a value.
func fits(v slog.Value, verb string) bool {
	isWhole := v.Kind() == slog.KindInt64 || v.Kind() == slog.KindUint64 || v.Kind() == slog.KindBool
	switch verb {
	case "x", "X", "o":
		return isWhole
	case "c":
		return false // it takes some numbers and some texts
	case "d", "i", "u":
		return isWhole || v.Kind() == slog.KindFloat64 && v.Float64()-v.Float64() == 0
	default:
		return isWhole || v.Kind() == slog.KindFloat64
	}
}

var harmfulRE = regexp.MustCompile(`[\x00-\x08\x0a-\x1f\x7f-\x{9f}\x{2028}-\x{202e}\x{2066}-\x{2069}]`)

func (c *testCase) printsHarmful() bool {
	if harmfulRE.MatchString(c.name + c.message) {
		return true
	}
	prints := func(a slog.Attr) bool {
		n := new(big.Int)
		_, isNumber := n.SetString(a.Value.String(), 10)
		isHarmful := isNumber && n.IsInt64() && harmfulRE.MatchString(string(rune(n.Int64()))) || a.Value.Kind() == slog.KindBool
		isChar := slices.ContainsFunc(c.fields, func(f field) bool { return f.name == a.Key && f.verb == "c" })
		return harmfulRE.MatchString(a.Value.String()) || isChar && isHarmful
	}
	return slices.ContainsFunc(c.attrs, prints) || slices.ContainsFunc(c.defaults, prints)
}

// otherRE finds the directives that are not the C library's in time.Format, and those that are the locale's there.
var otherRE = regexp.MustCompile(`^%(?:[-_0^#]*[0-9]*[fv+EO]|[-_0^#]*[0-9]*:|[-_0^#]+[0-9]*[ioqzP]|[0-9]+[ioqzP])` +
	`|^%(?:[-_0^#]*[1-9][0-9]*[cDFrRTxX]|[_0^#]*-[_0^#]*[12][a-zA-Z]|[-_0^#]*0[-_0^#]*[0-9]+s)`)

var directiveRE = regexp.MustCompile(`%[-_0^#]*[0-9]*(?s:.)?`)

// thousand is a day behind the beginning of the year 1000.
const thousand = -30_610_137_600

func (c *testCase) dateDiffers() bool {
	isEarly := c.second < thousand
	if isEarly && c.date == "" {
		return true
	}
	return slices.ContainsFunc(directiveRE.FindAllString(c.date, -1), func(d string) bool {
		return otherRE.MatchString(d) || isEarly && strings.ContainsAny(d[len(d)-1:], "cCFGY") || c.zone == "UTC" && (strings.HasSuffix(d, "Z") || strings.HasSuffix(d, "s"))
	})
}

// isAtTheSeam reports whether int(t / 1e9) is not t // 10**9.
func (c *testCase) isAtTheSeam() bool {
	f, _ := new(big.Float).SetInt(c.nanoseconds).Float64()
	return int64(f/1e9) != c.second
}
