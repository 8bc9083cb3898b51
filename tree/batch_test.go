// SPDX-License-Identifier: MIT

package tree_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/tree"
)

func TestABatchDoesWhatTheMethodsDo(t *testing.T) {
	rec, other := newRecorder(nil), newRecorder(nil)
	some := filter.Name("some")
	type change struct {
		name   string
		batch  func(*tree.Batch, *tree.Node)
		method func(*tree.Tree, *tree.Node)
	}
	for _, tt := range []change{
		{"SetLevel", func(b *tree.Batch, n *tree.Node) { b.SetLevel(n, levels.Error) },
			func(_ *tree.Tree, n *tree.Node) { n.SetLevel(levels.Error) }},
		{"SetLevel to NOTSET", func(b *tree.Batch, n *tree.Node) { b.SetLevel(n, nil) },
			func(_ *tree.Tree, n *tree.Node) { n.SetLevel(nil) }},
		{"SetPropagate", func(b *tree.Batch, n *tree.Node) { b.SetPropagate(n, false) },
			func(_ *tree.Tree, n *tree.Node) { n.SetPropagate(false) }},
		{"SetPropagate on", func(b *tree.Batch, n *tree.Node) { b.SetPropagate(n, true) },
			func(_ *tree.Tree, n *tree.Node) { n.SetPropagate(true) }},
		{"SetDisabled", func(b *tree.Batch, n *tree.Node) { b.SetDisabled(n, true) },
			func(_ *tree.Tree, n *tree.Node) { n.SetDisabled(true) }},
		{"AddHandler", func(b *tree.Batch, n *tree.Node) { b.AddHandler(n, other) },
			func(_ *tree.Tree, n *tree.Node) { n.AddHandler(other) }},
		{"AddHandler again", func(b *tree.Batch, n *tree.Node) { b.AddHandler(n, rec); b.AddHandler(n, rec) },
			func(_ *tree.Tree, n *tree.Node) { n.AddHandler(rec) }},
		{"RemoveHandler", func(b *tree.Batch, n *tree.Node) { b.RemoveHandler(n, rec) },
			func(_ *tree.Tree, n *tree.Node) { n.RemoveHandler(rec) }},
		{"RemoveHandler that is not there", func(b *tree.Batch, n *tree.Node) { b.RemoveHandler(n, other) },
			func(_ *tree.Tree, n *tree.Node) { n.RemoveHandler(other) }},
		{"ReplaceHandler", func(b *tree.Batch, n *tree.Node) { b.ReplaceHandler(n, rec, other) },
			func(_ *tree.Tree, n *tree.Node) { n.ReplaceHandler(rec, other) }},
		{"ReplaceHandler that is not there", func(b *tree.Batch, n *tree.Node) { b.ReplaceHandler(n, other, rec) },
			func(_ *tree.Tree, n *tree.Node) { n.ReplaceHandler(other, rec) }},
		{"ClearHandlers", func(b *tree.Batch, n *tree.Node) { b.AddHandler(n, other); b.ClearHandlers(n) },
			func(_ *tree.Tree, n *tree.Node) { n.RemoveHandler(rec) }},
		{"ClearHandlers and start again", func(b *tree.Batch, n *tree.Node) { b.ClearHandlers(n); b.AddHandler(n, other) },
			func(_ *tree.Tree, n *tree.Node) { n.ReplaceHandler(rec, other) }},
		{"AddFilter, twice", func(b *tree.Batch, n *tree.Node) { b.AddFilter(n, some); b.AddFilter(n, some) },
			func(_ *tree.Tree, n *tree.Node) { n.AddFilter(some) }},
		{"ClearFilters and start again", func(b *tree.Batch, n *tree.Node) {
			b.AddFilter(n, filter.Name("gone"))
			b.ClearFilters(n)
			b.AddFilter(n, some)
		}, func(_ *tree.Tree, n *tree.Node) { n.AddFilter(some) }},
		{"Disable", func(b *tree.Batch, _ *tree.Node) { b.Disable(levels.Error) },
			func(tr *tree.Tree, _ *tree.Node) { tr.Disable(levels.Error) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var after [2]string
			for i := range after {
				tr := newTree(t)
				n := tr.Node("a.b")
				n.SetLevel(levels.Debug)
				n.AddHandler(rec)
				if i == 0 {
					tr.Update(func(b *tree.Batch) { tt.batch(b, n) })
				} else {
					tt.method(tr, n)
				}
				after[i] = tr.String() + fmt.Sprint(n.Handlers(), n.Disabled(), n.Propagate(), n.Level())
			}
			require.Equal(t, after[1], after[0])
		})
	}
}

