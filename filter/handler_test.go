// SPDX-License-Identifier: MIT

package filter_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/slogxtest"
)

// jsonTo returns slog's JSON handler without the time.
func jsonTo(w io.Writer) slog.Handler {
	return slog.NewJSONHandler(w, &slog.HandlerOptions{Level: slog.Level(math.MinInt), ReplaceAttr: dropTime})
}

func dropTime(groups []string, a slog.Attr) slog.Attr {
	if len(groups) == 0 && a.Key == slog.TimeKey {
		return slog.Attr{}
	}
	return a
}

// passing returns a filter that does f and passes the record.
func passing(f func(*filter.Record)) filter.Filter {
	return filter.Func(func(_ context.Context, r *filter.Record) bool {
		f(r)
		return true
	})
}

// A binder does what it is told to attributes that are bound.
type binder func(groups []string, attrs []slog.Attr) []slog.Attr

func (b binder) Filter(context.Context, *filter.Record) bool         { return true }
func (b binder) Bind(groups []string, attrs []slog.Attr) []slog.Attr { return b(groups, attrs) }

func TestHandlersConform(t *testing.T) {
	for name, filters := range map[string][]filter.Filter{
		"without filters": nil,
		"with filters":    {filter.Name(""), passing(func(*filter.Record) {})},
		"with a binder":   {binder(func(_ []string, attrs []slog.Attr) []slog.Attr { return attrs })},
	} {
		t.Run(name, func(t *testing.T) {
			slogxtest.TestHandler(t, slogxtest.Target{
				New: func(w io.Writer) slog.Handler {
					return filter.NewHandler(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: slog.Level(math.MinInt)}), filters...)
				},
				Parse: slogxtest.ParseJSON,
				Level: math.MinInt,
			})
		})
	}
}

