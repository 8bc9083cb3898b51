// SPDX-License-Identifier: MIT

package tree_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/tree"
)

// A locked handler holds its own lock while it handles a record, as slog's handlers do,
// and meanwhile calls inside.
type locked struct {
	*recorder
	mu     *sync.Mutex
	inside func(slog.Record)
}

func newLocked(inside func(slog.Record)) *locked {
	return &locked{newRecorder(nil), new(sync.Mutex), inside}
}

func (l *locked) Handle(ctx context.Context, r slog.Record) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.inside(r)
	return l.recorder.Handle(ctx, r)
}

func (l *locked) WithAttrs(attrs []slog.Attr) slog.Handler {
	return &locked{l.recorder.WithAttrs(attrs).(*recorder), l.mu, l.inside}
}

func (l *locked) WithGroup(name string) slog.Handler {
	return &locked{l.recorder.WithGroup(name).(*recorder), l.mu, l.inside}
}

// nest logs a nested line for each outer one.
func nest(logger func() *slog.Logger) func(slog.Record) {
	return func(r slog.Record) {
		if n, ok := strings.CutPrefix(r.Message, "outer "); ok {
			logger().Info("nested " + n)
		}
	}
}

// requireNested fails the test unless there are n outer lines and the nested line of each, once.
func requireNested(t *testing.T, n int, messages []string) {
	t.Helper()
	counts := map[string]int{}
	for _, m := range messages {
		counts[m]++
	}
	for i := range n {
		require.Equal(t, 1, counts[fmt.Sprint("outer ", i)], "outer %d", i)
		require.Equal(t, 1, counts[fmt.Sprint("nested ", i)], "nested %d", i)
	}
	require.Len(t, messages, 2*n)
}

// logOuter logs n outer lines from the given number of goroutines.
func logOuter(t *testing.T, n, goroutines int, logger func(i int) *slog.Logger) {
	t.Helper()
	inTime(t, func() {
		var wg sync.WaitGroup
		for g := range goroutines {
			wg.Go(func() {
				for i := g; i < n; i += goroutines {
					logger(i).Info(fmt.Sprint("outer ", i))
				}
			})
		}
		wg.Wait()
	})
}

func TestALineIsHandledWhenItsCallReturnsAlsoWhileTheHandlerIsBusy(t *testing.T) {
	tr := newTree(t)
	in, out := make(chan bool), make(chan bool)
	rec := newRecorder(nil)
	tr.Node("").AddHandler(&stub{handle: func(ctx context.Context, r slog.Record) error {
		if r.Message == "busy" {
			in <- true
			<-out
		}
		return rec.Handle(ctx, r)
	}})
	inTime(t, func() {
		go tr.Logger("a").Info("busy")
		<-in
		tr.Logger("a").Info("other")
		require.Equal(t, []string{"other"}, rec.messages(), "nobody is re-entrant here")
		out <- true
	})
}

func TestAnErrorIsReturnedAlsoWhileTheHandlerIsBusy(t *testing.T) {
	tr, failed := newFailingTree()
	in, out := make(chan bool), make(chan bool)
	tr.Node("").AddHandler(handling(func(r slog.Record) error {
		if r.Message == "busy" {
			in <- true
			<-out
			return nil
		}
		return errBad
	}))
	inTime(t, func() {
		go tr.Logger("a").Info("busy")
		<-in
		require.ErrorIs(t, tr.Node("a").Handler().Handle(t.Context(), slog.Record{Message: "other"}), errBad)
		require.Len(t, failed.take(), 1)
		out <- true
	})
}

func TestAHandlerMayLogToItself(t *testing.T) {
	for _, goroutines := range []int{1, 4} {
		t.Run(fmt.Sprint(goroutines, " goroutines"), func(t *testing.T) {
			tr := newTree(t)
			h := newLocked(nest(func() *slog.Logger { return tr.Logger("nested").With("k", 1) }))
			tr.Node("").AddHandler(h)
			const n = 2000
			logOuter(t, n, goroutines, func(int) *slog.Logger { return tr.Logger("a") })
			requireNested(t, n, h.messages())
		})
	}
}

