// SPDX-License-Identifier: MIT

package format_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/internal/record"
	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/slogxtest"
	"github.com/stretchr/testify/require"
)

func TestJSONConforms(t *testing.T) {
	same := func(_ []string, a slog.Attr) slog.Attr { return a }
	for name, opts := range map[string]*format.JSONOptions{
		"default":     nil,
		"source":      {AddSource: true},
		"replaceattr": {ReplaceAttr: same},
		"edit":        {Edit: func(attrs []slog.Attr) []slog.Attr { return attrs }},
		"python":      {Fields: []string{"asctime", "name", "levelname", "message"}, Rename: map[string]string{"asctime": "time", "levelname": "level", "message": "msg"}, Reserved: []string{"name"}},
		"unique":      {Unique: true, ASCII: true, Stacks: format.StackList},
	} {
		t.Run(name, func(t *testing.T) {
			hopts := &format.HandlerOptions{OnError: func(error) {}}
			slogxtest.TestHandler(t, slogxtest.Target{
				New:   func(w io.Writer) slog.Handler { return format.NewHandler(w, format.JSON(opts), hopts) },
				Parse: func(line []byte) (map[string]any, error) { return withoutRoot(slogxtest.ParseJSON(line)) },
				Level: math.MinInt,
			})
		})
	}
}

// withoutRoot leaves out the name of the root.
func withoutRoot(m map[string]any, err error) (map[string]any, error) {
	if m["name"] == "root" {
		delete(m, "name")
	}
	return m, err
}

// jsonLine returns what is printed of a record of theTime from line 42, at WARN.
func jsonLine(opts *format.JSONOptions, bind func(slog.Handler) slog.Handler, attrs ...slog.Attr) string {
	var buf bytes.Buffer
	var h slog.Handler = format.NewHandler(&buf, format.JSON(opts), nil)
	if bind != nil {
		h = bind(h)
	}
	r := slog.NewRecord(theTime, slog.LevelWarn, "hi", pcAtLine42())
	r.AddAttrs(attrs...)
	_ = h.Handle(context.Background(), r)
	return strings.TrimSuffix(buf.String(), "\n")
}

func with(attrs ...slog.Attr) func(slog.Handler) slog.Handler {
	return func(h slog.Handler) slog.Handler { return h.WithAttrs(attrs) }
}

var appDB = slog.String("logger", "app.db")

func TestJSONLevels(t *testing.T) {
	require.NoError(t, levels.Register("LOUD", 97))
	line := func(level slog.Level, opts *format.JSONOptions) string {
		r := slog.NewRecord(time.Time{}, level, "", 0)
		r.AddAttrs(slog.Any("at", level))
		return string(format.JSON(opts).Append(nil, &format.Record{Record: r}))
	}
	same := &format.JSONOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr { return a }}
	others := &format.JSONOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if level, ok := a.Value.Any().(slog.Level); ok && a.Key == slog.LevelKey {
			a.Value = slog.AnyValue(level + 2)
		}
		return a
	}}
	require.Equal(t, `{"level":"NOTICE","msg":"","at":"INFO"}`, line(levels.Info, others))
	require.Equal(t, `{"level":"WARN","msg":"","at":"INFO+2"}`, line(levels.Notice, others))
	for level, want := range map[slog.Level][3]string{
		levels.Trace:         {"TRACE", "TRACE", "DEBUG-4"},
		levels.Debug:         {"DEBUG", "DEBUG", "DEBUG"},
		levels.Info:          {"INFO", "INFO", "INFO"},
		levels.Info + 1:      {"INFO+1", "INFO+1", "INFO+1"},
		levels.Notice:        {"NOTICE", "NOTICE", "INFO+2"},
		levels.Warning:       {"WARN", "WARNING", "WARN"},
		levels.Error:         {"ERROR", "ERROR", "ERROR"},
		levels.Critical:      {"CRITICAL", "CRITICAL", "ERROR+4"},
		levels.Emergency:     {"EMERGENCY", "EMERGENCY", "ERROR+8"},
		levels.Emergency + 1: {"ERROR+9", "ERROR+9", "ERROR+9"},
		97:                   {"LOUD", "LOUD", "ERROR+89"},
	} {
		tail := `,"msg":"","at":"` + want[2] + `"}` // an attribute has slog's words
		require.Equal(t, `{"level":"`+want[0]+`"`+tail, line(level, nil))
		require.Equal(t, `{"level":"`+want[0]+`"`+tail, line(level, same))
		require.Equal(t, `{"level":"`+want[1]+`"`+tail, line(level, &format.JSONOptions{LevelName: levels.Name}))
		require.Equal(t, `{"level":"`+want[2]+`"`+tail, line(level, &format.JSONOptions{LevelName: slog.Level.String}))
	}
}

