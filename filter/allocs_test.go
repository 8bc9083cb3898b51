// SPDX-License-Identifier: MIT

//go:build !race

package filter_test

import (
	"context"
	"io"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/filter"
)

func TestThreeFiltersThatKeepTheRecordDoNotAllocate(t *testing.T) {
	for name, filters := range map[string][]filter.Filter{
		"verdicts":     {filter.Name("a"), filter.LevelRange(slog.LevelInfo, nil), filter.MessageContains("m")},
		"combinations": {filter.All(filter.Name("a"), filter.Not(filter.Level(8))), filter.Any(filter.Name("b"), filter.AttrEquals("k", 1)), filter.NewCounter()},
		"rewriting":    {filter.Remove("x", "g.y"), filter.NewCounter(), filter.Attr("k", nil)},
	} {
		l := slog.New(filter.NewHandler(slog.NewTextHandler(io.Discard, nil), filters...)).With("logger", "a")
		attrs := []slog.Attr{slog.Int("k", 1), slog.String("s", "v"), slog.Bool("b", true)}
		got := testing.AllocsPerRun(200, func() { l.LogAttrs(context.Background(), slog.LevelInfo, "m", attrs...) })
		require.Zero(t, got, name)
		l = l.WithGroup("g").With("b", 1)
		got = testing.AllocsPerRun(200, func() { l.LogAttrs(context.Background(), slog.LevelInfo, "m", attrs...) })
		require.Zero(t, got, "%s in a group", name)
	}
}
