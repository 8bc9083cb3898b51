// SPDX-License-Identifier: MIT

package tree

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/slogx/slogx/internal/record"
)

// wanted reports whether a handler takes records of the level.
func (h *Handler) wanted(ctx context.Context, v *view, level slog.Level) bool {
	if v.handlers == nil {
		v = h.bind(v)
	}
	return h.wantedFrom(ctx, v, level, 0)
}

// wantedFrom asks the handlers from the i-th on. One that panics stops no other.
func (h *Handler) wantedFrom(ctx context.Context, v *view, level slog.Level, i int) (wanted bool) {
	defer func() {
		if wanted || i == len(v.handlers) {
			return
		}
		if p := recover(); p != nil {
			h.tree.errors.Report(panicError(v.handlers[i], p))
			wanted = h.wantedFrom(ctx, v, level, i+1)
		}
	}()
	for ; i < len(v.handlers); i++ {
		if v.handlers[i].Enabled(ctx, level) {
			return true
		}
	}
	return false
}

// deliver hands r to the handlers from the i-th on. One that fails or panics stops no other.
func (h *Handler) deliver(ctx context.Context, v *view, r *slog.Record, i int) (err error) {
	defer func() {
		if i == len(v.handlers) {
			return
		}
		if p := recover(); p != nil {
			e := h.failed(ctx, v, r, i, panicError(v.handlers[i], p))
			err = errors.Join(err, e, h.deliver(ctx, v, r, i+1))
		}
	}()
	for ; i < len(v.handlers); i++ {
		to := v.handlers[i]
		if !to.Enabled(ctx, r.Level) {
			continue
		}
		var e error
		if g := v.route.leaves[i].gate; g == nil {
			e = to.Handle(ctx, *r)
		} else {
			e = g.handle(ctx, h, v, i, r)
		}
		if e != nil {
			err = errors.Join(err, h.failed(ctx, v, r, i, handlerError(to, e)))
		}
	}
	return err
}

// failed reports the failure of a handler, and returns it. A record that came late to a handler that
// Shutdown closed goes to the last resort.
func (h *Handler) failed(ctx context.Context, v *view, r *slog.Record, i int, err error) error {
	h.tree.errors.Report(err)
	if v.route.leaves[i].closed.Load() {
		h.rescue(ctx, v, r)
	}
	return err
}

// rescue hands r to the last resort, with all that is bound.
func (h *Handler) rescue(ctx context.Context, v *view, r *slog.Record) {
	scope := v.scope // as the filters left it
	if len(v.route.filters) == 0 {
		scope = h.scope()
	}
	last := &view{route: h.tree.lastRoute()}
	to := last.route.leaves[0].handler
	if err := guarded(func() error { last.handlers = []slog.Handler{scope.Apply(to)}; return nil }); err != nil {
		h.tree.errors.Report(handlerError(to, err))
		return
	}
	_ = h.deliver(ctx, last, r, 0)
}

// pass reports whether a filter passes the record. One that panics drops it, as it may have been
// there to hide something.
func (h *Handler) pass(ctx context.Context, s *sieve, r *record.Record) (pass bool) {
	defer func() {
		if p := recover(); p != nil {
			h.tree.errors.Report(fmt.Errorf("tree: filter %s: panic: %v", name(s.Filter), p))
		}
	}()
	return s.Filter.Filter(ctx, r)
}
