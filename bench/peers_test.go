// SPDX-License-Identifier: MIT

package bench

import (
	"context"
	"io"
	"log/slog"
	"runtime"
	"testing"
	"time"

	"github.com/lmittmann/tint"
	phuslu "github.com/phuslu/log"
	"github.com/rs/zerolog"
	"go.uber.org/zap"
	"go.uber.org/zap/exp/zapslog"
	"go.uber.org/zap/zapcore"
)

// name is the name of the logger in every benchmark.
const name = "app.db.pool"

// A void takes everything. Unlike io.Discard it is known to nobody, so that nobody takes a short cut.
type void struct{ written int64 }

func (v *void) Write(p []byte) (int, error) {
	v.written += int64(len(p))
	return len(p), nil
}

// A peer is a handler to compare with.
type peer struct {
	name string
	new  func(w io.Writer) slog.Handler
}

// phusluPeer is the fastest of the peers.
var phusluPeer = peer{"phuslu", func(w io.Writer) slog.Handler { return phuslu.SlogNewJSONHandler(w, nil) }}

var peers = []peer{
	phusluPeer,
	{"zerolog", func(w io.Writer) slog.Handler {
		return zerolog.NewSlogHandler(zerolog.New(w).With().Timestamp().Logger())
	}},
	{"zap", func(w io.Writer) slog.Handler {
		encoder := zapcore.NewJSONEncoder(zap.NewProductionEncoderConfig())
		return zapslog.NewHandler(zapcore.NewCore(encoder, zapcore.AddSync(w), zapcore.InfoLevel))
	}},
	{"slogjson", func(w io.Writer) slog.Handler { return slog.NewJSONHandler(w, nil) }},
	{"slogtext", func(w io.Writer) slog.Handler { return slog.NewTextHandler(w, nil) }},
	{"tint", func(w io.Writer) slog.Handler { return tint.NewHandler(w, &tint.Options{NoColor: true}) }},
}

// named returns h as a logger with the name would have it.
func named(h slog.Handler) slog.Handler { return h.WithAttrs([]slog.Attr{slog.String("logger", name)}) }

// newRecord returns a record of now, from the caller, with five attributes.
func newRecord() slog.Record {
	var pcs [1]uintptr
	runtime.Callers(2, pcs[:])
	r := slog.NewRecord(time.Now(), slog.LevelInfo, "connection accepted", pcs[0])
	r.AddAttrs(slog.String("user", "alice"), slog.Int("attempt", 3), slog.Duration("took", 1500*time.Microsecond),
		slog.Bool("cached", true), slog.String("path", "/var/lib/app/data.db"))
	return r
}

// newShortRecord returns a record of now without attributes.
func newShortRecord() slog.Record {
	return slog.NewRecord(time.Now(), slog.LevelInfo, "connection accepted", 0)
}

// handle measures what a handler costs for each r: what slog does before a handler gets it is left out.
func handle(b *testing.B, label string, h slog.Handler, r slog.Record) {
	b.Run("handler="+label, func(b *testing.B) {
		ctx := context.Background()
		b.ReportAllocs()
		for b.Loop() {
			if h.Enabled(ctx, r.Level) {
				_ = h.Handle(ctx, r)
			}
		}
	})
}