// logAll logs one record from one place to all handlers.
func logAll(handlers []slog.Handler, args ...any) {
	for _, h := range handlers {
		slog.New(h).Error("failed", args...)
	}
}

func TestJSONErrorsAndStacksAsSlogsByDefault(t *testing.T) {
	var want, got bytes.Buffer
	handlers := []slog.Handler{
		slog.NewJSONHandler(&want, &slog.HandlerOptions{ReplaceAttr: noTime}),
		format.NewHandler(&got, format.JSON(&format.JSONOptions{ReplaceAttr: noTime}), nil),
	}
	err := fmt.Errorf("wrapped: %w", errors.New("cause"))
	logAll(handlers, record.Err(err), record.Stack(), slog.Group("g", record.Err(err), record.Stack()), record.Err(nil), slog.Any("exc_info", nil), slog.String("exc_info", "x"))
	require.Equal(t, want.String(), got.String())
	require.Contains(t, got.String(), `"stack_info":"github.com/slogx/slogx/format_test.logAll\n`)
}

// stacked is an error that carries a stack.
type stacked struct{ pcs []uintptr }

func (stacked) Error() string           { return "stacked" }
func (s stacked) StackTrace() []uintptr { return s.pcs }

func TestJSONStacks(t *testing.T) {
	print := func(opts format.JSONOptions, bind func(slog.Handler) slog.Handler, args ...any) map[string]any {
		var buf bytes.Buffer
		h := bind(format.NewHandler(&buf, format.JSON(&opts), nil))
		logAll([]slog.Handler{h}, args...)
		m, err := slogxtest.ParseJSON(buf.Bytes())
		require.NoError(t, err, buf.String())
		return m
	}
	bare := func(h slog.Handler) slog.Handler { return h }
	list, text := format.JSONOptions{Stacks: format.StackList}, format.JSONOptions{Stacks: format.StackText}
	ours := "github.com/slogx/slogx/format_test."

	m := print(text, bare, record.Err(errors.New("bad")), record.Stack())
	require.Equal(t, "bad", m["exc_info"])
	require.Regexp(t, `^`+ours+`logAll\n    /.*json_test\.go:\d+\n`, m["exc_stack"])
	require.Equal(t, m["exc_stack"], m["stack_info"])
	require.NotRegexp(t, `\n$`, m["stack_info"])

	m = print(list, bare, record.Err(errors.New("bad")), slog.Group("g", record.Stack()))
	require.Regexp(t, `^`+ours+`logAll /.*json_test\.go:\d+$`, m["exc_stack"].([]any)[0])
	require.Equal(t, map[string]any{"stack_info": m["exc_stack"]}, m["g"])

	m = print(list, bare, record.Err(stacked{[]uintptr{pcAtLine42()}}))
	require.Len(t, m["exc_stack"], 1)
	require.Regexp(t, `^`+ours+`pcAtLine42 /.*db\.py\.go:42$`, m["exc_stack"].([]any)[0])

	for name, m := range map[string]map[string]any{ // what is bound has the stack of each call
		"bound":  print(list, with(record.Err(errors.New("bad")), record.Stack())),
		"edited": print(format.JSONOptions{Stacks: format.StackList, Edit: func(attrs []slog.Attr) []slog.Attr { return attrs }}, with(record.Err(errors.New("bad"))), record.Stack()),
		"field":  print(format.JSONOptions{Stacks: format.StackList, Fields: []string{"exc_info", "stack_info"}}, with(record.Err(errors.New("bad"))), record.Stack()),
		"grouped": print(list, func(h slog.Handler) slog.Handler {
			return h.WithAttrs([]slog.Attr{slog.Group("", record.Err(errors.New("bad")), record.Stack())})
		}),
	} {
		require.Equal(t, "bad", m["exc_info"], name)
		require.Regexp(t, `^`+ours+`logAll `, m["exc_stack"].([]any)[0], name)
		require.Equal(t, m["exc_stack"], m["stack_info"], name)
	}

	m = print(list, bare, slog.String("exc_info", "text"), slog.Any("exc_info", nil), record.Err(nil))
	require.NotContains(t, m, "exc_stack")
	r := slog.NewRecord(time.Time{}, 0, "", 0)
	r.AddAttrs(record.Err(errors.New("bad")), record.Stack())
	require.Equal(t, `{"level":"INFO","msg":"","exc_info":"bad"}`, string(format.JSON(&list).Append(nil, &format.Record{Record: r})))
}

