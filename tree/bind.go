// SPDX-License-Identifier: MIT

package tree

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/internal/record"
)

// renew makes the view that holds now. What is bound stays bound if the route is still the same.
func (h *Handler) renew() *view {
	old, v := h.now.Load(), h.node.base.now.Load()
	if v.generation == h.tree.generation.Load() {
		v = v.plain // without what is bound to the node's own handler
	} else {
		v = &h.node.resolve().view
	}
	if old.handlers != nil && old.route == v.route {
		next := *v
		next.handlers, next.scope = old.handlers, old.scope
		v = &next
	}
	h.now.Store(v)
	return v
}

// bind replays what was bound to h on the handlers of a view's route.
func (h *Handler) bind(v *view) *view {
	next := h.replay(v.plain)
	h.now.Store(next)
	return next
}

// boundAs returns what is bound to h on the route of the view.
func (h *Handler) boundAs(v *view) *view {
	if own := h.now.Load(); own.handlers != nil && own.route == v.route {
		return own
	}
	return h.bind(v)
}

func (h *Handler) replay(v *view) *view {
	if h.parent == nil {
		return h.replayName(v)
	}
	up, s := h.parent.boundAs(v), *h.step
	if len(v.route.filters) > 0 && s.group == "" {
		if s.attrs = h.rewrite(v.route, up.scope, s.attrs); len(s.attrs) == 0 {
			return up
		}
	}
	return h.apply(s, v, up.handlers, up.scope)
}

// replayName binds the name of the node. The root gives none.
func (h *Handler) replayName(v *view) *view {
	next := v.room(len(v.route.leaves))
	for i, l := range v.route.leaves {
		next.handlers[i] = l.handler
	}
	if h.node.parent == nil {
		return next
	}
	return h.apply(h.node.step(), v, next.handlers, nil)
}

// step binds the node's name.
func (n *Node) step() step {
	return step{attrs: []slog.Attr{slog.String(NameKey, n.name)}}
}

// scope returns all that was bound to h, with the node's name.
func (h *Handler) scope() *record.Scope {
	switch {
	case h.parent != nil:
		return h.step.on(h.parent.scope())
	case h.node.parent != nil:
		return h.node.step().on(nil)
	default:
		return nil
	}
}

// apply returns v with a step bound to each of the handlers, and to the scope if there are filters to see it.
func (h *Handler) apply(s step, v *view, handlers []slog.Handler, scope *record.Scope) *view {
	next := v.room(len(handlers))
	for i, to := range handlers {
		next.handlers[i] = h.applyTo(to, s)
	}
	if len(v.route.filters) > 0 {
		next.scope = s.on(scope)
	}
	return next
}

// room returns a copy of v with room for n handlers.
func (v *view) room(n int) *view {
	few := &struct {
		view
		room [2]slog.Handler // most routes have no more: one allocation in place of two
	}{view: *v}
	if n <= len(few.room) {
		few.handlers = few.room[:n]
	} else {
		few.handlers = make([]slog.Handler, n)
	}
	return &few.view
}

// applyTo binds a step to a handler. For one that panics at that, the step is carried to each record.
func (h *Handler) applyTo(to slog.Handler, s step) (next slog.Handler) {
	defer func() {
		if p := recover(); p != nil {
			h.tree.errors.Report(panicError(to, p))
			next = &carrier{next: to, scope: s.on(nil)}
		}
	}()
	if s.group != "" {
		return to.WithGroup(s.group)
	}
	return to.WithAttrs(record.Clone(s.attrs)) // a handler owns what it is given
}

func (s step) on(scope *record.Scope) *record.Scope {
	if s.group != "" {
		return scope.WithGroup(s.group)
	}
	return scope.WithAttrs(s.attrs)
}

// rewrite gives the node's filters what is to be bound, as some change it.
func (h *Handler) rewrite(rt *route, scope *record.Scope, attrs []slog.Attr) (bind []slog.Attr) {
	err := guarded(func() error {
		bind = filter.Bind(filtersOf(rt.filters), scope.Groups(), attrs)
		return nil
	})
	if err != nil {
		h.tree.errors.Report(fmt.Errorf("tree: filter: %w", err))
		// Not what was to be bound, nor what the panic says of it: the filter may have been there to hide it.
		bind = []slog.Attr{slog.String("!PANIC", "filter")}
	}
	return bind
}

// A carrier stands for a handler that cannot bind: it carries what was bound to each record.
type carrier struct {
	next  slog.Handler
	scope *record.Scope
}

func (c *carrier) Enabled(ctx context.Context, level slog.Level) bool {
	return c.next.Enabled(ctx, level)
}

func (c *carrier) Handle(ctx context.Context, r slog.Record) error {
	var attrs []slog.Attr
	r.Attrs(func(a slog.Attr) bool {
		attrs = append(attrs, a)
		return true
	})
	carried := slog.NewRecord(r.Time, r.Level, r.Message, r.PC)
	carried.AddAttrs(c.scope.Nest(attrs)...)
	return c.next.Handle(ctx, carried)
}

func (c *carrier) WithAttrs(attrs []slog.Attr) slog.Handler {
	return &carrier{next: c.next, scope: c.scope.WithAttrs(attrs)}
}

func (c *carrier) WithGroup(name string) slog.Handler {
	return &carrier{next: c.next, scope: c.scope.WithGroup(name)}
}

func (c *carrier) Unwrap() slog.Handler { return c.next }
