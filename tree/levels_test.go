// SPDX-License-Identifier: MIT

package tree_test

import (
	"context"
	"log/slog"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/tree"
)

// off is what lowest gives for a logger for which nothing is enabled.
const off = slog.Level(math.MaxInt)

// lowest returns the lowest level that is enabled for the logger of that name, and checks that all
// above it are enabled, and that what was derived from it says the same.
func lowest(t *testing.T, tr *tree.Tree, name string) slog.Level {
	t.Helper()
	l := tr.Logger(name)
	derived := l.With("k", 1).WithGroup("g")
	found := off
	for level := slog.Level(40); level >= -40; level-- {
		enabled := l.Enabled(t.Context(), level)
		require.Equal(t, enabled, derived.Enabled(t.Context(), level), "%s derived, %v", name, level)
		if enabled {
			require.True(t, found == off && level == 40 || found == level+1, "%s: %v is enabled, %v is not", name, level, level+1)
			found = level
		}
	}
	return found
}

// all is what lowest gives for a logger for which everything is enabled.
const all = slog.Level(-40)

func TestLevelsAreInherited(t *testing.T) {
	live := new(slog.LevelVar)
	live.Set(levels.Error)
	type want = map[string]slog.Level
	tests := []struct {
		name string
		set  func(*tree.Tree)
		want want
	}{
		{"from the root", func(tr *tree.Tree) {}, want{"": 0, "a": 0, "a.b.c": 0}},
		{"from the nearest above", func(tr *tree.Tree) {
			tr.Node("a").SetLevel(levels.Error)
			tr.Node("a.b").SetLevel(levels.Debug)
			tr.Node("a.b.c.d").SetLevel(levels.Critical)
		}, want{"": 0, "a": 8, "a.x": 8, "a.b": -4, "a.b.c": -4, "a.b.c.d": 12, "a.b.c.d.e": 12, "ab": 0}},
		{"across nodes that nobody asked for", func(tr *tree.Tree) {
			tr.Node("a").SetLevel(levels.Error)
		}, want{"a.b.c.d.e": 8}},
		{"NOTSET on a node inherits", func(tr *tree.Tree) {
			tr.Node("a").SetLevel(levels.Error)
			tr.Node("a.b").SetLevel(levels.Debug)
			tr.Node("a.b").SetLevel(nil)
		}, want{"a.b": 8, "a.b.c": 8}},
		{"NOTSET on the root is everything", func(tr *tree.Tree) {
			tr.Node("").SetLevel(nil)
			tr.Node("a").SetLevel(levels.Info)
		}, want{"": all, "b": all, "a": 0}},
		{"slog's zero is INFO and no NOTSET", func(tr *tree.Tree) {
			tr.Node("").SetLevel(levels.Error)
			tr.Node("a").SetLevel(slog.Level(0))
		}, want{"a": 0}},
		{"negative levels", func(tr *tree.Tree) {
			tr.Node("a").SetLevel(slog.Level(-30))
			tr.Node("b").SetLevel(slog.Level(-5))
		}, want{"a": -30, "a.b": -30, "b": -5}},
		{"levels without a name", func(tr *tree.Tree) { tr.Node("a").SetLevel(slog.Level(7)) }, want{"a.b": 7}},
		{"root. is no prefix", func(tr *tree.Tree) { tr.Node("x").SetLevel(levels.Error) }, want{"root.x": 0}},
		{"a live level", func(tr *tree.Tree) { tr.Node("a").SetLevel(live) }, want{"a": 8, "a.b.c": 8, "b": 0}},
		{"propagate does not stop it", func(tr *tree.Tree) {
			tr.Node("a").SetLevel(levels.Error)
			tr.Node("a.b").SetPropagate(false)
			tr.Node("a.b").AddHandler(newRecorder(nil))
		}, want{"a.b": 8, "a.b.c": 8}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tr := newTree(t)
			tr.Node("").AddHandler(newRecorder(nil))
			for name := range tt.want {
				tr.Logger(name).With("made", "before").Enabled(t.Context(), levels.Info)
			}
			tt.set(tr)
			for name, level := range tt.want {
				require.Equal(t, level, lowest(t, tr, name), name)
				if level != all {
					require.Equal(t, level, tr.Node(name).EffectiveLevel(), name)
				}
			}
		})
	}
}

func TestTheEffectiveLevelOfNothingSetIsLowerThanAnyInUse(t *testing.T) {
	tr := newTree(t)
	tr.Node("").SetLevel(nil)
	require.Less(t, tr.Node("a.b").EffectiveLevel(), slog.Level(-1_000_000))
	require.Nil(t, tr.Node("").Level())
}

