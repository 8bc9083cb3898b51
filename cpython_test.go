// SPDX-License-Identifier: MIT

package slogx_test

import (
	"bytes"
	"context"
	"io"
	"log"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx"
	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/slogxtest"
	"github.com/slogx/slogx/tree"
)

// What CPython's own tests ask of the module and of several parts at once, and no other test does.

func TestLevelsOfOnesOwnPassNodesHandlersAndFilters(t *testing.T) {
	const lowest = slog.Level(2000) // above those that other tests name
	for i, letter := range "abcdefghij" {
		require.NoError(t, levels.Register("own_"+string(letter), lowest+slog.Level(i)))
	}
	except := func(dropped ...slog.Level) filter.Filter {
		return filter.Func(func(_ context.Context, r *filter.Record) bool { return !slices.Contains(dropped, r.Level) })
	}
	for _, tt := range []struct {
		name string
		set  func(*tree.Node, slog.Handler)
		want string
	}{
		{"nothing", func(n *tree.Node, h slog.Handler) { n.AddHandler(h) }, "abcdefghij"},
		{"a level", func(n *tree.Node, h slog.Handler) { n.AddHandler(h); n.SetLevel(lowest + 4) }, "efghij"},
		{"a handler's level", func(n *tree.Node, h slog.Handler) { n.AddHandler(levels.NewHandler(h, lowest+5)) }, "fghij"},
		{"a handler's filter", func(n *tree.Node, h slog.Handler) { n.AddHandler(filter.NewHandler(h, except(lowest+2))) }, "abdefghij"},
		{"and one of the node", func(n *tree.Node, h slog.Handler) {
			n.AddHandler(filter.NewHandler(h, except(lowest+2)))
			n.AddFilter(except(lowest+5, lowest+8))
		}, "abdeghj"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tr := tree.New(nil)
			var out bytes.Buffer
			tt.set(tr.Node(""), format.NewHandler(&out, format.MustPercent("%(levelname)s", nil), nil))
			for i := range 10 {
				tr.Logger("").Log(t.Context(), lowest+slog.Level(i), "m")
			}
			require.Equal(t, tt.want, strings.NewReplacer("own_", "", "\n", "").Replace(out.String()))
		})
	}
}

func TestBasicConfigAddsHandlersInTheirOrder(t *testing.T) {
	fresh(t)
	var handlers []slog.Handler
	for range 3 {
		handlers = append(handlers, slogxtest.NewRecorder(nil))
	}
	require.NoError(t, slogx.BasicConfig(&slogx.Options{Handlers: handlers}))
	got := slogx.Node("").Handlers()
	require.Len(t, got, 3)
	for i, h := range handlers {
		require.Same(t, h, got[i])
	}
}

func TestBasicConfigForceSetsTheLevel(t *testing.T) {
	fresh(t)
	var first, second bytes.Buffer
	logged := func() {
		slogx.GetLogger("").Warn("w")
		slogx.GetLogger("").Info("i")
		slogx.GetLogger("").Debug("d")
	}
	require.NoError(t, slogx.BasicConfig(&slogx.Options{Writer: &first, Level: slog.LevelWarn}))
	logged()
	require.NoError(t, slogx.BasicConfig(&slogx.Options{Writer: &second, Level: slog.LevelInfo, Force: true}))
	logged()
	require.Equal(t, "WARNING:root:w\n", first.String())
	require.Equal(t, "WARNING:root:w\nINFO:root:i\n", second.String())
}

func TestALateLineOfAFileThatWasEmptiedFirstIsAppended(t *testing.T) {
	fresh(t)
	path := filepath.Join(t.TempDir(), "app.log")
	require.NoError(t, slogx.BasicConfig(&slogx.Options{Filename: path, Filemode: "w"}))
	h := slogx.Node("").Handlers()[0]
	slogx.GetLogger("a").Warn("first")
	require.NoError(t, slogx.Shutdown(t.Context()))
	require.NoError(t, h.Handle(t.Context(), slog.Record{Message: "late", Level: slog.LevelWarn}))
	require.Equal(t, "WARNING:a:first\nWARNING:root:late\n", read(t, path))
}

func TestSlogsFunctionsLogToTheRoot(t *testing.T) {
	keepLog(t, io.Discard)
	defer slog.SetDefault(slog.Default())
	tr, rec := slogxtest.NewTree(t)
	defer slogx.SetDefault(tr)()
	slog.SetDefault(slogx.GetLogger(""))
	slog.Debug("m")
	slog.Info("m")
	slog.Warn("m")
	slog.Error("m")
	slog.Log(t.Context(), levels.Critical, "m")
	require.Equal(t, "DEBUG:root:m\nINFO:root:m\nWARNING:root:m\nERROR:root:m\nCRITICAL:root:m", rec.String())
	require.Len(t, tr.Node("").Handlers(), 1, "they configure nothing")
}

func TestCaptureLogLeavesLoggersOfLogsOwnAlone(t *testing.T) {
	keepLog(t, io.Discard)
	tr, rec := slogxtest.NewTree(t)
	defer slogx.SetDefault(tr)()
	var out bytes.Buffer
	own := log.New(&out, "own: ", 0)
	defer slogx.CaptureLog("lib")()
	own.Print("printed")
	require.Equal(t, "own: printed\n", out.String())
	require.Zero(t, rec.Len())
}
