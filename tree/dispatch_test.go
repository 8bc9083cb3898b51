// SPDX-License-Identifier: MIT

package tree_test

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/tree"
)

// A who is a list of those that handled records.
type who []string

// handler returns a handler that enters itself in the list.
func (w *who) handler(name string) slog.Handler {
	return handling(func(slog.Record) error {
		*w = append(*w, name)
		return nil
	})
}

func (w *who) take() []string {
	names := append([]string{}, *w...)
	*w = nil
	return names
}

func TestOwnHandlersComeFirstThenThoseOfEachNodeAbove(t *testing.T) {
	tr := newTree(t)
	var w who
	for _, at := range []struct{ node, handler string }{
		{"", "root 1"}, {"app.db", "db 1"}, {"app", "app 1"}, {"", "root 2"}, {"other", "other"},
		{"app.db", "db 2"}, {"app.db.pool.x", "below"}, {"app", "app 2"}, {"app.db", "db 3"},
	} {
		tr.Node(at.node).AddHandler(w.handler(at.handler))
	}
	for _, name := range []string{"app.db", "app.db.pool"} {
		tr.Logger(name).Info("m")
		require.Equal(t, []string{"db 1", "db 2", "db 3", "app 1", "app 2", "root 1", "root 2"}, w.take(), name)
	}
	tr.Logger("").Info("m")
	require.Equal(t, []string{"root 1", "root 2"}, w.take())
}

func TestWhatIsSetOnANodeAboveDoesNotHoldForRecordsFromBelow(t *testing.T) {
	rejectAll := filter.Func(func(context.Context, *filter.Record) bool { return false })
	for _, tt := range []struct {
		name string
		set  func(*tree.Node)
	}{
		{"its level", func(n *tree.Node) { n.SetLevel(levels.Critical) }},
		{"its filters", func(n *tree.Node) { n.AddFilter(rejectAll) }},
		{"its being disabled", func(n *tree.Node) { n.SetDisabled(true) }},
		{"all of it", func(n *tree.Node) {
			n.SetLevel(levels.Critical)
			n.AddFilter(rejectAll)
			n.SetDisabled(true)
		}},
	} {
		for _, above := range []string{"", "app", "app.db"} {
			t.Run(tt.name+" on "+above, func(t *testing.T) {
				tr := newTree(t)
				rec := newRecorder(nil)
				tr.Node(above).AddHandler(rec)
				tt.set(tr.Node(above))
				tr.Node("app.db.pool").SetLevel(levels.Debug)
				l := tr.Logger("app.db.pool")
				l.Debug("m")
				l.With("k", 1).Debug("m")
				require.Equal(t, []string{"DEBUG m logger=app.db.pool", "DEBUG m logger=app.db.pool k=1"}, rec.take())
			})
		}
	}
}

func TestPropagateOffStopsBehindTheNodesOwnHandlers(t *testing.T) {
	tr := newTree(t)
	var w who
	for _, name := range []string{"", "a", "a.b", "a.b.c"} {
		tr.Node(name).AddHandler(w.handler("at " + name))
	}
	l := tr.Logger("a.b.c")
	require.True(t, tr.Node("a.b").Propagate())
	tr.Node("a.b").SetPropagate(false)
	require.False(t, tr.Node("a.b").Propagate())
	l.Info("m")
	require.Equal(t, []string{"at a.b.c", "at a.b"}, w.take())
	tr.Logger("a").Info("m")
	require.Equal(t, []string{"at a", "at "}, w.take())
	tr.Node("a.b").SetPropagate(true)
	l.Info("m")
	require.Equal(t, []string{"at a.b.c", "at a.b", "at a", "at "}, w.take())
	tr.Node("").SetPropagate(false) // there is nothing above
	tr.Logger("").Info("m")
	require.Equal(t, []string{"at "}, w.take())
}

func TestAHandlerOnTwoNodesTakesARecordTwice(t *testing.T) {
	tr := newTree(t)
	rec := newRecorder(nil)
	tr.Node("").AddHandler(rec)
	removeFromA := tr.Node("a").AddHandler(rec)
	tr.Logger("a.b").Info("m")
	require.Equal(t, []string{"INFO m logger=a.b", "INFO m logger=a.b"}, rec.take())
	removeFromA()
	tr.Logger("a.b").Info("m")
	require.Len(t, rec.take(), 1)
}

