// SPDX-License-Identifier: MIT

package tree

import (
	"context"
	"log/slog"
	"reflect"
	"slices"
	"sync/atomic"

	"github.com/slogx/slogx/internal/reentry"
)

// A leaf is a handler as it hangs on a node.
type leaf struct {
	handler slog.Handler
	order   uint64      // when it was added
	gate    *gate       // nil if the handler may be called while it handles
	closed  atomic.Bool // by Shutdown
}

// A gate stands before a handler that may hold a lock while it calls what logs: a record that is
// logged inside waits in the backlog until the handler is left.
// A handler on several nodes has one gate.
type gate struct {
	tree    *Tree
	inside  atomic.Int32 // goroutines in the handler
	backlog reentry.Backlog
	leaves  int // guarded by the tree's lock
}

var _ = reentry.Mark((*gate).handle)

// newLeaf returns h as a leaf. The tree is locked, or not yet in use.
func (t *Tree) newLeaf(h slog.Handler) *leaf {
	t.added++
	l := &leaf{handler: h, order: t.added}
	if r, ok := h.(interface{ Reentrant() bool }); ok && r.Reentrant() {
		return l
	}
	if !canCompare(h) {
		l.gate = &gate{tree: t}
		return l
	}
	if l.gate = t.gates[h]; l.gate == nil {
		l.gate = &gate{tree: t}
		t.gates[h] = l.gate
	}
	l.gate.leaves++
	return l
}

// dropLeaf forgets what the tree knows of a leaf that was removed. The tree is locked.
func (t *Tree) dropLeaf(l *leaf) {
	if l.gate == nil || !canCompare(l.handler) {
		return
	}
	if l.gate.leaves--; l.gate.leaves == 0 {
		delete(t.gates, l.handler)
	}
}

// handle hands r to h, which is the leaf's handler with what was bound.
func (l *leaf) handle(ctx context.Context, h slog.Handler, r *slog.Record) error {
	if l.gate == nil {
		return h.Handle(ctx, *r)
	}
	return l.gate.handle(ctx, h, r)
}

//go:noinline
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
		g.backlog.Run()
	}
}

func (g *gate) leave() {
	g.inside.Add(-1)
	if g.backlog.Waiting() {
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
	mustHandler(h)
	var l *leaf
	n.base.tree.change(func() { l = n.addLeaf(h) })
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
	mustHandler(new)
	n.base.tree.change(func() { found = n.replaceHandler(old, new) })
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

func mustHandler(h slog.Handler) {
	if h == nil {
		panic("tree: nil handler")
	}
}

// addLeaf adds h and returns its leaf, or nil if h is there. The tree is locked.
func (n *Node) addLeaf(h slog.Handler) *leaf {
	if n.find(h) != nil {
		return nil
	}
	l := n.base.tree.newLeaf(h)
	c := n.configured()
	c.leaves = append(slices.Clip(c.leaves), l)
	return l
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
	if l != nil && slices.Contains(c.leaves, l) {
		c.leaves = without(c.leaves, l)
		n.base.tree.dropLeaf(l)
	}
}

// replaceHandler puts new in the place of old. The tree is locked.
func (n *Node) replaceHandler(old, new slog.Handler) (found bool) {
	l := n.find(old)
	if l == nil || same(old, new) {
		return l != nil
	}
	n.removeHandler(new)
	c := n.configured()
	c.leaves = slices.Clone(c.leaves)
	c.leaves[slices.Index(c.leaves, l)] = n.base.tree.newLeaf(new)
	n.base.tree.dropLeaf(l)
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
