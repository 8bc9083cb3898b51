// SPDX-License-Identifier: MIT

package tree_test

import (
	"context"
	"fmt"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/filter"
)

func TestWhatABinderRewritesFollowsTheConfiguration(t *testing.T) {
	tr := newTree(t)
	rec, late := newRecorder(nil), newRecorder(nil)
	tr.Node("").AddHandler(rec)
	made := tr.Logger("a").With("k", "v", slog.Group("g", "k", "v")).WithGroup("h").With("k", "v")
	const plain, hidden = "INFO m logger=a k=v g.k=v h.k=v", "INFO m logger=a k=*** g.k=*** h.k=***"
	made.Info("m")
	require.Equal(t, []string{plain}, rec.take())
	remove := tr.Node("a").AddFilter(redactor{"k"})
	made.Info("m")
	require.Equal(t, []string{hidden}, rec.take())
	tr.Node("a").AddHandler(late)
	made.Info("m")
	require.Equal(t, []string{hidden}, rec.take())
	require.Equal(t, []string{hidden}, late.take())
	tr.Node("a").SetPropagate(false)
	made.Info("m")
	require.Equal(t, []string{hidden}, late.take())
	tr.Node("a").SetPropagate(true)
	remove()
	made.Info("m")
	require.Equal(t, []string{plain}, rec.take())
	require.Equal(t, []string{plain}, late.take())
}

// A binder does what it is told to attributes that are bound.
type binder func(groups []string, attrs []slog.Attr) []slog.Attr

func (b binder) Filter(context.Context, *filter.Record) bool         { return true }
func (b binder) Bind(groups []string, attrs []slog.Attr) []slog.Attr { return b(groups, attrs) }

func TestABinderIsToldTheGroupsAndGivenItsOwnResolvedCopy(t *testing.T) {
	tr := newTree(t)
	rec := newRecorder(nil)
	tr.Node("").AddHandler(rec)
	var calls []string
	n := 0
	group := slog.Group("group", "x", 1)
	made := tr.Logger("a").With("k", counting{&n}, group).WithGroup("g").WithGroup("h").With("k", 2)
	remove := tr.Node("a").AddFilter(binder(func(groups []string, attrs []slog.Attr) []slog.Attr {
		calls = append(calls, fmt.Sprint(groups, attrs))
		for i := range attrs {
			if attrs[i].Value.Kind() == slog.KindGroup {
				attrs[i].Value.Group()[0] = slog.String("y", "rewritten")
			}
			attrs[i].Key += "'"
		}
		return attrs
	}))
	for range 3 {
		made.Info("m")
	}
	require.Equal(t, []string{"[] [k=1 group=[x=1]]", "[g h] [k=2]"}, calls, "once, when bound")
	const want = "INFO m logger=a k'=1 group'.y=rewritten g.h.k'=2"
	require.Equal(t, []string{want, want, want}, rec.take())
	require.Equal(t, "group=[x=1]", group.String())
	remove()
	made.Info("m")
	require.Equal(t, []string{"INFO m logger=a k=1 group.x=1 g.h.k=2"}, rec.take())
}

func TestABinderMayLeaveNothing(t *testing.T) {
	tr := newTree(t)
	rec := newRecorder(nil)
	tr.Node("").AddHandler(rec)
	nothing := binder(func([]string, []slog.Attr) []slog.Attr { return nil })
	tr.Node("a").AddFilter(nothing)
	tr.Logger("a").With("k", 1).WithGroup("g").With("k", 2).Info("m", "k", 3)
	require.Equal(t, []string{"INFO m logger=a g.k=3"}, rec.take())
}

func TestABinderThatPanicsLeaksNothing(t *testing.T) {
	for name, value := range map[string]any{"with a text": "no good", "with what it was to hide": "secret", "with an error": fmt.Errorf("cannot hide %q", "secret")} {
		t.Run(name, func(t *testing.T) {
			tr, failed := newFailingTree()
			rec := newRecorder(nil)
			tr.Node("").AddHandler(rec)
			tr.Node("a").AddFilter(binder(func([]string, []slog.Attr) []slog.Attr { panic(value) }))
			l := tr.Logger("a").With("k", "secret")
			l.Info("m")
			l.WithGroup("g").With("k", "secret").Info("m", "given", 1)
			lines := rec.take()
			require.Len(t, lines, 2, "the lines themselves are not lost")
			for _, line := range lines {
				require.NotContains(t, line, "secret")
			}
			require.Contains(t, lines[1], "g.given=1")
			require.NotEmpty(t, failed.take())
		})
	}
}

func TestABinderOfAHandlerThatPanicsLeaksNothing(t *testing.T) {
	tr, failed := newFailingTree()
	other, rec := newRecorder(nil), newRecorder(nil)
	panics := binder(func([]string, []slog.Attr) []slog.Attr { panic("no good") })
	tr.Node("").AddHandler(filter.NewHandler(rec, redactor{"k"}, panics))
	tr.Node("").AddHandler(other)
	tr.Logger("a").With("k", "secret").Info("m")
	for _, line := range rec.take() {
		require.NotContains(t, line, "secret")
	}
	require.Equal(t, []string{"INFO m logger=a k=secret"}, other.take())
	require.NotEmpty(t, failed.take())
}
