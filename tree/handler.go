// SPDX-License-Identifier: MIT

package tree

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"

	"github.com/slogx/slogx/internal/record"
)

// A Handler is the [slog.Handler] of a node, or one that With and WithGroup have derived from it.
// What they bound is remembered, and bound to the handlers that are on the way up at the time of
// a record: a logger that was made before the tree was configured follows every configuration.
type Handler struct {
	tree   *Tree
	node   *Node
	parent *Handler // nil for the node's own
	step   *step    // what was bound to the parent; nil for the node's own

	now atomic.Pointer[view] // what holds; stale after a change
}

// A step is one With or WithGroup.
type step struct {
	attrs []slog.Attr // resolved
	group string      // opened, if there are no attributes
}

// A view is what holds for the records of a handler, as of one generation of the tree.
type view struct {
	generation uint64
	min        slog.Level            // the lowest level that passes, as far as it stands still
	live       func(slog.Level) bool // asks what may change without the tree; nil: nothing may
	sure       slog.Level            // above this level, a handler takes records for sure
	route      *route

	plain    *view          // the same without what follows
	handlers []slog.Handler // of the route's leaves, with all that is bound; nil: not bound yet
	scope    *record.Scope  // the same, for filters; nil if there are none
}

// stale is of no generation of any tree.
var stale = newStale()

func newStale() *view {
	v := new(view)
	v.plain = v
	return v
}

// Enabled reports whether records of the level pass the node's level, and whether a handler on
// the way up takes them. Those of a disabled node are not enabled.
func (h *Handler) Enabled(ctx context.Context, level slog.Level) bool {
	v := h.now.Load()
	if level < v.min && v.generation == h.tree.generation.Load() {
		return false // what most calls are for, and as short as can be
	}
	return h.enabled(ctx, level)
}

func (h *Handler) enabled(ctx context.Context, level slog.Level) bool {
	v := h.current()
	return level >= v.min && (v.live == nil || v.live(level)) && (level > v.sure || h.wanted(ctx, v, level))
}

// current returns the view that holds now.
func (h *Handler) current() *view {
	if v := h.now.Load(); v.generation == h.tree.generation.Load() {
		return v
	}
	return h.renew()
}

// Handle hands r to the node's filters, and then to the handlers of the node and of those above.
// It does not ask the node's level again, as slog's own handlers do not, nor Python's
// Logger.handle. It returns the handlers' errors, which the tree's OnError has been given too.
func (h *Handler) Handle(ctx context.Context, r slog.Record) error {
	v := h.current()
	if v.handlers == nil {
		v = h.bind(v)
	}
	if len(v.route.filters) > 0 {
		return h.filter(ctx, v, r)
	}
	// What follows is deliver, without a call more.
	if len(v.handlers) > 1 && r.NumAttrs() > inlineAttrs {
		r = r.Clone()
	}
	if at, err := h.deliverFrom(ctx, v, &r, 0); err != nil {
		return h.goOn(ctx, v, &r, at, err)
	}
	return nil
}

// inlineAttrs is the number of attributes that a slog.Record holds itself. Copies of a record share only those
// beyond: with a clone of these, no handler sees what another one adds.
const inlineAttrs = 5

// filter delivers what the filters pass of r.
func (h *Handler) filter(ctx context.Context, v *view, r slog.Record) error {
	rec := record.Borrow(r, v.scope, &h.node.base)
	defer rec.Release()
	passed := h.passAll(ctx, v.route.filters, rec)
	for _, err := range rec.Errs() {
		h.tree.errors.Report(fmt.Errorf("tree: filter: %w", err))
	}
	if !passed {
		return nil
	}
	if out, ok := rec.Ungrouped(); ok {
		h, rec.Record = h.ungrouped(), out
		v = h.boundAs(v)
	}
	return h.deliver(ctx, v, &rec.Record)
}

// passAll reports whether all filters pass the record.
func (h *Handler) passAll(ctx context.Context, filters []*sieve, r *record.Record) bool {
	for _, s := range filters {
		if !h.pass(ctx, s, r) {
			return false
		}
	}
	return true
}

// ungrouped returns the handler that h was derived from before the first group was opened.
func (h *Handler) ungrouped() *Handler {
	outer := h
	for ; h.parent != nil; h = h.parent {
		if h.step.group != "" {
			outer = h.parent
		}
	}
	return outer
}

// WithAttrs returns a handler that binds attrs. LogValuers are resolved now; what a pointer points
// to is looked at when a handler renders it, which may be with the first record.
func (h *Handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	if len(attrs) == 0 {
		return h
	}
	return h.derive(step{attrs: record.Resolve(attrs)})
}

// WithGroup returns a handler that opens a group. The empty name opens none.
func (h *Handler) WithGroup(name string) slog.Handler {
	if name == "" {
		return h
	}
	return h.derive(step{group: name})
}

func (h *Handler) derive(s step) *Handler {
	d := &struct {
		Handler
		step step
	}{step: s}
	d.tree, d.node, d.parent, d.Handler.step = h.tree, h.node, h, &d.step
	d.now.Store(h.now.Load().plain)
	return &d.Handler
}

// Node returns the node whose handler it is, or was derived from.
func (h *Handler) Node() *Node { return h.node }

// Reentrant reports that Handle may be called by a record that is logged while it handles another.
func (h *Handler) Reentrant() bool { return true }
