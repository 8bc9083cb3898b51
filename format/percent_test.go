// SPDX-License-Identifier: MIT

package format_test

import (
	"errors"
	"log/slog"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/slogx/slogx/format"
	"github.com/stretchr/testify/require"
)

// theTime is 1700000000.123456, in UTC 2023-11-14 22:13:20.
var theTime = time.Unix(1700000000, 123456000)

// theRecord is the record of Python's tables: "hi", logged by a.b at line 42.
func theRecord(t testing.TB) *format.Record {
	format.SetStarted(t, theTime.Add(-12500*time.Microsecond))
	return &format.Record{Record: slog.NewRecord(theTime, slog.LevelInfo, "hi", pcAtLine42()), Logger: "a.b"}
}

var utc = &format.Options{Location: time.UTC}

func TestPercentPrintsWhatPythonPrints(t *testing.T) {
	for _, tt := range []struct{ layout, want string }{
		{"%(message)s", "hi"},
		{"%(levelname)-8s|", "INFO    |"},
		{"%(levelname)8s|", "    INFO|"},
		{"%(levelname).3s|", "INF|"},
		{"%(levelname)-8.3s|", "INF     |"},
		{"%(lineno)5d|", "   42|"},
		{"%(lineno)05d|", "00042|"},
		{"%(lineno)-5d|", "42   |"},
		{"%(lineno)+d", "+42"},
		{"%(lineno)x", "2a"},
		{"%(lineno)#x", "0x2a"},
		{"%(lineno)o", "52"},
		{"%(lineno)#o", "0o52"},
		{"%(created)f", "1700000000.123456"},
		{"%(created).3f", "1700000000.123"},
		{"%(created)d", "1700000000"},
		{"%(created)e", "1.700000e+09"},
		{"%(created)g", "1.7e+09"},
		{"%(created)s", "1700000000.123456"},
		{"%(msecs)d", "123"},
		{"%(msecs)03d", "123"},
		{"%(msecs)s", "123.0"},
		{"%(msecs)f", "123.000000"},
		{"%(relativeCreated)d", "12"},
		{"%(relativeCreated)s", "12.5"},
		{"%(exc_text)s", "None"},
		{"%(taskName)s", "None"},
		{"%(taskName)8.2r|", "      No|"},
		{"%(message)r", "'hi'"},
		{"%(message)a", "'hi'"},
		{"%(lineno)c", "*"},
		{"100%% %(message)s", "100% hi"},
		{"", "hi"},
		{"%(args)s", "()"},
		{"%(stack_info)s", "None"},
		{"%(lineno)i", "42"},
		{"%(lineno)u", "42"},
		{"%(lineno)05.1f", "042.0"},
		{"%(lineno)+.2e", "+4.20e+01"},
		{"%(message) 5s|", "   hi|"},
		{"%(message)05s|", "   hi|"},
		{"%(message)+5s|", "   hi|"},
		{"%(message)#5s|", "   hi|"},
		{"%(levelno)s", "20"},
		{"%(asctime)s", "2023-11-14 22:13:20,123"},
		{"%(message)s %(lineno)ld %(message)hs", "hi 42 hi"},
		{"%(processName)s", "MainProcess"},
		{"%(name)s %(levelname)s", "a.b INFO"},
	} {
		l, err := format.Percent(tt.layout, utc)
		require.NoError(t, err, tt.layout)
		require.Equal(t, tt.want, string(l.Append(nil, theRecord(t))), tt.layout)
	}
}

