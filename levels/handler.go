// SPDX-License-Identifier: MIT

package levels

import (
	"context"
	"log/slog"
	"math"
)

// A Handler hands the records from a threshold up on to another handler.
// It is what Python does with the level of a handler. Make one with [NewHandler].
// It holds no lock, and is safe for concurrent use if the handler that it wraps is.
type Handler struct {
	next slog.Handler
	min  slog.Leveler // nil: every level
}

// NewHandler returns a [*Handler] that is enabled for the levels from min up that next is enabled for.
// min is asked for each record, so a [*slog.LevelVar] may change at any time; nil stands for
// Python's NOTSET and lets every level pass, where nil in [slog.HandlerOptions] is INFO.
// NewHandler panics if next is nil.
func NewHandler(next slog.Handler, min slog.Leveler) slog.Handler {
	if next == nil {
		panic("levels: nil handler")
	}
	return &Handler{next: next, min: min}
}

// Enabled reports whether the level is at the threshold or above it, and next takes it.
func (h *Handler) Enabled(ctx context.Context, level slog.Level) bool {
	return (h.min == nil || level >= h.min.Level()) && h.next.Enabled(ctx, level)
}

// Handle hands r on to next, and returns next's error. It does not look at the level again:
// as everywhere in slog, and as in Python's Handler.handle, Enabled has decided.
func (h *Handler) Handle(ctx context.Context, r slog.Record) error {
	return h.next.Handle(ctx, r)
}

// WithAttrs returns a handler with the same threshold whose next has the attributes.
// Without attributes it returns h.
func (h *Handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	if len(attrs) == 0 {
		return h
	}
	return &Handler{next: h.next.WithAttrs(attrs), min: h.min}
}

// WithGroup returns a handler with the same threshold whose next has the group open.
// Without a name it returns h.
func (h *Handler) WithGroup(name string) slog.Handler {
	if name == "" {
		return h
	}
	return &Handler{next: h.next.WithGroup(name), min: h.min}
}

// Unwrap returns the handler that records are handed on to.
func (h *Handler) Unwrap() slog.Handler { return h.next }

// Reentrant reports whether Handle may be called by what it calls itself:
// whether next has a method of this name and type that says so. h itself has no lock to wait for.
func (h *Handler) Reentrant() bool {
	next, ok := h.next.(interface{ Reentrant() bool })
	return ok && next.Reentrant()
}

// Threshold returns the level from which on h is enabled for every record: its own threshold
// or next's, whichever is higher at the time. nil is every level. Next says its own by a method of
// this name and type; without it nothing is promised, and Threshold is the highest number there is.
// It spares the tree the question for each record.
func (h *Handler) Threshold() slog.Leveler {
	next, ok := h.next.(interface{ Threshold() slog.Leveler })
	if !ok {
		return slog.Level(math.MaxInt)
	}
	return higher(h.min, next.Threshold())
}

// higher returns a leveler for the higher one of a and b. nil is lower than every level.
func higher(a, b slog.Leveler) slog.Leveler {
	if a == nil {
		return b
	}
	if b == nil {
		return a
	}
	fixedA, okA := a.(slog.Level)
	fixedB, okB := b.(slog.Level)
	if okA && okB {
		return max(fixedA, fixedB)
	}
	return highest{a, b}
}

// highest is the higher one of two levelers, of which one at least may change.
type highest [2]slog.Leveler

// Level returns the higher level.
func (h highest) Level() slog.Level { return max(h[0].Level(), h[1].Level()) }

// String returns the handler's name and threshold, as in levels.Handler(WARNING).
func (h *Handler) String() string {
	if h.min == nil {
		return "levels.Handler(" + notSet + ")"
	}
	return "levels.Handler(" + Name(h.min.Level()) + ")"
}
