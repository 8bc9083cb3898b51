// SPDX-License-Identifier: MIT

package filter_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/internal/record"
	"github.com/slogx/slogx/slogxtest"
)

const secret = "hunter2"

// byKey redacts what the keys of the tables' values reach, byPattern what they hold.
var (
	byKey     = filter.Redact(&filter.RedactOptions{Keys: []string{"pass*", "authorization"}})
	byPattern = filter.Redact(&filter.RedactOptions{Patterns: []*regexp.Regexp{regexp.MustCompile(secret)}})
)

func TestRedactPatternsThatOverlap(t *testing.T) {
	for _, tt := range []struct {
		patterns []string
		in, want string
	}{
		{[]string{`abc`, `cde`}, "xabcdex", "x[REDACTED]x"},
		{[]string{`cde`, `abc`, `bcd`}, "abcde cde", "[REDACTED] [REDACTED]"},
		{[]string{`abcde`, `c`}, "abcdec", "[REDACTED][REDACTED]"},
		{[]string{`\d`}, "123", "[REDACTED][REDACTED][REDACTED]"},
		{[]string{`a`, `RED`, `\[`}, "a", "[REDACTED]"},
		{[]string{`secret`}, "[REDACTED]secret", "[REDACTED][REDACTED]"},
	} {
		got := jsonOf(matching(tt.patterns...), func(l *slog.Logger) { l.Info("m", "x", tt.in) })
		require.Equal(t, `"x":"`+tt.want+`"}`, got)
	}
}

func TestRedactTwice(t *testing.T) {
	f := filter.Redact(&filter.RedactOptions{Keys: []string{"password"}, Patterns: []*regexp.Regexp{regexp.MustCompile("RED|hunter2")}})
	var buf bytes.Buffer
	h := filter.NewHandler(filter.NewHandler(slog.NewTextHandler(&buf, &slog.HandlerOptions{ReplaceAttr: dropTime}), f), f, f)
	slog.New(h).Info(secret, "x", login{secret, secret}, "y", map[string]any{"password": 1}, "err", errors.New(secret))
	require.Equal(t, `level=INFO msg=[REDACTED] x="{User:[REDACTED] Password:[REDACTED]}" y=map[password:[REDACTED]] err=[REDACTED]`+"\n", buf.String())
}

func TestRedactTheMessageAndKeys(t *testing.T) {
	log := func(l *slog.Logger) {
		l.With("hunter2", 1).WithGroup("g").Info("a hunter2", slog.Group("hunter2s", "x-hunter2", 2), "exc_info", 3)
	}
	var buf bytes.Buffer
	log(slog.New(filter.NewHandler(jsonTo(&buf), byPattern)))
	require.Equal(t, `{"level":"INFO","msg":"a [REDACTED]","[REDACTED]":1,"g":{"[REDACTED]s":{"x-[REDACTED]":2},"exc_info":3}}`+"\n", buf.String())
}

func TestRedactText(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"", "[REDACTED]"}, {"***", "***"}, {"$1", "$1"}, {`"<\`, `\"<\\`}, {"pw", "pw"},
	} {
		f := filter.Redact(&filter.RedactOptions{Keys: []string{"k"}, Patterns: []*regexp.Regexp{regexp.MustCompile(`p(w)`)}, Text: tt.text})
		got := jsonOf(f, func(l *slog.Logger) { l.Info("m", "k", 1, "p", "a pw", "m", map[string]int{"k": 1}) })
		require.Equal(t, fmt.Sprintf(`"k":"%s","p":"a %[1]s","m":{"k":"%[1]s"}}`, tt.want), got)
	}
}

