// SPDX-License-Identifier: MIT

package text_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/slogx/slogx/internal/record"
	"github.com/slogx/slogx/internal/text"
	"github.com/stretchr/testify/require"
)

func TestAppendEscaped(t *testing.T) {
	for in, want := range map[string]string{
		"":                         "",
		"plain ASCII, = and \"'\\": "plain ASCII, = and \"'\\",
		"a\nb\r\nc":                `a\nb\r\nc`,
		"\x1b[31mred\x1b[0m":       `\x1b[31mred\x1b[0m`,
		"\x00\a\b\f\v\x1f\x7f":     `\x00\a\b\f\v\x1f\x7f`,
		"\u0080\u0085\u009f":       `\u0080\u0085\u009f`,
		"\u2028\u2029":             `\u2028\u2029`,
		"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069": `\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069`,
		"\xff\xc3(\xe4\xb8": `\xff\xc3(\xe4\xb8`,
		"\ufffd is valid":   "\ufffd is valid",
		"tab\t 中文 \u3000\u00a0\u200b\u200c\u200d": "tab\t 中文 \u3000\u00a0\u200b\u200c\u200d",
		"\u200e\u200f\u061c\u202f\u2065\u206a":    "\u200e\u200f\u061c\u202f\u2065\u206a",
		"👩\u200d👩\u200d👦":                         "👩\u200d👩\u200d👦",
	} {
		require.Equal(t, "> "+want, string(text.AppendEscaped([]byte("> "), in)))
	}
}

// TestEveryCharacterEverywhere puts each character at each place of texts of each length,
// as the scan takes eight bytes at a time.
func TestEveryCharacterEverywhere(t *testing.T) {
	for length := range 20 {
		for at := range length {
			for c := range 256 {
				b := bytes.Repeat([]byte("x"), length)
				b[at] = byte(c)
				s := string(b)

				harmful := c < ' ' && c != '\t' || c >= 0x7f
				want := s
				if harmful {
					want = strings.ReplaceAll(strings.Trim(strconv.Quote(s), `"`), `\"`, `"`)
				}
				require.Equal(t, want, string(text.AppendEscaped(nil, s)))

				want = s
				if c <= ' ' || c >= 0x7f || c == '"' || c == '=' {
					want = strconv.Quote(s)
				}
				require.Equal(t, want, string(text.AppendQuoted(nil, s)))
			}
		}
	}
}

// texter, failing and so on are values with methods of their own.
type (
	texter   struct{ s string }
	failing  struct{}
	panicker struct{}
	stringer struct{ s string }
	octets   []byte
	pointer  struct{ s string }
	pair     struct{ A, B any }
)

func (t texter) MarshalText() ([]byte, error) { return []byte(t.s), nil }
func (failing) MarshalText() ([]byte, error)  { return nil, errors.New("no text") }
func (panicker) String() string               { panic("p p") }
func (s stringer) String() string             { return s.s }
func (p *pointer) Error() string              { return p.s }

var values = []any{
	"", "plain", "two words", "a=b", `a"b`, `back\slash`, "line\nbreak", "\x1b[m", "中文", "tab\t", "\u200d", "\u202e", "\xff", "<nil>",
	0, -1, int64(math.MaxInt64), uint64(math.MaxUint64), 1.5, 1e6, 1e-7, math.Inf(1), math.NaN(), true, false,
	time.Second, 1500 * time.Microsecond, -time.Hour, theTime, theTime.UTC(), theTime.In(time.FixedZone("X", 3600+1800)),
	nil, errors.New("an error"), errors.New("simple"), texter{"text"}, texter{"two words"}, failing{}, stringer{"string er"},
	(*texter)(nil), (*stringer)(nil), (*pointer)(nil), []byte("bytes"), octets("oct ets"), []int{1, 2}, pair{1, "b"}, map[string]int{"a": 1},
	slog.LevelWarn, slog.LevelInfo + 1, &slog.Source{File: "f.go", Line: 3}, &slog.Source{}, (*slog.Source)(nil), struct{}{}, complex(1, 2),
}

var theTime = time.Date(2024, 2, 29, 23, 59, 59, 999_999_999, time.UTC)

