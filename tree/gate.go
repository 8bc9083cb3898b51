// SPDX-License-Identifier: MIT

package tree

import (
	"context"
	"log/slog"
	"runtime"
	"sync"
	"sync/atomic"
	"weak"

	"github.com/slogx/slogx/internal/reentry"
)

// A gate stands before a handler that may hold a lock while it calls what logs: a record that is
// logged inside waits in the backlog until the handler is left.
type gate struct {
	inside  atomic.Int32 // goroutines in the handler
	backlog reentry.Backlog
}

var _ = reentry.Mark((*gate).call)

// gates are the gates of all handlers that hang somewhere. A handler has one, on however many nodes
// of whatever trees it hangs, itself or inside of others. Gates are held weakly, as it is not for
// whoever removes a handler to drop its gate: a record may still be on its way to the handler,
// and the handler on its way back.
var gates struct {
	mu sync.Mutex
	of map[any]weak.Pointer[gate] // by the innermost handler
}

// gateOf returns the gate of the innermost handler. One that cannot be compared gets a new one each time.
func gateOf(innermost slog.Handler) *gate {
	if !canCompare(innermost) {
		return new(gate)
	}
	gates.mu.Lock()
	defer gates.mu.Unlock()
	if g := gates.of[innermost].Value(); g != nil {
		return g
	}
	if gates.of == nil {
		gates.of = make(map[any]weak.Pointer[gate])
	}
	g := new(gate)
	gates.of[innermost] = weak.Make(g)
	runtime.AddCleanup(g, forgetGate, innermost)
	return g
}

// forgetGate forgets the gate of a handler that nobody uses any more, unless it has another one by now.
func forgetGate(innermost slog.Handler) {
	gates.mu.Lock()
	defer gates.mu.Unlock()
	if gates.of[innermost].Value() == nil {
		delete(gates.of, innermost)
	}
}

// handle hands r to the i-th handler of a view.
func (g *gate) handle(ctx context.Context, h *Handler, v *view, i int, r *slog.Record) error {
	if g.inside.Add(1) > 1 {
		switch reentry.Where() {
		case reentry.Inside:
			g.leaveBehind(ctx, h, v, i, r.Clone())
			return nil
		case reentry.InBacklog:
			g.inside.Add(-1)
			return reentry.ErrRefused
		}
	}
	return g.call(ctx, v.handlers[i], r)
}

//go:noinline
func (g *gate) call(ctx context.Context, to slog.Handler, r *slog.Record) error {
	defer g.leave()
	return to.Handle(ctx, *r)
}

// leaveBehind leaves r to whoever is in the handler, and goes.
func (g *gate) leaveBehind(ctx context.Context, h *Handler, v *view, i int, r slog.Record) {
	g.backlog.Put(func() {
		g.inside.Add(1)
		defer g.inside.Add(-1)
		to := v.handlers[i]
		if err := guarded(func() error { return to.Handle(ctx, r) }); err != nil {
			h.tree.errors.Report(handlerError(to, err))
			if v.route.leaves[i].closed.Load() {
				h.rescue(ctx, v, &r)
			}
		}
	})
	if g.inside.Add(-1) == 0 {
		g.work()
	}
}

func (g *gate) leave() {
	g.inside.Add(-1)
	g.work()
}

// work does what was left, until there is no more: some may be left while it does.
func (g *gate) work() {
	for g.backlog.Waiting() {
		g.backlog.Run()
	}
}
