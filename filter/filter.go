// SPDX-License-Identifier: MIT

// Package filter decides which records pass, by more than their level.
//
// A [Filter] sees the record, the name of its logger and all its attributes, bound and given.
// It hangs on a node of the tree, for all that is logged there, or around any handler:
//
//	h := filter.NewHandler(slog.NewJSONHandler(os.Stdout, nil), filter.Name("app.db"))
package filter

import (
	"context"
	"log/slog"

	"github.com/slogx/slogx/internal/record"
)

// A Record is a log record as filters see it: a [slog.Record], with the name of the logger in
// Logger ("" is the root), and with Attr(key), which finds an attribute by its dotted key
// ("user", "http.status"), bound or given.
//
// A filter may change it. What AddAttrs adds lands in the group that is open, and what
// AddOuterAttrs adds outside of all groups; Rewrite changes and removes attributes that were
// given. Fail reports an error, as one of the handler that asks.
// A Record is valid during the call only.
type Record = record.Record

// A Filter tells whether a record passes. It is Python's logging.Filter.
// A filter may change the record that it is given: that is for those who come after it, the
// handlers of its node or the one handler that it is around.
// It must be safe for concurrent use, and must not log through the node that it hangs on.
type Filter interface {
	Filter(ctx context.Context, r *Record) bool
}

// Func is a function that serves as a [Filter].
type Func func(ctx context.Context, r *Record) bool

// Filter calls f.
func (f Func) Filter(ctx context.Context, r *Record) bool { return f(ctx, r) }

// A Binder is a [Filter] with a step for attributes that are bound by With: what a filter does to
// a record's own attributes, such as redaction, is done there to the bound ones, once.
type Binder interface {
	Filter

	// Bind returns what is to be bound in place of attrs in the given groups, the outermost first.
	// The values are resolved, and the logger's name is not among them.
	// Bind may change attrs, but not groups, and must be safe for concurrent use.
	Bind(groups []string, attrs []slog.Attr) []slog.Attr
}

// A Predictor is a [Filter] that can tell without a record what it does to those of a logger and
// a level, so that the tree can explain where a record would go.
type Predictor interface {
	Filter

	// Predict reports whether such records pass, or false for sure if that depends on the record.
	Predict(logger string, level slog.Level) (pass, sure bool)
}
