// SPDX-License-Identifier: MIT

package filter_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math"
	"runtime"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/slogxtest"
)

func TestHandlersWithHoldersConform(t *testing.T) {
	slogxtest.TestHandler(t, slogxtest.Target{
		New: func(w io.Writer) slog.Handler {
			json := slog.NewJSONHandler(w, &slog.HandlerOptions{Level: slog.Level(math.MinInt)})
			many := math.MaxInt32
			return filter.NewHandler(json, filter.Sample(&filter.SampleOptions{First: many}), filter.Limit(&filter.LimitOptions{Burst: many}))
		},
		Parse: slogxtest.ParseJSON,
		Level: math.MinInt,
	})
}

// A faulty handler fails at what is told.
type faulty struct {
	slog.Handler
	fail func(message string) error
}

func (f faulty) WithAttrs(attrs []slog.Attr) slog.Handler {
	return faulty{f.Handler.WithAttrs(attrs), f.fail}
}

func (f faulty) Handle(ctx context.Context, r slog.Record) error {
	told := false
	r.Attrs(func(a slog.Attr) bool { told = told || a.Key == "held_back"; return true })
	if told {
		if err := f.fail(r.Message); err != nil {
			return err
		}
	}
	return f.Handler.Handle(ctx, r)
}

func TestAHandlerThatFailsToTellIsReportedAndStopsNothing(t *testing.T) {
	for name, fail := range map[string]func(string) error{
		"fails":  func(string) error { return errStub },
		"panics": func(string) error { panic(errStub) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				out := newLines()
				h := filter.NewHandler(faulty{out, func(m string) error {
					if m == "good" {
						return nil
					}
					return fail(m)
				}}, dedup(0))
				handle := func(m string) error { return h.Handle(t.Context(), slog.NewRecord(time.Now(), 0, m, 0)) }
				for _, m := range []string{"bad", "good", "bad", "good", "bad"} {
					require.NoError(t, handle(m))
				}
				out.take()
				time.Sleep(10 * time.Second)
				require.ErrorContains(t, handle("next"), "filter: tell held_back=2 of Dedup(10s): ")
				require.Equal(t, []string{"good +1 dedup", "next"}, out.take())
				require.NoError(t, handle("bad"))
				require.NoError(t, handle("bad"))
				require.ErrorContains(t, h.Flush(), "tell held_back=1 of Dedup(10s): ")
				require.NoError(t, h.Flush(), "it is not told again")
			})
		})
	}
}

func TestAHandlerThatEndsTheGoroutineLosesNoOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out, ended := newLines(), 0
		h := filter.NewHandler(faulty{out, func(m string) error {
			if ended++; ended == 1 {
				runtime.Goexit()
			}
			return nil
		}}, dedup(0))
		l := slog.New(h)
		for range 2 {
			for i := range 20 {
				l.Info(fmt.Sprint(i))
			}
		}
		out.take()
		time.Sleep(10 * time.Second)
		var wg sync.WaitGroup
		wg.Go(func() { l.Info("ends") })
		wg.Wait()
		time.Sleep(time.Second)
		l.Info("next")
		require.Len(t, out.take(), 19+1)
	})
}

func TestANodeThatOwnsTheFilterIsToldWithoutAName(t *testing.T) {
	out := newLines()
	held, times := dedup(0), 0
	n := &node{name: "a.b", next: out, filters: []filter.Filter{passing(func(*filter.Record) { times++ }), held}}
	l := slog.New(n)
	l.Info("m")
	l.Info("m")
	require.NoError(t, held.Flush())
	require.Equal(t, []string{"m logger=a.b", "m logger=a.b +1 dedup"}, out.take())
	require.Equal(t, 3, times, "it passes the filters before, too")
}

func TestANodeReportsItsErrorsItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := &node{name: "a", next: faulty{newLines(), func(string) error { return errStub }}, filters: []filter.Filter{dedup(0)}}
		l := slog.New(n)
		l.Info("m")
		l.Info("m")
		time.Sleep(10 * time.Second)
		l.Info("m")
		require.Empty(t, n.failed)
		l.Info("m")
		require.ErrorIs(t, n.filters[0].(*filter.Holder).Flush(), errStub)
	})
}