func TestRedactKeys(t *testing.T) {
	for _, tt := range []struct {
		key, path string
		want      bool
	}{
		{"password", "password", true},
		{"password", "a.b.PassWord", true},
		{"password", "a.password.b", true},
		{"password", "passwords", false},
		{"PASSWORD", "paſſword", true},
		{"k", "\u212a", true},
		{"straße", "STRAẞE", true},
		{"*token*", "x.my_token_2", true},
		{"*token*", "token", true},
		{"*token", "tokens", false},
		{"a*b*c", "aXbYbZc", true},
		{"a*b*c", "aXcYb", false},
		{"*", "a", true},
		{"a.b", "a.b", true},
		{"a.b", "x.a.b", false},
		{"a.b", "a.b.c", true},
		{"a.b", "a", false},
		{"a.*.c", "a.b.c", true},
		{"a.*.c", "a.b.b.c", false},
		{"*.c", "A.C", true},
		{"a.b*", "a.bcd", true},
		{"a?[x]", "ab", false},
		{"a?[x]", "a?[X]", true},
		{"", "a", false},
		{".", "a", false},
		{"a.", "a", false},
	} {
		require.Equal(t, tt.want, redactsPath(tt.key, strings.Split(tt.path, ".")), "%q in %q", tt.key, tt.path)
	}
}

// redactsPath reports whether the key hides what is found under the keys, one inside the other:
// in groups of any kind, bound and given, and in maps.
func redactsPath(key string, keys []string) bool {
	f := filter.Redact(&filter.RedactOptions{Keys: []string{key}})
	last := len(keys) - 1
	inGroup, inMap := slog.StringValue(secret), any(secret)
	for i := last; i > 0; i-- {
		inGroup = slog.GroupValue(slog.Attr{Key: keys[i], Value: inGroup})
		inMap = map[string]any{keys[i]: inMap}
	}
	results := map[bool]bool{}
	for _, log := range []func(*slog.Logger){
		func(l *slog.Logger) { l.Info("m", slog.Attr{Key: keys[0], Value: inGroup}) },
		func(l *slog.Logger) { l.With(slog.Attr{Key: keys[0], Value: inGroup}).Info("m") },
		func(l *slog.Logger) { l.Info("m", keys[0], inMap) },
		func(l *slog.Logger) { l.Info("m", strings.Join(keys, "."), secret) },
		func(l *slog.Logger) {
			for _, key := range keys[:last] {
				l = l.WithGroup(key)
			}
			l.Info("m", keys[last], secret)
		},
	} {
		results[!strings.Contains(textOf(f, log), secret)] = true
	}
	if len(results) > 1 {
		panic(fmt.Sprintf("%q in %q: not everywhere the same", key, keys))
	}
	return results[true]
}

func TestRedactThroughNamesOfFields(t *testing.T) {
	value := struct {
		login
		Inner *login `json:"in,omitempty"`
	}{login{"a", "b"}, &login{"c", "d"}}
	for _, tt := range []struct{ key, want string }{
		{"x.pw", `{"User":"a","pw":"[REDACTED]","in":{"User":"c","pw":"d"}}`},
		{"x.password", `{"User":"a","pw":"[REDACTED]","in":{"User":"c","pw":"d"}}`},
		{"x.login.pw", `{"User":"a","pw":"[REDACTED]","in":{"User":"c","pw":"d"}}`},
		{"login", `{"User":"[REDACTED]","pw":"[REDACTED]","in":{"User":"c","pw":"d"}}`},
		{"x.in.password", `{"User":"a","pw":"b","in":{"User":"c","pw":"[REDACTED]"}}`},
		{"x.inner.pw", `{"User":"a","pw":"b","in":{"User":"c","pw":"[REDACTED]"}}`},
		{"x.in", `{"User":"a","pw":"b","in":"[REDACTED]"}`},
		{"in.pw", `{"User":"a","pw":"b","in":{"User":"c","pw":"d"}}`},
	} {
		f := filter.Redact(&filter.RedactOptions{Keys: []string{tt.key}})
		require.Equal(t, `"x":`+tt.want+"}", jsonOf(f, func(l *slog.Logger) { l.Info("m", "x", value) }), tt.key)
	}
}

// A traced is an error with a stack.
type traced struct {
	error
	stack []uintptr
}

func (e traced) StackTrace() []uintptr { return e.stack }
func (e traced) Unwrap() error         { return e.error }

