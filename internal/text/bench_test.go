// SPDX-License-Identifier: MIT

package text_test

import (
	"log/slog"
	"testing"
	"time"

	"github.com/slogx/slogx/internal/record"
	"github.com/slogx/slogx/internal/text"
)

func BenchmarkAppend(b *testing.B) {
	var r record.Record
	r.AddAttrs(slog.String("method", "GET"), slog.Int("status", 200), slog.String("path", "/api/v1/users"),
		slog.Duration("took", 1500*time.Microsecond), slog.Bool("cached", true))
	bound := text.Bind(nil, nil)
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		buf, _ = bound.Append(buf[:0], &r.Record)
	}
}

func BenchmarkAppendEscaped(b *testing.B) {
	for name, s := range map[string]string{"ascii": "request handled by the server", "chinese": "服务器处理了请求", "controls": "a\nb\x1bc"} {
		b.Run(name, func(b *testing.B) {
			var buf []byte
			for b.Loop() {
				buf = text.AppendEscaped(buf[:0], s)
			}
		})
	}
}
