// SPDX-License-Identifier: MIT

package format_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/slogx/slogx/format"
	"github.com/stretchr/testify/require"
)

func TestBraceRefusesWhatPythonRefuses(t *testing.T) {
	for _, tt := range []struct {
		layout string
		pos    int
		msg    string
	}{
		{"plain", 0, "no field"},
		{"{{}}", 0, "no field"},
		{"%(message)s", 0, `no field; is the style "%"?`},
		{"$message", 0, `no field; is the style "$"?`},
		{"ab}", 2, "closing brace without an opening one; a literal one is }}"},
		{"{message}}", 9, "closing brace without an opening one; a literal one is }}"},
		{"{message} {", 10, "opening brace at the end; a literal one is {{"},
		{"ab {message", 3, "unclosed field"},
		{"ab {message!", 3, "unclosed field"},
		{"ab {message!r", 3, "unclosed field"},
		{"ab {message:>8", 3, "unclosed field"},
		{"ab {x[0]", 3, "unclosed field"},
		{"{}", 0, "field without a name: there are no arguments to count"},
		{"a {!r}", 2, "field without a name: there are no arguments to count"},
		{"{:>8}", 0, "field without a name: there are no arguments to count"},
		{"a {0}", 3, `field "0": there are no arguments to count, only names`},
		{"{12[k]}", 1, `field "12": there are no arguments to count, only names`},
		{"{0.x}", 1, `field "0.x": there are no arguments to count, only names`},
		{"{name-x}", 5, "'-' cannot be part of a name"},
		{"{level name}", 6, "' ' cannot be part of a name"},
		{"{ message}", 1, "' ' cannot be part of a name"},
		{"{a{b}", 2, "'{' cannot be part of a name"},
		{"{a[b]c}", 5, "'c' cannot be part of a name"},
		{"{[0]}", 1, "'[' cannot be part of a name"},
		{"{a..b}", 3, "name with an empty part"},
		{"{.a}", 1, "name with an empty part"},
		{"{a.}", 3, "name with an empty part"},
		{"{a[b].}", 6, "name with an empty part"},
		{"{a[b}", 2, "unclosed bracket"},
		{"{a[]}", 2, "empty brackets"},
		{"{message[0]}", 8, `field "message" has no parts`},
		{"{args[0]}", 5, `field "args" has no parts`},
		{"{message!z}", 9, `unknown conversion 'z' of field "message": there are r, s and a`},
		{"{message!}", 9, `unknown conversion '}' of field "message": there are r, s and a`},
		{"{message!rr}", 10, `'r' behind the conversion of field "message", where a colon may stand`},
		{"{lineno:z}", 8, `unknown type 'z' of field "lineno"`},
		{"{lineno:5B}", 9, `unknown type 'B' of field "lineno"`},
		{"{message:\n<4}", 9, `unknown type '\n' of field "message"`},
		{"{lineno:,_}", 9, `unknown type '_' of field "lineno"`},
		{"{message:٥}", 9, `unknown type '٥' of field "message"`},
		{"{message:<8x<}", 12, `'<' behind the type 'x' of field "message"`},
		{"{lineno:dd}", 9, `'d' behind the type 'd' of field "lineno"`},
		{"{created:5.f}", 11, "precision without digits"},
		{"{levelname:{lineno}}", 11, `a field inside the format spec of field "levelname": only numbers can stand there`},
		{"{x:8.{p}}", 5, `a field inside the format spec of field "x": only numbers can stand there`},
		{"{x:{<8}", 3, `a field inside the format spec of field "x": only numbers can stand there`},
		{"{x:10000}", 3, "width greater than 9999"},
		{"{x:.99999999999999999999}", 4, "precision greater than 9999"},
		{"{created:d}", 9, `type 'd' does not fit the field "created", which is a number`},
		{"{levelname:8d}", 12, `type 'd' does not fit the field "levelname", which is text`},
		{"{lineno:s}", 8, `type 's' does not fit the field "lineno", which is a whole number`},
		{"{created:s}", 9, `type 's' does not fit the field "created", which is a number`},
		{"{levelname:*=8}", 12, `alignment '=' does not fit the field "levelname", which is text`},
		{"{levelname:=8}", 11, `alignment '=' does not fit the field "levelname", which is text`},
		{"{levelname:<+8}", 12, `sign '+' does not fit the field "levelname", which is text`},
		{"{levelname:#}", 11, `'#' does not fit the field "levelname", which is text`},
		{"{levelname:8,}", 12, `grouping ',' does not fit the field "levelname", which is text`},
		{"{lineno:5.2}", 9, `precision does not fit the field "lineno", which is a whole number`},
		{"{lineno:+c}", 8, `sign '+' does not fit the field "lineno", which is a whole number`},
		{"{lineno:#c}", 8, `'#' does not fit the field "lineno", which is a whole number`},
		{"{lineno:,x}", 8, `grouping ',' does not fit the field "lineno", which is a whole number`},
		{"{lineno:_n}", 8, `grouping '_' does not fit the field "lineno", which is a whole number`},
		{"{exc_text:>5}", 10, `field "exc_text", which is neither text nor a number, takes a format spec only behind !s`},
		{"{lineno!s:d}", 10, `type 'd' does not fit the field "lineno", which is text behind !s`},
		{"{x!r:+}", 5, `sign '+' does not fit the field "x", which is text behind !r`},
		{"{x:.2d}", 3, "precision does not fit the type 'd'"},
		{"{x:+s}", 3, "sign '+' does not fit the type 's'"},
		{"{x:,n}", 3, "grouping ',' does not fit the type 'n'"},
		{"{x:#c}", 3, "'#' does not fit the type 'c'"},
		{"{x.y[z]:=s}", 8, "alignment '=' does not fit the type 's'"},
	} {
		_, err := format.Brace(tt.layout, nil)
		require.Equal(t, &format.SyntaxError{Layout: tt.layout, Pos: tt.pos, Msg: tt.msg}, err)
	}
	_, err := format.Brace("{levelname", nil)
	require.EqualError(t, err, `format: "{levelname" at byte 0: unclosed field`)
	require.PanicsWithError(t, err.Error(), func() { format.MustBrace("{levelname", nil) })
}