func TestJSONFieldsOfAZeroTimeAreLeftOut(t *testing.T) {
	same := func(_ []string, a slog.Attr) slog.Attr { return a }
	edit := func(attrs []slog.Attr) []slog.Attr { return attrs }
	for _, opts := range []*format.JSONOptions{{}, {ReplaceAttr: same}, {Edit: edit}} {
		opts.Fields = []string{"time", "asctime", "unix", "unixMilli", "msg"}
		require.Equal(t, `{"msg":"hi"}`, string(format.JSON(opts).Append(nil, &format.Record{Record: slog.Record{Message: "hi"}})))
	}
}

func TestJSONStacksStandUnderTheKeysThatRenameGivesThem(t *testing.T) {
	rename := map[string]string{"exc_info": "err", "exc_stack": "at", "stack_info": "here"}
	seen := func(attrs []slog.Attr) []slog.Attr {
		if slices.ContainsFunc(attrs, func(a slog.Attr) bool { return a.Key == "at" }) {
			return attrs
		}
		return append(attrs, slog.Bool("edited", true))
	}
	for name, opts := range map[string]format.JSONOptions{
		"attributes":        {},
		"fields":            {Fields: []string{"exc_info", "stack_info"}},
		"attributes edited": {Edit: seen},
		"fields edited":     {Fields: []string{"exc_info", "stack_info"}, Edit: seen},
	} {
		opts.Stacks, opts.Rename, opts.ReplaceAttr = format.StackText, rename, noTime
		for _, bind := range []func(slog.Handler) slog.Handler{nil, with(slog.Int("a", 1))} {
			pcs := []uintptr{pcAtLine42()}
			got := jsonLine(&opts, bind, record.Err(stacked{pcs}), slog.Any(record.StackKey, record.Frames(pcs)), slog.Group("g", record.Err(stacked{pcs})))
			m, err := slogxtest.ParseJSON([]byte(got))
			require.NoError(t, err, got)
			require.Equal(t, stacked{}.Error(), m["err"], name)
			require.Contains(t, m["at"], "/src/app/db.py.go:42", name)
			require.Equal(t, m["at"], m["here"], name)
			require.Equal(t, map[string]any{"exc_info": m["err"], "exc_stack": m["at"]}, m["g"], name)
			require.Equal(t, 1, strings.Count(got, `"at":`), name)
			require.NotContains(t, m, "edited", "Edit is given what is printed")
		}
	}
}

func TestJSONFieldsOfStacksAreNullWhereNobodyAsksForOne(t *testing.T) {
	edit := func(attrs []slog.Attr) []slog.Attr { return attrs }
	for _, opts := range []*format.JSONOptions{
		{Stacks: format.StackText, Fields: []string{"exc_info", "stack_info"}},
		{Stacks: format.StackList, Fields: []string{"exc_info", "stack_info"}, Edit: edit},
	} {
		require.Equal(t, `{"exc_info":null,"stack_info":null,"a":1}`, jsonLine(opts, nil, slog.Int("a", 1)))
	}
}

// endless is a LogValuer that gives a group that holds it twice.
type endless struct{}

func (e endless) LogValue() slog.Value { return slog.GroupValue(slog.Any("a", e), slog.Any("b", e)) }

func TestJSONComesToAnEnd(t *testing.T) {
	deep := slog.Int("x", 1)
	for range 5000 {
		deep = slog.Group("g", deep)
	}
	again := func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == "again" {
			return slog.Group("g", a)
		}
		return a
	}
	for name, line := range map[string]string{
		"LogValuer":   jsonLine(nil, nil, slog.Any("e", endless{})),
		"bound":       jsonLine(nil, with(slog.Any("e", endless{}))),
		"edited":      jsonLine(&format.JSONOptions{Edit: func(attrs []slog.Attr) []slog.Attr { return attrs }}, nil, slog.Any("e", endless{})),
		"ReplaceAttr": jsonLine(&format.JSONOptions{ReplaceAttr: again}, nil, slog.Int("again", 1)),
		"deep":        jsonLine(&format.JSONOptions{Unique: true, Indent: 1, ASCII: true}, with(deep), deep),
		"long":        jsonLine(nil, nil, slog.String("s", strings.Repeat("é\n", 1<<20))),
	} {
		require.True(t, json.Valid([]byte(line)), name)
	}
}

func TestJSONOptionsAreCopied(t *testing.T) {
	opts := &format.JSONOptions{
		Fields: []string{"msg"}, Static: []slog.Attr{slog.Int("s", 1), slog.Group("g", "x", 1)},
		Reserved: []string{"r"}, Rename: map[string]string{"a": "A"},
	}
	f := format.JSON(opts)
	opts.Fields[0], opts.Static[0], opts.Reserved[0], opts.Rename["a"] = "time", slog.Int("t", 2), "a", "B"
	opts.Static[1].Value.Group()[0] = slog.Int("y", 2)
	r := slog.NewRecord(theTime, 0, "hi", 0)
	r.AddAttrs(slog.Int("a", 1), slog.Int("r", 1))
	scope := (*format.Scope)(nil).WithGroup("g")
	for _, f := range []format.Formatter{f, f.(format.Binder).Bind(scope)} {
		require.Equal(t, `> {"msg":"hi","s":1,"g":{"x":1},"A":1}`, string(f.Append([]byte("> "), &format.Record{Record: r})))
	}
}