func TestABatchIsMadeInOrderWhenTheFunctionReturns(t *testing.T) {
	tr := newTree(t)
	n := tr.Node("a")
	first, second := newRecorder(nil), newRecorder(nil)
	tr.Update(func(b *tree.Batch) {
		b.AddHandler(n, first)
		b.ReplaceHandler(n, first, second)
		b.SetLevel(n, levels.Error)
		b.SetLevel(n, levels.Debug)
		require.Empty(t, n.Handlers())
		require.Nil(t, n.Level())
	})
	require.Equal(t, []slog.Handler{second}, n.Handlers())
	require.Equal(t, levels.Debug, n.Level())
	tr.Update(func(*tree.Batch) {})
}

func TestABatchThatPanicsChangesNothing(t *testing.T) {
	tr := newTree(t)
	n := tr.Node("a")
	n.AddHandler(newRecorder(nil))
	before := tr.String()
	require.PanicsWithValue(t, "stop", func() {
		tr.Update(func(b *tree.Batch) {
			b.SetLevel(n, levels.Error)
			b.AddHandler(n, newRecorder(levels.Debug))
			b.Disable(levels.Critical)
			panic("stop")
		})
	})
	require.Equal(t, before, tr.String())
	inTime(t, func() { n.SetLevel(levels.Debug) }) // nothing is locked
}

func TestABatchRefusesTheNodesOfAnotherTree(t *testing.T) {
	tr, other := newTree(t), newTree(t)
	foreign := other.Node("a")
	before := other.String()
	for name, change := range map[string]func(*tree.Batch){
		"ClearHandlers":  func(b *tree.Batch) { b.ClearHandlers(foreign) },
		"SetLevel":       func(b *tree.Batch) { b.SetLevel(foreign, levels.Error) },
		"SetPropagate":   func(b *tree.Batch) { b.SetPropagate(foreign, false) },
		"SetDisabled":    func(b *tree.Batch) { b.SetDisabled(foreign, true) },
		"AddHandler":     func(b *tree.Batch) { b.AddHandler(foreign, newRecorder(nil)) },
		"RemoveHandler":  func(b *tree.Batch) { b.RemoveHandler(foreign, newRecorder(nil)) },
		"ReplaceHandler": func(b *tree.Batch) { b.ReplaceHandler(foreign, newRecorder(nil), newRecorder(nil)) },
	} {
		t.Run(name, func(t *testing.T) {
			require.Panics(t, func() {
				tr.Update(func(b *tree.Batch) {
					b.SetLevel(tr.Node("a"), levels.Error)
					change(b)
				})
			})
			require.Nil(t, tr.Node("a").Level())
			require.Equal(t, before, other.String())
		})
	}
}

// A counter is a handler that counts records that have their number as the attribute n.
type counter struct {
	stub
	counts []atomic.Uint32
}

func newCounter(n int) *counter {
	c := &counter{counts: make([]atomic.Uint32, n)}
	c.handle = func(_ context.Context, r slog.Record) error {
		r.Attrs(func(a slog.Attr) bool {
			if a.Key == "n" {
				c.counts[a.Value.Int64()].Add(1)
			}
			return true
		})
		return nil
	}
	return c
}

// underBatches logs numbered lines in four goroutines while change makes batches, over and over.
func underBatches(t *testing.T, lines int, loggers []*slog.Logger, change func(i int)) {
	t.Helper()
	var wg sync.WaitGroup
	var stop atomic.Bool
	for g := range 4 {
		wg.Go(func() {
			for n := g; n < lines; n += 4 {
				loggers[n%len(loggers)].Info("m", "n", n)
			}
		})
	}
	var changing sync.WaitGroup
	changing.Go(func() {
		for i := 0; !stop.Load(); i++ {
			change(i)
		}
	})
	wg.Wait()
	stop.Store(true)
	changing.Wait()
}

// batchLines is how many lines are logged while batches are made.
func batchLines() int {
	if raceEnabled || testing.Short() {
		return 40_000
	}
	return 400_000
}

// between adds changes to a batch that take their time and mean nothing.
func between(b *tree.Batch, nodes []*tree.Node, level slog.Level) {
	for _, n := range nodes {
		b.SetLevel(n, level)
	}
}

