// SPDX-License-Identifier: MIT

package filter_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/slogxtest"
)

type contextKey struct{}

// requestID is what a program would give Enrich.
func requestID(ctx context.Context) []slog.Attr {
	if id, ok := ctx.Value(contextKey{}).(string); ok {
		return []slog.Attr{slog.String("request", id)}
	}
	return nil
}

func TestEnrich(t *testing.T) {
	ctx := context.WithValue(t.Context(), contextKey{}, "r1")
	for _, tt := range []struct {
		filter filter.Filter
		want   string // in the groups g and h
		bare   string // in none
	}{
		{filter.Enrich(requestID), `"a":1,"g":{"b":2,"h":{"c":3,"k":4,"request":"r1"}}`, `"k":4,"request":"r1"`},
		{filter.EnrichOuter(requestID), `"a":1,"request":"r1","g":{"b":2,"h":{"c":3,"k":4}}`, `"k":4,"request":"r1"`},
		{filter.All(filter.EnrichOuter(requestID), filter.EnrichOuter(requestID)), `"a":1,"request":"r1","request":"r1","g":{"b":2,"h":{"c":3,"k":4}}`, `"k":4,"request":"r1","request":"r1"`},
	} {
		var buf strings.Builder
		l := slog.New(filter.NewHandler(jsonTo(&buf), tt.filter))
		l.With("a", 1).WithGroup("g").With("b", 2).WithGroup("h").With("c", 3).InfoContext(ctx, "m", "k", 4)
		l.InfoContext(ctx, "m", "k", 4)
		l.WithGroup("g").Info("m", "k", 4)
		require.Equal(t, []string{
			`{"level":"INFO","msg":"m",` + tt.want + `}`,
			`{"level":"INFO","msg":"m",` + tt.bare + `}`,
			`{"level":"INFO","msg":"m","g":{"k":4}}`, "",
		}, strings.Split(buf.String(), "\n"), tt.filter)
	}
	require.PanicsWithValue(t, "filter: nil function", func() { filter.Enrich(nil) })
	require.PanicsWithValue(t, "filter: nil function", func() { filter.EnrichOuter(nil) })
}

// What is added outside of the groups is there for filters that come later, too.
func TestOuterAttributesAreSeenAndRewritten(t *testing.T) {
	var buf strings.Builder
	h := filter.NewHandler(jsonTo(&buf),
		passing(func(r *filter.Record) { r.AddOuterAttrs(slog.String("a", "added"), slog.Int("b", 1)) }),
		passing(func(r *filter.Record) {
			v, ok := r.Attr("a")
			require.True(t, ok)
			require.Equal(t, "added", v.String())
		}),
		filter.Remove("b", "g.a"),
		filter.ReplaceAttr(func(groups []string, a slog.Attr) slog.Attr {
			a.Value = slog.StringValue(fmt.Sprint(groups, a.Value))
			return a
		}),
	)
	slog.New(h).With("a", 0).WithGroup("g").Info("m", "a", 2, "c", 3)
	require.Equal(t, `{"level":"INFO","msg":"m","a":"[] 0","a":"[] added","g":{"c":"[g] 3"}}`+"\n", buf.String())
}

// twice answers differently when it is asked again.
type twice struct{ n *int }

func (v twice) LogValue() slog.Value {
	*v.n++
	return slog.IntValue(*v.n)
}

func TestReplaceAttrSeesWhatSlogsOptionSees(t *testing.T) {
	var ours, slogs []string
	record := func(calls *[]string) func([]string, slog.Attr) slog.Attr {
		return func(groups []string, a slog.Attr) slog.Attr {
			if len(groups) == 0 && (a.Key == slog.TimeKey || a.Key == slog.LevelKey || a.Key == slog.MessageKey) {
				return a
			}
			*calls = append(*calls, fmt.Sprint(groups, a))
			switch a.Key {
			case "drop":
				return slog.Attr{}
			case "rename":
				return slog.Attr{Key: "renamed", Value: slog.AnyValue([]int{1})}
			}
			return a
		}
	}
	var a, b strings.Builder
	for _, h := range []slog.Handler{
		filter.NewHandler(slog.NewTextHandler(&a, nil), filter.ReplaceAttr(record(&ours))),
		slog.NewTextHandler(&b, &slog.HandlerOptions{ReplaceAttr: record(&slogs)}),
	} {
		n := 0
		l := slog.New(h).With("drop", 1, "a", 2, slog.Group("g1", "drop", 1, "x", []int{3}))
		l = l.WithGroup("g2").With("rename", 4)
		l.Info("m", "drop", 5, slog.Group("g3", "y", twice{&n}, "drop", 6, slog.Group("", "inline", 7)), slog.Group("g4", "drop", 8))
		require.Equal(t, 1, n, "a LogValuer was asked twice")
		l.Info("m", "y", twice{&n})
		require.Equal(t, 2, n, "a LogValuer was asked twice, as nothing was replaced")
	}
	require.Equal(t, slogs, ours)
	times := regexp.MustCompile(`time=\S+`)
	cut := func(s string) string { return times.ReplaceAllString(s, "time") }
	require.Equal(t, cut(b.String()), cut(a.String()))
	require.PanicsWithValue(t, "filter: nil function", func() { filter.ReplaceAttr(nil) })
}