// printed returns what a layout prints of a record with one attribute, and the mistakes that it reports.
func printed(l format.Formatter, args ...any) (string, []error) {
	var buf strings.Builder
	var errs []error
	h := format.NewHandler(&buf, l, &format.HandlerOptions{OnError: func(err error) { errs = append(errs, err) }})
	r := slog.NewRecord(theTime, slog.LevelInfo, "hi", 0)
	r.Add(args...)
	_ = h.Handle(context.Background(), r)
	_ = h.Handle(context.Background(), r)
	line, _, _ := strings.Cut(buf.String(), "\n")
	return line, errs
}

func TestBracePrintsAttributesOfAnyType(t *testing.T) {
	type id int
	for _, tt := range []struct {
		layout string
		value  any
		want   string
	}{
		{"{x}", 1e6, "1e+06"},
		{"{x!s:>6}", 1e6, " 1e+06"},
		{"{x!r}", 1e6, "1000000.0"},
		{"{x:10}", 1e6, " 1000000.0"},
		{"{x}", true, "true"},
		{"{x!r}", true, "true"},
		{"{x:>5}", true, "    1"},
		{"{x:d}", true, "1"},
		{"{x:s}", true, "!s(x=true)"},
		{"{x}", nil, "<nil>"},
		{"{x:>8}", nil, "!>8(x=<nil>)"},
		{"{x!s:>8}", nil, "   <nil>"},
		{"{x:>8}", time.Second, "      1s"},
		{"{x:d}", time.Second, "!d(x=1s)"},
		{"{x:=8}", time.Second, "!=8(x=1s)"},
		{"{x:*^9}", slog.LevelWarn, "**WARN***"},
		{"{x:04d}", slog.LevelWarn, "0004"},
		{"{x:s}", slog.LevelWarn, "WARN"},
		{"{x:03}", id(7), "007"},
		{"{x:03s}", id(7), "!s(x=7)"},
		{"{x:,}", uint64(1<<64 - 1), "18,446,744,073,709,551,615"},
		{"{x:>8}", []byte("a b"), "     a b"},
		{"{x:>8}", errors.New("e\ne"), "    e\\ne"},
		{"{x!r}", errors.New("e\ne"), `'e\ne'`},
		{"{x:<8}|", slog.GroupValue(slog.Int("a", 1)), "[a=1]   |"},
		{"{x:d}", "a\nb", `!d(x=a\nb)`},
		{"{x:+}", "abc", "!+(x=abc)"},
		{"{x:c}", '\n', `\n`},
		{"{x:>3c}", 0x4e2d, "  中"},
		{"{x:c}", 0x110000, "!c(x=1114112)"},
		{"{x:c}", 0xd800, "!c(x=55296)"},
		{"{x:c}", "a", "!c(x=a)"},
		{"{x:中^5}", "ab", "中ab中中"},
		{"{y:d}", 1, "!MISSING(y)"},
	} {
		got, errs := printed(format.MustBrace(tt.layout, nil), "x", tt.value)
		require.Equal(t, tt.want, got, tt.layout)
		require.Len(t, errs, min(1, strings.Count(tt.want, "!")), tt.layout)
	}
}