func nodesBeside(tr *tree.Tree, n int) (nodes []*tree.Node) {
	for i := range n {
		nodes = append(nodes, tr.Node(fmt.Sprint("beside", i)))
	}
	return nodes
}

func TestARecordMeetsAHandlerThatIsMovedExactlyOnce(t *testing.T) {
	tr := newTree(t)
	c := newCounter(batchLines())
	places := []*tree.Node{tr.Node(""), tr.Node("a"), tr.Node("a.b"), tr.Node("a.b.c")}
	beside := nodesBeside(tr, 50)
	places[0].AddHandler(c)
	l := tr.Logger("a.b.c.d")
	underBatches(t, len(c.counts), []*slog.Logger{l, l.With("k", 1), l.WithGroup("g").With("k", 1), tr.Logger("a.b.c")}, func(i int) {
		tr.Update(func(b *tree.Batch) {
			b.RemoveHandler(places[i%4], c)
			between(b, beside, slog.Level(i))
			b.AddHandler(places[(i+1)%4], c)
		})
	})
	for n := range c.counts {
		if got := c.counts[n].Load(); got != 1 {
			t.Fatalf("line %d was handled %d times", n, got)
		}
	}
}

func TestARecordMeetsTheOldHandlerOrTheNew(t *testing.T) {
	tr := newTree(t)
	c := [2]*counter{newCounter(batchLines()), newCounter(batchLines())}
	tr.Node("a").AddHandler(c[0])
	tr.Node("a").SetPropagate(false)
	l := tr.Logger("a.b")
	underBatches(t, batchLines(), []*slog.Logger{l, l.With("k", 1)}, func(i int) {
		if i%2 == 0 {
			tr.Node("a").ReplaceHandler(c[0], c[1])
		} else {
			tr.Update(func(b *tree.Batch) { b.ReplaceHandler(tr.Node("a"), c[1], c[0]) })
		}
	})
	for n := range batchLines() {
		if got := c[0].counts[n].Load() + c[1].counts[n].Load(); got != 1 {
			t.Fatalf("line %d was handled %d times", n, got)
		}
	}
}

func TestARecordSeesABatchOfDifferentChangesWhole(t *testing.T) {
	tr := newTree(t)
	own, above := newCounter(batchLines()), newCounter(batchLines())
	a := tr.Node("a")
	beside := nodesBeside(tr, 50)
	tr.Node("").AddHandler(above)
	l := tr.Logger("a.b")
	underBatches(t, batchLines(), []*slog.Logger{l, l.With("k", 1)}, func(i int) {
		tr.Update(func(b *tree.Batch) {
			// Either a has a handler and lets nothing through, or it has none and lets all through.
			if i%2 == 0 {
				b.AddHandler(a, own)
				between(b, beside, levels.Error)
				b.SetPropagate(a, false)
				b.SetLevel(a, levels.Debug)
				return
			}
			b.SetPropagate(a, true)
			b.SetLevel(a, nil)
			between(b, beside, levels.Debug)
			b.RemoveHandler(a, own)
		})
	})
	for n := range batchLines() {
		if got := own.counts[n].Load() + above.counts[n].Load(); got != 1 {
			t.Fatalf("line %d was handled %d times", n, got)
		}
	}
}

func TestARecordMeetsTheOldLastResortOrTheNew(t *testing.T) {
	tr := newTree(t)
	c := [2]*counter{newCounter(batchLines()), newCounter(batchLines())}
	tr.SetLastResort(c[1])
	tr.Node("a").SetPropagate(false)
	l := tr.Logger("a.b")
	underBatches(t, batchLines(), []*slog.Logger{l, l.With("k", 1), tr.Logger("")}, func(i int) { tr.SetLastResort(c[i%2]) })
	for n := range batchLines() {
		if got := c[0].counts[n].Load() + c[1].counts[n].Load(); got != 1 {
			t.Fatalf("line %d was handled %d times", n, got)
		}
	}
}

func TestValuesAreKeptWithTheTree(t *testing.T) {
	type key struct{ n int }
	tr, other := newTree(t), newTree(t)
	calls := 0
	create := func() any { calls++; return new(int) }
	v := tr.Value(key{1}, create)
	require.Same(t, v, tr.Value(key{1}, create))
	require.NotSame(t, v, tr.Value(key{2}, create))
	require.NotSame(t, v, other.Value(key{1}, create))
	require.Equal(t, 3, calls)
}
