// SPDX-License-Identifier: MIT

package filter_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/levels"
)

// passes reports whether the filter passes a record with the attributes.
func passes(f filter.Filter, logger string, level slog.Level, msg string, attrs ...any) bool {
	n := 0
	h := filter.NewHandler(jsonTo(io.Discard), f, passing(func(*filter.Record) { n++ }))
	l := slog.New(h)
	if logger != "" {
		l = l.With("logger", logger)
	}
	l.Log(context.Background(), level, msg, attrs...)
	return n == 1
}

func TestLevels(t *testing.T) {
	var live slog.LevelVar
	live.Set(levels.Warning)
	for _, tt := range []struct {
		filter filter.Filter
		pass   []slog.Level
		drop   []slog.Level
	}{
		{filter.Level(levels.Info), []slog.Level{0}, []slog.Level{-1, 1, 4, math.MinInt, math.MaxInt}},
		{filter.LevelRange(levels.Info, levels.Warning), []slog.Level{0, 1, 4}, []slog.Level{-1, 5}},
		{filter.LevelRange(nil, levels.Warning), []slog.Level{math.MinInt, 0, 4}, []slog.Level{5, math.MaxInt}},
		{filter.LevelRange(levels.Warning, nil), []slog.Level{4, math.MaxInt}, []slog.Level{3, math.MinInt}},
		{filter.LevelRange(nil, nil), []slog.Level{math.MinInt, 0, math.MaxInt}, nil},
		{filter.LevelRange(&live, &live), []slog.Level{4}, []slog.Level{3, 5}},
	} {
		for _, level := range tt.pass {
			require.True(t, passes(tt.filter, "", level, "m"), "%v %v", tt.filter, level)
		}
		for _, level := range tt.drop {
			require.False(t, passes(tt.filter, "", level, "m"), "%v %v", tt.filter, level)
		}
	}
	f := filter.LevelRange(&live, nil)
	live.Set(levels.Error)
	require.False(t, passes(f, "", levels.Warning, "m"), "the level is not asked for each record")
}

func TestMessages(t *testing.T) {
	require.True(t, passes(filter.MessageContains("time"), "", 0, "a timeout"))
	require.False(t, passes(filter.MessageContains("time"), "", 0, "m", "k", "time"))
	require.True(t, passes(filter.MessageContains(""), "", 0, ""))
	re := regexp.MustCompile(`^GET /\w+$`)
	require.True(t, passes(filter.MessageMatches(re), "", 0, "GET /index"))
	require.False(t, passes(filter.MessageMatches(re), "", 0, "GET /index/2"))
	require.PanicsWithValue(t, "filter: nil regular expression", func() { filter.MessageMatches(nil) })
}

// number resolves to a number.
type number int

func (n number) LogValue() slog.Value { return slog.IntValue(int(n)) }