func TestAHolderInTwoPlacesTellsWhereTheLastRecordWas(t *testing.T) {
	a, b := newLines(), newLines()
	held := dedup(0)
	ha, hb := filter.NewHandler(a, held), filter.NewHandler(b, held)
	slog.New(ha).Info("m")
	slog.New(ha).Info("m")
	slog.New(hb).Info("m")
	require.NoError(t, ha.Flush())
	require.Equal(t, []string{"m"}, a.take())
	require.Equal(t, []string{"m +2 dedup"}, b.take())
}

func TestWithoutAnOwnerNothingIsTold(t *testing.T) {
	held := dedup(0)
	r := &filter.Record{Record: slog.NewRecord(time.Now(), 0, "m", 0)}
	require.True(t, held.Filter(t.Context(), r))
	require.False(t, held.Filter(t.Context(), r))
	require.NoError(t, held.Flush())
}

func TestNegativeOptionsPanic(t *testing.T) {
	for want, f := range map[string]func(){
		"filter: SampleOptions.First: -1 is negative":   func() { filter.Sample(&filter.SampleOptions{First: -1}) },
		"filter: SampleOptions.Every: -1 is negative":   func() { filter.Sample(&filter.SampleOptions{Every: -1}) },
		"filter: SampleOptions.Period: -1s is negative": func() { filter.Sample(&filter.SampleOptions{Period: -time.Second}) },
		"filter: SampleOptions.MaxKeys: -1 is negative": func() { filter.Sample(&filter.SampleOptions{MaxKeys: -1}) },
		"filter: LimitOptions.Count: -1 is negative":    func() { filter.Limit(&filter.LimitOptions{Count: -1}) },
		"filter: LimitOptions.Period: -1ns is negative": func() { filter.Limit(&filter.LimitOptions{Period: -1}) },
		"filter: LimitOptions.Burst: -1 is negative":    func() { filter.Limit(&filter.LimitOptions{Burst: -1}) },
		"filter: LimitOptions.MaxKeys: -1 is negative":  func() { filter.Limit(&filter.LimitOptions{MaxKeys: -1}) },
		"filter: DedupOptions.Period: -1ns is negative": func() { filter.Dedup(&filter.DedupOptions{Period: -1}) },
		"filter: DedupOptions.MaxKeys: -1 is negative":  func() { filter.Dedup(&filter.DedupOptions{MaxKeys: -1}) },
	} {
		require.PanicsWithValue(t, want, f)
	}
}

func TestHoldersSayWhatPasses(t *testing.T) {
	for want, h := range map[string]*filter.Holder{
		"Sample(100 per 1s)":              filter.Sample(nil),
		"Sample(1 per 1m0s, then 1 of 5)": filter.Sample(&filter.SampleOptions{First: 1, Every: 5, Period: time.Minute}),
		"Limit(100 per 1s)":               filter.Limit(&filter.LimitOptions{}),
		"Limit(5 per 1m0s)":               filter.Limit(&filter.LimitOptions{Count: 5, Burst: 5, Period: time.Minute}),
		"Limit(5 per 1s, burst 10)":       filter.Limit(&filter.LimitOptions{Count: 5, Burst: 10}),
		"Dedup(10s)":                      filter.Dedup(nil),
		"Dedup(1ms)":                      filter.Dedup(&filter.DedupOptions{Period: time.Millisecond}),
	} {
		require.Equal(t, want, h.String())
		require.Equal(t, "filter.Handler("+want+")", filter.NewHandler(slog.DiscardHandler, h).String())
	}
}

func TestOptionsAreCopied(t *testing.T) {
	opts := filter.DedupOptions{Key: func(*filter.Record) string { return "same" }}
	h := filter.NewHandler(newLines(), filter.Dedup(&opts))
	opts.Key = nil
	slog.New(h).Info("a")
	require.NoError(t, h.Flush())
	passed := filter.Dedup(&opts)
	require.True(t, passed.Filter(t.Context(), &filter.Record{}))
	require.Nil(t, opts.Key)
	require.Zero(t, opts.Period, "no default is written back")
}
