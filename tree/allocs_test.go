// SPDX-License-Identifier: MIT

package tree_test

import (
	"context"
	"log/slog"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/internal/testhelp"
	"github.com/slogx/slogx/levels"
)

// A sink takes records and allocates nothing.
type sink struct{ records int }

func (s *sink) Enabled(context.Context, slog.Level) bool { return true }
func (s *sink) WithAttrs([]slog.Attr) slog.Handler       { return s }
func (s *sink) WithGroup(string) slog.Handler            { return s }

func (s *sink) Handle(_ context.Context, r slog.Record) error {
	s.records += r.NumAttrs()
	return nil
}

// requireNoAllocs fails the test if f allocates.
func requireNoAllocs(t *testing.T, f func()) {
	t.Helper()
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	require.Zero(t, testing.AllocsPerRun(1000, f))
}

func TestADisabledCallDoesNotAllocate(t *testing.T) {
	tr := newTree(t)
	tr.Node("").AddHandler(&sink{})
	l := tr.Logger("a.b.c")
	derived := l.With("k", 1).WithGroup("g")
	live := new(slog.LevelVar)
	tr.Node("live").SetLevel(live)
	byHandler := tr.Logger("by.handler")
	tr.Node("by").SetPropagate(false)
	tr.Node("by").AddHandler(newRecorder(levels.Error))
	for name, l := range map[string]*slog.Logger{"by the level": l, "derived": derived, "by a live level": tr.Logger("live.x"), "by the handlers": byHandler} {
		level := levels.Debug
		t.Run(name, func(t *testing.T) {
			requireNoAllocs(t, func() {
				l.Debug("m")
				l.LogAttrs(context.Background(), level, "m", slog.Int("k", 1), slog.String("s", "x"))
			})
		})
	}
}

func TestAnEnabledCallDoesNotAllocate(t *testing.T) {
	at := time.Now()
	log := func(l *slog.Logger) {
		l.LogAttrs(context.Background(), levels.Info, "m", slog.Int("i", 1), slog.String("s", "x"),
			slog.Bool("b", true), slog.Duration("d", time.Second), slog.Time("t", at))
	}
	for _, tt := range []struct {
		name  string
		plain func(*sink) slog.Handler
	}{
		{"foreign handlers", func(s *sink) slog.Handler { return s }},
		{"reentrant handlers", func(s *sink) slog.Handler { return reentrantSink{s} }},
		{"behind a level", func(s *sink) slog.Handler { return levels.NewHandler(s, levels.Debug) }},
		{"behind a filter", func(s *sink) slog.Handler { return filter.NewHandler(s, filter.Name("")) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tr := newTree(t)
			first, second := &sink{}, &sink{}
			tr.Node("a").AddHandler(tt.plain(first))
			tr.Node("").AddHandler(tt.plain(second))
			l := tr.Logger("a.b.c").With("k", 1).WithGroup("g").With("l", "x")
			log(l)
			require.Equal(t, 5, first.records)
			require.Equal(t, 5, second.records)
			requireNoAllocs(t, func() { log(l) })
		})
	}
}

type reentrantSink struct{ *sink }

func (reentrantSink) Reentrant() bool { return true }

func TestANodesFiltersThatKeepTheRecordDoNotAllocate(t *testing.T) {
	tr := newTree(t)
	s := &sink{}
	tr.Node("").AddHandler(s)
	found := 0
	tr.Node("a.b").AddFilter(filter.Name("a"))
	tr.Node("a.b").AddFilter(filter.Func(func(_ context.Context, r *filter.Record) bool {
		for _, key := range []string{"bound", "g.given"} {
			if _, ok := r.Attr(key); ok {
				found++
			}
		}
		return true
	}))
	l := tr.Logger("a.b").With("bound", 1).WithGroup("g")
	requireNoAllocs(t, func() {
		l.LogAttrs(context.Background(), levels.Info, "m", slog.Int("given", 1), slog.String("s", "x"))
	})
	require.Positive(t, found)
	require.Equal(t, found, s.records)
}

func TestALookupOfAKnownLoggerDoesNotAllocate(t *testing.T) {
	tr := newTree(t)
	for _, name := range []string{"a.b.c", "", "root", "中文.日志"} {
		tr.Logger(name)
		requireNoAllocs(t, func() {
			if tr.Logger(name) == nil || tr.Node(name) == nil {
				t.Error(name)
			}
		})
	}
}

func TestAMillionLoggersThatHaveNotLoggedAreSmall(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector changes what memory takes")
	}
	n := 1_000_000
	if testing.Short() {
		n /= 8
	}
	names := make([]string, n)
	for i := range names {
		names[i] = millionth(i)
	}
	before := heap()
	tr := newTree(t)
	for _, name := range names {
		tr.Logger(name)
	}
	each := float64(heap()-before) / float64(n)
	runtime.KeepAlive(tr)
	runtime.KeepAlive(names)
	t.Logf("%.0f bytes each", each)
	limit := 180.0
	if ^uint(0)>>32 == 0 {
		limit /= 1.5
	}
	require.Less(t, each, limit)
}

func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}

func TestHandlersThatWereRemovedAreForgotten(t *testing.T) {
	const n, size = 5000, 50_000
	tr := newTree(t)
	tr.Node("").AddHandler(&sink{})
	l := tr.Logger("a.b").With("k", 1)
	before := heap()
	for range n {
		held := make([]byte, size)
		h := handling(func(slog.Record) error {
			held[0]++
			return nil
		})
		remove := tr.Node("a").AddHandler(h)
		l.Info("m")
		remove()
	}
	l.Info("m")
	require.Eventually(t, func() bool { return int64(heap()-before) < n*size/100 }, testhelp.Patience, time.Millisecond,
		"all but those that are on their way out")
	runtime.KeepAlive(tr)
}
