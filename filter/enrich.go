// SPDX-License-Identifier: MIT

package filter

import (
	"context"
	"log/slog"
)

// Enrich returns a filter that adds to each record what get finds in the context of the logging
// call: the id of a request or a trace, say. The attributes land in the group that is open.
// Get must be safe for concurrent use. It panics if get is nil.
//
// The context is that of InfoContext and its like; Info has an empty one.
func Enrich(get func(context.Context) []slog.Attr) Filter {
	return newEnricher("Enrich", get, func(r *Record, attrs []slog.Attr) { r.AddAttrs(attrs...) })
}

// EnrichOuter returns a filter that does what that of [Enrich] does, but adds the attributes
// outside of all groups: a trace id stands at the same place in every line.
func EnrichOuter(get func(context.Context) []slog.Attr) Filter {
	return newEnricher("EnrichOuter", get, func(r *Record, attrs []slog.Attr) { r.AddOuterAttrs(attrs...) })
}

type enricher struct {
	name string
	get  func(context.Context) []slog.Attr
	add  func(*Record, []slog.Attr)
}

func newEnricher(name string, get func(context.Context) []slog.Attr, add func(*Record, []slog.Attr)) Filter {
	if get == nil {
		panic("filter: nil function")
	}
	return &enricher{name, get, add}
}

// Filter implements [Filter]: it passes every record.
func (e *enricher) Filter(ctx context.Context, r *Record) bool {
	if ctx == nil { // slog's own handlers take it
		ctx = context.Background()
	}
	if attrs := e.get(ctx); len(attrs) > 0 {
		e.add(r, attrs)
	}
	return true
}

// Predict implements [Predictor]: it passes every record.
func (e *enricher) Predict(string, slog.Level) (pass, sure bool) { return true, true }

func (e *enricher) String() string { return e.name }
