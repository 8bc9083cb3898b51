// SPDX-License-Identifier: MIT

package tree_test

import (
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/tree"
)

func TestOnErrorAndLastResortMayBeSetLater(t *testing.T) {
	tr := tree.New(nil)
	log := tr.Logger("a").With("k", 1)
	last := newRecorder(nil)
	require.Equal(t, "first k=1\n", onStderr(t, func() { log.Warn("first") }))
	tr.SetLastResort(last)
	log.Info("second")
	require.Equal(t, []string{"INFO second logger=a k=1"}, last.take())
	tr.SetLastResort(slog.DiscardHandler)
	require.Empty(t, onStderr(t, func() { log.Error("dropped") }))
	require.False(t, log.Enabled(t.Context(), slog.LevelError))
	tr.SetLastResort(nil)
	require.Equal(t, "third k=1\n", onStderr(t, func() { log.Warn("third") }))

	var failed failures
	tr.SetOnError(failed.add)
	tr.Node("").AddHandler(handling(func(slog.Record) error { return errBad }))
	require.Empty(t, onStderr(t, func() { log.Warn("fails") }))
	require.Len(t, failed.take(), 1)
	tr.SetOnError(nil)
	require.NotPanics(t, func() { onStderr(t, func() { log.Warn("fails") }) })
	require.Empty(t, failed.take())
}

func TestATreeUnderItselfIsRefused(t *testing.T) {
	tr, other := newTree(t), newTree(t)
	h := tr.Node("a").Handler().WithGroup("g")
	require.Panics(t, func() { tr.Node("").AddHandler(h) })
	require.Panics(t, func() { tr.Node("").AddHandler(levels.NewHandler(h, nil)) })
	require.Empty(t, tr.Node("").Handlers())
	require.NotPanics(t, func() { other.Node("").AddHandler(h) })
}

func TestANodeMadeLaterIsAboveThoseThatExist(t *testing.T) {
	for _, name := range []string{"r", "ro", "roo", "a"} { // the first three are what "root" begins with
		tr := newTree(t)
		child := tr.Node(name + ".x")
		require.Same(t, tr.Node(""), child.Parent())
		above := tr.Node(name)
		above.SetLevel(slog.LevelError)
		require.Same(t, above, child.Parent())
		require.Equal(t, slog.LevelError, child.EffectiveLevel())
	}
}