func TestAHandlerThatIsThereIsNotAddedAgain(t *testing.T) {
	tr := newTree(t)
	rec := newRecorder(nil)
	n := tr.Node("a")
	remove := n.AddHandler(rec)
	removeNothing := n.AddHandler(rec)
	require.Equal(t, []slog.Handler{rec}, n.Handlers())
	tr.Logger("a").Info("once")
	require.Len(t, rec.take(), 1)
	removeNothing()
	require.Equal(t, []slog.Handler{rec}, n.Handlers())
	remove()
	require.Empty(t, n.Handlers())
	n.AddHandler(rec)
	remove() // what was added by another call
	require.Equal(t, []slog.Handler{rec}, n.Handlers())
}

func TestRemoveHandlerSaysWhetherItWasThere(t *testing.T) {
	tr := newTree(t)
	rec, other := newRecorder(nil), newRecorder(nil)
	tr.Node("").AddHandler(rec)
	require.False(t, tr.Node("").RemoveHandler(other))
	require.False(t, tr.Node("a").RemoveHandler(rec), "it is on another node")
	require.False(t, tr.Node("").RemoveHandler(nil))
	require.True(t, tr.Node("").RemoveHandler(rec))
	require.False(t, tr.Node("").RemoveHandler(rec))
	require.Empty(t, tr.Node("").Handlers())
}

// An uncomparable handler cannot be compared: == would panic.
type uncomparable struct {
	slog.Handler
	_ []int
}

// A hiding handler can be compared only by its static type.
type hiding struct {
	slog.Handler
	value any
}

func TestHandlersThatCannotBeComparedAreRemovedByTheFunction(t *testing.T) {
	for name, wrap := range map[string]func(slog.Handler) slog.Handler{
		"a struct with a slice":      func(h slog.Handler) slog.Handler { return uncomparable{Handler: h} },
		"a slice behind an any":      func(h slog.Handler) slog.Handler { return hiding{h, []int{1}} },
		"a wrapper around it":        func(h slog.Handler) slog.Handler { return levels.NewHandler(uncomparable{Handler: h}, nil) },
		"one that cannot be derived": func(h slog.Handler) slog.Handler { return hiding{uncomparable{Handler: h}, nil} },
	} {
		t.Run(name, func(t *testing.T) {
			tr := newTree(t)
			rec := newRecorder(nil)
			n := tr.Node("a")
			h := wrap(rec)
			first := n.AddHandler(h)
			tr.Logger("a").Info("m")
			require.Len(t, rec.take(), 1)
			second := n.AddHandler(wrap(rec))
			require.Len(t, n.Handlers(), 2)
			require.False(t, n.RemoveHandler(wrap(rec)))
			require.False(t, n.ReplaceHandler(wrap(rec), rec))
			first()
			first()
			require.Len(t, n.Handlers(), 1)
			tr.Logger("a").Info("m")
			require.Len(t, rec.take(), 1)
			second()
			require.Empty(t, n.Handlers())
			n.AddHandler(rec)
			require.True(t, n.ReplaceHandler(rec, h))
			tr.Logger("a").Info("m")
			require.Len(t, rec.take(), 1)
			require.NoError(t, tr.Shutdown(t.Context()))
		})
	}
}

func TestReplaceHandlerKeepsThePlace(t *testing.T) {
	tr := newTree(t)
	var w who
	h := make([]slog.Handler, 4)
	for i := range h {
		h[i] = w.handler(fmt.Sprint(i))
	}
	n := tr.Node("a")
	logged := func() []string {
		tr.Logger("a").Info("m")
		return w.take()
	}
	for i := range 3 {
		n.AddHandler(h[i])
	}
	require.Equal(t, []string{"0", "1", "2"}, logged())
	require.True(t, n.ReplaceHandler(h[1], h[3]))
	require.Equal(t, []string{"0", "3", "2"}, logged())
	require.False(t, n.ReplaceHandler(h[1], h[0]), "it is not there any more")
	require.Equal(t, []string{"0", "3", "2"}, logged())
	require.True(t, n.ReplaceHandler(h[3], h[3]))
	require.Equal(t, []string{"0", "3", "2"}, logged())
	require.True(t, n.ReplaceHandler(h[0], h[2]), "which leaves its own place")
	require.Equal(t, []string{"2", "3"}, logged())
	require.False(t, tr.Node("b").ReplaceHandler(h[2], h[1]))
	require.Empty(t, tr.Node("b").Handlers())
}