// A sealed is a map that shows nothing of what it holds.
type sealed map[string]string

func (sealed) String() string { return "sealed" }

func TestBraceGoesIntoGroupsMapsAndSlicesOnly(t *testing.T) {
	bob := map[string]any{"name": "bob", "tags": []string{"a", "b\n"}, "ids": [2]int{7, 8}, "a.b": 1, "0": "zero"}
	group := slog.GroupValue(slog.String("name", "eve"), slog.String("name", "bob"), slog.Group("at", "x", 1), slog.Any("m", bob))
	for _, tt := range []struct {
		layout string
		value  any
		want   string
	}{
		{"{x[name]}", bob, "bob"},
		{"{x[name]:>5}", bob, "  bob"},
		{"{x[tags][0]!r}", bob, "'a'"},
		{"{x[tags][1]}", bob, `b\n`},
		{"{x[ids][1]:03}", bob, "008"},
		{"{x[a.b]}", bob, "1"},
		{"{x[0]}", bob, "zero"},
		{"{x[name]}", group, "bob"},
		{"{x.name}", group, "bob"},
		{"{x[at].x}", group, "1"},
		{"{x.at.x:02}", group, "01"},
		{"{x[at][x]}", group, "1"},
		{"{x.m[tags][0]}", group, "a"},
		{"{x[m].name}", group, "bob"},
		{"{x[7]}", map[int8]bool{7: true}, "true"},
		{"{x[7]}", map[uint]string{7: "b"}, "b"},
		{"{x[k]}", map[any]any{"k": 1}, "1"},
		{"{x[1]}", []any{0, slog.IntValue(5)}, "5"},
		{"{x[2]}", []any{0, 1}, "![2](x=[0 1])"},
		{"{x[-1]}", []any{0, 1}, "![-1](x=[0 1])"},
		{"{x[a][b]:d}", map[string]int{"a": 1}, "![a][b]:d(x=map[a:1])"},
		{"{x[name]:d}", bob["tags"], "![name]:d(x=[a b\\n])"},
		{"{x[300]}", map[int8]bool{7: true}, "![300](x=map[7:true])"},
		{"{x[-7]}", map[uint]string{7: "b"}, "![-7](x=map[7:b])"},
		{"{x[k]}", map[netip.Addr]int{}, "![k](x=map[])"},
		{"{x[k]}", sealed{"k": "secret"}, "![k](x=sealed)"},
		{"{x[User]}", struct{ User string }{"bob"}, "![User](x={User:bob})"},
		{"{x[0]}", "abc", "![0](x=abc)"},
		{"{x[k]}", nil, "![k](x=<nil>)"},
		{"{y[k]}", 1, "!MISSING(y)"},
	} {
		got, errs := printed(format.MustBrace(tt.layout, nil), "x", tt.value)
		require.Equal(t, tt.want, got, tt.layout)
		require.Len(t, errs, min(1, strings.Count(tt.want, "!")), tt.layout)
	}
	l := format.MustBrace("{x[k]:>3} {message}", &format.Options{Defaults: map[string]any{"x": map[string]int{"k": 5}}})
	got, errs := printed(l)
	require.Equal(t, "  5 hi", got)
	require.Empty(t, errs)
}

func TestStylesMergeWhatNoFieldNames(t *testing.T) {
	for _, tt := range []struct{ layout, want string }{
		{"{message}", "hi user=bob http.status=200 http.ok=true"},
		{"{user} {message}", "bob hi http.status=200 http.ok=true"},
		{"{user:>5} {message!r}", "  bob 'hi http.status=200 http.ok=true'"},
		{"{http.status} {message}", "200 hi user=bob http.ok=true"},
		{"{http} {message}", "[status=200 ok=true] hi user=bob"},
		{"{http[status]} {message}", "200 hi user=bob http.status=200 http.ok=true"},
		{"{http[status]} {http.status} {message}", "200 200 hi user=bob http.ok=true"},
		{"{http[ok]} {http} {message}", "true [status=200 ok=true] hi user=bob"},
		{"{msg}|{attrs:>50}|{message:.1}", "hi|" + strings.Repeat(" ", 13) + "user=bob http.status=200 http.ok=true|h"},
		{"${message}", "hi user=bob http.status=200 http.ok=true"},
		{"$user $message", "bob hi http.status=200 http.ok=true"},
		{"${http.status} $message", "200 hi user=bob http.ok=true"},
		{"$http.status $msg|$attrs", "[status=200 ok=true].status hi|user=bob"},
	} {
		compile := format.MustBrace
		if strings.Contains(tt.layout, "$") {
			compile = format.MustDollar
		}
		got, errs := printed(compile(tt.layout, nil), "user", "bob", slog.Group("http", "status", 200, "ok", true))
		require.Equal(t, tt.want, got)
		require.Empty(t, errs)
	}
}