// TestAttributesLookAsInSlogsTextHandler compares with slog's own handler.
func TestAttributesLookAsInSlogsTextHandler(t *testing.T) {
	var attrs []slog.Attr
	for i, v := range values {
		attrs = append(attrs, slog.Any(fmt.Sprint("k", i), v))
		if s, ok := v.(string); ok {
			attrs = append(attrs, slog.Int(s, i), slog.Group(s, "a", 1, slog.Group("", "b", 2), slog.Group("g "+s, "", 3), slog.Group("empty")))
		}
	}
	attrs = append(attrs, slog.Attr{}, slog.Group("g"), slog.Group("", "inline", 1), slog.Any("valuer", valuer{slog.StringValue("v v")}),
		slog.Any("group", valuer{slog.GroupValue(slog.Any("in", valuer{slog.IntValue(3)}))}), slog.Int("dup", 1), slog.Int("dup", 2))
	for _, a := range attrs {
		for _, prefix := range []string{"", "http", "two words", "a.b"} {
			r := slog.NewRecord(time.Time{}, 0, "", 0)
			r.AddAttrs(a)
			var buf bytes.Buffer
			var h slog.Handler = slog.NewTextHandler(&buf, nil)
			if prefix != "" {
				h = h.WithGroup(prefix)
			}
			require.NoError(t, h.Handle(context.Background(), r))
			want := strings.TrimPrefix(strings.TrimSuffix(buf.String(), "\n"), `level=INFO msg=""`)
			scope := (*record.Scope)(nil).WithGroup(prefix)
			bound := text.Bind(scope, nil)
			got, block := bound.Append(nil, &r)
			require.Equal(t, want, string(got), "%v %v", prefix, a)
			require.False(t, block)
			bound = text.Bind(scope.WithAttrs([]slog.Attr{a}), nil)
			got, _ = bound.Append(nil, &slog.Record{})
			require.Equal(t, want, string(got), "%v %v", prefix, a)
		}
	}
}

type valuer struct{ v slog.Value }

func (v valuer) LogValue() slog.Value { return v.v }

func TestWhereValuesDifferFromSlogs(t *testing.T) {
	for _, tt := range []struct {
		v           any
		want, plain string
	}{
		{"\x7f", `"\x7f"`, `\x7f`},
		{panicker{}, `"!PANIC: p p"`, "!PANIC: p p"},
		{(*panicker)(nil), "<nil>", "<nil>"},
		{failing{}, `"!ERROR:no text"`, "!ERROR:no text"},
		{"two words", `"two words"`, "two words"},
		{[]byte("a\nb"), `"a\nb"`, `a\nb`},
		{nil, "<nil>", "<nil>"},
	} {
		require.Equal(t, tt.want, string(text.AppendValue(nil, slog.AnyValue(tt.v))))
		require.Equal(t, tt.plain, string(text.AppendPlain(nil, slog.AnyValue(tt.v), false)))
	}
	require.Equal(t, "a\nb", string(text.AppendPlain(nil, slog.StringValue("a\nb"), true)))
	group := slog.GroupValue(slog.Int("a", 1), slog.Any("b", valuer{slog.StringValue("x y")}))
	require.Equal(t, `[a=1 b="x y"]`, string(text.AppendPlain(nil, group, false)))
	require.Equal(t, "[]", string(text.AppendPlain(nil, slog.GroupValue(), false)))
}

func TestSkippedAttributes(t *testing.T) {
	var r record.Record
	r.AddAttrs(slog.Int("a", 1), slog.Group("g", "a", 2, slog.Group("", "b", 3)), slog.Int("g.a", 4), slog.Any("v", valuer{slog.GroupValue(slog.Int("x", 5))}), slog.Int("a", 6))
	for skip, want := range map[string]string{
		"":      " a=1 g.a=2 g.b=3 g.a=4 v.x=5 a=6",
		"a":     " g.a=2 g.b=3 g.a=4 v.x=5",
		"g.a":   " a=1 g.b=3 v.x=5 a=6",
		"g.b":   " a=1 g.a=2 g.a=4 v.x=5 a=6",
		"g":     " a=1 g.a=4 v.x=5 a=6",
		"v.x":   " a=1 g.a=2 g.b=3 g.a=4 a=6",
		"v":     " a=1 g.a=2 g.b=3 g.a=4 a=6",
		"p.a":   " a=1 g.a=2 g.b=3 g.a=4 v.x=5 a=6",
		"a g v": "",
	} {
		bound := text.Bind(nil, strings.Fields(skip))
		got, _ := bound.Append(nil, &r.Record)
		if skip == "a g v" {
			require.Equal(t, " g.a=4", string(got))
			continue
		}
		require.Equal(t, want, string(got), skip)
	}
	bound := text.Bind((*record.Scope)(nil).WithGroup("p"), []string{"p.a", "p.g"})
	got, _ := bound.Append(nil, &r.Record)
	require.Equal(t, " p.g.a=4 p.v.x=5", string(got))
}

