// SPDX-License-Identifier: MIT

package tree_test

import (
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/tree"
)

func TestTheEmptyNameAndRootAreTheRoot(t *testing.T) {
	tr := newTree(t)
	root := tr.Node("")
	require.Same(t, root, tr.Node("root"))
	require.Same(t, tr.Logger(""), tr.Logger("root"))
	require.Equal(t, "root", root.Name())
	require.Nil(t, root.Parent())
	require.NotSame(t, root, tr.Node("Root"))
	require.NotSame(t, root, tr.Node(" "))
}

func TestTheSameNameGivesTheSameLogger(t *testing.T) {
	tr, other := newTree(t), newTree(t)
	for _, name := range []string{"", "a", "a.b", ".", "..", "a b", "中文.日志"} {
		l := tr.Logger(name)
		require.Same(t, l, tr.Logger(name), name)
		require.Same(t, l, tr.Node(name).Logger(), name)
		require.Same(t, l.Handler(), tr.Node(name).Handler(), name)
		require.Same(t, tr.Node(name), l.Handler().(*tree.Handler).Node(), name)
		require.NotSame(t, l, other.Logger(name), name)
	}
}

// above returns the names of the nodes above n, the nearest first.
func above(n *tree.Node) []string {
	names := []string{}
	for n = n.Parent(); n != nil; n = n.Parent() {
		names = append(names, n.Name())
	}
	return names
}

func TestNodesHangBelowTheNameUpToTheLastDot(t *testing.T) {
	tests := []struct {
		name string
		make []string
		in   string
		want []string
	}{
		{"one part", nil, "a", []string{"root"}},
		{"three parts", []string{"a", "a.b"}, "a.b.c", []string{"a.b", "a", "root"}},
		{"a part that nobody asked for", []string{"a"}, "a.b.c", []string{"a", "root"}},
		{"a name that only begins alike", []string{"a", "ab"}, "abc", []string{"root"}},
		{"root.x is below the root", []string{"x"}, "root.x", []string{"root"}},
		{"so is root.x.y", []string{"x", "x.y"}, "root.x.y", []string{"root"}},
		{"root.x.y is below root.x", []string{"root.x"}, "root.x.y", []string{"root.x", "root"}},
		{"an empty part in between", []string{"a", "a."}, "a..b", []string{"a.", "a", "root"}},
		{"an empty part that nobody asked for", []string{"a"}, "a..b", []string{"a", "root"}},
		{"three dots", []string{"k", "k.", "k.."}, "k...z", []string{"k..", "k.", "k", "root"}},
		{"an empty first part", []string{"k", "."}, ".k", []string{"root"}},
		{"an empty last part", []string{"k"}, "k.", []string{"k", "root"}},
		{"a dot", nil, ".", []string{"root"}},
		{"two dots", []string{"."}, "..", []string{".", "root"}},
		{"spaces", []string{"a ", " a"}, "a .b", []string{"a ", "root"}},
		{"another case", []string{"a"}, "A.b", []string{"root"}},
	}
	for _, tt := range tests {
		for _, late := range []bool{false, true} {
			t.Run(fmt.Sprint(tt.name, ", made late: ", late), func(t *testing.T) {
				tr := newTree(t)
				if late {
					tr.Node(tt.in)
				}
				for _, name := range tt.make {
					tr.Node(name)
				}
				require.Equal(t, tt.want, above(tr.Node(tt.in)))
			})
		}
	}
}

// walked returns the names of all nodes, in the order of Walk.
func walked(tr *tree.Tree) (names []string) {
	tr.Walk(func(n *tree.Node) bool {
		names = append(names, n.Name())
		return true
	})
	return names
}

func namesOf(nodes []*tree.Node) (names []string) {
	for _, n := range nodes {
		names = append(names, n.Name())
	}
	return names
}

func TestNodesThatNobodyAskedForAreHidden(t *testing.T) {
	tr := newTree(t)
	deep := tr.Node("a.b.c.d")
	tr.Node("a.b.x")
	tr.Node("b")
	require.Equal(t, []string{"root", "a.b.c.d", "a.b.x", "b"}, walked(tr))
	require.Equal(t, []string{"a.b.c.d", "a.b.x", "b"}, namesOf(tr.Node("").Children()))
	require.Same(t, tr.Node(""), deep.Parent())

	ab := tr.Node("a.b")
	require.Equal(t, []string{"root", "a.b", "a.b.c.d", "a.b.x", "b"}, walked(tr))
	require.Equal(t, []string{"a.b", "b"}, namesOf(tr.Node("").Children()))
	require.Equal(t, []string{"a.b.c.d", "a.b.x"}, namesOf(ab.Children()))
	require.Same(t, ab, deep.Parent())
	require.Same(t, tr.Node(""), ab.Parent())
	require.Empty(t, deep.Children())
}

func TestANodeThatBecomesVisibleHoldsForLoggersBelow(t *testing.T) {
	tr := newTree(t)
	rec := newRecorder(nil)
	deep := tr.Logger("a.b.c").With("k", 1)
	deep.Info("before")
	tr.Node("a").SetLevel(slog.LevelDebug)
	tr.Node("a.b").AddHandler(rec)
	deep.Debug("after")
	require.Equal(t, []string{"DEBUG after logger=a.b.c k=1"}, rec.take())
}