func TestDefaultsStandInForWhatARecordDoesNotHave(t *testing.T) {
	for layout, compile := range map[string]func(string, *format.Options) *format.Layout{
		"%(custom)s %(message)s": format.MustPercent, "{custom} {message}": format.MustBrace, "$custom ${message}": format.MustDollar,
	} {
		l := compile(layout, &format.Options{Defaults: map[string]any{"custom": "Default", "message": "never", "other": 1}})
		got, errs := printed(l)
		require.Equal(t, "Default hi", got)
		require.Empty(t, errs)
		got, errs = printed(l, "custom", 1234)
		require.Equal(t, "1234 hi", got)
		require.Empty(t, errs)
		got, errs = printed(compile(layout, &format.Options{Defaults: map[string]any{"other": 1}}))
		require.Equal(t, "!MISSING(custom) hi", got)
		require.Len(t, errs, 1)
	}
}

func TestBraceEscapesOnceAndRawPrintsAsIs(t *testing.T) {
	const evil = "a\n\x1b\u202e'\\"
	for layout, want := range map[string]string{
		"{x}|{x:>2}|{msg:.9}": `a\n\x1b\u202e'\|a\n\x1b\u202e'\|a\n\x1b\u`,
		"{x!r}|{msg!a}":       `"a\n\x1b\u202e'\\"|"a\n\x1b\u202e'\\"`,
		"{name!r}{name:>3}":   `'n\n'n\n`,
	} {
		l := format.MustBrace(layout, nil)
		r := &format.Record{Record: slog.Record{Message: evil}, Logger: "n\n"}
		r.AddAttrs(slog.String("x", evil))
		require.Equal(t, want, string(l.Append(nil, r)))
	}
	raw := &format.Options{Raw: true}
	r := &format.Record{Record: slog.Record{Message: evil}}
	r.AddAttrs(slog.String("x", evil), slog.Int("c", 7))
	require.Equal(t, evil+"   "+evil+"\a", string(format.MustBrace("{msg}{x:>9}{c:c}", raw).Append(nil, r)))
	require.Equal(t, evil+evil, string(format.MustDollar("$msg$x", raw).Append(nil, r)))
}

// FuzzBraceNeverPanics compiles any layout, and formats any record with what compiles.
func FuzzBraceNeverPanics(f *testing.F) {
	for _, layout := range []string{
		"{levelname}:{name}:{message}", "", "{", "}{", "{{{message}}}", "{x!r:*^+#012,.3f}", "{x[k][0].y:>9}{attrs!a}", "{created:,}{lineno:c}{x.y:=_b}",
		"{message:{lineno}}", "{x:中<9.2}", "{x:#.0}{x:022_.7%}", "{x!s", "{i:n}{i:,}{i:08_x}",
	} {
		f.Add(layout, "hi", "x", "value", int64(7), 1.5)
	}
	f.Fuzz(func(t *testing.T, layout, msg, key, value string, i int64, x float64) {
		fuzzLayout(t, format.Brace, layout, msg, key, value, i, x)
	})
}

func ExampleBrace() {
	layout, err := format.Brace("{levelname:<8}|{took:>6}|{size:>9,}| {message}", nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	log := slog.New(format.NewHandler(os.Stdout, layout, nil))
	log.Info("done", "size", 1234567, "took", 15*time.Millisecond, "user", "bob")
	// Output: INFO    |  15ms|1,234,567| done user=bob
}

func ExampleMustBrace() {
	layout := format.MustBrace("{request[method]} {http.status:03d}: {msg}", nil)
	log := slog.New(format.NewHandler(os.Stdout, layout, nil))
	log.Info("served", "request", map[string]string{"method": "GET"}, slog.Group("http", "status", 200))
	// Output: GET 200: served
}

func ExampleBrace_mistake() {
	_, err := format.Brace("{asctime} {levelname:d} {message}", nil)
	var syntax *format.SyntaxError
	if errors.As(err, &syntax) {
		fmt.Println(syntax.Msg)
		fmt.Println(syntax.Layout)
		fmt.Println(strings.Repeat(" ", syntax.Pos) + "^")
	}
	// Output:
	// type 'd' does not fit the field "levelname", which is text
	// {asctime} {levelname:d} {message}
	//                      ^
}
