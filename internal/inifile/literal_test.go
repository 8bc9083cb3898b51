// SPDX-License-Identifier: MIT

package inifile_test

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/internal/document"
	"github.com/slogx/slogx/internal/inifile"
)

func TestLiteralKnowsWhereItStands(t *testing.T) {
	v, err := inifile.Literal("('a',\n [1,\n  2], {'k.x':\n sys.stdout})", 5, inifile.Names)
	require.NoError(t, err)
	require.Equal(t, `("":5 ([0]:5 "a") ([1]:6 ([1][0]:6 1) ([1][1]:7 2)) ([2]:7 ([2]["k.x"]:8 "ext://sys.stdout")))`, shape(v))
	require.Equal(t, 7, v.Items[2].Fields[0].KeyLine)
}

// shape shows where a value and those in it stand.
func shape(v *document.Value) string {
	path := v.Path
	if path == "" {
		path = `""`
	}
	text := "(" + path + ":" + string(rune('0'+v.Line))
	if len(v.Items)+len(v.Fields) == 0 {
		text += " " + strings.TrimPrefix(strings.TrimPrefix(v.Describe(), "the text "), "the number ")
	}
	for _, item := range v.Items {
		text += " " + shape(item)
	}
	for _, f := range v.Fields {
		text += " " + shape(f.Value)
	}
	return text + ")"
}

func TestLiteralMistakes(t *testing.T) {
	const called = "only values are read, nothing is called or looked up"
	tests := []struct{ text, want string }{
		{"", "column 1: the value ends too early"},
		{"(1", "column 3: the value ends too early"},
		{"('a', é", "column 7: the name é is not known, and nothing is evaluated"},
		{"open('x')", `column 5: open is followed by '(': ` + called},
		{"os.environ['HOME']", `column 11: os.environ is followed by '[': ` + called},
		{"'a'.upper()", `column 4: 'a' is followed by '.': ` + called},
		{"__import__('os').system('ls')", `column 11: __import__ is followed by '(': ` + called},
		{"os.sep", "column 1: the name os.sep is not known, and nothing is evaluated"},
		{"sys.", "column 5: the value ends too early"},
		{"lambda: 0", "column 1: the name lambda is not known, and nothing is evaluated"},
		{"1 if 2 else 3", "column 3: unexpected 'i'"},
		{"2 ** 3", "column 3: '*': the only operators are + - *, because nothing is evaluated"},
		{"1024 << 10", "column 6: '<': the only operators are + - *, because nothing is evaluated"},
		{"'%s' % 'a'", "column 6: '%': the only operators are + - *, because nothing is evaluated"},
		{"{1, 2}", "column 2: a set; want a dict, such as {'key': value}"},
		{"{'a': 1, 'a': 2}", `column 10: the key "a" is there twice, first in line 3`},
		{"{(1,): 2}", "column 2: a list is a key, want a text"},
		{"b'x'", "column 1: bytes; want a text, without the b"},
		{"f'{x}'", "column 1: a text with expressions; nothing is evaluated"},
		{"'abc", "column 1: the text is not closed"},
		{"'abc\\", "column 1: the text is not closed"},
		{`'\N{BULLET}'`, `column 2: \N: the names of characters are not known, want \u and a number`},
		{`'a\x4'`, `column 3: \x4' is no character`},
		{`'\ud800'`, `column 2: \ud800 is no character`},
		{"012", "column 1: 012 is no number"},
		{"9223372036854775808", "column 1: 9223372036854775808 is too large"},
		{"9223372036854775807 + 1", "column 21: the sum is too large"},
		{"-9223372036854775807 - 2", "column 22: the sum is too large"},
		{"4294967296 * -4294967296", "column 12: the product is too large"},
		{"3037000500 * 3037000500", "column 12: the product is too large"},
		{"-4294967296 * -2147483648", "column 13: the product is too large"},
		{"'ab' * 3000", "column 6: the text is longer than 4096 bytes"},
		{"'a' * 4096 + 'b'", "column 12: the text is longer than 4096 bytes"},
		{"-'a'", `column 1: a sign before the text "a", want a number`},
		{"'a' + 1", `column 5: the text "a" + the number 1, want two numbers or two texts`},
		{"[1] * 2", "column 5: a list * the number 2, want two numbers, or a text and a whole number"},
		{"1\n2", "column 2: the line ends too early, only in brackets a value may go on"},
		{"1,, 2", "column 3: unexpected ','"},
		{"(1, 2]", "column 6: unexpected ']'"},
		{"\x00", "column 1: a zero byte"},
		{strings.Repeat("(", 300), "column 101: more than 200 brackets or signs in each other"},
	}
	for _, test := range tests {
		_, err := inifile.Literal(test.text, 3, inifile.Names)
		require.EqualError(t, err, "line 3, "+test.want, test.text)
		require.IsType(t, &document.Error{}, err)
	}
	_, err := inifile.Literal("('a',\n  nope)", 3, nil)
	require.EqualError(t, err, "line 4, column 3: the name nope is not known, and nothing is evaluated")
}

