// SPDX-License-Identifier: MIT

package format_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/slogx/slogx/format"
	"github.com/stretchr/testify/require"
)

// TestJSONDoesWhatPythonJSONLoggerDoes compares with lines of python-json-logger 4.0 under CPython 3.11,
// without the spaces that json.dumps prints.
func TestJSONDoesWhatPythonJSONLoggerDoes(t *testing.T) {
	for _, tt := range []struct {
		name, want string
		opts       format.JSONOptions
		attrs      []slog.Attr
	}{
		{
			`fmt="%(asctime)s %(name)s %(levelname)s %(message)s"`,
			`{"asctime":"2023-11-14 22:13:20,123","name":"app.db","levelname":"WARNING","message":"hi","a":1,"s":"x"}`,
			format.JSONOptions{Fields: []string{"asctime", "name", "levelname", "message"}},
			[]slog.Attr{slog.Int("a", 1), slog.String("s", "x")},
		}, {
			`fmt=["asctime", "lineno", "user", "missing", "message"]`,
			`{"asctime":"2023-11-14 22:13:20,123","lineno":42,"user":"bob","missing":null,"message":"hi","a":1}`,
			format.JSONOptions{Fields: []string{"asctime", "lineno", "user", "missing", "message"}},
			[]slog.Attr{slog.String("user", "bob"), slog.Int("a", 1)},
		}, {
			`rename_fields={"message": "@message", "a": "A", "nope": "n"}, static_fields={"app": "x", "a": 0}`,
			`{"@message":"hi","app":"x","A":1}`,
			format.JSONOptions{
				Fields: []string{"message"}, Rename: map[string]string{"message": "@message", "a": "A", "nope": "n"},
				Static: []slog.Attr{slog.String("app", "x"), slog.Int("a", 0)}, Unique: true,
			},
			[]slog.Attr{slog.Int("a", 1)},
		}, {
			`reserved_attrs=["a"]`,
			`{"message":"hi","b":2}`,
			format.JSONOptions{Fields: []string{"message"}, Reserved: []string{"a"}},
			[]slog.Attr{slog.Int("a", 1), slog.Int("b", 2)},
		}, {
			`prefix="@cee:"`,
			`@cee:{"message":"hi","b":"\u00e9\u2028\ud83d\ude00"}`,
			format.JSONOptions{Fields: []string{"message"}, Prefix: "@cee:", ASCII: true},
			[]slog.Attr{slog.String("b", "é\u2028\U0001f600")},
		}, {
			`json_indent=2, json_ensure_ascii=False`,
			"{\n  \"message\": \"hi\",\n  \"b\": \"é\",\n  \"l\": [\n    1,\n    {\n      \"x\": 2\n    }\n  ],\n  \"e\": {}\n}",
			format.JSONOptions{Fields: []string{"message"}, Indent: 2},
			[]slog.Attr{slog.String("b", "é"), slog.Any("l", []any{1, map[string]int{"x": 2}}), slog.Any("e", struct{}{})},
		}, {
			`fmt="%(levelno)s %(created)s %(filename)s %(module)s %(processName)s %(taskName)s %(exc_info)s %(stack_info)s"`,
			`{"levelno":30,"created":1700000000.123,"filename":"db.py.go","module":"db.py","processName":"MainProcess","taskName":null,"exc_info":null,"stack_info":null}`,
			format.JSONOptions{Fields: []string{"levelno", "created", "filename", "module", "processName", "taskName", "exc_info", "stack_info"}},
			nil,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.opts.Location = time.UTC
			require.Equal(t, tt.want, strings.Replace(jsonLine(&tt.opts, with(appDB), tt.attrs...), "1700000000.123456", "1700000000.123", 1))
		})
	}
}

