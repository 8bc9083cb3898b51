// SPDX-License-Identifier: MIT

package tree_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/tree"
)

// A closable handler enters in a list what Shutdown does to it.
type closable struct {
	slog.Handler
	name   string
	events *events
	flush  func() error
	close  func() error
}

type events struct {
	mu   sync.Mutex
	list []string
}

func (e *events) add(event string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.list = append(e.list, event)
}

func (e *events) take() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	list := e.list
	e.list = nil
	return list
}

func (e *events) closable(name string) *closable {
	return &closable{Handler: newRecorder(nil), name: name, events: e}
}

func (c *closable) do(what string, f func() error) error {
	c.events.add(what + " " + c.name)
	if f == nil {
		return nil
	}
	return f()
}

func (c *closable) Flush() error   { return c.do("flush", c.flush) }
func (c *closable) Close() error   { return c.do("close", c.close) }
func (c *closable) String() string { return c.name }

// A wrapper is around another handler, and is closable itself.
type wrapper struct{ *closable }

func (w wrapper) Unwrap() slog.Handler { return w.Handler }

func (e *events) wrapper(name string, inner slog.Handler) wrapper {
	w := wrapper{e.closable(name)}
	w.Handler = inner
	return w
}

func TestShutdownFlushesAndClosesTheLastAddedFirst(t *testing.T) {
	tr := newTree(t)
	var e events
	tr.Node("a").AddHandler(e.closable("1"))
	tr.Node("").AddHandler(e.closable("2"))
	tr.Node("a.b").AddHandler(newRecorder(nil))
	tr.Node("a").AddHandler(e.closable("3"))
	tr.Node("b").AddHandler(e.closable("removed"))()
	require.NoError(t, tr.Shutdown(t.Context()))
	require.Equal(t, []string{"flush 3", "close 3", "flush 2", "close 2", "flush 1", "close 1"}, e.take(), "as in Python")
	for _, name := range []string{"", "a", "a.b"} {
		require.Empty(t, tr.Node(name).Handlers())
	}
}

func TestASecondShutdownIsNil(t *testing.T) {
	tr := newTree(t)
	var e events
	failing := e.closable("1")
	failing.close = func() error { return errBad }
	tr.Node("").AddHandler(failing)
	require.ErrorIs(t, tr.Shutdown(t.Context()), errBad)
	e.take()
	require.NoError(t, tr.Shutdown(t.Context()))
	require.Empty(t, e.take())
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for range 10 {
		require.NoError(t, tr.Shutdown(ended), "it finds no handlers")
	}
}

// A shutdowner has a Shutdown in place of Close.
type shutdowner struct {
	slog.Handler
	events *events
	ctx    context.Context
}

func (s *shutdowner) Shutdown(ctx context.Context) error {
	s.events.add("shutdown")
	s.ctx = ctx
	return errBad
}

func (s *shutdowner) Close() error {
	s.events.add("close")
	return nil
}

func TestAHandlersShutdownIsCalledInPlaceOfClose(t *testing.T) {
	type key struct{}
	tr := newTree(t)
	var e events
	s := &shutdowner{Handler: newRecorder(nil), events: &e}
	tr.Node("").AddHandler(s)
	require.ErrorIs(t, tr.Shutdown(context.WithValue(t.Context(), key{}, "value")), errBad)
	require.Equal(t, []string{"shutdown"}, e.take())
	require.Equal(t, "value", s.ctx.Value(key{}))
}

func TestShutdownClosesEachHandlerOnceAndWrappersBeforeWhatTheyShare(t *testing.T) {
	for _, tt := range []struct {
		name string
		add  func(*events, *tree.Tree)
		want string
	}{
		{"on two nodes", func(e *events, tr *tree.Tree) {
			h := e.closable("h")
			tr.Node("").AddHandler(h)
			tr.Node("a").AddHandler(h)
		}, "h"},
		{"through Unwrap, the outermost first", func(e *events, tr *tree.Tree) {
			tr.Node("").AddHandler(e.wrapper("outer", e.wrapper("middle", e.closable("inner"))))
		}, "outer middle inner"},
		{"through levels and filters", func(e *events, tr *tree.Tree) {
			tr.Node("").AddHandler(levels.NewHandler(filter.NewHandler(e.closable("inner")), nil))
		}, "inner"},
		{"shared by two wrappers", func(e *events, tr *tree.Tree) {
			h := e.closable("shared")
			tr.Node("").AddHandler(e.wrapper("first", h))
			tr.Node("").AddHandler(e.closable("other"))
			tr.Node("a").AddHandler(e.wrapper("second", h))
		}, "second other first shared"},
		{"on a node and in a wrapper that was added before", func(e *events, tr *tree.Tree) {
			h := e.closable("shared")
			tr.Node("").AddHandler(e.wrapper("wrapper", h))
			tr.Node("a").AddHandler(h)
		}, "wrapper shared"},
		{"on a node and in a wrapper that was added later", func(e *events, tr *tree.Tree) {
			h := e.closable("shared")
			tr.Node("a").AddHandler(h)
			tr.Node("").AddHandler(e.wrapper("wrapper", h))
		}, "wrapper shared"},
		{"around itself", func(e *events, tr *tree.Tree) {
			w := e.wrapper("itself", nil)
			w.Handler = w
			tr.Node("").AddHandler(w)
		}, "itself"},
		{"that cannot be compared", func(e *events, tr *tree.Tree) {
			type odd struct {
				wrapper
				_ []int
			}
			tr.Node("").AddHandler(odd{wrapper: e.wrapper("odd", e.closable("inner"))})
		}, "odd inner"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tr := newTree(t)
			var e events
			tt.add(&e, tr)
			inTime(t, func() { require.NoError(t, tr.Shutdown(t.Context())) })
			var want []string
			for name := range strings.FieldsSeq(tt.want) {
				want = append(want, "flush "+name, "close "+name)
			}
			require.Equal(t, want, e.take())
		})
	}
}

