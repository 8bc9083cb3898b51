// SPDX-License-Identifier: MIT

package slogx_test

import (
	"context"
	"log/slog"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx"
	"github.com/slogx/slogx/slogxtest"
)

// counted counts how often it is formatted.
type counted struct{ n *int }

func (c counted) String() string { *c.n++; return "counted" }

func TestLogfFormatsOnlyIfEnabledAndNamesItsCaller(t *testing.T) {
	tr, rec := slogxtest.NewTree(t)
	log, n := tr.Logger("a"), 0
	slogx.Logf(t.Context(), log, slog.LevelInfo, "%v and %d%%", counted{&n}, 5)
	_, file, line, _ := runtime.Caller(0)
	r := rec.Take()[0]
	require.Equal(t, "counted and 5%", r.Message)
	require.Equal(t, file, r.Source.File)
	require.Equal(t, line-1, r.Source.Line)
	tr.Node("").SetLevel(slog.LevelWarn)
	slogx.Logf(t.Context(), log, slog.LevelInfo, "%v", counted{&n})
	require.Equal(t, 1, n)
	var none context.Context
	slogx.Logf(none, log, slog.LevelWarn, "no context")
	require.Equal(t, []string{"no context"}, rec.Messages())
}

//go:noinline
func helper(depth int, log *slog.Logger) {
	slogx.LogDepth(context.Background(), depth, log, slog.LevelInfo, "m", "k", "v")
}

func TestLogDepthNamesACallerFurtherUp(t *testing.T) {
	tr, rec := slogxtest.NewTree(t)
	for depth, want := range map[int]string{-1: "helper", 0: "helper", 1: "TestLogDepthNamesACallerFurtherUp", 2: "tRunner", 1000: ""} {
		helper(depth, tr.Logger("a"))
		r := rec.Take()[0]
		require.Equal(t, map[string]any{"k": "v"}, r.Values())
		if want == "" {
			require.Nil(t, r.Source)
			continue
		}
		require.True(t, strings.HasSuffix(r.Source.Function, "."+want), r.Source.Function)
	}
	tr.Node("").SetLevel(slog.LevelWarn)
	helper(0, tr.Logger("a"))
	require.Zero(t, rec.Len())
}