func TestWalkStopsWhenToldTo(t *testing.T) {
	tr := newTree(t)
	for _, name := range []string{"b", "a", "a.b", "c"} {
		tr.Node(name)
	}
	var visited []string
	tr.Walk(func(n *tree.Node) bool {
		visited = append(visited, n.Name())
		tr.Node(n.Name() + ".new") // which is not held up
		return n.Name() != "a.b"
	})
	require.Equal(t, []string{"root", "a", "a.b"}, visited)
}

func TestAThousandLevelsAreNotTooDeep(t *testing.T) {
	tr := newTree(t)
	rec := newRecorder(nil)
	tr.Node("").AddHandler(rec)
	name := "a" + strings.Repeat(".a", 999)
	l := tr.Logger(name)
	require.Len(t, walked(tr), 2)
	tr.Node("a.a").SetLevel(slog.LevelDebug)
	l.Debug("deep", "k", 1)
	require.Equal(t, []string{"DEBUG deep logger=" + name + " k=1"}, rec.take())
	for depth := range 1000 {
		tr.Node(name[:2*depth+1])
	}
	require.Len(t, walked(tr), 1001)
	require.Len(t, above(tr.Node(name)), 1000)
	l.Debug("deep")
	require.Len(t, rec.take(), 1)
	require.Equal(t, 1002, strings.Count(tr.String(), "\n"), "a line for each node and the handler")
}

func TestNamesMayBeOfAnyScript(t *testing.T) {
	names := []string{
		"中文.日志", "中文", "🙂.🚀.👩‍👩‍👧", "e\u0301.x", "\u00e9.x", "مرحبا.عالم", "a\u200db", "ﬁ", "fi",
		"new\nline", "tab\there", "nul\x00", "\x1b[31m", "\xff\xfe.\x80", "a b.c d", "\"quoted\"", "%s", "a=b", "\u202e",
	}
	tr := newTree(t)
	rec := newRecorder(nil)
	tr.Node("").AddHandler(rec)
	loggers := map[*slog.Logger]string{}
	for _, name := range names {
		loggers[tr.Logger(name)] = name
	}
	require.Len(t, loggers, len(names), "two names have one logger")
	for l, name := range loggers {
		require.Same(t, l, tr.Logger(strings.Clone(name)))
		require.Equal(t, name, tr.Node(name).Name())
		l.Info("m")
		require.Equal(t, []string{"INFO m logger=" + name}, rec.take())
	}
	require.Same(t, tr.Node("中文"), tr.Node("中文.日志").Parent())
}

func TestAMillionNames(t *testing.T) {
	n := 1_000_000
	if raceEnabled || testing.Short() {
		n /= 10
	}
	tr := newTree(t)
	loggers := make([]*slog.Logger, n)
	for i := range loggers {
		loggers[i] = tr.Logger(millionth(i))
	}
	for i, l := range loggers {
		if l != tr.Logger(millionth(i)) {
			t.Fatalf("%s has another logger now: the index lost it as it grew", millionth(i))
		}
	}
}

func TestAWalkAcrossManyHiddenNodesTakesNoLongerThanAcrossOthers(t *testing.T) {
	tr := newTree(t)
	n := 200_000
	if raceEnabled || testing.Short() {
		n /= 2
	}
	for i := range n {
		tr.Node(millionth(i)) // below a thousand hidden ones
	}
	inTime(t, func() { require.Len(t, walked(tr), n+1) })
}

func millionth(i int) string { return fmt.Sprintf("app.m%d.x%d", i%1000, i) }

func TestGrowthOfTheIndexLosesNoLogger(t *testing.T) {
	tr := newTree(t)
	first := map[string]*slog.Logger{}
	for i := range 2000 {
		name := fmt.Sprint("n", i)
		first[name] = tr.Logger(name)
		for _, known := range []string{"n0", fmt.Sprint("n", i/2), name} {
			require.Same(t, first[known], tr.Logger(known), "%s after %d names", known, i+1)
		}
	}
	for name, l := range first {
		require.Same(t, l, tr.Logger(name), name)
	}
}

func TestLookupsWhileTheTreeGrowsGiveTheSameLogger(t *testing.T) {
	const goroutines = 8
	n := 20_000
	if raceEnabled || testing.Short() {
		n /= 10
	}
	for range 3 {
		tr := newTree(t)
		var found [goroutines][]*slog.Logger
		var wg sync.WaitGroup
		for g := range goroutines {
			wg.Go(func() {
				found[g] = make([]*slog.Logger, n)
				for i := range n {
					if g%2 == 1 {
						i = n - 1 - i // some meet new names from the other end
					}
					found[g][i] = tr.Logger(millionth(i))
				}
			})
		}
		wg.Go(func() {
			for i := range 100 {
				tr.Node("app").SetLevel(slog.Level(i))
				tr.Node("app").Children()
			}
		})
		wg.Wait()
		for i := range n {
			for g := range goroutines {
				if found[g][i] == nil || found[g][i] != found[0][i] || found[g][i] != tr.Logger(millionth(i)) {
					t.Fatalf("%s has two loggers", millionth(i))
				}
			}
		}
		require.Len(t, walked(tr), n+2)
	}
}