func TestAttributes(t *testing.T) {
	now := time.Now()
	err := errors.New("bad")
	for _, tt := range []struct {
		filter filter.Filter
		attrs  []any
		want   bool
	}{
		{filter.Attr("user", nil), []any{"user", nil}, true},
		{filter.Attr("user", nil), []any{"users", 1}, false},
		{filter.Attr("http.status", func(v slog.Value) bool { return v.Int64() >= 500 }), []any{slog.Group("http", "status", 503)}, true},
		{filter.Attr("http.status", func(v slog.Value) bool { return v.Int64() >= 500 }), []any{slog.Group("http", "status", 404)}, false},
		{filter.Attr("n", func(v slog.Value) bool { return v.Kind() == slog.KindInt64 }), []any{"n", number(1)}, true},
		{filter.AttrEquals("n", 1), []any{"n", 1}, true},
		{filter.AttrEquals("n", 1), []any{"n", uint8(1)}, true},
		{filter.AttrEquals("n", uint(1)), []any{"n", 1}, true},
		{filter.AttrEquals("n", uint64(math.MaxUint64)), []any{"n", -1}, false},
		{filter.AttrEquals("n", number(1)), []any{"n", number(1)}, true},
		{filter.AttrEquals("n", 1), []any{"n", "1"}, false},
		{filter.AttrEquals("n", 1), []any{"n", 1, "n", 2}, false},
		{filter.AttrEquals("n", 1), nil, false},
		{filter.AttrEquals("s", "x"), []any{"s", "x"}, true},
		{filter.AttrEquals("t", now), []any{"t", now.UTC()}, true},
		{filter.AttrEquals("e", err), []any{"e", err}, true},
		{filter.AttrEquals("l", []int{1}), []any{"l", []int{1}}, true},
		{filter.AttrEquals("l", []int{1}), []any{"l", []int{2}}, false},
		{filter.AttrEquals("g", slog.GroupValue(slog.Any("l", []int{1}))), []any{slog.Group("g", "l", []int{1})}, true},
		{filter.AttrEquals("g", slog.GroupValue(slog.Int("a", 1))), []any{slog.Group("g", "a", 2)}, false},
		{filter.AttrEquals("g", slog.GroupValue(slog.Int("a", 1))), []any{slog.Group("g", "a", 1, "b", 2)}, false},
		{filter.AttrEquals("x", nil), []any{"x", nil}, true},
	} {
		require.Equal(t, tt.want, passes(tt.filter, "", 0, "m", tt.attrs...), "%v %v", tt.filter, tt.attrs)
	}
}

func TestCombinations(t *testing.T) {
	yes, no := filter.MessageContains(""), filter.MessageContains("never")
	for _, tt := range []struct {
		filter filter.Filter
		want   bool
	}{
		{filter.All(), true}, {filter.All(yes), true}, {filter.All(yes, no), false}, {filter.All(no, yes), false},
		{filter.Any(), false}, {filter.Any(no), false}, {filter.Any(no, yes), true}, {filter.Any(yes, no), true},
		{filter.Not(yes), false}, {filter.Not(no), true}, {filter.Not(filter.Not(yes)), true},
		{filter.All(yes, filter.Any(no, filter.Not(no))), true},
	} {
		require.Equal(t, tt.want, passes(tt.filter, "", 0, "m"), tt.filter)
	}
	for _, f := range []func(){
		func() { filter.All(nil) }, func() { filter.Any(yes, nil) }, func() { filter.Not(nil) },
	} {
		require.PanicsWithValue(t, "filter: nil filter", f)
	}
}

func TestCombinationsAskNoMoreThanTheyNeed(t *testing.T) {
	asked := 0
	ask := passing(func(*filter.Record) { asked++ })
	no := filter.MessageContains("never")
	passes(filter.All(no, ask), "", 0, "m")
	passes(filter.Any(ask, ask), "", 0, "m")
	require.Equal(t, 1, asked)
	list := []filter.Filter{no}
	f := filter.Any(list...)
	list[0] = ask
	require.False(t, passes(f, "", 0, "m"), "the list is not copied")
}

func TestCombinationsBindWhatTheirFiltersBind(t *testing.T) {
	for _, f := range []filter.Filter{
		filter.All(filter.Name(""), filter.Remove("secret")),
		filter.Any(filter.Name("x"), filter.Remove("secret")),
		filter.Not(filter.Not(filter.Remove("secret"))),
	} {
		var buf strings.Builder
		slog.New(filter.NewHandler(jsonTo(&buf), f)).With("secret", 1, "a", 2).Info("m")
		require.Equal(t, `{"level":"INFO","msg":"m","a":2}`+"\n", buf.String(), f)
	}
	_, ok := filter.All(filter.Name("")).(filter.Binder)
	require.False(t, ok, "binding is not free")
}

// flushed counts how often it is flushed.
type flushed struct {
	n   int
	err error
}

func (f *flushed) Filter(context.Context, *filter.Record) bool { return true }

func (f *flushed) Flush() error {
	f.n++
	return f.err
}

func TestFlushReachesTheFiltersOfAHandlerAndOfCombinations(t *testing.T) {
	bad := errors.New("bad")
	a, b := new(flushed), &flushed{err: bad}
	require.ErrorIs(t, filter.NewHandler(slog.DiscardHandler, a, filter.Not(filter.All(filter.Name(""), b))).Flush(), bad)
	require.Equal(t, []int{1, 1}, []int{a.n, b.n})
	require.NoError(t, filter.NewHandler(slog.DiscardHandler, a).Flush())
}