func TestAHandlersFiltersDropAddAndChange(t *testing.T) {
	for _, tt := range []struct {
		name   string
		filter filter.Filter
		want   string
	}{
		{"pass", filter.Name("a"), `{"level":"INFO","msg":"m","logger":"a","b":1,"g":{"k":2}}`},
		{"drop", filter.Name("b"), ""},
		{"add", passing(func(r *filter.Record) { r.AddAttrs(slog.Int("added", 3)) }),
			`{"level":"INFO","msg":"m","logger":"a","b":1,"g":{"k":2,"added":3}}`},
		{"change", passing(func(r *filter.Record) { r.Message, r.Level = "changed", levels.Error }),
			`{"level":"ERROR","msg":"changed","logger":"a","b":1,"g":{"k":2}}`},
		{"remove", passing(func(r *filter.Record) { r.Record = slog.NewRecord(r.Time, r.Level, r.Message, r.PC) }),
			`{"level":"INFO","msg":"m","logger":"a","b":1}`},
		{"rewrite what is bound", binder(func([]string, []slog.Attr) []slog.Attr { return []slog.Attr{slog.Int("x", 0)} }),
			`{"level":"INFO","msg":"m","logger":"a","x":0,"g":{"k":2}}`},
		{"bind nothing", binder(func([]string, []slog.Attr) []slog.Attr { return nil }), `{"level":"INFO","msg":"m","logger":"a","g":{"k":2}}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var buf bytes.Buffer
			l := slog.New(filter.NewHandler(jsonTo(&buf), tt.filter)).With("logger", "a").With("b", 1).WithGroup("g")
			l.Info("m", "k", 2)
			if tt.want != "" {
				tt.want += "\n"
			}
			require.Equal(t, tt.want, buf.String())
		})
	}
}

func TestAFilterSeesWhatIsBoundAndWhatIsGiven(t *testing.T) {
	var seen []string
	see := passing(func(r *filter.Record) {
		line := fmt.Sprintf("%q", r.Logger)
		for _, key := range []string{"user", "g.status", "g.h.x", "missing"} {
			if v, ok := r.Attr(key); ok {
				line += fmt.Sprintf(" %s=%v", key, v)
			}
		}
		seen = append(seen, line)
	})
	root := slog.New(filter.NewHandler(slog.DiscardHandler, see))
	h := slog.New(filter.NewHandler(jsonTo(io.Discard), see))
	root.Info("not enabled")
	h.Info("m")
	named := h.With("logger", "a.b", "user", "bound")
	named.Info("m")
	named.WithGroup("g").With("status", 200).Info("m", "status", 404, "status", 500, "user", "in the group")
	named.Info("m", "user", "given", slog.Group("g", slog.Group("h", "x", 1)))
	h.WithGroup("g").With("logger", "no name").Info("m")
	h.With("logger", "first").With("logger", "second").Info("m")
	require.Equal(t, []string{
		`""`, `"a.b" user=bound`, `"a.b" user=bound g.status=500`, `"a.b" user=given g.h.x=1`, `""`, `"first"`,
	}, seen)
}

func TestFiltersSeeWhatThoseBeforeThemLeft(t *testing.T) {
	var buf bytes.Buffer
	h := filter.NewHandler(jsonTo(&buf),
		passing(func(r *filter.Record) { r.AddAttrs(slog.Int("n", 1)) }),
		passing(func(r *filter.Record) {
			v, _ := r.Attr("n")
			r.AddAttrs(slog.Int64("n2", v.Int64()+1))
		}),
		binder(func(_ []string, attrs []slog.Attr) []slog.Attr { return append(attrs, slog.Int("first", 1)) }),
		binder(func(_ []string, attrs []slog.Attr) []slog.Attr { return append(attrs, slog.Int("second", len(attrs))) }),
	)
	slog.New(h).With("b", 0).Info("m")
	require.Equal(t, `{"level":"INFO","msg":"m","b":0,"first":1,"second":2,"n":1,"n2":2}`+"\n", buf.String())
}

func TestABinderIsGivenItsOwnCopy(t *testing.T) {
	attrs := []slog.Attr{slog.Group("g", slog.Int("x", 1)), slog.Int("k", 2)}
	h := filter.NewHandler(jsonTo(io.Discard), binder(func(_ []string, attrs []slog.Attr) []slog.Attr {
		attrs[0].Value.Group()[0] = slog.Int("overwritten", 0)
		attrs[1] = slog.Attr{}
		return attrs
	}))
	h.WithAttrs(attrs)
	require.Equal(t, "[g=[x=1] k=2]", fmt.Sprint(attrs))
}

func TestABinderIsToldTheGroups(t *testing.T) {
	var calls []string
	h := filter.NewHandler(jsonTo(io.Discard), binder(func(groups []string, attrs []slog.Attr) []slog.Attr {
		calls = append(calls, fmt.Sprint(groups, attrs))
		return attrs
	}))
	slog.New(h).With("a", 1).WithGroup("g").WithGroup("").With("b", 2).WithGroup("h").With("c", 3).Info("m")
	require.Equal(t, []string{"[] [a=1]", "[g] [b=2]", "[g h] [c=3]"}, calls)
}

// A valuer is a LogValuer that counts.
type valuer struct{ n *int }

func (v valuer) LogValue() slog.Value {
	*v.n++
	return slog.IntValue(*v.n)
}

func TestLogValuersAreResolvedOnceWhenBound(t *testing.T) {
	var buf bytes.Buffer
	n := 0
	l := slog.New(filter.NewHandler(jsonTo(&buf), filter.Name(""))).With("v", valuer{&n})
	require.Equal(t, 1, n)
	l.Info("m")
	l.Info("m")
	require.Equal(t, 1, n)
	require.Contains(t, buf.String(), `"v":1`)
}

func TestTheRecordOfTheCallerIsNotChanged(t *testing.T) {
	h := filter.NewHandler(slog.DiscardHandler, passing(func(r *filter.Record) {
		r.AddAttrs(slog.Int("added", 1))
		r.Message = "changed"
	}))
	for n := range 20 {
		r := slog.Record{Message: "m"}
		for i := range n {
			r.AddAttrs(slog.Int("k", i))
		}
		require.NoError(t, h.Handle(t.Context(), r))
		require.Equal(t, "m", r.Message)
		require.Equal(t, n, r.NumAttrs())
		r.AddAttrs(slog.Int("own", 1))
		keys := ""
		r.Attrs(func(a slog.Attr) bool { keys += a.Key; return true })
		require.Equal(t, strings.Repeat("k", n)+"own", keys)
	}
}

// A stub is a handler that says things of itself, and fails.
type stub struct {
	slog.Handler
	reentrant bool
	threshold slog.Leveler
}

var errStub = errors.New("stub")

func (s stub) Reentrant() bool                           { return s.reentrant }
func (s stub) Threshold() slog.Leveler                   { return s.threshold }
func (s stub) Handle(context.Context, slog.Record) error { return errStub }

func TestAHandlerSpeaksForTheOneBehindIt(t *testing.T) {
	inner := stub{Handler: jsonTo(io.Discard), reentrant: true, threshold: levels.Error}
	h := filter.NewHandler(inner, filter.Name("a"), filter.Func(nil))
	require.Equal(t, inner, h.Unwrap())
	require.True(t, h.Reentrant())
	require.Equal(t, levels.Error, h.Threshold())
	require.ErrorIs(t, filter.NewHandler(inner).Handle(t.Context(), slog.Record{}), errStub)
	require.Equal(t, `filter.Handler(Name("a"), filter.Func)`, h.String())

	plain := filter.NewHandler(slog.NewTextHandler(io.Discard, nil))
	require.False(t, plain.Reentrant())
	require.Equal(t, slog.Level(math.MaxInt), plain.Threshold())
	require.False(t, plain.Enabled(t.Context(), levels.Debug))
	require.True(t, plain.Enabled(t.Context(), levels.Info))
}

func TestTheFiltersAreCopied(t *testing.T) {
	filters := []filter.Filter{filter.Name("a")}
	h := filter.NewHandler(slog.DiscardHandler, filters...)
	filters[0] = filter.Name("b")
	h.Filters()[0] = filter.Name("c")
	require.Equal(t, []filter.Filter{filter.Name("a")}, h.Filters())
}

func TestNilHandlersAndFiltersPanic(t *testing.T) {
	require.PanicsWithValue(t, "filter: nil handler or filter", func() { filter.NewHandler(nil) })
	require.PanicsWithValue(t, "filter: nil handler or filter", func() { filter.NewHandler(slog.DiscardHandler, nil) })
	require.PanicsWithValue(t, "filter: nil handler or filter", func() {
		filter.NewHandler(slog.DiscardHandler, filter.Func(func(context.Context, *filter.Record) bool { return true }), nil)
	})
}

func TestGoroutinesSeeTheirOwnRecord(t *testing.T) {
	h := filter.NewHandler(jsonTo(io.Discard), passing(func(r *filter.Record) {
		given, _ := r.Attr("given")
		bound, ok := r.Attr("bound")
		if !ok || given.Int64() != bound.Int64() || r.Logger != fmt.Sprint("l", bound) {
			t.Errorf("%s: bound %v, given %v", r.Logger, bound, given)
		}
		r.AddAttrs(slog.Int64("added", bound.Int64()))
	}))
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			l := slog.New(h).With("logger", fmt.Sprint("l", g), "bound", g)
			for range 1000 {
				l.Info("m", "given", g)
			}
		})
	}
	wg.Wait()
}
