// SPDX-License-Identifier: MIT

package filter_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"math/rand/v2"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/internal/record"
)

func TestARecordThatPassesDoesNotAllocate(t *testing.T) {
	attrs := []slog.Attr{
		slog.Int("i", 1), slog.String("s", strings.Repeat("long", 100)), slog.Bool("b", true), slog.Duration("d", time.Second),
		slog.Time("t", time.Now()), slog.Float64("f", 1.5), slog.Uint64("u", 1), slog.Group("g", slog.Int("x", 1), slog.Group("h", slog.Int("y", 2))),
	}
	var scope *record.Scope
	scope = scope.WithAttrs([]slog.Attr{slog.String("logger", "a.b"), slog.String("bound", "v")}).WithGroup("g").WithAttrs([]slog.Attr{slog.Int("k", 1)})
	r := &filter.Record{Record: slog.NewRecord(time.Now(), 0, "m", 0), Logger: "a.b", Scope: scope, Owner: slog.DiscardHandler}
	r.AddAttrs(attrs...)
	for _, h := range []*filter.Holder{
		filter.Sample(&filter.SampleOptions{First: math.MaxInt}),
		filter.Limit(&filter.LimitOptions{Burst: math.MaxInt}),
		filter.Limit(&filter.LimitOptions{Burst: math.MaxInt, Key: func(r *filter.Record) string { return r.Logger }}),
		filter.Dedup(&filter.DedupOptions{Period: 1}),
	} {
		passed := 0
		allocs := testing.AllocsPerRun(1000, func() {
			if h.Filter(context.Background(), r) {
				passed++
			}
		})
		require.Equal(t, 1001, passed, h)
		require.Zero(t, allocs, h)
	}
	held := filter.Dedup(nil) // nor does one that is not the first to be held back
	require.True(t, held.Filter(t.Context(), r))
	require.False(t, held.Filter(t.Context(), r))
	require.Zero(t, testing.AllocsPerRun(1000, func() { held.Filter(context.Background(), r) }))
}

// A tally counts the records that it handles, and those that these tell of.
type tally struct{ passed, told atomic.Int64 }

func (c *tally) Enabled(context.Context, slog.Level) bool { return true }
func (c *tally) WithAttrs([]slog.Attr) slog.Handler       { return c }
func (c *tally) WithGroup(string) slog.Handler            { return c }

func (c *tally) Handle(_ context.Context, r slog.Record) error {
	if n, ok := filter.HeldBack(&filter.Record{Record: r}); ok {
		c.told.Add(n)
	} else {
		c.passed.Add(1)
	}
	return nil
}

func heap() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// memoryKeys is how many keys there are in the test of the memory bound.
var memoryKeys = 1_000_000

func TestTheMemoryIsBounded(t *testing.T) {
	const maxKeys = 4096
	keys := memoryKeys
	if testing.Short() {
		keys = min(keys, 100_000)
	}
	long := strings.Repeat("x", 300) // more than is kept
	r := &filter.Record{Record: slog.NewRecord(time.Now(), 0, long, 0)}
	var counts tally
	before := heap()
	h := filter.Dedup(&filter.DedupOptions{Period: time.Hour})
	atOnce := heap() - before
	r.Owner = &counts
	for i := range keys {
		r.Logger = long + strconv.Itoa(i)
		if first, second := h.Filter(t.Context(), r), h.Filter(t.Context(), r); !first || second {
			t.Fatal(i, first, second) // without require, which would take most of the time
		}
	}
	grown := heap() - before
	t.Logf("%d bytes a key at once, %d when all are used", atOnce/maxKeys, grown/maxKeys)
	require.LessOrEqual(t, atOnce, int64(40*maxKeys), "35, and what else goes on")
	require.LessOrEqual(t, grown, int64(700*maxKeys))
	require.Greater(t, grown, int64(600*maxKeys), "they are all there")
	require.Equal(t, int64(keys-maxKeys), counts.told.Load())
	require.NoError(t, h.Flush())
	require.Equal(t, int64(keys), counts.told.Load())
}

func TestCountsAreExact(t *testing.T) {
	anyOf := func(keys int) func(*filter.Record) string {
		return func(*filter.Record) string { return fmt.Sprint(rand.IntN(keys)) }
	}
	for _, h := range []*filter.Holder{
		filter.Sample(&filter.SampleOptions{First: 2, Every: 7, Period: 10 * time.Millisecond, Key: anyOf(40), MaxKeys: 16}),
		filter.Limit(&filter.LimitOptions{Count: 1, Burst: 3, Period: 10 * time.Millisecond, Key: anyOf(40), MaxKeys: 16}),
		filter.Limit(&filter.LimitOptions{Count: 1, Burst: 3, Period: 10 * time.Millisecond}),
		filter.Dedup(&filter.DedupOptions{Period: 5 * time.Millisecond, Key: anyOf(1000), MaxKeys: 500}),
	} {
		t.Run(h.String(), func(t *testing.T) {
			const goroutines, each = 8, 5000
			var counts tally
			handler := filter.NewHandler(&counts, h)
			var errs [goroutines]error
			var wg sync.WaitGroup
			for g := range goroutines {
				wg.Go(func() {
					for i := range each {
						slog.New(handler).Info("m")
						if i%100 == g {
							errs[g] = errors.Join(errs[g], handler.Flush())
						}
					}
				})
			}
			wg.Wait()
			require.NoError(t, errors.Join(errs[:]...))
			require.NoError(t, handler.Flush())
			require.Equal(t, int64(goroutines*each), counts.passed.Load()+counts.told.Load())
			require.Positive(t, counts.told.Load())
			require.NoError(t, handler.Flush())
			require.Equal(t, int64(goroutines*each), counts.passed.Load()+counts.told.Load(), "and nothing is left")
		})
	}
}

func BenchmarkPass(b *testing.B) {
	r := &filter.Record{Record: slog.NewRecord(time.Now(), 0, "connection refused", 0), Logger: "app.db", Owner: slog.DiscardHandler}
	r.AddAttrs(slog.String("host", "db1"), slog.Int("port", 5432), slog.Int("attempt", 3))
	for _, h := range []*filter.Holder{
		filter.Sample(&filter.SampleOptions{First: math.MaxInt}),
		filter.Limit(&filter.LimitOptions{Burst: math.MaxInt}),
		filter.Dedup(&filter.DedupOptions{Period: 1}),
	} {
		name, _, _ := strings.Cut(h.String(), "(")
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				h.Filter(context.Background(), r)
			}
		})
	}
	held := filter.Dedup(&filter.DedupOptions{Period: time.Hour})
	held.Filter(context.Background(), r)
	b.Run("Dedup holds back", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			held.Filter(context.Background(), r)
		}
	})
}