func TestAppendLine(t *testing.T) {
	scope := (*record.Scope)(nil).WithAttrs([]slog.Attr{slog.String("logger", "app"), slog.Int("a", 1)}).WithGroup("g")
	r := &record.Record{Record: slog.NewRecord(theTime, 0, "hi\n", 0), Logger: "app", Scope: scope}
	r.AddAttrs(slog.Int("b", 2), record.Err(errors.New("bad\nworse\r\n")), slog.Group("h", record.Err(errors.New("inner"))))
	require.Equal(t, `hi\n a=1 g.b=2`+"\n  error: bad\n    worse\\r\n  error: inner", string(text.AppendLine(nil, r)))
	r = &record.Record{}
	require.Empty(t, text.AppendLine(nil, r))
	r.AddAttrs(slog.Int("a", 1))
	require.Equal(t, "> a=1", string(text.AppendLine([]byte("> "), r)))
}

func TestBlockOfBadErrors(t *testing.T) {
	var r record.Record
	r.AddAttrs(
		record.Err((*pointer)(nil)), record.Err(panickingError{}), record.Err(valuerError{}), slog.Any(record.ErrKey, valuerError{}),
		record.Err(nil), slog.Any(record.ErrKey, nil), slog.String(record.ErrKey, "text"))
	require.Equal(t, "exc_info=text\n  error: <nil>\n  error: !PANIC: no error\n  error: value\n  error: value", string(text.AppendLine(nil, &r)))
}

type panickingError struct{}

func (panickingError) Error() string { panic("no error") }
func (panickingError) Unwrap() error { panic("no cause") }

type valuerError struct{}

func (valuerError) Error() string        { return "value" }
func (valuerError) LogValue() slog.Value { return slog.StringValue("resolved") }

func TestBlockOfFramesTakenEarlier(t *testing.T) {
	stack := record.CallStack(callerPC())
	require.NotEmpty(t, stack)
	var r record.Record
	r.AddAttrs(slog.Any(record.StackKey, stack))
	got := string(text.AppendBlock([]byte("hi"), r.Scope, &r.Record, false))
	require.Regexp(t, `^hi\n  stack:\n    testing\.tRunner\n        .*/testing\.go:\d+$`, got)
}

// FuzzEscapedTextIsOneHarmlessLine escapes any text.
func FuzzEscapedTextIsOneHarmlessLine(f *testing.F) {
	for _, v := range values {
		f.Add(fmt.Sprint(v))
	}
	f.Fuzz(func(t *testing.T, s string) {
		room := make([]byte, 0, len(s))
		require.Equal(t, text.AppendEscaped([]byte{}, s), text.AppendEscaped(room, s))
		require.Equal(t, text.AppendQuoted([]byte{}, s), text.AppendQuoted(room, s))
		for _, got := range [][]byte{text.AppendEscaped(nil, s), text.AppendQuoted(nil, s)} {
			require.True(t, utf8.Valid(got))
			require.NotRegexp(t, "[\x00-\x08\n-\x1f\x7f-\u009f\u2028-\u202e\u2066-\u2069]", string(got))
		}
		quoted := string(text.AppendQuoted(nil, s))
		if strings.HasPrefix(quoted, `"`) {
			back, err := strconv.Unquote(quoted)
			require.NoError(t, err)
			require.Equal(t, s, back)
		} else {
			require.Equal(t, s, quoted)
			require.NotContains(t, quoted, "=")
			require.NotContains(t, quoted, " ")
		}
	})
}

// Texts are looked at eight bytes at a time, with the last ones overlapping.
func TestEveryByteAtEveryPlace(t *testing.T) {
	for size := 1; size <= 20; size++ {
		for i := range size {
			for b := range 256 {
				raw := bytes.Repeat([]byte{'x'}, size)
				raw[i] = byte(b)
				s := string(raw)
				quoted := strconv.Quote(s)
				escapes := b < ' ' && b != '\t' || b >= 0x7f
				quotes := b <= ' ' || b == '"' || b == '=' || b >= 0x7f
				want := map[bool]string{false: s, true: quoted[1 : len(quoted)-1]}[escapes]
				for _, room := range []int{0, size - 1, size, 100} {
					require.Equal(t, want, string(text.AppendEscaped(make([]byte, 0, room), s)))
					require.Equal(t, map[bool]string{false: s, true: quoted}[quotes], string(text.AppendQuoted(make([]byte, 0, room), s)))
				}
			}
		}
	}
}