func TestJSONBoundAndUnbound(t *testing.T) {
	scope := (*format.Scope)(nil).WithAttrs([]slog.Attr{appDB, slog.Int("a", 1)}).WithGroup("g").WithAttrs([]slog.Attr{slog.Int("b", 1)}).WithGroup("h")
	for _, opts := range []*format.JSONOptions{nil, {Fields: []string{"name", "a"}}, {Stacks: format.StackText}} {
		f := format.JSON(opts).(format.Binder)
		r := &format.Record{Record: slog.NewRecord(theTime, 0, "hi", 0), Logger: "app.db", Scope: scope}
		r.AddAttrs(slog.Int("c", 1))
		require.Equal(t, string(f.Append(nil, r)), string(f.Bind(scope).Append(nil, r)))
		require.Equal(t, string(f.Append(nil, r)), string(f.Bind(nil).Append(nil, r)))
		require.Contains(t, string(f.Append(nil, r)), `"g":{"b":1,"h":{"c":1}}}`)
	}
}

// TestJSONSources prints more places than are remembered.
func TestJSONSources(t *testing.T) {
	var want bytes.Buffer
	slogs := slog.NewJSONHandler(&want, &slog.HandlerOptions{AddSource: true})
	f := format.JSON(&format.JSONOptions{AddSource: true})
	for i := range uintptr(2) {
		for pc := pcAtLine42() - 5000; pc < pcAtLine42()+5000; pc++ {
			r := slog.NewRecord(time.Time{}, 0, "", pc+i)
			want.Reset()
			_ = slogs.Handle(context.Background(), r)
			if got := string(f.Append(nil, &format.Record{Record: r})) + "\n"; got != want.String() {
				require.Equal(t, want.String(), got)
			}
		}
	}
	for _, pc := range []uintptr{0, 1} {
		r := slog.NewRecord(time.Time{}, 0, "", pc)
		require.Equal(t, `{"level":"INFO","msg":""}`, string(f.Append(nil, &format.Record{Record: r})))
	}
}

func TestJSONIsSharedByGoroutines(t *testing.T) {
	f := format.JSON(&format.JSONOptions{AddSource: true})
	zone := time.FixedZone("X", 3600)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for j := range 2000 {
				at := time.Unix(int64(i*j%7), int64(j%1000)*1e6).In([]*time.Location{time.UTC, zone}[j%2])
				got := string(f.Append(nil, &format.Record{Record: slog.NewRecord(at, 0, "", 0)}))
				if want := `{"time":"` + at.Format(time.RFC3339Nano) + `","level":"INFO","msg":""}`; got != want {
					t.Errorf("%s, not %s", got, want)
				}
			}
		})
	}
	wg.Wait()
}

// TestJSONValuesReadBack prints values and reads them as encoding/json does.
func TestJSONValuesReadBack(t *testing.T) {
	attrs := []slog.Attr{
		slog.String("s", "a \"b\" \\ \n é \U0001f600 \u2028"), slog.Int64("i", math.MinInt64), slog.Uint64("u", math.MaxUint64),
		slog.Bool("b", true), slog.Duration("d", -time.Hour), slog.Time("t", theTime),
	}
	for exp := -330; exp < 308; exp++ {
		attrs = append(attrs, slog.Float64(fmt.Sprint("f", exp), math.Pow10(exp)), slog.Float64(fmt.Sprint("g", exp), -math.Pi*math.Pow10(exp)))
	}
	for i := int64(1); i > 0; i *= 3 {
		attrs = append(attrs, slog.Int64(fmt.Sprint("p", i), i), slog.Int64(fmt.Sprint("m", i), -i), slog.Int64(fmt.Sprint("n", len(fmt.Sprint(i))), int64(math.Pow10(len(fmt.Sprint(i))-1))))
	}
	var got map[string]json.RawMessage
	require.NoError(t, json.Unmarshal([]byte(jsonLine(nil, nil, attrs...)), &got))
	for _, a := range attrs {
		var want []byte
		switch a.Value.Kind() {
		case slog.KindTime:
			want, _ = json.Marshal(theTime)
		default:
			want, _ = json.Marshal(a.Value.Any())
		}
		if a.Key == "s" {
			require.JSONEq(t, string(want), string(got[a.Key]))
			continue
		}
		require.Equal(t, string(want), string(got[a.Key]), a.Key)
	}
}