func TestALiveLevelIsAskedForEachRecord(t *testing.T) {
	tr := newTree(t)
	rec := newRecorder(nil)
	tr.Node("").AddHandler(rec)
	var live slog.LevelVar
	tr.Node("a").SetLevel(&live)
	l := tr.Logger("a.b").With("k", 1)
	for _, level := range []slog.Level{0, -8, 12, -4, 4} {
		live.Set(level)
		require.Equal(t, level, lowest(t, tr, "a.b"))
		require.Equal(t, level, tr.Node("a.b").EffectiveLevel())
		l.Log(t.Context(), level, "passes")
		l.Log(t.Context(), level-1, "does not")
	}
	require.Len(t, rec.take(), 5)
	require.Same(t, &live, tr.Node("a").Level())
}

func TestDisableTurnsOffTheLevelAndAllBelow(t *testing.T) {
	live := new(slog.LevelVar)
	live.Set(6)
	tests := []struct {
		name    string
		level   slog.Leveler // of the node
		disable slog.Leveler
		want    slog.Level
	}{
		{"nothing", levels.Debug, nil, -4},
		{"below the node's level", levels.Info, levels.Debug, 0},
		{"just below the node's level", levels.Info, slog.Level(-1), 0},
		{"the node's level", levels.Info, levels.Info, 1},
		{"above the node's level", levels.Debug, levels.Error, 9},
		{"Python's default", nil, levels.Critical, 13},
		{"a negative level", slog.Level(-30), slog.Level(-20), -19},
		{"everything", nil, slog.Level(math.MaxInt), off},
		{"all but the highest", nil, slog.Level(39), 40},
		{"a live level", levels.Info, live, 7},
		{"a live level below a live one", live, slog.Level(2), 6},
		{"a live level above a live one", live, levels.Error, 9},
		{"both live", live, live, 7},
		{"nothing below a live one", live, nil, 6},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tr := newTree(t)
			tr.Node("").AddHandler(newRecorder(nil))
			tr.Node("a").SetLevel(tt.level)
			effective := tr.Node("a").EffectiveLevel()
			tr.Logger("a.b")
			tr.Disable(tt.disable)
			require.Equal(t, tt.want, lowest(t, tr, "a"))
			require.Equal(t, tt.want, lowest(t, tr, "a.b"))
			require.Equal(t, effective, tr.Node("a").EffectiveLevel(), "Disable is left out, as in Python")
			tr.Disable(nil)
			require.Equal(t, max(effective, all), lowest(t, tr, "a"))
		})
	}
}

func TestALiveLevelInDisableIsAskedForEachRecord(t *testing.T) {
	tr := newTree(t)
	tr.Node("").AddHandler(newRecorder(nil))
	tr.Node("").SetLevel(nil)
	var live slog.LevelVar
	tr.Disable(&live)
	for _, level := range []slog.Level{0, -10, 20, 4} {
		live.Set(level)
		require.Equal(t, level+1, lowest(t, tr, "a.b"))
	}
	live.Set(math.MaxInt)
	require.Equal(t, off, lowest(t, tr, "a.b"))
	require.False(t, tr.Logger("a").Enabled(t.Context(), math.MaxInt))
}

func TestADisabledNodeSilencesItselfOnly(t *testing.T) {
	tr := newTree(t)
	atRoot, atA := newRecorder(nil), newRecorder(nil)
	tr.Node("").AddHandler(atRoot)
	tr.Node("a").AddHandler(atA)
	tr.Node("a").SetDisabled(true)
	require.True(t, tr.Node("a").Disabled())
	require.Equal(t, off, lowest(t, tr, "a"))
	require.Equal(t, slog.Level(0), lowest(t, tr, "a.b"))
	require.Equal(t, levels.Info, tr.Node("a").EffectiveLevel())
	tr.Logger("a").Error("not printed")
	require.NoError(t, tr.Node("a").Handler().Handle(t.Context(), slog.Record{Level: levels.Error}))
	tr.Logger("a.b").Info("from below")
	for _, rec := range []*recorder{atA, atRoot} {
		require.Equal(t, []string{"INFO from below logger=a.b"}, rec.take())
	}
	tr.Node("a").SetDisabled(false)
	require.False(t, tr.Node("a").Disabled())
	tr.Logger("a").Info("again")
	require.Equal(t, []string{"INFO again logger=a"}, atA.take())
}

func TestADisabledNodeWithoutHandlersIsNotHeardOfAtTheLastResort(t *testing.T) {
	tr := newTree(t)
	tr.Node("a").SetDisabled(true)
	printed := onStderr(t, func() {
		tr.Logger("a").Error("not printed")
		tr.Logger("a").With("k", 1).Error("not printed")
	})
	require.Empty(t, printed)
}