func TestANestedLineIsTheLineThatWasLogged(t *testing.T) {
	tr := newTree(t)
	h := newLocked(nest(func() *slog.Logger { return tr.Logger("b").With("k", 1).WithGroup("g") }))
	tr.Node("").AddHandler(h)
	inTime(t, func() {
		tr.Logger("a").Info("outer 1")
		tr.Logger("b").Info("next")
	})
	require.Equal(t, []string{
		"INFO outer 1 logger=a", "INFO nested 1 logger=b k=1", "INFO next logger=b",
	}, h.take())
}

func TestAHandlerThatAlwaysLogsToItselfIsStopped(t *testing.T) {
	tr, failed := newFailingTree()
	h := newLocked(func(r slog.Record) { tr.Logger("a").Info(r.Message + "'") })
	rec := newRecorder(nil)
	tr.Node("").AddHandler(h)
	tr.Node("").AddHandler(rec)
	inTime(t, func() {
		tr.Logger("a").Info("1")
		tr.Logger("a").Info("2")
	})
	require.Equal(t, []string{"1", "1'", "2", "2'"}, h.messages())
	require.Subset(t, rec.messages(), []string{"1", "1'", "2", "2'"})
	errs := failed.take()
	require.Len(t, errs, 2)
	for _, err := range errs {
		require.Contains(t, err, "line refused: logged while handling a line that was logged by a handler or a writer")
	}
}

func TestAHandlerThatAlwaysLogsToItselfIsStoppedUnderLoad(t *testing.T) {
	tr, _ := newFailingTree()
	h := newLocked(func(slog.Record) { tr.Logger("a").Info("again") })
	tr.Node("").AddHandler(h)
	const n = 1000
	logOuter(t, n, 4, func(int) *slog.Logger { return tr.Logger("a") })
	counts := map[string]int{}
	for _, m := range h.messages() {
		counts[m]++
	}
	for i := range n {
		require.Equal(t, 1, counts[fmt.Sprint("outer ", i)])
	}
	require.LessOrEqual(t, counts["again"], n)
}

func TestTwoHandlersMayLogToEachOther(t *testing.T) {
	tr := newTree(t)
	to := func(name string) func() *slog.Logger { return func() *slog.Logger { return tr.Logger(name) } }
	a, b := newLocked(nest(to("b"))), newLocked(nest(to("a")))
	tr.Node("a").AddHandler(a)
	tr.Node("b").AddHandler(b)
	n := 20_000
	if raceEnabled || testing.Short() {
		n /= 4
	}
	logOuter(t, n, 4, func(i int) *slog.Logger { return tr.Logger([]string{"a", "b"}[i/4%2]) })
	requireNested(t, n, append(a.messages(), b.messages()...))
}

func TestManyHandlersMayLogInARing(t *testing.T) {
	tr := newTree(t)
	const ring = 5
	var handlers []*locked
	for i := range ring {
		h := newLocked(nest(func() *slog.Logger { return tr.Logger(fmt.Sprint("r", (i+1)%ring)) }))
		handlers = append(handlers, h)
		tr.Node(fmt.Sprint("r", i)).AddHandler(h)
	}
	const n = 5000
	logOuter(t, n, 5, func(i int) *slog.Logger { return tr.Logger(fmt.Sprint("r", i/7%ring)) })
	var messages []string
	for _, h := range handlers {
		messages = append(messages, h.messages()...)
	}
	requireNested(t, n, messages)
}

func TestATreeUnderATreeMayLogToTheOuterOne(t *testing.T) {
	outer, under := newTree(t), newTree(t)
	h := newLocked(nest(func() *slog.Logger { return outer.Logger("a") }))
	under.Node("").AddHandler(h)
	outer.Node("").AddHandler(under.Node("").Handler())
	const n = 2000
	logOuter(t, n, 4, func(int) *slog.Logger { return outer.Logger("a.b") })
	requireNested(t, n, h.messages())
}

