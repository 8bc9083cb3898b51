// SPDX-License-Identifier: MIT

package tree_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/tree"
)

func TestTheLastResortPrintsWarningsAndUpWithTheirAttributes(t *testing.T) {
	for _, tt := range []struct {
		name string
		log  func(*slog.Logger)
		want string
	}{
		{"a warning", func(l *slog.Logger) { l.Warn("m") }, "m\n"},
		{"an error", func(l *slog.Logger) { l.Error("m") }, "m\n"},
		{"just below", func(l *slog.Logger) { l.Log(context.Background(), levels.Warning-1, "m") }, ""},
		{"an info", func(l *slog.Logger) { l.Info("m") }, ""},
		{"with attributes", func(l *slog.Logger) { l.Warn("m", "k", 1, "s", "two words") }, "m k=1 s=\"two words\"\n"},
		{"in groups", func(l *slog.Logger) { l.With("a", 1).WithGroup("g").With("b", 2).Warn("m", "c", 3) },
			"m a=1 g.b=2 g.c=3\n"},
		{"with a line break", func(l *slog.Logger) { l.Warn("one\ntwo") }, "one\\ntwo\n"},
		{"with a LogValuer", func(l *slog.Logger) { l.With("v", valuer{slog.IntValue(1)}).Warn("m") }, "m v=1\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tr := newTree(t)
			tr.Node("").SetLevel(nil)
			for _, name := range []string{"", "a.b"} {
				require.Equal(t, tt.want, onStderr(t, func() { tt.log(tr.Logger(name)) }), "the name is not printed")
			}
		})
	}
}

func TestTheLastResortPrintsToTheStderrOfTheMoment(t *testing.T) {
	tr := newTree(t)
	l := tr.Logger("a").With("k", 1)
	require.Equal(t, "first k=1\n", onStderr(t, func() { l.Warn("first") }))
	require.Equal(t, "second k=1\n", onStderr(t, func() { l.Warn("second") }))
}

func TestALastResortThatCannotPrintIsReported(t *testing.T) {
	tr, failed := newFailingTree()
	require.Empty(t, onStderr(t, func() {
		os.Stderr.Close()
		tr.Logger("a").Warn("m")
	}))
	require.Len(t, failed.take(), 1)
}

func TestAnyHandlerOnTheWayKeepsARecordFromTheLastResort(t *testing.T) {
	for _, tt := range []struct {
		name string
		set  func(*tree.Tree)
		want string
	}{
		{"none", func(*tree.Tree) {}, "m\n"},
		{"on the root", func(tr *tree.Tree) { tr.Node("").AddHandler(newRecorder(nil)) }, ""},
		{"in between", func(tr *tree.Tree) { tr.Node("a").AddHandler(newRecorder(nil)) }, ""},
		{"one that takes nothing", func(tr *tree.Tree) { tr.Node("").AddHandler(slog.DiscardHandler) }, ""},
		{"one beside the way", func(tr *tree.Tree) { tr.Node("a.b.c").AddHandler(newRecorder(nil)) }, "m\n"},
		{"one behind propagate off", func(tr *tree.Tree) {
			tr.Node("").AddHandler(newRecorder(nil))
			tr.Node("a").SetPropagate(false)
		}, "m\n"},
		{"propagate off without any", func(tr *tree.Tree) { tr.Node("a.b").SetPropagate(false) }, "m\n"},
		{"propagate off behind one", func(tr *tree.Tree) {
			tr.Node("a").AddHandler(newRecorder(nil))
			tr.Node("a").SetPropagate(false)
		}, ""},
		{"one that was removed", func(tr *tree.Tree) { tr.Node("").AddHandler(newRecorder(nil))() }, "m\n"},
		{"a record that is disabled", func(tr *tree.Tree) { tr.Disable(levels.Critical) }, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tr := newTree(t)
			made := tr.Logger("a.b").WithGroup("g")
			tt.set(tr)
			require.Equal(t, tt.want, onStderr(t, func() { tr.Logger("a.b").Error("m") }))
			require.Equal(t, tt.want, onStderr(t, func() { made.Error("m") }))
		})
	}
}

func TestTheLastResortMayBeAnyHandler(t *testing.T) {
	last := newRecorder(levels.Debug)
	tr := tree.New(&tree.Options{LastResort: last})
	tr.Node("a").SetLevel(levels.Debug)
	require.Empty(t, onStderr(t, func() {
		tr.Logger("a").With("k", 1).Debug("m")
		tr.Logger("b").Error("m")
		tr.Logger("").Error("m")
	}))
	require.Equal(t, []string{"DEBUG m logger=a k=1", "ERROR m logger=b", "ERROR m"}, last.take())
	tr.Node("").AddHandler(newRecorder(nil))
	tr.Logger("a").Error("m")
	require.Empty(t, last.take())

	none := tree.New(&tree.Options{LastResort: slog.DiscardHandler})
	require.False(t, none.Logger("a").Enabled(t.Context(), levels.Critical))
}

func TestTheLastResortPrintsWholeLines(t *testing.T) {
	tr := newTree(t)
	const goroutines, lines = 4, 200
	printed := onStderr(t, func() {
		var wg sync.WaitGroup
		for g := range goroutines {
			wg.Go(func() {
				for i := range lines {
					tr.Logger(fmt.Sprint("a.", g)).Warn(strings.Repeat("x", 5000), "i", i, "g", g)
				}
			})
		}
		wg.Wait()
	})
	counts := map[string]int{}
	for line := range strings.Lines(printed) {
		counts[line]++
	}
	require.Len(t, counts, goroutines*lines)
	for g := range goroutines {
		for i := range lines {
			require.Equal(t, 1, counts[fmt.Sprintf("%s i=%d g=%d\n", strings.Repeat("x", 5000), i, g)])
		}
	}
}