func TestJSONOptions(t *testing.T) {
	group := func(h slog.Handler) slog.Handler {
		return h.WithAttrs([]slog.Attr{appDB, slog.Int("a", 1)}).WithGroup("g").WithAttrs([]slog.Attr{slog.Int("a", 2)}).WithGroup("h")
	}
	a, b := slog.Int("a", 3), slog.Int("b", 4)
	msg := []string{"msg"}
	for _, tt := range []struct {
		name, want string
		opts       format.JSONOptions
		bind       func(slog.Handler) slog.Handler
		attrs      []slog.Attr
	}{
		{"groups", `{"msg":"hi","a":1,"g":{"a":2,"h":{"a":3,"b":4}}}`, format.JSONOptions{Fields: msg}, group, []slog.Attr{a, b}},
		{"groups without attributes", `{"msg":"hi","a":1,"g":{"a":2}}`, format.JSONOptions{Fields: msg}, group, nil},
		{"no field", `{"a":1,"g":{"a":2}}`, format.JSONOptions{Fields: []string{}}, group, nil},
		{"no field, no attribute", `{}`, format.JSONOptions{Fields: []string{}}, nil, nil},
		{"no field, a group", `{"g":{"a":3}}`, format.JSONOptions{Fields: []string{}}, func(h slog.Handler) slog.Handler { return h.WithGroup("g") }, []slog.Attr{a}},
		{"rename outside of groups", `{"msg":"hi","A":1,"g":{"a":2,"h":{"a":3}}}`, format.JSONOptions{Fields: msg, Rename: map[string]string{"a": "A"}}, group, []slog.Attr{a}},
		{"reserve outside of groups", `{"msg":"hi","g":{"a":2,"h":{"a":3}}}`, format.JSONOptions{Fields: msg, Reserved: []string{"a"}}, group, []slog.Attr{a}},
		{"nothing is left out of Static", `{"msg":"hi","A":1,"b":4}`, format.JSONOptions{Fields: msg, Rename: map[string]string{"a": "A"}, Reserved: []string{"a"}, Static: []slog.Attr{slog.Int("a", 1)}}, nil, []slog.Attr{a, b}},
		{"an inline group is outside", `{"msg":"hi","A":3}`, format.JSONOptions{Fields: msg, Rename: map[string]string{"a": "A"}, Reserved: []string{"b"}}, nil, []slog.Attr{slog.Group("", a, b)}},
		{"attributes under a key", `{"msg":"hi","s":1,"extra":{"a":1,"g":{"a":2,"h":{"a":3}}}}`, format.JSONOptions{Fields: msg, AttrsKey: "extra", Static: []slog.Attr{slog.Int("s", 1)}}, group, []slog.Attr{a}},
		{"no attributes under a key", `{"msg":"hi"}`, format.JSONOptions{Fields: msg, AttrsKey: "extra"}, with(appDB), nil},
		{"the name is an attribute", `{"level":"WARN","msg":"hi","logger":"app.db","logger":"x"}`, format.JSONOptions{Reserved: []string{}, ReplaceAttr: noTime}, with(appDB, slog.String("logger", "x")), nil},
		{"the name is a field", `{"name":"app.db","logger":7,"logger":"x","logger":"y"}`, format.JSONOptions{Fields: []string{"name"}}, with(slog.Int("logger", 7), appDB, slog.String("logger", "x")), []slog.Attr{slog.String("logger", "y")}},
		{"the name under its key", `{"logger":"app.db","a":3}`, format.JSONOptions{Fields: []string{"logger"}}, with(appDB), []slog.Attr{a}},
		{"the root has a name", `{"name":"root","logger":"x"}`, format.JSONOptions{Fields: []string{"name"}}, nil, []slog.Attr{slog.String("logger", "x")}},
		{"a dotted key", `{"g.a":3,"user":null,"g":{"a":3}}`, format.JSONOptions{Fields: []string{"g.a", "user"}}, nil, []slog.Attr{slog.Group("g", a)}},
		{"a field from With", `{"a":1,"msg":"hi","b":4}`, format.JSONOptions{Fields: []string{"a", "msg"}}, with(slog.Int("a", 1)), []slog.Attr{b}},
		{"times", `{"time":"2023-11-14T23:13:20.123456+01:00","asctime":"23:13","unix":1700000000,"unixMilli":1700000000123,"created":1700000000.123456,"msecs":123}`,
			format.JSONOptions{Fields: []string{"time", "asctime", "unix", "unixMilli", "created", "msecs"}, DateFormat: "%H:%M", Location: time.FixedZone("X", 3600)}, nil, nil},
		{"levels", `{"level":"WARN","levelname":"WARNING","levelno":30}`, format.JSONOptions{Fields: []string{"level", "levelname", "levelno"}}, nil, nil},
		{"level names", `{"level":"W","levelname":"W"}`, format.JSONOptions{Fields: []string{"level", "levelname"}, LevelName: func(slog.Level) string { return "W" }}, nil, nil},
		{"caller", `{"filename":"db.py.go","module":"db.py","lineno":42,"funcName":"pcAtLine42","package":"github.com/slogx/slogx/format_test"}`,
			format.JSONOptions{Fields: []string{"filename", "module", "lineno", "funcName", "package"}}, nil, nil},
		{"duplicates", `{"msg":"hi","a":1,"a":3,"b":4,"a":3}`, format.JSONOptions{Fields: msg}, with(slog.Int("a", 1)), []slog.Attr{a, b, a}},
		{"unique", `{"msg":"x","a":{"b":2,"c":[2,{"d":1},[]]},"b":4}`, format.JSONOptions{Fields: msg, Unique: true}, with(slog.Int("a", 1)),
			[]slog.Attr{slog.String("msg", "x"), b, slog.Group("a", slog.Int("b", 1), slog.Any("c", json.RawMessage(`[2,{"d":"}","\u0064":1},[]]`)), slog.Int("b", 2))}},
		{"replace in place of a field", `{"message":"hi","level":8}`, format.JSONOptions{Fields: []string{"message", "level"}, ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if level, ok := a.Value.Any().(slog.Level); ok {
				return slog.Int(a.Key, int(level)*2)
			}
			return a
		}}, nil, nil},
		{"edit", `{"msg":"hi","S":1,"A":1,"g":{"a":2,"h":{"b":4}},"last":true}`, format.JSONOptions{
			Fields: msg, Static: []slog.Attr{slog.Int("s", 1)}, Rename: map[string]string{"a": "A", "s": "S"}, Reserved: []string{"c"},
			Edit: func(attrs []slog.Attr) []slog.Attr { return append(attrs, slog.Bool("last", true)) },
		}, group, []slog.Attr{b}},
		{"edit under a key", `{"msg":"hi","extra":{"a":3}}`, format.JSONOptions{
			Fields: []string{"msg", "time"}, AttrsKey: "extra", Reserved: []string{"b"}, Prefix: "",
			Edit: func(attrs []slog.Attr) []slog.Attr { return append(attrs[:1], attrs[2:]...) },
		}, with(appDB), []slog.Attr{a, b}},
		{"fallback", `{"msg":"hi","f":null,"c":"chan int","m":"json: unsupported type: map[bool]int","e":"!ERROR:json: unsupported type: func()"}`, format.JSONOptions{Fields: msg, Fallback: func(v any, err error) any {
			switch v := v.(type) {
			case float64:
				return nil
			case map[bool]int:
				return err
			case complex128:
				return func() {}
			default:
				return fmt.Sprintf("%T", v)
			}
		}}, nil, []slog.Attr{slog.Float64("f", math.NaN()), slog.Any("c", make(chan int)), slog.Any("m", map[bool]int{true: 1}), slog.Any("e", complex(1, 2))}},
		{"encode", `{"msg":"hi","x":{"go":"struct {}"},"e":"an error","bad":"!ERROR:format: the encoder gave no JSON","no":"!ERROR:no","p":"!PANIC: p"}`, format.JSONOptions{Fields: msg, Encode: func(dst []byte, v any) ([]byte, error) {
			switch v {
			case odd('b'):
				return append(dst, `{"a`...), nil
			case odd('n'):
				return nil, errors.New("no")
			case odd('p'):
				panic("p")
			}
			return fmt.Appendf(dst, "{\n\t\"go\": %q\n}\n", fmt.Sprintf("%T", v)), nil
		}}, nil, []slog.Attr{slog.Any("x", struct{}{}), slog.Any("e", errors.New("an error")), slog.Any("bad", odd('b')), slog.Any("no", odd('n')), slog.Any("p", odd('p'))}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			require.Equal(t, tt.want, jsonLine(&tt.opts, tt.bind, tt.attrs...))
		})
	}
}

// An odd value is nothing that slog knows.
type odd rune

func noTime(_ []string, a slog.Attr) slog.Attr {
	if a.Key == slog.TimeKey {
		return slog.Attr{}
	}
	return a
}

func TestJSONIsReentrantUnlessItCallsTheProgram(t *testing.T) {
	for _, tt := range []struct {
		opts *format.JSONOptions
		want bool
	}{
		{nil, true},
		{&format.JSONOptions{Unique: true, Stacks: format.StackText}, true},
		{&format.JSONOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr { return a }}, false},
		{&format.JSONOptions{Edit: func(attrs []slog.Attr) []slog.Attr { return attrs }}, false},
		{&format.JSONOptions{LevelName: slog.Level.String}, false},
		{&format.JSONOptions{Encode: func(dst []byte, _ any) ([]byte, error) { return dst, nil }}, false},
		{&format.JSONOptions{Fallback: func(any, error) any { return nil }}, false},
	} {
		require.Equal(t, tt.want, format.NewHandler(io.Discard, format.JSON(tt.opts), nil).Reentrant())
	}
}
