// SPDX-License-Identifier: MIT

package tree_test

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/tree"
)

// A named handler has a name.
type named struct {
	*recorder
	name string
}

func (n named) String() string { return n.name }

func TestExplainSaysWhatStopsARecord(t *testing.T) {
	sink := named{newRecorder(nil), "sink"}
	for _, tt := range []struct {
		name   string
		set    func(*tree.Tree)
		logger string
		level  slog.Level
		want   string
		goes   int // to how many handlers
	}{
		{"nothing", func(tr *tree.Tree) { tr.Node("").AddHandler(sink) }, "a.b", levels.Info, `
a.b INFO:
  level INFO, set on root: passes
  handler sink on root: takes it`, 1},
		{"nothing on the root", func(tr *tree.Tree) { tr.Node("").AddHandler(sink) }, "", levels.Info, `
root INFO:
  level INFO, set on root: passes
  handler sink on root: takes it`, 1},
		{"the level of the node", func(tr *tree.Tree) { tr.Node("a.b").SetLevel(levels.Error) }, "a.b", levels.Warning, `
a.b WARNING:
  level ERROR, set on a.b: stopped`, 0},
		{"an inherited level", func(tr *tree.Tree) { tr.Node("a").SetLevel(levels.Error) }, "a.b", levels.Warning, `
a.b WARNING:
  level ERROR, set on a: stopped`, 0},
		{"the node is disabled", func(tr *tree.Tree) { tr.Node("a.b").SetDisabled(true) }, "a.b", levels.Error, `
a.b ERROR:
  a.b is disabled: stopped`, 0},
		{"the tree disables the level", func(tr *tree.Tree) { tr.Disable(levels.Error) }, "a.b", levels.Error, `
a.b ERROR:
  the tree disables ERROR and below: stopped`, 0},
		{"a filter of the node", func(tr *tree.Tree) {
			tr.Node("").AddHandler(sink)
			tr.Node("a.b").AddFilter(filter.Name("a"))
			tr.Node("a.b").AddFilter(filter.Name("x"))
		}, "a.b", levels.Error, `
a.b ERROR:
  level INFO, set on root: passes
  filter Name("a") on a.b: passes
  filter Name("x") on a.b: stopped`, 0},
		{"not the filter of a node above, nor that it is disabled", func(tr *tree.Tree) {
			tr.Node("a").AddHandler(sink)
			tr.Node("a").AddFilter(filter.Name("x"))
			tr.Node("a").SetDisabled(true)
		}, "a.b", levels.Error, `
a.b ERROR:
  level INFO, set on root: passes
  handler sink on a: takes it`, 1},
		{"the level of a handler", func(tr *tree.Tree) {
			tr.Node("a").AddHandler(levels.NewHandler(sink, levels.Critical))
			tr.Node("").AddHandler(sink)
		}, "a.b", levels.Error, `
a.b ERROR:
  level INFO, set on root: passes
  handler levels.Handler(CRITICAL) > sink on a does not take ERROR
  handler sink on root: takes it`, 1},
		{"the filter of a handler", func(tr *tree.Tree) {
			tr.Node("").AddHandler(filter.NewHandler(sink, filter.Name("a"), filter.Name("x")))
			tr.Node("").AddHandler(sink)
		}, "a.b", levels.Error, `
a.b ERROR:
  level INFO, set on root: passes
  filter Name("a") on a handler of root: passes
  filter Name("x") on a handler of root: stopped
  handler sink on root: takes it`, 1},
		{"propagate is off", func(tr *tree.Tree) {
			tr.Node("").AddHandler(sink)
			tr.Node("a.b").AddHandler(sink)
			tr.Node("a").SetPropagate(false)
		}, "a.b", levels.Error, `
a.b ERROR:
  level INFO, set on root: passes
  handler sink on a.b: takes it
  propagate is off on a: no further`, 1},
		{"no handler at all", func(*tree.Tree) {}, "a.b", levels.Error, `
a.b ERROR:
  level INFO, set on root: passes
  handler last resort (stderr) on no node: takes it`, 1},
		{"the last resort", func(*tree.Tree) {}, "a.b", levels.Info, `
a.b INFO:
  level INFO, set on root: passes
  handler last resort (stderr) on no node does not take INFO`, 0},
		{"everything is logged", func(tr *tree.Tree) { tr.Node("").SetLevel(nil); tr.Node("").AddHandler(sink) }, "a.b", -100, `
a.b DEBUG-96:
  level NOTSET, set on root: passes
  handler sink on root: takes it`, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tr := newTree(t)
			tr.Node("a.b")
			tt.set(tr)
			e := tr.Explain(tt.logger, tt.level)
			require.Equal(t, strings.TrimPrefix(tt.want, "\n"), e.String())
			require.Len(t, e.Handlers, tt.goes)
			require.Equal(t, tt.level, e.Level)
			require.False(t, e.Unsure)
			require.Empty(t, sink.take(), "nothing is logged")
		})
	}
}

func TestExplainIsUnsureWhereAFilterDecidesByTheRecord(t *testing.T) {
	sink := named{newRecorder(nil), "sink"}
	tr := newTree(t)
	tr.Node("a").AddFilter(dropping("m"))
	tr.Node("").AddHandler(filter.NewHandler(sink, dropping("m")))
	e := tr.Explain("a", levels.Error)
	require.True(t, e.Unsure)
	require.Len(t, e.Handlers, 1)
	require.Equal(t, `a ERROR:
  level INFO, set on root: passes
  filter filter.Func on a decides by the record
  filter filter.Func on a handler of root decides by the record
  handler filter.Handler(filter.Func) > sink on root: takes it`, e.String())
}

