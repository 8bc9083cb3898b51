// SPDX-License-Identifier: MIT

package format_test

import (
	"context"
	"io"
	"log/slog"
	"testing"
	"time"

	"github.com/slogx/slogx/format"
)

func BenchmarkHandle(b *testing.B) {
	for name, layout := range map[string]string{
		"usual":  "%(asctime)s - %(name)s - %(levelname)s - %(message)s",
		"widths": "%(asctime)s %(name)-20s %(levelname)-8s %(message)s",
		"caller": "%(asctime)s %(filename)s:%(lineno)d %(levelname)s %(message)s",
		"field":  "%(asctime)s %(method)s %(levelname)s %(message)s",
	} {
		h := format.NewHandler(io.Discard, format.MustPercent(layout, nil), nil).WithAttrs([]slog.Attr{slog.String("logger", "app.db")})
		b.Run(name, func(b *testing.B) { benchmarkHandler(b, h) })
		if name == "usual" {
			b.Run("group", func(b *testing.B) { benchmarkHandler(b, h.WithGroup("http")) })
		}
	}
}

func benchmarkHandler(b *testing.B, h slog.Handler) {
	r := slog.NewRecord(time.Now(), slog.LevelInfo, "request handled by the server", pcAtLine42())
	r.AddAttrs(slog.String("method", "GET"), slog.Int("status", 200), slog.String("path", "/api/v1/users"),
		slog.Duration("took", 1500*time.Microsecond), slog.Bool("cached", true))
	ctx := context.Background()
	b.ReportAllocs()
	for b.Loop() {
		_ = h.Handle(ctx, r)
	}
}

func BenchmarkWith(b *testing.B) {
	h := format.NewHandler(io.Discard, format.MustPercent(format.Basic, nil), nil)
	r := slog.NewRecord(time.Now(), slog.LevelInfo, "request handled", 0)
	ctx := context.Background()
	b.ReportAllocs()
	for b.Loop() {
		_ = h.WithAttrs([]slog.Attr{slog.Int("id", 7), slog.String("user", "bob"), slog.Bool("admin", true)}).Handle(ctx, r)
	}
}