func TestTheRootStartsAtTheDefaultLevel(t *testing.T) {
	require.Equal(t, levels.Warning, tree.Default().Node("").EffectiveLevel())
	require.Same(t, tree.Default(), tree.Default())
	for _, tt := range []struct {
		name string
		opts *tree.Options
		want slog.Level
	}{
		{"no options", nil, levels.Info},
		{"no level", &tree.Options{}, levels.Info},
		{"a level", &tree.Options{Level: levels.Error}, levels.Error},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tr := tree.New(tt.opts)
			require.Equal(t, tt.want, tr.Node("").EffectiveLevel())
			require.Equal(t, tt.want, tr.Node("a.b").EffectiveLevel())
			require.Equal(t, tt.want, tr.Node("").Level())
			require.Nil(t, tr.Node("a.b").Level())
		})
	}
}

func TestOptionsAreCopied(t *testing.T) {
	opts := tree.Options{Level: levels.Error}
	tr := tree.New(&opts)
	opts.Level = levels.Debug
	opts.LastResort = newRecorder(nil)
	require.Equal(t, levels.Error, tr.Node("").EffectiveLevel())
	require.False(t, tr.Logger("a").Enabled(t.Context(), levels.Info))
	require.Nil(t, (&tree.Options{}).Level)
}

func TestEnabledAsksWhetherAHandlerOnTheWayTakesTheLevel(t *testing.T) {
	tests := []struct {
		name string
		set  func(*tree.Tree)
		want slog.Level
	}{
		{"the lowest of all", func(tr *tree.Tree) {
			tr.Node("a").AddHandler(newRecorder(levels.Error))
			tr.Node("").AddHandler(newRecorder(levels.Warning))
		}, 4},
		{"not those beside the way", func(tr *tree.Tree) {
			tr.Node("a").AddHandler(newRecorder(levels.Error))
			tr.Node("a.b.c").AddHandler(newRecorder(levels.Debug))
			tr.Node("x").AddHandler(newRecorder(levels.Debug))
		}, 8},
		{"not those behind propagate off", func(tr *tree.Tree) {
			tr.Node("a").AddHandler(newRecorder(levels.Error))
			tr.Node("a").SetPropagate(false)
			tr.Node("").AddHandler(newRecorder(levels.Debug))
		}, 8},
		{"one that takes nothing", func(tr *tree.Tree) { tr.Node("").AddHandler(&stub{enabled: never}) }, off},
		{"the last resort counts as one", func(tr *tree.Tree) { tr.Node("").SetLevel(nil) }, 4},
		{"the node's own level first", func(tr *tree.Tree) {
			tr.Node("").AddHandler(newRecorder(levels.Debug))
			tr.Node("a").SetLevel(levels.Error)
		}, 8},
		{"a handler that knows its threshold", func(tr *tree.Tree) {
			tr.Node("").AddHandler(knowing{newRecorder(levels.Error), levels.Error})
		}, 8},
		{"a handler whose threshold is live", func(tr *tree.Tree) {
			live := new(slog.LevelVar)
			tr.Node("").AddHandler(knowing{newRecorder(live), live})
			live.Set(levels.Error)
		}, 8},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tr := newTree(t)
			tt.set(tr)
			require.Equal(t, tt.want, lowest(t, tr, "a.b"))
		})
	}
}

// A knowing handler tells the tree from which level on it takes records.
type knowing struct {
	*recorder
	threshold slog.Leveler
}

func (k knowing) Threshold() slog.Leveler { return k.threshold }

func TestNothingIsEnabledAtTheHighestLevelEither(t *testing.T) {
	tr := newTree(t)
	tr.Node("").AddHandler(&stub{enabled: never})
	require.False(t, tr.Logger("a").Enabled(t.Context(), math.MaxInt), "no handler takes it")
	tr.Node("b").AddHandler(newRecorder(nil))
	require.True(t, tr.Logger("b").Enabled(t.Context(), math.MaxInt))
	tr.Node("b").SetDisabled(true)
	require.False(t, tr.Logger("b").Enabled(t.Context(), math.MaxInt), "the node is disabled")
}

func TestEnabledHandsTheContextOn(t *testing.T) {
	type key struct{}
	tr := newTree(t)
	tr.Node("").AddHandler(&stub{enabled: func(ctx context.Context, _ slog.Level) bool {
		return ctx.Value(key{}) == "debug"
	}})
	l := tr.Logger("a")
	require.False(t, l.Enabled(t.Context(), levels.Info))
	require.True(t, l.Enabled(context.WithValue(t.Context(), key{}, "debug"), levels.Info))
}