func TestPredictions(t *testing.T) {
	sure := func(pass bool) string { return fmt.Sprint(pass, true) }
	depends := filter.MessageContains("x")
	for _, tt := range []struct {
		filter filter.Filter
		want   string
	}{
		{filter.Level(levels.Info), sure(true)}, {filter.Level(levels.Error), sure(false)},
		{filter.All(), sure(true)}, {filter.Any(), sure(false)},
		{filter.All(filter.Name("a"), filter.Level(levels.Info)), sure(true)},
		{filter.All(depends, filter.Name("b")), sure(false)},
		{filter.Any(depends, filter.Name("a")), sure(true)},
		{filter.Not(filter.Name("a")), sure(false)},
		{filter.Not(filter.All(depends, filter.Name("b"))), sure(true)},
		{filter.NewCounter(), sure(true)}, {filter.Remove("x"), sure(true)},
	} {
		pass, ok := tt.filter.(filter.Predictor).Predict("a", levels.Info)
		require.Equal(t, tt.want, fmt.Sprint(pass, ok), tt.filter)
	}
	for _, f := range []filter.Filter{filter.All(depends), filter.Any(depends, filter.Name("b")), filter.Not(depends)} {
		_, ok := f.(filter.Predictor).Predict("a", levels.Info)
		require.False(t, ok, f)
	}
}

func TestFiltersSayWhatTheyAre(t *testing.T) {
	var live slog.LevelVar
	for want, f := range map[string]filter.Filter{
		`Level(ERROR)`:                                 filter.Level(levels.Error),
		`LevelRange(nil, INFO)`:                        filter.LevelRange(nil, &live),
		`MessageContains("a b")`:                       filter.MessageContains("a b"),
		`MessageMatches("^a")`:                         filter.MessageMatches(regexp.MustCompile("^a")),
		`Attr("a.b")`:                                  filter.Attr("a.b", nil),
		`AttrEquals("a", [1])`:                         filter.AttrEquals("a", []int{1}),
		`Any(All(Name("a"), filter.Func), Not(Any()))`: filter.Any(filter.All(filter.Name("a"), filter.Func(nil)), filter.Not(filter.Any())),
		`Counter`:                                      filter.NewCounter(),
		`Remove(["a" "b.c"])`:                          filter.Remove("a", "b.c"),
	} {
		require.Equal(t, want, fmt.Sprint(f))
	}
}

func TestACounterCountsByLoggerAndLevel(t *testing.T) {
	c := filter.NewCounter()
	require.Zero(t, c.Total())
	require.Empty(t, c.ByLevel())
	h := filter.NewHandler(jsonTo(io.Discard), c)
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			l := slog.New(h).With("logger", fmt.Sprint("l", g%2))
			for range 1000 {
				l.Info("m")
				l.Warn("m")
			}
			slog.New(h).Error("m")
		})
	}
	wg.Wait()
	require.Equal(t, int64(16_008), c.Total())
	require.Equal(t, map[slog.Level]int64{levels.Info: 8000, levels.Warning: 8000, levels.Error: 8}, c.ByLevel())
	require.Equal(t, map[string]int64{"l0": 8000, "l1": 8000, "": 8}, c.ByLogger())
}

// Each round begins to count a source, by several goroutines at once.
func TestACounterBeginsToCountOnce(t *testing.T) {
	const rounds, goroutines = 1000, 4
	c := filter.NewCounter()
	var arrived [rounds]atomic.Int32
	var wg sync.WaitGroup
	for range goroutines {
		wg.Go(func() {
			for round := range rounds {
				for arrived[round].Add(1); arrived[round].Load() < goroutines; {
					runtime.Gosched()
				}
				c.Filter(t.Context(), &filter.Record{Logger: fmt.Sprint(round)})
			}
		})
	}
	wg.Wait()
	require.Equal(t, int64(rounds*goroutines), c.Total())
}