func TestLiteralTakesTheLeastNumber(t *testing.T) {
	for _, text := range []string{"-9223372036854775807 - 1", "4294967296 * -2147483648"} {
		v, err := inifile.Literal(text, 1, nil)
		require.NoError(t, err)
		require.Equal(t, int64(math.MinInt64), v.Int)
	}
}

func TestLiteralDoesNotShareWhatNamesReturn(t *testing.T) {
	known := &document.Value{Kind: document.List, Items: []*document.Value{{Kind: document.Int, Int: 1}}, Path: "x", Line: 9}
	v, err := inifile.Literal("(a.b, a . b)", 2, func(name string) (*document.Value, bool) { return known, name == "a.b" })
	require.NoError(t, err)
	require.Equal(t, `("":2 ([0]:2 ([0][0]:2 1)) ([1]:2 ([1][0]:2 1)))`, shape(v))
	require.Equal(t, "x", known.Path)
	require.Equal(t, 9, known.Line)
}

func TestLiteralOfMuch(t *testing.T) {
	v, err := inifile.Literal("["+strings.Repeat("1,\n", 100_000)+"]", 1, nil)
	require.NoError(t, err)
	require.Len(t, v.Items, 100_000)
	require.Equal(t, 100_000, v.Items[99_999].Line)
}

func TestNames(t *testing.T) {
	tests := []struct {
		name string
		want any
	}{
		{"DEBUG", 10}, {"logging.CRITICAL", 50}, {"sys.stderr", "ext://sys.stderr"},
		{"handlers.DEFAULT_TCP_LOGGING_PORT", 9020}, {"logging.handlers.SYSLOG_UDP_PORT", 514},
		{"handlers.SysLogHandler.LOG_USER", 1}, {"logging.handlers.SysLogHandler.LOG_LOCAL7", 23},
		{"socket.SOCK_DGRAM", 2}, {"handlers.socket.SOCK_STREAM", 1},
		{"LOG_USER", nil}, {"sys.stdin", nil}, {"logging.sys.stdout", nil}, {"os", nil}, {"", nil},
	}
	for _, test := range tests {
		got, ok := inifile.Names(test.name)
		require.Equal(t, test.want != nil, ok, test.name)
		if ok {
			want, err := document.Go(test.want)
			require.NoError(t, err)
			require.Equal(t, want, got, test.name)
		}
	}
}

func FuzzLiteralNeverPanics(f *testing.F) {
	for _, text := range []string{"('a', {'b': -1.5e3},\n [sys.stdout])", "'\\x41' r'\\' u\"\"\"x\"\"\"", "1_0*'a'+0x1", "((((", "\\\n#\n", "-9223372036854775807-1*-1"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v, err := inifile.Literal(text, 1, inifile.Names)
		if err != nil {
			place := &document.Error{}
			require.ErrorAs(t, err, &place)
			require.Positive(t, place.Column)
			require.LessOrEqual(t, place.Line, strings.Count(text, "\n")+1)
			return
		}
		again, err := inifile.Literal("("+text+"\n)", 1, inifile.Names)
		if err == nil && v.Kind != document.List { // brackets change nothing
			require.Equal(t, plain(v), plain(again))
		}
	})
}