func TestAReentrantHandlerTakesANestedLineAtOnce(t *testing.T) {
	tr := newTree(t)
	var order []string
	h := nestable{handling(func(r slog.Record) error {
		if r.Message == "outer" {
			tr.Logger("b").Info("nested")
		}
		order = append(order, r.Message)
		return nil
	})}
	tr.Node("").AddHandler(h)
	inTime(t, func() { tr.Logger("a").Info("outer") })
	require.Equal(t, []string{"nested", "outer"}, order, "as Python's handlers do")
}

// A nestable handler says that it may be called while it handles.
type nestable struct{ *stub }

func (nestable) Reentrant() bool { return true }

func TestALineThatIsLeftWhileTheBacklogIsRunIsNotForgotten(t *testing.T) {
	tr := newTree(t)
	in, out := make(chan bool), make(chan bool)
	h := newLocked(func(r slog.Record) {
		switch r.Message {
		case "outer":
			tr.Logger("a").Info("nested")
		case "nested":
			in <- true
			<-out
		}
	})
	tr.Node("a").AddHandler(h)
	tr.Node("b").AddHandler(handling(func(slog.Record) error {
		tr.Logger("a").Info("left behind") // while the nested line is handled
		return nil
	}))
	inTime(t, func() {
		var wg sync.WaitGroup
		wg.Go(func() { tr.Logger("a").Info("outer") })
		<-in
		tr.Logger("b").Info("m")
		out <- true
		wg.Wait()
	})
	require.Equal(t, []string{"outer", "nested", "left behind"}, h.messages())
}

func TestWhatGoesWrongWithANestedLineIsReported(t *testing.T) {
	for name, inside := range map[string]func() error{
		"an error":                          func() error { return errBad },
		"a panic":                           func() error { panic(errBad) },
		"an error that cannot be unwrapped": func() error { return errors.Join(errBad, sealed{}) },
	} {
		t.Run(name, func(t *testing.T) {
			tr, failed := newFailingTree()
			tr.Node("").AddHandler(handling(func(r slog.Record) error {
				if r.Message == "outer" {
					tr.Logger("a").Info("nested")
					return nil
				}
				return inside()
			}))
			rec := newRecorder(nil)
			tr.Node("").AddHandler(rec)
			inTime(t, func() { tr.Logger("a").Info("outer") })
			errs := failed.take()
			require.Len(t, errs, 1)
			require.Contains(t, errs[0], errBad.Error())
			require.Equal(t, []string{"nested", "outer"}, rec.messages())
		})
	}
}

func TestANestedLineKeepsItsContextAndAttributes(t *testing.T) {
	type key struct{}
	tr := newTree(t)
	var got []any
	var buf bytes.Buffer
	tr.Node("").AddHandler(&stub{handle: func(ctx context.Context, r slog.Record) error {
		if r.Message == "outer" {
			r := slog.Record{Message: "nested"}
			for i := range 8 {
				r.AddAttrs(slog.Int("n", i))
			}
			err := tr.Node("").Handler().Handle(context.WithValue(ctx, key{}, "value"), r)
			r.AddAttrs(slog.Int("late", 1)) // which is not the line's any more
			return err
		}
		got = append(got, ctx.Value(key{}))
		return plainText(&buf).Handle(ctx, r)
	}})
	inTime(t, func() { tr.Logger("").Info("outer") })
	require.Equal(t, []any{"value"}, got)
	require.Equal(t, "level=INFO msg=nested n=0 n=1 n=2 n=3 n=4 n=5 n=6 n=7\n", buf.String())
}

func TestAHandlerThatIsMovedWhileItHandlesMayLog(t *testing.T) {
	tr := newTree(t)
	var h *locked
	h = newLocked(func(r slog.Record) {
		if n, ok := strings.CutPrefix(r.Message, "outer "); ok {
			tr.Update(func(b *tree.Batch) { // to where it is
				b.RemoveHandler(tr.Node(""), h)
				b.AddHandler(tr.Node(""), h)
			})
			if strings.HasSuffix(n, "7") {
				runtime.GC()
			}
			tr.Logger("a").Info("nested " + n)
		}
	})
	tr.Node("").AddHandler(h)
	const n = 200
	logOuter(t, n, 2, func(int) *slog.Logger { return tr.Logger("a") })
	requireNested(t, n, h.messages())
}
