// SPDX-License-Identifier: MIT

package tree_test

import (
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/tree"
)

// A reentrant counter says that it may be called while it handles, so that it has no gate.
type reentrant struct{ *counter }

func (reentrant) Reentrant() bool { return true }

// A writing goroutine logs numbered lines to a logger of its own.
type writing struct {
	name  string
	bound func(*slog.Logger) *slog.Logger
	fresh bool // the logger is looked up and derived for each line
}

var writers = []writing{
	{name: ""},
	{name: "a"},
	{name: "a.b"},
	{name: "a.b.c"},
	{name: "a.b", bound: func(l *slog.Logger) *slog.Logger { return l.With("k", 1) }},
	{name: "a.b.c", bound: func(l *slog.Logger) *slog.Logger { return l.WithGroup("g").With("k", 1).WithGroup("h") }},
	{name: "x"},
	{name: "a.b.c", bound: func(l *slog.Logger) *slog.Logger { return l.With("k", 1) }, fresh: true},
}

func (w writing) logger(tr *tree.Tree) *slog.Logger {
	if w.bound == nil {
		return tr.Logger(w.name)
	}
	return w.bound(tr.Logger(w.name))
}

// maxLines is the most lines that one goroutine writes.
const maxLines = 100_000

// minLines is the fewest.
const minLines = 100

// write logs numbered lines until it is told to stop, and returns how many.
func (w writing) write(tr *tree.Tree, first int, stop *atomic.Bool) (n int) {
	l := w.logger(tr)
	for ; n < maxLines && (n < minLines || !stop.Load()); n++ {
		if w.fresh {
			l = w.logger(tr)
		}
		l.Error("m", "n", first+n)
	}
	return n
}

// hammer writes lines in all goroutines while each of the changes is made over and over,
// and returns how many lines each goroutine wrote.
func hammer(t *testing.T, tr *tree.Tree, changes ...func(i int)) []int {
	t.Helper()
	span := 2 * time.Second
	if testing.Short() {
		span /= 2
	}
	var stop, settled atomic.Bool
	lines := make([]int, len(writers))
	var writing, changing sync.WaitGroup
	for g, w := range writers {
		writing.Go(func() { lines[g] = w.write(tr, g*maxLines, &stop) })
	}
	for _, change := range changes {
		changing.Go(func() {
			for i := 0; !settled.Load(); i++ {
				change(i)
			}
		})
	}
	timer := time.AfterFunc(span, func() { stop.Store(true) })
	defer timer.Stop()
	inTime(t, writing.Wait)
	settled.Store(true)
	inTime(t, changing.Wait)
	return lines
}

// requireCounts fails the test if the handlers together got a line of a goroutine less often than
// min or more often than max.
func requireCounts(t *testing.T, what string, lines []int, g int, min, max uint32, handlers ...*counter) {
	t.Helper()
	for n := g * maxLines; n < g*maxLines+lines[g]; n++ {
		var got uint32
		for _, h := range handlers {
			got += h.counts[n].Load()
		}
		if got < min || got > max {
			t.Fatalf("%s: line %d of goroutine %d (%q) was handled %d times, not %d to %d",
				what, n-g*maxLines, g, writers[g].name, got, min, max)
		}
	}
}

func TestEveryLineIsHandledExactlyOnceWhileAllChanges(t *testing.T) {
	tr := newTree(t)
	root, a, ab := tr.Node(""), tr.Node("a"), tr.Node("a.b")
	fresh := func() *counter { return newCounter(len(writers) * maxLines) }
	always, alwaysReentrant, moved, comesAndGoes := fresh(), fresh(), fresh(), fresh()
	replaced := []*counter{fresh(), fresh(), fresh()}
	slot := []slog.Handler{replaced[0], reentrant{replaced[1]}, levels.NewHandler(filter.NewHandler(replaced[2]), nil)}
	root.AddHandler(always)
	root.AddHandler(reentrant{alwaysReentrant})
	a.AddHandler(slot[0])
	root.AddHandler(moved)
	var live slog.LevelVar

	lines := hammer(t, tr,
		func(i int) { require.True(t, a.ReplaceHandler(slot[i%3], slot[(i+1)%3])) },
		func(i int) {
			from, to := root, a
			if i%2 == 1 {
				from, to = a, root
			}
			tr.Update(func(b *tree.Batch) {
				b.AddHandler(to, moved)
				b.RemoveHandler(from, moved)
			})
		},
		func(int) { ab.AddHandler(comesAndGoes)() },
		func(i int) {
			// All below what is logged.
			live.Set(slog.Level(i%16 - 8))
			ab.SetLevel(&live)
			a.SetLevel(slog.Level(i%8 - 8))
			tr.Disable(slog.Level(i%4 - 4))
			root.SetLevel(levels.Error)
			ab.SetLevel(nil)
			tr.Disable(&live)
			tr.Disable(nil)
		},
		func(i int) {
			tr.Node(fmt.Sprint("a.b.new", i%10_000)).SetDisabled(true)
			tr.Node("x.y").SetPropagate(i%2 == 0)
			remove := tr.Node("a.b.c").AddFilter(filter.Name("a.b"))
			_ = tr.String()
			tr.Explain("a.b.c", levels.Error)
			remove()
		},
	)

	for g, w := range writers {
		below := w.name != "" && w.name != "x"
		requireCounts(t, "always there", lines, g, 1, 1, always)
		requireCounts(t, "always there, reentrant", lines, g, 1, 1, alwaysReentrant)
		if below {
			requireCounts(t, "replaced", lines, g, 1, 1, replaced...)
			requireCounts(t, "moved", lines, g, 1, 1, moved)
		} else {
			requireCounts(t, "replaced", lines, g, 0, 0, replaced...)
			requireCounts(t, "moved", lines, g, 0, 1, moved)
		}
		requireCounts(t, "comes and goes", lines, g, 0, 1, comesAndGoes)
	}
	t.Log(lines)
}

func TestWhatWasChangedHoldsForTheNextRecord(t *testing.T) {
	tr := newTree(t)
	tr.Node("").AddHandler(slog.DiscardHandler)
	rec, other := newRecorder(nil), newRecorder(nil)
	var stop atomic.Bool
	var busy sync.WaitGroup
	l := tr.Logger("a.b").With("k", 1)
	for range 2 { // others keep renewing what the same logger knows of the tree
		busy.Go(func() {
			for !stop.Load() {
				l.Debug("other")
			}
		})
	}
	a := tr.Node("a")
	for i := range 500 {
		a.AddHandler(rec)
		l.Info("m", "i", i)
		require.Equal(t, []string{fmt.Sprint("INFO m logger=a.b k=1 i=", i)}, rec.take(), "AddHandler had returned")
		a.ReplaceHandler(rec, other)
		l.Info("m")
		require.Len(t, other.take(), 1, "ReplaceHandler had returned")
		a.SetLevel(levels.Error)
		l.Info("m")
		require.Empty(t, other.take(), "SetLevel had returned")
		a.SetLevel(nil)
		tr.Disable(levels.Info)
		l.Info("m")
		require.Empty(t, other.take(), "Disable had returned")
		tr.Disable(nil)
		a.RemoveHandler(other)
		l.Info("m")
		require.Empty(t, other.take(), "RemoveHandler had returned")
		require.Empty(t, rec.take())
	}
	stop.Store(true)
	busy.Wait()
}