func TestNilHandlersAndFiltersPanicAndLeaveTheTreeUsable(t *testing.T) {
	tr := newTree(t)
	rec := newRecorder(nil)
	n := tr.Node("a")
	n.AddHandler(rec)
	require.PanicsWithValue(t, "tree: nil handler", func() { n.AddHandler(nil) })
	require.PanicsWithValue(t, "tree: nil handler", func() { n.ReplaceHandler(rec, nil) })
	require.PanicsWithValue(t, "tree: nil filter", func() { n.AddFilter(nil) })
	tr.Update(func(b *tree.Batch) {
		require.PanicsWithValue(t, "tree: nil handler", func() { b.AddHandler(n, nil) })
		require.PanicsWithValue(t, "tree: nil handler", func() { b.ReplaceHandler(n, rec, nil) })
	})
	require.Equal(t, []slog.Handler{rec}, n.Handlers())
	tr.Logger("a").Info("m")
	require.Len(t, rec.take(), 1)
}

func TestHandleAsksEachHandlerWhetherItTakesTheLevel(t *testing.T) {
	tr := newTree(t)
	high, low := newRecorder(levels.Error), newRecorder(levels.Debug)
	tr.Node("a").AddHandler(high)
	tr.Node("").AddHandler(low)
	l := tr.Logger("a").With("k", 1)
	l.Info("info")
	l.Error("error")
	require.Equal(t, []string{"error"}, high.messages())
	require.Equal(t, []string{"info", "error"}, low.messages())
}

func TestHandleDoesNotAskTheNodesLevel(t *testing.T) {
	tr := newTree(t)
	rec := newRecorder(nil)
	tr.Node("").AddHandler(rec)
	tr.Disable(levels.Critical)
	require.NoError(t, tr.Node("a").Handler().Handle(t.Context(), slog.Record{Level: levels.Debug, Message: "m"}))
	require.Equal(t, []string{"m"}, rec.messages(), "as Python's Logger.handle")
}

func TestHandlersMayChangeTheTreeThatCallsThem(t *testing.T) {
	tr := newTree(t)
	n := tr.Node("a")
	var w who
	late := w.handler("late")
	var remove func()
	remove = n.AddHandler(handling(func(slog.Record) error {
		remove()
		n.AddHandler(late)
		n.SetLevel(levels.Debug)
		return nil
	}))
	n.AddHandler(w.handler("second"))
	inTime(t, func() { tr.Logger("a").Info("m") })
	require.Equal(t, []string{"second"}, w.take(), "a record keeps to the handlers that were there")
	tr.Logger("a").Debug("m")
	require.Equal(t, []string{"second", "late"}, w.take())
}

func TestHandlersReturnsACopy(t *testing.T) {
	tr := newTree(t)
	rec := newRecorder(nil)
	tr.Node("a").AddHandler(rec)
	tr.Node("a").Handlers()[0] = newRecorder(nil)
	require.Equal(t, []slog.Handler{rec}, tr.Node("a").Handlers())
	require.Empty(t, tr.Node("").Handlers())
}

func TestARecordArrivesWithItsContextTimeAndPlace(t *testing.T) {
	type key struct{}
	tr := newTree(t)
	seen := 0
	check := func(ctx context.Context, r slog.Record) {
		seen++
		require.Equal(t, "value", ctx.Value(key{}))
		require.WithinDuration(t, time.Now(), r.Time, time.Minute)
		source := r.Source()
		require.NotNil(t, source)
		require.Contains(t, source.Function, "TestARecordArrivesWithItsContextTimeAndPlace")
	}
	tr.Node("a").AddFilter(filter.Func(func(ctx context.Context, r *filter.Record) bool {
		check(ctx, r.Record)
		return true
	}))
	taking := func(ctx context.Context, r slog.Record) error {
		check(ctx, r)
		return nil
	}
	tr.Node("").AddHandler(&stub{handle: taking})
	tr.Node("").AddHandler(filter.NewHandler(levels.NewHandler(&stub{handle: taking}, nil), filter.Name("")))
	tr.Logger("a").With("k", 1).WithGroup("g").InfoContext(context.WithValue(t.Context(), key{}, "value"), "m")
	require.Equal(t, 3, seen)
}
