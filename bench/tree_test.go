// SPDX-License-Identifier: MIT

package bench

import (
	"context"
	"fmt"
	"log/slog"
	"runtime"
	"testing"

	"github.com/slogx/slogx/tree"
)

// An idle is a handler that does nothing, as foreign to the tree as any other.
type idle struct{ handled int }

func (h *idle) Enabled(context.Context, slog.Level) bool  { return true }
func (h *idle) Handle(context.Context, slog.Record) error { h.handled++; return nil }
func (h *idle) WithAttrs([]slog.Attr) slog.Handler        { return h }
func (h *idle) WithGroup(string) slog.Handler             { return h }

// A known idle tells the tree what the handlers of slogx tell it.
type known struct{ idle }

func (h *known) Threshold() slog.Leveler            { return nil }
func (h *known) Reentrant() bool                    { return true }
func (h *known) WithAttrs([]slog.Attr) slog.Handler { return h }
func (h *known) WithGroup(string) slog.Handler      { return h }

// under returns the handler of a named node with the handlers on the root, which is three levels up.
func under(handlers ...slog.Handler) slog.Handler {
	t := tree.New(nil)
	for _, h := range handlers {
		t.Node("").AddHandler(h)
	}
	return t.Node(name).Handler()
}

// at returns the handler of a named node with the handlers on that very node.
func at(handlers ...slog.Handler) slog.Handler {
	t := tree.New(nil)
	for _, h := range handlers {
		t.Node(name).AddHandler(h)
	}
	return t.Node(name).Handler()
}

// severally returns n handlers.
func severally[H any, P interface {
	*H
	slog.Handler
}](n int) (handlers []slog.Handler) {
	for range n {
		handlers = append(handlers, P(new(H)))
	}
	return handlers
}

// BenchmarkTreeCost measures what the tree adds to a handler, per record.
func BenchmarkTreeCost(b *testing.B) {
	r := newShortRecord()
	handle(b, "idle/tree=none", new(idle), r)
	for _, n := range []int{1, 2, 4} {
		handle(b, fmt.Sprintf("idle/tree=at/handlers=%d", n), at(severally[known](n)...), r)
		handle(b, fmt.Sprintf("idle/tree=under/handlers=%d", n), under(severally[known](n)...), r)
		handle(b, fmt.Sprintf("foreign/tree=under/handlers=%d", n), under(severally[idle](n)...), r)
	}
	r = newRecord()
	handle(b, "slogjson/tree=none", named(slog.NewJSONHandler(new(void), nil)), r)
	handle(b, "slogjson/tree=at", at(slog.NewJSONHandler(new(void), nil)), r)
	handle(b, "slogjson/tree=under", under(slog.NewJSONHandler(new(void), nil)), r)
	handle(b, "layout/tree=none", named(percent(layout)), r)
	handle(b, "layout/tree=at", at(percent(layout)), r)
	handle(b, "layout/tree=under", under(percent(layout)), r)
}

// BenchmarkCall measures whole calls: slog's front end, the tree, and a handler that does nothing.
func BenchmarkCall(b *testing.B) {
	call := func(label string, log *slog.Logger) {
		b.Run("handler="+label, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				log.Info("connection accepted")
			}
		})
	}
	call("idle", slog.New(new(idle)))
	call("tree", slog.New(under(new(known))))
}

// The tree of a million names has a thousand nodes of a thousand children below app.
const million = 1_000_000

func manyNames(n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("app.m%d.x%d", i%1000, i)
	}
	return names
}

func treeOf(names []string) *tree.Tree {
	t := tree.New(nil)
	for _, name := range names {
		t.Logger(name)
	}
	return t
}

// BenchmarkDisabled measures a call that logs nothing, from a logger at depth 10 of a tree of a million.
func BenchmarkDisabled(b *testing.B) {
	t := treeOf(manyNames(million))
	disabled := func(label string, log *slog.Logger) {
		b.Run("handler="+label, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				log.Debug("connection accepted")
			}
		})
	}
	disabled("slogtext", slog.New(slog.NewTextHandler(new(void), nil)))
	disabled("phuslu", slog.New(phusluPeer.new(new(void))))
	disabled("tree", t.Logger("app.m1.x1.d.e.f.g.h.i.j"))
	t.Node("").AddHandler(slog.NewTextHandler(new(void), nil))
	disabled("tree+slogtext", t.Logger("app.m1.x1.d.e.f.g.h.i.j"))
}

// BenchmarkGetLogger measures how long it takes to find a logger by its name:
// always the same, and each in turn, which is a matter of the processor's caches.
func BenchmarkGetLogger(b *testing.B) {
	for _, n := range []int{1000, million} {
		names := manyNames(n)
		t := treeOf(names)
		b.Run(fmt.Sprintf("tree=%d/name=same", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				t.Logger("app.m7.x7")
			}
		})
		b.Run(fmt.Sprintf("tree=%d/name=any", n), func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				t.Logger(names[i*7919%n])
			}
		})
	}
}

// BenchmarkCreate measures a million loggers that have not logged yet: the time for all, and the bytes for each.
func BenchmarkCreate(b *testing.B) {
	names := manyNames(million)
	var bytes uint64
	for b.Loop() {
		b.StopTimer()
		before := heap()
		b.StartTimer()
		t := treeOf(names)
		b.StopTimer()
		bytes += heap() - before
		runtime.KeepAlive(t)
		b.StartTimer()
	}
	runtime.KeepAlive(names)
	b.ReportMetric(float64(bytes)/float64(b.N)/million, "B/logger")
}

// heap returns the bytes that are in use.
func heap() uint64 {
	runtime.GC()
	runtime.GC() // the first one may leave what it had finalizers for
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}

// BenchmarkSetLevel measures a change at the root of a tree of a million names,
// alone and with the first record of one logger after it.
func BenchmarkSetLevel(b *testing.B) {
	t := treeOf(manyNames(million))
	t.Node("").AddHandler(new(known))
	change := func(i int) { t.Node("").SetLevel(slog.Level(i & 3)) }
	b.Run("then=nothing", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			change(i)
		}
	})
	log := t.Logger("app.m7.x7")
	b.Run("then=record", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			change(i)
			log.Warn("connection accepted")
		}
	})
}
