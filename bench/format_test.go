// SPDX-License-Identifier: MIT

package bench

import (
	"log/slog"
	"testing"

	phuslu "github.com/phuslu/log"

	"github.com/slogx/slogx/format"
)

// layout is the one that most tutorials on Python's logging use.
const layout = "%(asctime)s - %(name)s - %(levelname)s - %(message)s"

// percent returns a handler with the layout.
func percent(layout string) slog.Handler {
	return format.NewHandler(new(void), format.MustPercent(layout, nil), nil)
}

// BenchmarkLine measures handlers alone, with a record of five attributes from a named logger.
// What layouts cost is to be read beside phuslu, which writes JSON with the same content.
func BenchmarkLine(b *testing.B) {
	r := newRecord()
	for _, p := range peers {
		handle(b, p.name, named(p.new(new(void))), r)
	}
	handle(b, "layout", named(percent(layout)), r)
	handle(b, "layout-bare", named(percent("%(asctime)s - %(name)s - %(levelname)s - %(msg)s")), r)
	handle(b, "layout-widths", named(percent("%(asctime)s %(name)-20s %(levelname)-8s %(message)s")), r)
	handle(b, "layout-caller", named(percent("%(asctime)s %(filename)s:%(lineno)d %(name)s %(levelname)s %(message)s")), r)
	handle(b, "layout-field", named(percent("%(asctime)s - %(name)s - %(levelname)s - %(user)s - %(message)s")), r)
}

// BenchmarkShortLine measures handlers alone, with a record without attributes.
func BenchmarkShortLine(b *testing.B) {
	r := newShortRecord()
	for _, p := range peers {
		handle(b, p.name, named(p.new(new(void))), r)
	}
	handle(b, "layout", named(percent(layout)), r)
}

// BenchmarkGroupLine is BenchmarkLine below a group.
func BenchmarkGroupLine(b *testing.B) {
	r := newRecord()
	for _, p := range peers {
		handle(b, p.name, named(p.new(new(void))).WithGroup("request"), r)
	}
	handle(b, "layout", named(percent(layout)).WithGroup("request"), r)
}

// BenchmarkCallerLine is BenchmarkLine with the caller's file and line.
func BenchmarkCallerLine(b *testing.B) {
	r := newRecord()
	opts := &slog.HandlerOptions{AddSource: true}
	handle(b, "phuslu", named(phuslu.SlogNewJSONHandler(new(void), opts)), r)
	handle(b, "slogjson", named(slog.NewJSONHandler(new(void), opts)), r)
	handle(b, "layout", named(percent("%(asctime)s %(filename)s:%(lineno)d %(name)s %(levelname)s %(message)s")), r)
}

// BenchmarkParallelLine is BenchmarkLine from all processors at once, to one writer.
func BenchmarkParallelLine(b *testing.B) {
	parallel := func(label string, h slog.Handler) {
		b.Run("handler="+label, func(b *testing.B) {
			r := newRecord()
			b.ReportAllocs()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					_ = h.Handle(b.Context(), r)
				}
			})
		})
	}
	parallel("slogjson", named(slog.NewJSONHandler(new(void), nil)))
	parallel("layout", named(percent(layout)))
}
