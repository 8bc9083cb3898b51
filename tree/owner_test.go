// SPDX-License-Identifier: MIT

package tree_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/tree"
)

func TestANodesFilterMayAddOutsideOfTheGroups(t *testing.T) {
	var a, b strings.Builder
	tr := tree.New(nil)
	tr.Node("").AddHandler(plainJSON(&b))
	n := tr.Node("app")
	n.AddHandler(plainJSON(&a))
	n.AddFilter(filter.EnrichOuter(func(context.Context) []slog.Attr { return []slog.Attr{slog.Int("trace", 7)} }))
	n.AddFilter(filter.Remove("g.h.secret"))
	l := n.Logger().With("a", 1).WithGroup("g").With("b", 2).WithGroup("h").With("c", 3, "secret", 0)
	for range 2 {
		l.Info("m", "d", 4)
		n.Logger().Info("m", "d", 4)
	}
	want := `{"level":"INFO","msg":"m","logger":"app","a":1,"trace":7,"g":{"b":2,"h":{"c":3,"d":4}}}` + "\n" +
		`{"level":"INFO","msg":"m","logger":"app","d":4,"trace":7}` + "\n"
	require.Equal(t, want+want, a.String())
	require.Equal(t, want+want, b.String())
	n.SetPropagate(false) // another route
	l.Info("m", "d", 4)
	require.Equal(t, want+want+want[:strings.Index(want, "\n")+1], a.String())
	require.Equal(t, want+want, b.String())
}

func TestWhatANodesFilterFailsAtIsReported(t *testing.T) {
	var reported []error
	bad := errors.New("bad")
	tr := tree.New(&tree.Options{OnError: func(err error) { reported = append(reported, err) }})
	rec := newRecorder(nil)
	tr.Node("").AddHandler(rec)
	tr.Node("").AddFilter(filter.Func(func(_ context.Context, r *filter.Record) bool {
		r.Fail(bad)
		return r.Message != "drop"
	}))
	tr.Logger("").Info("keep")
	tr.Logger("").Info("drop")
	require.Len(t, reported, 2)
	require.EqualError(t, reported[0], "tree: filter: bad")
	require.ErrorIs(t, reported[1], bad)
	require.Equal(t, []string{"keep"}, rec.messages())
}

// A reserve is a filter that has a line to log when it is flushed.
type reserve struct {
	owner slog.Handler
	err   error
}

func (f *reserve) Filter(_ context.Context, r *filter.Record) bool {
	f.owner = r.Owner
	return true
}

func (f *reserve) Flush() error {
	if f.owner != nil {
		slog.New(f.owner).Info("flushed")
	}
	return f.err
}

func TestShutdownFlushesFiltersBeforeItTakesHandlersAway(t *testing.T) {
	rec := newRecorder(nil)
	tr := tree.New(nil)
	bad := errors.New("bad")
	tr.Node("").AddHandler(rec)
	tr.Node("a.b").AddFilter(&reserve{err: bad})
	tr.Node("a").AddFilter(filter.Func(func(context.Context, *filter.Record) bool { return true }))
	tr.Logger("a.b").With("k", 1).Info("logged")
	err := tr.Shutdown(t.Context())
	require.ErrorIs(t, err, bad)
	require.ErrorContains(t, err, "tree: flush filter *tree_test.reserve: bad")
	require.Equal(t, []string{"INFO logged logger=a.b k=1", "INFO flushed logger=a.b"}, rec.take())
}
