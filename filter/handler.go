// SPDX-License-Identifier: MIT

package filter

import (
	"context"
	"errors"
	"log/slog"
	"math"
	"slices"

	"github.com/slogx/slogx/internal/record"
)

// A Handler hands the records that pass its filters on to another handler.
// It is what Python does with the filters of a handler.
type Handler struct {
	next    slog.Handler
	filters []Filter
	scope   *record.Scope // what With has bound, as the filters left it
	bare    *Handler      // without what With and WithGroup have done
	outer   *Handler      // without the groups that are open; nil if there are none
}

// NewHandler returns a handler that asks the filters in turn, and hands a record on to next
// unless one of them drops it. What a filter changes in a record, next sees, and nobody else does.
// NewHandler panics if next or a filter is nil.
func NewHandler(next slog.Handler, filters ...Filter) *Handler {
	if next == nil || slices.Contains(filters, nil) {
		panic("filter: nil handler or filter")
	}
	h := &Handler{next: next, filters: slices.Clone(filters)}
	h.bare = h
	return h
}

// Enabled reports whether next takes records of the level: filters are asked with a record only.
func (h *Handler) Enabled(ctx context.Context, level slog.Level) bool {
	return h.next.Enabled(ctx, level)
}

// Handle hands r on to next if all filters pass it.
func (h *Handler) Handle(ctx context.Context, r slog.Record) error {
	rec := record.Borrow(r, h.scope, h.bare)
	defer rec.Release()
	var err error
	if h.pass(ctx, rec) {
		err = h.deliver(ctx, rec)
	}
	if errs := rec.Errs(); len(errs) > 0 {
		err = errors.Join(errors.Join(errs...), err)
	}
	return err
}

func (h *Handler) pass(ctx context.Context, r *Record) bool {
	for _, f := range h.filters {
		if !f.Filter(ctx, r) {
			return false
		}
	}
	return true
}

func (h *Handler) deliver(ctx context.Context, r *Record) error {
	if out, ok := r.Ungrouped(); ok {
		return h.outer.next.Handle(ctx, out)
	}
	return h.next.Handle(ctx, r.Record)
}

// WithAttrs returns a handler that binds attrs, as the filters leave them.
// The logger's name is not for filters to change.
func (h *Handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	attrs = record.Resolve(attrs)
	if i := h.scope.NameIn(attrs); i >= 0 {
		others := Bind(h.filters, nil, slices.Concat(attrs[:i], attrs[i+1:]))
		attrs = slices.Concat(attrs[i:i+1], others)
	} else {
		attrs = Bind(h.filters, h.scope.Groups(), attrs)
	}
	if len(attrs) == 0 {
		return h
	}
	h2 := *h
	h2.scope = h.scope.WithAttrs(attrs)
	h2.next = h.next.WithAttrs(record.Clone(attrs)) // next owns what it is given
	return &h2
}

// WithGroup returns a handler that opens a group. The empty name opens none.
func (h *Handler) WithGroup(name string) slog.Handler {
	if name == "" {
		return h
	}
	h2 := *h
	h2.scope = h.scope.WithGroup(name)
	h2.next = h.next.WithGroup(name)
	if h.outer == nil {
		h2.outer = h
	}
	return &h2
}

// Flush has filters that hold records back tell how many, as far as they have not told yet.
func (h *Handler) Flush() error { return flush(h.filters) }

// Threshold returns what next says of itself by a method of this name: the level from which on it
// takes every record. Without one it is the highest level there is.
func (h *Handler) Threshold() slog.Leveler {
	if next, ok := h.next.(interface{ Threshold() slog.Leveler }); ok {
		return next.Threshold()
	}
	return slog.Level(math.MaxInt)
}

// Unwrap returns the handler that the records go on to.
func (h *Handler) Unwrap() slog.Handler { return h.next }

// Filters returns the filters.
func (h *Handler) Filters() []Filter { return slices.Clone(h.filters) }

// String names the filters, by their String methods or their types.
func (h *Handler) String() string { return "filter.Handler" + namesOf(h.filters) }

// Reentrant reports whether the handler that the records go on to may be called by a record
// that is logged while it handles another.
func (h *Handler) Reentrant() bool {
	next, ok := h.next.(interface{ Reentrant() bool })
	return ok && next.Reentrant()
}

// Bind returns what the filters that are Binders make of attrs that are to be bound in the given
// groups, one after the other. It does not change attrs.
func Bind(filters []Filter, groups []string, attrs []slog.Attr) []slog.Attr {
	cloned := false
	for _, f := range filters {
		b, ok := f.(Binder)
		if !ok || len(attrs) == 0 {
			continue
		}
		if !cloned {
			attrs, cloned = record.Clone(attrs), true
		}
		attrs = b.Bind(groups, attrs)
	}
	return attrs
}