func TestRedactErrors(t *testing.T) {
	stack := record.CallStack(0)
	cause := traced{errors.New("bad " + secret), append(stack, 1, 2, 3)}
	for _, err := range []error{cause, fmt.Errorf("a: %w", cause), errors.Join(io.EOF, cause), valuedError{cause}} {
		for name, f := range map[string]filter.Filter{"key": filter.Redact(&filter.RedactOptions{Keys: []string{"error", "errs", "err"}}), "pattern": byPattern} {
			var got slog.Value
			next := passing(func(r *filter.Record) { got, _ = r.Attr(record.ErrKey) })
			h := filter.NewHandler(jsonTo(io.Discard), f, next)
			for _, l := range []*slog.Logger{slog.New(h), slog.New(h).With(record.Err(err))} {
				l.Info("m", record.Err(err))
				redacted, ok := got.Any().(error)
				require.True(t, ok, name)
				require.NotContains(t, redacted.Error(), secret)
				require.NotErrorIs(t, redacted, cause.error)
				require.Equal(t, record.Frames{1, 2, 3}, record.ErrStack(redacted))
			}
		}
		require.NotContains(t, printedBy(byPattern, func(l *slog.Logger) { l.With(record.Err(err)).Info("m", record.Err(err)) }), secret)
	}
}

// A valuedError is an error that says another thing as a LogValuer.
type valuedError struct{ error }

func (v valuedError) LogValue() slog.Value { return slog.StringValue(secret) }
func (v valuedError) Unwrap() error        { return v.error }

func TestRedactLeavesAloneWhatIsClean(t *testing.T) {
	f := filter.Redact(&filter.RedactOptions{Keys: []string{"password"}, Patterns: []*regexp.Regexp{regexp.MustCompile(secret)}})
	for _, value := range []any{&login{}, map[string]int{"a": 1}, io.EOF, &url.URL{Host: "h"}, []byte("b"), errors.Join(io.EOF), time.Month(1),
		json.RawMessage("{}"), json.RawMessage("x"), blankError{}, record.Frames{1}, &slog.Source{Line: 1}, (*login)(nil), make(chan int), time.UTC, 1.5} {
		if l, ok := value.(*login); ok {
			value = &struct{ A *login }{nil}
			_ = l
		}
		var got slog.Value
		next := passing(func(r *filter.Record) { got, _ = r.Attr("x") })
		l := slog.New(filter.NewHandler(jsonTo(io.Discard), f, next))
		l.Info("m", "x", value)
		require.Equal(t, fmt.Sprintf("%T %p", value, value), fmt.Sprintf("%T %p", got.Any(), got.Any()))
		l.With("x", value).Info("m")
		require.Equal(t, fmt.Sprintf("%T %p", value, value), fmt.Sprintf("%T %p", got.Any(), got.Any()))
	}
}

type blankError struct{ _ struct{ m map[string]int } }

func (blankError) Error() string { return "404" }

func TestRedactDoesNotChangeTheValuesOfTheProgram(t *testing.T) {
	group := []slog.Attr{slog.String("password", secret), slog.Group("in", "password", secret)}
	user := &login{"bob", secret}
	m := map[string]any{"password": secret}
	b := []byte(secret)
	attrs := []slog.Attr{{Key: "g", Value: slog.GroupValue(group...)}, slog.Any("u", user), slog.Any("m", m), slog.Any("b", b), slog.String("password", secret)}
	before := fmt.Sprint(group, user, m, b, attrs)
	f := filter.Redact(&filter.RedactOptions{Keys: []string{"password"}, Patterns: []*regexp.Regexp{regexp.MustCompile(secret)}})
	h := filter.NewHandler(jsonTo(io.Discard), f)
	h.WithAttrs(attrs)
	slog.New(h).LogAttrs(t.Context(), slog.LevelInfo, "m", attrs...)
	r := slog.NewRecord(time.Time{}, slog.LevelInfo, secret, 0)
	r.AddAttrs(attrs...)
	require.NoError(t, h.Handle(t.Context(), r))
	require.Equal(t, before, fmt.Sprint(group, user, m, b, attrs))
	require.Equal(t, secret, r.Message)
}

// A counter is a LogValuer that hides its secret the first time only.
type counter struct{ n *int }

func (c counter) LogValue() slog.Value {
	if *c.n++; *c.n > 1 {
		return slog.StringValue(secret)
	}
	return slog.GroupValue(slog.Int("calls", *c.n))
}