func TestExplainCreatesNothing(t *testing.T) {
	tr := newTree(t)
	tr.Node("a").SetLevel(levels.Debug)
	tr.Node("a").SetDisabled(true)
	tr.Node("a").AddFilter(filter.Name("x"))
	tr.Node("x.y.z")
	before := tr.String()
	for name, want := range map[string]string{
		"a.b.c": "it would be below a", "b": "it would be below root", "x.y": "it would be below root",
		"x.y.z.w": "it would be below x.y.z", "a..": "it would be below a", "root.x": "it would be below root",
	} {
		e := tr.Explain(name, levels.Error)
		require.Equal(t, name, e.Logger)
		require.Contains(t, e.String(), "no logger of that name yet: "+want)
		require.Contains(t, e.String(), "takes it", "a's filters and its being disabled are its own")
	}
	require.Equal(t, before, tr.String())
}

func TestExplainQuotesWhatWouldForgeALine(t *testing.T) {
	tr := newTree(t)
	tr.Node("").AddHandler(named{newRecorder(nil), "forged\n  handler: takes it"})
	tr.Node("a\n  level NOTSET").SetLevel(levels.Error)
	for _, name := range []string{"a\n  level NOTSET", "a\n  level NOTSET.b", "\x1b[31m", "\u202e", "\xff"} {
		e := tr.Explain(name, levels.Info)
		text := e.String()
		require.Equal(t, len(e.Steps), strings.Count(text, "\n"), text)
		for _, forbidden := range []string{"\x1b", "\u202e", "\xff"} {
			require.NotContains(t, text, forbidden)
		}
	}
}

// A prophet is a filter whose prediction panics.
type prophet struct{ filter.Func }

func (prophet) Predict(string, slog.Level) (pass, sure bool) { panic("no good") }

func TestAPredictionThatPanicsIsNoTroubleToWhoAsks(t *testing.T) {
	tr := newTree(t)
	f := prophet{func(context.Context, *filter.Record) bool { return true }}
	tr.Node("a").AddFilter(f)
	tr.Node("").AddHandler(filter.NewHandler(newRecorder(nil), f))
	require.NotPanics(t, func() { require.True(t, tr.Explain("a", levels.Error).Unsure) })
}

var someNames = []string{"", "root", "a", "a.b", "a.b.c", "a.bb", "b", "b.c.d", "root.x", "a..b"}

// randomTree returns a tree in which all is set at random, and the recorders of its handlers.
func randomTree(rnd *rand.Rand) (*tree.Tree, map[slog.Handler]*recorder) {
	recorders := map[slog.Handler]*recorder{}
	handler := func() slog.Handler {
		rec := newRecorder(pick[slog.Leveler](rnd, nil, nil, levels.Info, levels.Error))
		var h slog.Handler = rec
		for range rnd.IntN(3) {
			if rnd.IntN(2) == 0 {
				h = levels.NewHandler(h, pick[slog.Leveler](rnd, nil, levels.Debug, levels.Warning, new(slog.LevelVar)))
			} else {
				h = filter.NewHandler(h, filter.Name(pick(rnd, someNames...)))
			}
		}
		recorders[h] = rec
		return h
	}
	tr := tree.New(&tree.Options{LastResort: handler()})
	var shared slog.Handler
	for range rnd.IntN(12) {
		n := tr.Node(pick(rnd, someNames...))
		switch rnd.IntN(8) {
		case 0, 1:
			n.SetLevel(randomLevel(rnd))
		case 2:
			n.SetPropagate(rnd.IntN(2) == 0)
		case 3:
			n.SetDisabled(rnd.IntN(2) == 0)
		case 4:
			n.AddFilter(filter.Name(pick(rnd, someNames...)))
		case 5:
			if shared == nil {
				shared = handler()
			}
			n.AddHandler(shared)
		default:
			n.AddHandler(handler())
		}
	}
	if rnd.IntN(4) == 0 {
		tr.Disable(randomLevel(rnd))
	}
	return tr, recorders
}

func randomLevel(rnd *rand.Rand) slog.Leveler {
	live := new(slog.LevelVar)
	live.Set(slog.Level(rnd.IntN(20) - 10))
	return pick[slog.Leveler](rnd, nil, live, live.Level(), slog.LevelInfo)
}

func TestExplainNamesTheHandlersThatThenGetTheRecord(t *testing.T) {
	rnd := random(t)
	taken := 0
	for range 3000 {
		tr, recorders := randomTree(rnd)
		for range 3 {
			name, level := pick(rnd, someNames...), slog.Level(rnd.IntN(24)-10)
			before := walked(tr)
			e := tr.Explain(name, level)
			require.Equal(t, before, walked(tr))
			want := map[slog.Handler]int{}
			for _, h := range e.Handlers {
				want[h]++
			}
			require.False(t, e.Unsure)
			l := tr.Logger(name)
			if rnd.IntN(2) == 0 {
				l = l.WithGroup("g").With("k", 1)
			}
			l.Log(t.Context(), level, "m")
			for h, rec := range recorders {
				got := len(rec.take())
				require.Equal(t, want[h], got, "%s\n%v\n%v", e, h, tr)
				taken += got
			}
			if len(e.Handlers) > 0 {
				require.True(t, l.Enabled(t.Context(), level), "%s", e)
			}
		}
	}
	require.Greater(t, taken, 1000, "hardly any record was taken")
}
