// SPDX-License-Identifier: MIT

package tree_test

import (
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/tree"
)

func TestHandleReturnsTheErrorsOfAllHandlers(t *testing.T) {
	tr, failed := newFailingTree()
	other := errors.New("other")
	tr.Node("a").AddHandler(handling(func(slog.Record) error { return errBad }))
	tr.Node("a").AddHandler(newRecorder(nil))
	tr.Node("").AddHandler(handling(func(slog.Record) error { panic("no good") }))
	tr.Node("").AddHandler(handling(func(slog.Record) error { return other }))
	err := tr.Node("a").Handler().Handle(t.Context(), slog.Record{})
	require.ErrorIs(t, err, errBad)
	require.ErrorIs(t, err, other)
	require.EqualError(t, err, "tree: *tree_test.stub: bad news\n"+
		"tree: *tree_test.stub: panic: no good\ntree: *tree_test.stub: other")
	require.Equal(t, strings.Split(err.Error(), "\n"), failed.take(), "each has been reported")
	require.NoError(t, newTree(t).Node("a").Handler().Handle(t.Context(), slog.Record{Level: levels.Debug}))
}

func TestAHandlerIsNamedWithThoseThatItIsAround(t *testing.T) {
	tr, failed := newFailingTree()
	tr.Node("").AddHandler(levels.NewHandler(newBad(func(b *bad) { b.handle = failing }), levels.Debug))
	tr.Logger("a").Info("m")
	require.Equal(t, []string{"tree: levels.Handler(DEBUG) > bad: bad news"}, failed.take())
}

func TestOnErrorMayLogThroughTheTree(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // where no line to stderr is suppressed
		var tr *tree.Tree
		calls := 0
		tr = tree.New(&tree.Options{OnError: func(err error) {
			calls++
			tr.Logger("errors").With("k", 1).Error("from OnError", "err", err)
		}})
		rec := newRecorder(nil)
		tr.Node("").AddHandler(handling(func(slog.Record) error { return errBad }))
		tr.Node("").AddHandler(rec)
		log := func() string { return onStderr(t, func() { tr.Logger("a").Info("m") }) }
		log()
		time.Sleep(time.Hour)
		calls, _ = 0, rec.take()
		require.Contains(t, log(), "bad news")
		require.Equal(t, 1, calls, "not for what it causes itself")
		require.Equal(t, []string{
			"ERROR from OnError logger=errors k=1 err=tree: *tree_test.stub: bad news", "INFO m logger=a",
		}, rec.take())
	})
}

func TestAnOnErrorThatPanicsDisturbsNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // where no line to stderr is suppressed
		tr := tree.New(&tree.Options{OnError: func(error) { panics() }})
		rec := newRecorder(nil)
		tr.Node("").AddHandler(handling(func(slog.Record) error { return errBad }))
		tr.Node("").AddHandler(rec)
		log := func() string { return onStderr(t, func() { tr.Logger("a").Info("m") }) }
		log()
		time.Sleep(time.Hour)
		printed := log()
		require.Contains(t, printed, "bad news")
		require.Contains(t, printed, "no good")
		require.Equal(t, []string{"m", "m"}, rec.messages())
	})
}

func TestByDefaultAtMostALineASecondIsPrinted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tr := tree.New(nil)
		tr.Node("").AddHandler(newBad(func(b *bad) { b.handle = failing }))
		log := func() string { return onStderr(t, func() { tr.Logger("a").Info("m") }) }
		for range 2 {
			log() // what other tests have left
			time.Sleep(time.Second)
		}
		require.Equal(t, "slogx: tree: bad: bad news\n", log())
		for range 5 {
			time.Sleep(199 * time.Millisecond)
			require.Empty(t, log())
		}
		time.Sleep(5 * time.Millisecond)
		require.Equal(t, "slogx: tree: bad: bad news (5 more suppressed)\n", log())
		time.Sleep(time.Minute)
		require.Equal(t, "slogx: tree: bad: bad news\n", log())
	})
}
