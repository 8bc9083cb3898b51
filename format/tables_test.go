// SPDX-License-Identifier: MIT

package format_test

import (
	"log/slog"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/slogx/slogx/format"
	"github.com/stretchr/testify/require"
)

// rows returns the rows of a table that CPython wrote.
func rows(t *testing.T, name string, least int) (rows [][]string) {
	data, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	for line := range strings.Lines(string(data)) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		for i := range cells {
			cells[i] = unescape(cells[i])
		}
		rows = append(rows, cells)
	}
	require.Greater(t, len(rows), least)
	return rows
}

// TestBracePrintsValuesAsPython compares attributes as fields, in every form, with what CPython's logging prints.
func TestBracePrintsValuesAsPython(t *testing.T) {
	same := 0
	for _, row := range rows(t, "brace.tsv", 9_000) {
		spec, kind, value, want := row[0], row[1], row[2], row[3]
		layout := "{x" + spec + "}"
		l, err := format.Brace(layout, nil)
		if err != nil {
			require.ErrorAs(t, err, new(*format.SyntaxError))
			require.Contains(t, []string{"REFUSED", "ERROR"}, want, "%q %q: %v", layout, value, err)
			continue
		}
		r := &format.Record{}
		r.AddAttrs(slog.Attr{Key: "x", Value: pythonsValue(t, kind, value)})
		got := string(l.Append(nil, r))
		switch {
		case want == "ERROR":
			require.Regexp(t, `(?s)^!.+\(x=.*\)$`, got, row)
		case samePrintingInBraces(spec, kind, want):
			require.Equal(t, want, got, row)
			same++
		}
	}
	require.Greater(t, same, 3_000)
}

// samePrintingInBraces leaves out what is meant to differ: the text of an attribute that is neither a text
// nor a whole number is slog's, and a control that c gives is escaped.
func samePrintingInBraces(spec, kind, want string) bool {
	switch kind {
	case "float":
		return spec != "" && spec != ":" && !strings.HasPrefix(spec, "!s")
	case "bool":
		return strings.HasPrefix(spec, ":") && len(spec) > 1 && !hasControl(want)
	case "none":
		return false
	default:
		return !hasControl(want)
	}
}

// hasControl reports whether there is a character of those that c gives of 0, 1 and 7.
func hasControl(s string) bool {
	return strings.Contains(s, `\0`) || strings.ContainsAny(s, "\x01\x07")
}

func pythonsValue(t *testing.T, kind, s string) slog.Value {
	switch kind {
	case "bool":
		return slog.BoolValue(s == "True")
	case "none":
		return slog.AnyValue(nil)
	default:
		return valueOf(t, kind, s)
	}
}

// pythonsDefaults are those of the layouts in styles.tsv.
var pythonsDefaults = &format.Options{
	Location: time.UTC,
	Defaults: map[string]any{"user": "bob", "n": -7, "ratio": 2.5, "message": "never", "unused": 1},
}

// TestStylesPrintWhatPythonPrints compares whole layouts with what CPython's logging prints or refuses.
func TestStylesPrintWhatPythonPrints(t *testing.T) {
	same := map[string]int{}
	for _, row := range rows(t, "styles.tsv", 3_500) {
		style, layout, want := row[0], row[1], row[2]
		l, err := map[string]func(string, *format.Options) (*format.Layout, error){"{": format.Brace, "$": format.Dollar}[style](layout, pythonsDefaults)
		var got string
		if err == nil {
			got = string(l.Append(nil, theRecord(t)))
		}
		switch {
		case err != nil && isDeliberate(style, layout):
		case err != nil:
			require.Contains(t, []string{"REFUSED", "ERROR"}, want, "%s %q: %v", style, layout, err)
		case want == "REFUSED":
			require.True(t, isDeliberate(style, layout), "%s %q: %q", style, layout, got)
		case want == "ERROR":
			require.Regexp(t, `!.+\(`, got, "%s %q", style, layout)
		case !isDeliberate(style, layout) && !strings.Contains(want, "\x14"): // levelno as a character: a control, escaped
			require.Equal(t, want, got, "%s %q", style, layout)
			same[style]++
		}
	}
	require.Greater(t, same["{"], 700)
	require.Greater(t, same["$"], 560)
}

var (
	deliberateInBraces = regexp.MustCompile(`\{[^{}:!]*[.\[]|\{[^{}]*:[^{}]*\{|:[^}]*\x{0665}`) // {x.y} {x[y]} {x:{y}} {x:٥}
	deliberateInDollar = regexp.MustCompile(`\$\{[^}]*\.`)                                      // ${x.y}
)

// isDeliberate reports whether slogx may read the layout otherwise than Python.
func isDeliberate(style, layout string) bool {
	if style == "{" {
		return deliberateInBraces.MatchString(layout)
	}
	return deliberateInDollar.MatchString(layout)
}