func TestShutdownReturnsTheErrorsOfAll(t *testing.T) {
	tr := newTree(t)
	var e events
	flush, close := errors.New("cannot flush"), errors.New("cannot close")
	first, second, third := e.closable("first"), e.closable("second"), e.closable("third")
	third.flush, third.close = func() error { return flush }, func() error { return close }
	second.close = func() error { panic("no good") }
	first.flush = func() error { panic("no good") }
	for _, h := range []slog.Handler{first, second, third} {
		tr.Node("").AddHandler(h)
	}
	err := tr.Shutdown(t.Context())
	require.ErrorIs(t, err, flush)
	require.ErrorIs(t, err, close)
	for _, text := range []string{"tree: close third: ", "tree: close second: panic: no good", "tree: close first: panic: no good"} {
		require.ErrorContains(t, err, text)
	}
	require.Subset(t, e.take(), []string{"flush third", "close third", "close second", "flush first"})
}

func TestAFlushThatPanicsDoesNotKeepItsHandlerOpen(t *testing.T) {
	tr := newTree(t)
	var e events
	h := e.closable("h")
	h.flush = func() error { panic("no good") }
	tr.Node("").AddHandler(h)
	require.ErrorContains(t, tr.Shutdown(t.Context()), "no good")
	require.Equal(t, []string{"flush h", "close h"}, e.take())
}

func TestShutdownReturnsWhenTheContextEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tr := newTree(t)
		var e events
		hangs := e.closable("hangs")
		goOn := make(chan bool)
		hangs.close = func() error { <-goOn; return nil }
		tr.Node("").AddHandler(e.closable("other"))
		tr.Node("").AddHandler(hangs)
		cause := errors.New("no more patience")
		ctx, cancel := context.WithTimeoutCause(t.Context(), time.Minute, cause)
		defer cancel()
		start := time.Now()
		require.ErrorIs(t, tr.Shutdown(ctx), cause)
		require.Equal(t, time.Minute, time.Since(start))
		require.Empty(t, tr.Node("").Handlers())
		goOn <- true
		synctest.Wait()
		require.Equal(t, []string{"flush hangs", "close hangs", "flush other", "close other"}, e.take())
	})
}

func TestAHandlerThatHangsDoesNotKeepTheOthersOpen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tr := newTree(t)
		var e events
		hangs := e.closable("hangs")
		goOn := make(chan bool)
		defer close(goOn)
		hangs.close = func() error { <-goOn; return nil }
		tr.Node("").AddHandler(e.closable("other"))
		tr.Node("").AddHandler(hangs)
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		require.ErrorIs(t, tr.Shutdown(ctx), context.DeadlineExceeded)
		synctest.Wait()
		require.Equal(t, []string{"flush hangs", "close hangs", "flush other", "close other"}, e.take(),
			"what other handlers hold would be lost")
	})
}

func TestWhatAHandlerIsAroundIsNotClosedUnderIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tr := newTree(t)
		var e events
		slow := e.wrapper("slow", e.closable("inner"))
		slow.close = func() error {
			time.Sleep(time.Minute) // while it writes what it holds to the inner one
			e.add("done")
			return nil
		}
		tr.Node("").AddHandler(slow)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		require.ErrorIs(t, tr.Shutdown(ctx), context.DeadlineExceeded)
		time.Sleep(time.Hour)
		require.Equal(t, []string{"flush slow", "close slow", "done", "flush inner", "close inner"}, e.take())
	})
}

func TestCloseClosesWhatIsNotInUse(t *testing.T) {
	tr := newTree(t)
	var e events
	used, shared, free := e.closable("used"), e.closable("shared"), e.closable("free")
	tr.Node("a").AddHandler(used)
	tr.Node("b").AddHandler(e.wrapper("in use", shared))
	require.NoError(t, tr.Close(t.Context(), e.wrapper("wrapper", shared), used, free, free))
	got := e.take()
	slices.Sort(got)
	require.Equal(t, []string{"close free", "close wrapper", "flush free", "flush wrapper"}, got)
	tr.Logger("a").Info("m")
	require.Equal(t, []string{"m"}, used.Handler.(*recorder).messages())
	require.NoError(t, tr.Close(t.Context()))
	require.Equal(t, 1, strings.Count(fmt.Sprint(tr.Node("a").Handlers()), "used"))
}
