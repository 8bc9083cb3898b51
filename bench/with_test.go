// SPDX-License-Identifier: MIT

package bench

import (
	"log/slog"
	"testing"
)

// perRequest measures With of three attributes and one record on the result, at a named logger.
func perRequest(b *testing.B, label string, h slog.Handler) {
	b.Run("handler="+label, func(b *testing.B) {
		log := slog.New(h)
		b.ReportAllocs()
		for b.Loop() {
			log.With("request", 17, "user", "alice", "admin", true).Info("connection accepted")
		}
	})
}

// BenchmarkWith measures the pattern of a server: a logger for each request.
func BenchmarkWith(b *testing.B) {
	for _, p := range peers {
		perRequest(b, p.name, named(p.new(new(void))))
	}
	perRequest(b, "layout", named(percent(layout)))
	perRequest(b, "tree+slogjson", under(slog.NewJSONHandler(new(void), nil)))
	perRequest(b, "tree+layout", under(percent(layout)))
}