func TestRemove(t *testing.T) {
	var buf strings.Builder
	keys := []string{"a", "g.b", "g.h", "c.d", "logger"}
	f := filter.Remove(keys...)
	keys[0] = "k"
	l := slog.New(filter.NewHandler(jsonTo(&buf), f)).With("logger", "stays", "a", 1, "b", 2, "c.d", 3, slog.Group("c", "d", 4, "e", 5))
	l.WithGroup("g").With("b", 6, "h", 7).Info("m", "a", 8, slog.Group("h", "x", 9), slog.Group("i", "h", 10), "k", 11)
	require.Equal(t, `{"level":"INFO","msg":"m","logger":"stays","b":2,"c":{"e":5},"g":{"a":8,"i":{"h":10},"k":11}}`+"\n", buf.String())
}

func TestRemoveTakesAGroupHoweverItIsOpened(t *testing.T) {
	var buf strings.Builder
	l := slog.New(filter.NewHandler(jsonTo(&buf), filter.Remove("g", "h.i")))
	l.Info("m", slog.Group("g", "a", 1, slog.Group("h", "b", 2)), slog.Group("h", slog.Group("i", "c", 3)))
	l.WithGroup("g").With("a", 1).WithGroup("h").Info("m", "b", 2)
	l.WithGroup("h").WithGroup("i").With("c", 3).Info("m", "c", 3, slog.Group("d", "e", 4))
	require.Equal(t, strings.Repeat(`{"level":"INFO","msg":"m"}`+"\n", 3), buf.String())
	l.WithGroup("gg").WithGroup("i").Info("m", "a", 1)
	l.WithGroup("h").Info("m", "a", 1)
	require.True(t, strings.HasSuffix(buf.String(), `"gg":{"i":{"a":1}}}`+"\n"+`{"level":"INFO","msg":"m","h":{"a":1}}`+"\n"), buf.String())
}

func TestWhatTheCallerGaveIsNotRewritten(t *testing.T) {
	members := []slog.Attr{slog.Int("x", 1), slog.Int("y", 2)}
	group := slog.Attr{Key: "g", Value: slog.GroupValue(members...)}
	h := filter.NewHandler(jsonTo(io.Discard), filter.Remove("g.x"))
	slog.New(h).Info("m", group)
	slog.New(h).With(group).Info("m")
	require.Equal(t, "g=[x=1 y=2]", group.String())
}

// Many attributes are more than a record holds itself.
func TestRewritingManyAttributes(t *testing.T) {
	var buf strings.Builder
	h := filter.NewHandler(jsonTo(&buf), filter.Remove("k3", "k7"))
	var attrs []any
	for i := range 9 {
		attrs = append(attrs, fmt.Sprint("k", i), i)
	}
	for range 2 {
		slog.New(h).Info("m", attrs...)
	}
	want := `{"level":"INFO","msg":"m","k0":0,"k1":1,"k2":2,"k4":4,"k5":5,"k6":6,"k8":8}` + "\n"
	require.Equal(t, want+want, buf.String())
}

func TestHandlersThatRewriteConform(t *testing.T) {
	slogxtest.TestHandler(t, slogxtest.Target{
		New: func(w io.Writer) slog.Handler {
			return filter.NewHandler(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: slog.Level(-1 << 31)}),
				filter.EnrichOuter(requestID), filter.Remove("no such"), filter.NewCounter(),
				filter.ReplaceAttr(func(_ []string, a slog.Attr) slog.Attr { return a }))
		},
		Parse: slogxtest.ParseJSON,
		Level: -1 << 31,
	})
}

func TestWhatAFilterFailsAtIsAnErrorOfTheHandler(t *testing.T) {
	var buf strings.Builder
	fails := passing(func(r *filter.Record) {
		r.Fail(errStub)
		r.Fail(nil)
	})
	h := filter.NewHandler(jsonTo(&buf), fails)
	require.ErrorIs(t, h.Handle(t.Context(), slog.Record{Message: "m"}), errStub)
	require.Contains(t, buf.String(), `"m"`, "the record did not go its way")
	require.ErrorIs(t, filter.NewHandler(jsonTo(&buf), fails, filter.Name("x")).Handle(t.Context(), slog.Record{}), errStub)
	require.NoError(t, filter.NewHandler(jsonTo(&buf)).Handle(t.Context(), slog.Record{}))
}
