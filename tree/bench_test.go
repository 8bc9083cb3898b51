package tree_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"runtime"
	"testing"
	"time"

	"github.com/slogx/slogx/tree"
)

type nop struct{ n int }

func (h *nop) Enabled(context.Context, slog.Level) bool  { return true }
func (h *nop) Handle(context.Context, slog.Record) error { h.n++; return nil }
func (h *nop) WithAttrs([]slog.Attr) slog.Handler        { return h }
func (h *nop) WithGroup(string) slog.Handler             { return h }

type nopR struct{ nop }

func (h *nopR) Threshold() slog.Leveler            { return nil }
func (h *nopR) Reentrant() bool                    { return true }
func (h *nopR) WithAttrs([]slog.Attr) slog.Handler { return h }

func BenchmarkNop(b *testing.B) {
	l := slog.New(&nop{})
	for b.Loop() {
		l.Info("x")
	}
}
func bench(b *testing.B, hs ...slog.Handler) {
	t := tree.New(nil)
	for _, h := range hs {
		t.Node("").AddHandler(h)
	}
	l := t.Logger("a.b.c")
	b.ReportAllocs()
	for b.Loop() {
		l.Info("x")
	}
}
func BenchmarkTree1Foreign(b *testing.B) { bench(b, &nop{}) }
func BenchmarkTree1(b *testing.B)        { bench(b, &nopR{}) }
func BenchmarkTree2(b *testing.B)        { bench(b, &nopR{}, &nopR{}) }
func BenchmarkTree4(b *testing.B)        { bench(b, &nopR{}, &nopR{}, &nopR{}, &nopR{}) }

func BenchmarkDisabled(b *testing.B) {
	l := slog.New(slog.NewTextHandler(io.Discard, nil))
	b.Run("text", func(b *testing.B) {
		for b.Loop() {
			l.Debug("x")
		}
	})
	t := tree.New(nil)
	l = t.Logger("a.b.c.d.e.f.g.h.i.j")
	b.Run("tree", func(b *testing.B) {
		for b.Loop() {
			l.Debug("x")
		}
	})
}

func BenchmarkMillion(b *testing.B) {
	names := make([]string, 1e6)
	for i := range names {
		names[i] = fmt.Sprintf("app.m%d.x%d", i%1000, i)
	}
	var m0, m1 runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m0)
	t := tree.New(nil)
	start := time.Now()
	for _, n := range names {
		t.Logger(n)
	}
	b.Log(time.Since(start))
	runtime.GC()
	runtime.ReadMemStats(&m1)
	b.Log((m1.HeapAlloc - m0.HeapAlloc) / 1e6)
	b.Run("get", func(b *testing.B) {
		for b.Loop() {
			t.Logger("app.m7.x7")
		}
	})
	b.Run("setlevel", func(b *testing.B) {
		for b.Loop() {
			t.Node("").SetLevel(slog.LevelInfo)
		}
	})
	runtime.KeepAlive(t)
	runtime.KeepAlive(names)
}

func BenchmarkWith(b *testing.B) {
	run := func(b *testing.B, l *slog.Logger) {
		b.ReportAllocs()
		for b.Loop() {
			l.With("a", 1, "b", "c", "d", true).Info("x")
		}
	}
	b.Run("json", func(b *testing.B) { run(b, slog.New(slog.NewJSONHandler(io.Discard, nil))) })
	b.Run("jsonnamed", func(b *testing.B) { run(b, slog.New(slog.NewJSONHandler(io.Discard, nil)).With("logger", "a.b.c")) })
	b.Run("tree", func(b *testing.B) {
		t := tree.New(nil)
		t.Node("").AddHandler(slog.NewJSONHandler(io.Discard, nil))
		run(b, t.Logger("a.b.c"))
	})
}

func benchDirect(b *testing.B, h slog.Handler) {
	ctx := context.Background()
	r := slog.NewRecord(time.Now(), slog.LevelInfo, "x", 0)
	r.AddAttrs(slog.Int("a", 1))
	b.ReportAllocs()
	for b.Loop() {
		if h.Enabled(ctx, slog.LevelInfo) {
			_ = h.Handle(ctx, r)
		}
	}
}
func under(hs ...slog.Handler) slog.Handler {
	t := tree.New(nil)
	for _, h := range hs {
		t.Node("").AddHandler(h)
	}
	return t.Node("a.b.c").Handler()
}
func BenchmarkDirect(b *testing.B) {
	b.Run("nop", func(b *testing.B) { benchDirect(b, &nop{}) })
	b.Run("1", func(b *testing.B) { benchDirect(b, under(&nopR{})) })
	b.Run("1foreign", func(b *testing.B) { benchDirect(b, under(&nop{})) })
	b.Run("2", func(b *testing.B) { benchDirect(b, under(&nopR{}, &nopR{})) })
	b.Run("4", func(b *testing.B) { benchDirect(b, under(&nopR{}, &nopR{}, &nopR{}, &nopR{})) })
}
