// SPDX-License-Identifier: MIT

package tree_test

import (
	"context"
	"log/slog"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/tree"
)

func TestLinesDuringAndAfterShutdownGoToTheLastResort(t *testing.T) {
	tr := newTree(t)
	var e events
	h := e.closable("h")
	l := tr.Logger("a").With("k", 1)
	h.close = func() error {
		l.Warn("during")
		return nil
	}
	tr.Node("").AddHandler(h)
	printed := onStderr(t, func() {
		l.Warn("before")
		inTime(t, func() { require.NoError(t, tr.Shutdown(t.Context())) })
		l.Warn("after")
		l.Info("too low")
	})
	require.Equal(t, "during k=1\nafter k=1\n", printed)
	rec := newRecorder(nil)
	tr.Node("a").AddHandler(rec)
	tr.Node("").AddHandler(h)
	h.close = nil
	require.Empty(t, onStderr(t, func() { l.Warn("again") }))
	require.Equal(t, []string{"WARN again logger=a k=1"}, rec.take())
	e.take()
	require.NoError(t, tr.Shutdown(t.Context()))
	require.Equal(t, []string{"flush h", "close h"}, e.take())
}

// shutDownMeanwhile shuts a tree down while a record is on its way to a handler that then fails.
func shutDownMeanwhile(t *testing.T, opts *tree.Options, log func(*slog.Logger)) (stderr string) {
	t.Helper()
	tr := tree.New(opts)
	late := handling(func(slog.Record) error {
		require.NoError(t, tr.Shutdown(t.Context()))
		return os.ErrClosed
	})
	tr.Node("").AddHandler(late)
	return onStderr(t, func() {
		inTime(t, func() { require.NotPanics(t, func() { log(tr.Logger("a")) }) })
	})
}

func TestALateRecordGoesToTheLastResort(t *testing.T) {
	var failed failures
	opts := &tree.Options{OnError: failed.add}
	require.Equal(t, "late k=1\n", shutDownMeanwhile(t, opts, func(l *slog.Logger) { l.Warn("late", "k", 1) }))
	require.Len(t, failed.take(), 1)
	require.Empty(t, shutDownMeanwhile(t, opts, func(l *slog.Logger) { l.Info("too low") }))
}

func TestALateRecordGoesToTheLastResortOnce(t *testing.T) {
	last := newRecorder(nil)
	tr := tree.New(&tree.Options{OnError: func(error) {}, LastResort: last})
	tr.Node("a").AddHandler(handling(func(slog.Record) error {
		require.NoError(t, tr.Shutdown(t.Context()))
		return os.ErrClosed
	}))
	tr.Node("").AddHandler(handling(func(slog.Record) error { return os.ErrClosed }))
	tr.Logger("a").Warn("late")
	require.Equal(t, []string{"WARN late logger=a"}, last.take(), "two handlers were closed")
}

func TestALateRecordKeepsWhatIsBound(t *testing.T) {
	var failed failures
	opts := &tree.Options{OnError: failed.add}
	require.Equal(t, "late b=1 g.c=2 g.k=3\n", shutDownMeanwhile(t, opts, func(l *slog.Logger) {
		l.With("b", 1).WithGroup("g").With("c", 2).Warn("late", "k", 3)
	}))
	last := newRecorder(nil)
	opts.LastResort = last
	require.Empty(t, shutDownMeanwhile(t, opts, func(l *slog.Logger) { l.Warn("late") }))
	require.Equal(t, []string{"WARN late logger=a"}, last.take())
}

func TestALastResortThatPanicsAtALateRecordDisturbsNobody(t *testing.T) {
	var failed failures
	opts := &tree.Options{OnError: failed.add, LastResort: handling(func(slog.Record) error { panic("no good") })}
	shutDownMeanwhile(t, opts, func(l *slog.Logger) { l.Warn("late") })
	require.Contains(t, strings.Join(failed.take(), "\n"), "no good")
}

func TestALateRecordAtALastResortThatLogsEnds(t *testing.T) {
	var tr *tree.Tree
	w := &loggingWriter{logger: func() *slog.Logger { return tr.Logger("a") }}
	tr = tree.New(&tree.Options{OnError: func(error) {}, LastResort: plainText(w)})
	tr.Node("").AddHandler(handling(func(slog.Record) error {
		require.NoError(t, tr.Shutdown(t.Context()))
		return os.ErrClosed
	}))
	inTime(t, func() { tr.Logger("a").Warn("outer 0") })
	require.Equal(t, []string{"outer 0", "nested 0"}, w.lines)
}

func TestALateNestedLineGoesToTheLastResort(t *testing.T) {
	last := newRecorder(nil)
	tr := tree.New(&tree.Options{OnError: func(error) {}, LastResort: last})
	tr.Node("").AddHandler(handling(func(r slog.Record) error {
		if r.Message == "nested" {
			return os.ErrClosed
		}
		tr.Logger("a").With("k", 1).Warn("nested")
		return tr.Shutdown(t.Context())
	}))
	inTime(t, func() { tr.Logger("a").Warn("outer") })
	require.Equal(t, []string{"WARN nested logger=a k=1"}, last.take())
}

func TestShutdownUnderLoadLosesNoLine(t *testing.T) {
	for range 20 {
		last := newCounter(4 * 3000)
		tr := tree.New(&tree.Options{LastResort: last, OnError: func(error) {}})
		h := newCounter(4 * 3000)
		var closed atomic.Bool
		handle := h.handle
		h.handle = func(ctx context.Context, r slog.Record) error {
			if closed.Load() {
				return os.ErrClosed
			}
			return handle(ctx, r)
		}
		var e events
		c := e.closable("h")
		c.Handler = h
		c.close = func() error { closed.Store(true); return nil }
		tr.Node("").AddHandler(c)
		var wg sync.WaitGroup
		for g := range 4 {
			wg.Go(func() {
				for i := range 3000 {
					tr.Logger("a.b").Error("m", "n", g*3000+i)
				}
			})
		}
		require.NoError(t, tr.Shutdown(t.Context()))
		wg.Wait()
		for n := range h.counts {
			if got := h.counts[n].Load() + last.counts[n].Load(); got != 1 {
				t.Fatalf("line %d was handled %d times", n, got)
			}
		}
	}
}
