// SPDX-License-Identifier: MIT

package tree

import (
	"context"
	"log/slog"
	"math"
	"reflect"
	"slices"
	"sync/atomic"
	"weak"

	"github.com/slogx/slogx/internal/reentry"
)

// A leaf is a handler as it hangs on a node.
type leaf struct {
	handler slog.Handler
	sure    slog.Level  // above this level, it takes records for sure
	order   uint64      // when it was added
	gate    *gate       // nil if the handler may be called while it handles
	core    any         // the innermost handler, which the lock is most likely of
	closed  atomic.Bool // by Shutdown
}

// newLeaf returns a leaf that is not in the tree yet. It calls the handler, so that the tree must
// not be locked.
func newLeaf(h slog.Handler) *leaf {
	if h == nil {
		panic("tree: nil handler")
	}
	chain := chainOf(h)
	l := &leaf{handler: h, sure: math.MaxInt, gate: new(gate), core: chain[len(chain)-1]}
	if r, ok := h.(interface{ Reentrant() bool }); ok && r.Reentrant() {
		l.gate = nil
	}
	if t, ok := h.(interface{ Threshold() slog.Leveler }); ok {
		if level, fixed := still(t.Threshold()); fixed {
			l.sure = max(level, everything+1) - 1
		}
	}
	return l
}

// A gate stands before a handler that may hold a lock while it calls what logs: a record that is
// logged inside waits in the backlog until the handler is left.
// A handler has one gate, on however many nodes it hangs, itself or inside of others.
type gate struct {
	tree    *Tree
	inside  atomic.Int32 // goroutines in the handler
	backlog reentry.Backlog
}

var _ = reentry.Mark((*gate).call)

// take takes a leaf into the tree. The tree is locked, or not yet in use.
func (t *Tree) take(l *leaf) {
	t.added++
	l.order = t.added
	if l.gate == nil {
		return
	}
	l.gate.tree = t
	if !canCompare(l.core) {
		return
	}
	if g := t.gates[l.core].Value(); g != nil {
		l.gate = g
		return
	}
	t.sweepGates()
	t.gates[l.core] = weak.Make(l.gate)
}

// sweepGates forgets gates that nobody uses any more, each time that there are twice as many.
// It is not for whoever removes a handler to say: a record may still be on its way to it,
// and it may be on its way back.
func (t *Tree) sweepGates() {
	if len(t.gates) < t.sweepAt {
		return
	}
	for core, g := range t.gates {
		if g.Value() == nil {
			delete(t.gates, core)
		}
	}
	t.sweepAt = 2*len(t.gates) + 16
}

// handle hands r to h, which is the gate's handler with what was bound.
func (g *gate) handle(ctx context.Context, h slog.Handler, r *slog.Record) error {
	if g.inside.Add(1) > 1 {
		switch reentry.Where() {
		case reentry.Inside:
			g.leaveBehind(ctx, h, r.Clone())
			return nil
		case reentry.InBacklog:
			g.inside.Add(-1)
			return reentry.ErrRefused
		}
	}
	return g.call(ctx, h, r)
}

//go:noinline
func (g *gate) call(ctx context.Context, h slog.Handler, r *slog.Record) error {
	defer g.leave()
	return h.Handle(ctx, *r)
}

// leaveBehind leaves r to whoever is in the handler, and goes.
func (g *gate) leaveBehind(ctx context.Context, h slog.Handler, r slog.Record) {
	g.backlog.Put(func() {
		g.inside.Add(1)
		defer g.inside.Add(-1)
		defer func() {
			if p := recover(); p != nil {
				g.tree.report(panicError(h, p))
			}
		}()
		if err := h.Handle(ctx, r); err != nil {
			g.tree.report(handlerError(h, err))
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

// AddHandler adds a handler to those that take what is logged here and below, and returns a
// function that removes it. A handler that is there already is not added again, and the function
// then removes nothing; on a node above, it takes the same record a second time, as in Python.
//
// The tree does not close a handler that is removed; see [Tree.Shutdown].
// AddHandler panics if h is nil.
func (n *Node) AddHandler(h slog.Handler) (remove func()) {
	l := newLeaf(h)
	n.base.tree.change(func() { n.addLeaf(l) })
	return func() {
		n.base.tree.change(func() { n.removeLeaf(l) })
	}
}

// RemoveHandler removes a handler, and reports whether it was there. A record that is on its way
// may still reach it. A handler that cannot be compared is never found;
// what [Node.AddHandler] returned removes it.
func (n *Node) RemoveHandler(h slog.Handler) (found bool) {
	n.base.tree.change(func() { found = n.removeHandler(h) })
	return found
}

// ReplaceHandler puts new in the place of old, in one step for those who log,
// and reports whether old was there. If not, nothing changes.
// It panics if new is nil.
func (n *Node) ReplaceHandler(old, new slog.Handler) (found bool) {
	l := newLeaf(new)
	n.base.tree.change(func() { found = n.replaceHandler(old, l) })
	return found
}

// Handlers returns the handlers of this very node, in the order in which they take a record.
func (n *Node) Handlers() []slog.Handler {
	var handlers []slog.Handler
	for _, l := range n.read().leaves {
		handlers = append(handlers, l.handler)
	}
	return handlers
}

// addLeaf adds l, unless its handler is there. The tree is locked.
func (n *Node) addLeaf(l *leaf) {
	if n.find(l.handler) == nil {
		n.base.tree.take(l)
		c := n.configured()
		c.leaves = append(slices.Clip(c.leaves), l)
	}
}

// removeHandler removes h. The tree is locked.
func (n *Node) removeHandler(h slog.Handler) (found bool) {
	l := n.find(h)
	n.removeLeaf(l)
	return l != nil
}

// removeLeaf removes l, if it is there. The tree is locked.
func (n *Node) removeLeaf(l *leaf) {
	c := n.configured()
	if slices.Contains(c.leaves, l) {
		c.leaves = without(c.leaves, l)
	}
}

// replaceHandler puts the leaf new in the place of old. The tree is locked.
func (n *Node) replaceHandler(old slog.Handler, new *leaf) (found bool) {
	l := n.find(old)
	if l == nil || same(old, new.handler) {
		return l != nil
	}
	n.removeHandler(new.handler)
	n.base.tree.take(new)
	c := n.configured()
	c.leaves = slices.Clone(c.leaves)
	c.leaves[slices.Index(c.leaves, l)] = new
	return true
}

// find returns the leaf of h, or nil. The tree is locked.
func (n *Node) find(h slog.Handler) *leaf {
	for _, l := range n.configured().leaves {
		if same(l.handler, h) {
			return l
		}
	}
	return nil
}

// same reports whether a and b are the same handler or filter.
// Those that cannot be compared are never the same.
func same(a, b any) bool { return canCompare(a) && canCompare(b) && a == b }

func canCompare(v any) bool { return v == nil || reflect.ValueOf(v).Comparable() }
