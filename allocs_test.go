// SPDX-License-Identifier: MIT

//go:build !race

package slogx_test

import (
	"io"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/tree"
)

// The race detector has pools forget what they keep, so that there it would count allocations.
func TestALineInTwoLayoutsThreeLevelsDownAllocatesNothing(t *testing.T) {
	tr := tree.New(nil)
	tr.Node("").AddHandler(format.NewHandler(io.Discard, format.MustPercent("%(asctime)s - %(name)s - %(levelname)s - %(message)s", nil), nil))
	tr.Node("a").AddHandler(format.NewHandler(io.Discard, format.MustPercent("%(asctime)s %(filename)s:%(lineno)d %(http.status)03d %(message)s", nil), nil))
	log, ctx := tr.Logger("a.b.c").With("request", "r1", "user", 7).WithGroup("http"), t.Context()
	line := func() {
		log.LogAttrs(ctx, slog.LevelInfo, "served", slog.String("path", "/index.html"), slog.Int("status", 200),
			slog.Duration("took", 1500*time.Microsecond), slog.Bool("cached", false), slog.Float64("load", 0.25))
	}
	for range 10 {
		line() // once a second, the text of the second is made anew
	}
	require.Less(t, testing.AllocsPerRun(1000, line), 1.0)
}
