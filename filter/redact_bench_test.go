// SPDX-License-Identifier: MIT

package filter_test

import (
	"context"
	"log/slog"
	"regexp"
	"testing"
	"time"

	"github.com/slogx/slogx/filter"
)

var (
	manyKeys = &filter.RedactOptions{Keys: []string{"password", "*token*", "authorization", "db.*.password"}}
	twoTexts = &filter.RedactOptions{Patterns: []*regexp.Regexp{regexp.MustCompile(`\b\d{16}\b`), regexp.MustCompile(`eyJ[\w-]+\.[\w.-]+`)}}
)

// handle returns what testing counts and benchmarks time: a record through the filter.
func handle(tb testing.TB, f filter.Filter) func() {
	tb.Helper()
	r := slog.NewRecord(time.Now(), slog.LevelInfo, "request served", 0)
	r.AddAttrs(slog.String("method", "GET"), slog.Int("status", 200), slog.Duration("took", time.Second), slog.Bool("ok", true))
	h := filter.NewHandler(nothing{}, f)
	ctx := tb.Context()
	return func() { _ = h.Handle(ctx, r) }
}

// nothing is a handler that does nothing.
type nothing struct{}

func (nothing) Enabled(context.Context, slog.Level) bool  { return true }
func (nothing) Handle(context.Context, slog.Record) error { return nil }
func (n nothing) WithAttrs([]slog.Attr) slog.Handler      { return n }
func (n nothing) WithGroup(string) slog.Handler           { return n }

func BenchmarkRedactKeys(b *testing.B)     { benchmarkRedact(b, manyKeys) }
func BenchmarkRedactPatterns(b *testing.B) { benchmarkRedact(b, twoTexts) }

func benchmarkRedact(b *testing.B, opts *filter.RedactOptions) {
	b.ReportAllocs()
	f := handle(b, filter.Redact(opts))
	for b.Loop() {
		f()
	}
}

func BenchmarkRedactKeysInAStruct(b *testing.B) {
	b.ReportAllocs()
	l := slog.New(filter.NewHandler(nothing{}, filter.Redact(manyKeys)))
	for b.Loop() {
		l.Info("m", "user", &login{"bob", secret})
	}
}
