// SPDX-License-Identifier: MIT

package tree

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/slogx/slogx/internal/record"
)

// wanted reports whether a handler takes records of the level. One that panics at the question
// does not, and keeps no other from being asked.
func (h *Handler) wanted(ctx context.Context, v *view, level slog.Level) bool {
	if v.handlers == nil {
		v = h.bind(v)
	}
	for i := 0; i < len(v.handlers); i++ {
		var err error
		if i, err = v.firstWanting(ctx, level, i); err == nil {
			return i < len(v.handlers)
		}
		h.tree.errors.Report(err)
	}
	return false
}

// firstWanting returns the place, from i on, of the first handler that takes records of the level
// or panics at the question.
func (v *view) firstWanting(ctx context.Context, level slog.Level, i int) (at int, err error) {
	asked := false
	defer func() {
		if asked {
			return
		}
		if p := recover(); p != nil {
			err = panicError(v.handlers[at], p)
		}
	}()
	for at = i; at < len(v.handlers) && !v.handlers[at].Enabled(ctx, level); {
		at++
	}
	asked = true
	return at, nil
}

// deliver hands r to the handlers, none of which sees what another one adds to it. One that fails or panics stops no other.
func (h *Handler) deliver(ctx context.Context, v *view, r *slog.Record) error {
	if len(v.handlers) > 1 && r.NumAttrs() > inlineAttrs {
		*r = r.Clone()
	}
	if at, err := h.deliverFrom(ctx, v, r, 0); err != nil {
		return h.goOn(ctx, v, r, at, err)
	}
	return nil
}

// goOn hands r to the handlers behind the i-th, which has failed, and returns all their errors.
// A record that came late to a handler that Shutdown closed goes to the last resort.
func (h *Handler) goOn(ctx context.Context, v *view, r *slog.Record, i int, err error) error {
	var errs []error
	late := false
	for ; i < len(v.handlers); i, err = h.deliverFrom(ctx, v, r, i+1) {
		if err != nil {
			h.tree.errors.Report(err)
			errs = append(errs, err)
			late = late || v.route.leaves[i].closed.Load()
		}
	}
	if late {
		h.rescue(ctx, v, r)
	}
	return errors.Join(errs...)
}

// deliverFrom hands r to the handlers from the i-th on, as far as the first that fails,
// and returns its place and its error.
func (h *Handler) deliverFrom(ctx context.Context, v *view, r *slog.Record, i int) (at int, err error) {
	done := false
	defer func() {
		if done {
			return
		}
		if p := recover(); p != nil {
			err = panicError(v.handlers[at], p)
		}
	}()
	for at = i; at < len(v.handlers); at++ {
		to := v.handlers[at]
		if !to.Enabled(ctx, r.Level) {
			continue
		}
		if g := v.route.leaves[at].gate; g == nil {
			err = to.Handle(ctx, *r)
		} else {
			err = g.handle(ctx, h, v, at, r)
		}
		if err != nil {
			err = handlerError(to, err)
			break
		}
	}
	done = true
	return at, err
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
	_ = h.deliver(ctx, last, r)
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