func TestPercentRefusesWhatPythonRefuses(t *testing.T) {
	for _, tt := range []struct {
		layout string
		pos    int
		msg    string
	}{
		{"%(msecs)x", 8, `conversion 'x' does not fit the field "msecs", which is a number`},
		{"%(levelname)d", 12, `conversion 'd' does not fit the field "levelname", which is text`},
		{"%(taskName)d", 11, `conversion 'd' does not fit the field "taskName", which is neither text nor a number`},
		{"%(message)c", 10, `conversion 'c' does not fit the field "message", which is text`},
		{"%(message)%", 10, `unknown conversion '%' of field "message": its text is %(message)s`},
		{"%(message)5%|", 11, `unknown conversion '%' of field "message": its text is %(message)s`},
		{"%(message)中", 10, `unknown conversion '中' of field "message"`},
		{"plain", 0, "no field"},
		{"100%%", 0, "no field"},
		{"{message}", 0, `no field; is the style "{"?`},
		{"$message", 0, `no field; is the style "$"?`},
		{"%", 0, "percent sign at the end; a literal one is %%"},
		{"%(message)", 10, `field "message" without a conversion, as the s in %(message)s`},
		{"%(message)s %", 12, "percent sign at the end; a literal one is %%"},
		{"%(message)s %z", 12, "percent sign without a (name); a literal one is %%"},
		{"%s", 0, "percent sign without a (name); a literal one is %%"},
		{"%(message)s %s", 12, "percent sign without a (name); a literal one is %%"},
		{"%(message)*s", 10, "width * is not possible: there is no argument that it could be taken from"},
		{"%(message).*s", 11, "precision * is not possible: there is no argument that it could be taken from"},
		{"%(module) - %(message)s", 12, `unknown conversion '%' of field "module": its text is %(module)s`},
		{"%(message)hs", 0, "no field"},
		{"%(message)ls", 0, "no field"},
		{"%(message)qs", 10, `unknown conversion 'q' of field "message"`},
		{"%(message)s %(lineno)lld", 22, `unknown conversion 'l' of field "lineno"`},
		{"%(levelname", 0, "unclosed field"},
		{"ab %(a(b)s", 3, "unclosed field"},
		{"%()s", 0, "field without a name"},
		{"%(message)10000s", 10, "width greater than 9999"},
		{"%(message).99999999999999999999s", 11, "precision greater than 9999"},
	} {
		_, err := format.Percent(tt.layout, nil)
		require.Equal(t, &format.SyntaxError{Layout: tt.layout, Pos: tt.pos, Msg: tt.msg}, err)
	}
	_, err := format.Percent("%(levelname", nil)
	require.EqualError(t, err, `format: "%(levelname" at byte 0: unclosed field`)
	require.PanicsWithError(t, err.Error(), func() { format.MustPercent("%(levelname", nil) })
}

// TestPercentPrintsNumbersAsPython compares attributes as fields with what CPython's % prints.
func TestPercentPrintsNumbersAsPython(t *testing.T) {
	data, err := os.ReadFile("testdata/percent.tsv")
	require.NoError(t, err)
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	require.Greater(t, len(lines), 5_000)
	for _, line := range lines {
		cells := strings.Split(line, "\t")
		require.Len(t, cells, 4)
		spec, kind, value, want := cells[0], cells[1], unescape(cells[2]), unescape(cells[3])
		if !samePrinting(spec, kind, value) {
			continue
		}
		got := attribute(t, "%(x)"+spec, valueOf(t, kind, value))
		if want == "ERROR" {
			require.Regexp(t, `^!.\(x=`, got, line)
			continue
		}
		require.Equal(t, want, got, line)
	}
}

// samePrinting leaves out what is meant to differ: the text of a float is slog's for an attribute,
// and a control that %c gives is escaped.
func samePrinting(spec, kind, value string) bool {
	if kind == "float" {
		return !strings.ContainsAny(spec, "sra")
	}
	return !strings.HasSuffix(spec, "c") || value != "0" && value != "7"
}

func unescape(s string) string {
	return strings.NewReplacer(`\\`, `\`, `\t`, "\t", `\n`, "\n").Replace(s)
}

func valueOf(t *testing.T, kind, s string) slog.Value {
	var v any
	var err error
	switch kind {
	case "int":
		v, err = strconv.ParseInt(s, 10, 64)
	case "uint":
		v, err = strconv.ParseUint(s, 10, 64)
	case "float":
		v, err = strconv.ParseFloat(s, 64)
	default:
		v = s
	}
	require.NoError(t, err)
	return slog.AnyValue(v)
}

// attribute returns what the layout prints of a record that has v under x.
func attribute(t *testing.T, layout string, v slog.Value) string {
	l, err := format.Percent(layout, nil)
	require.NoError(t, err, layout)
	r := &format.Record{}
	r.AddAttrs(slog.Attr{Key: "x", Value: v})
	return string(l.Append(nil, r))
}

func TestSyntaxErrorIsFoundByErrorsAs(t *testing.T) {
	_, err := format.Percent("%(x", nil)
	var syntax *format.SyntaxError
	require.True(t, errors.As(err, &syntax))
}