func TestRedactAsksALogValuerOnce(t *testing.T) {
	n := 0
	require.Equal(t, `"x":{"calls":1}}`, jsonOf(byKey, func(l *slog.Logger) { l.Info("m", "x", counter{&n}) }))
	n = 0
	log := func(l *slog.Logger) {
		l = l.With("x", counter{&n})
		l.Info("m")
	}
	require.Equal(t, `"x":{"calls":1}}`, jsonOf(byKey, log))
}

func TestRedactWhatAFilterAddsOutside(t *testing.T) {
	add := passing(func(r *filter.Record) { r.AddOuterAttrs(slog.String("password", secret)) })
	var buf bytes.Buffer
	slog.New(filter.NewHandler(jsonTo(&buf), add, byKey)).WithGroup("g").Info("m", "a", 1)
	require.Equal(t, `{"level":"INFO","msg":"m","password":"[REDACTED]","g":{"a":1}}`+"\n", buf.String())
}

func TestRedactInAHiddenGroup(t *testing.T) {
	log := func(l *slog.Logger) {
		l.WithGroup("passwords").With("a", 1, slog.Group("g", "b", secret)).Info("m", "c", secret, slog.Attr{}, slog.Group("", "d", secret))
	}
	require.Equal(t, `"passwords":{"a":"[REDACTED]","g":"[REDACTED]","c":"[REDACTED]","":"[REDACTED]"}}`, jsonOf(byKey, log))
}

func TestRedactOptionsAreCopied(t *testing.T) {
	opts := &filter.RedactOptions{Keys: []string{"a"}, Patterns: []*regexp.Regexp{regexp.MustCompile("b")}}
	f := filter.Redact(opts)
	opts.Keys[0], opts.Patterns[0], opts.Text = "x", regexp.MustCompile("x"), "x"
	require.Equal(t, `"a":"[REDACTED]","k":"[REDACTED]"}`, jsonOf(f, func(l *slog.Logger) { l.Info("m", "a", 1, "k", "b") }))
	require.Equal(t, "Redact(1 keys, 1 patterns)", fmt.Sprint(f))
	require.Equal(t, `"a":1}`, jsonOf(filter.Redact(nil), func(l *slog.Logger) { l.Info("m", "a", 1) }))
	require.PanicsWithValue(t, "filter: nil pattern", func() { filter.Redact(&filter.RedactOptions{Patterns: make([]*regexp.Regexp, 1)}) })
	pass, sure := f.(filter.Predictor).Predict("a", slog.LevelInfo)
	require.True(t, pass && sure)
}

func TestRedactConforms(t *testing.T) {
	f := filter.Redact(&filter.RedactOptions{Keys: []string{"no.such.key"}, Patterns: []*regexp.Regexp{regexp.MustCompile("no such text")}})
	slogxtest.TestHandler(t, slogxtest.Target{
		New: func(w io.Writer) slog.Handler {
			return filter.NewHandler(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: slog.Level(math.MinInt)}), f)
		},
		Parse: slogxtest.ParseJSON,
		Level: math.MinInt,
	})
}

func TestRedactIsSafeForConcurrentUse(t *testing.T) {
	h := filter.NewHandler(jsonTo(io.Discard), byKey, byPattern)
	shared := map[string]any{"password": secret, "l": &login{"a", secret}}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 200 {
				slog.New(h).With("x", shared).WithGroup("g").Info(secret, "y", shared, "password", 1)
			}
		})
	}
	wg.Wait()
}

// A locked value has what it guards read with its lock held only.
type locked struct {
	mu sync.Mutex
	m  map[string]string
	p  *login
	s  []string
	i  any
}

func (l *locked) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return fmt.Sprint(len(l.m))
}

func TestRedactDoesNotReadBehindALock(t *testing.T) {
	l := &locked{m: map[string]string{}}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := range 1000 {
			l.mu.Lock()
			l.m[fmt.Sprint(i)], l.p, l.s, l.i = "x", &login{}, append(l.s, "x"), i
			l.mu.Unlock()
		}
	})
	log := slog.New(filter.NewHandler(slog.NewTextHandler(io.Discard, nil), byKey, byPattern))
	for range 1000 {
		log.Info("m", "x", l)
	}
	wg.Wait()
}
