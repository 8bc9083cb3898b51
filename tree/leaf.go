// SPDX-License-Identifier: MIT

package tree

import (
	"log/slog"
	"math"
	"reflect"
	"slices"
	"sync/atomic"
)

// A leaf is a handler as it hangs on a node.
type leaf struct {
	handler slog.Handler
	sure    slog.Level  // above this level, it takes records for sure
	gate    *gate       // nil if the handler may be called while it handles
	order   uint64      // when it was added
	closed  atomic.Bool // by Shutdown
}

// newLeaf returns a leaf that is not in the tree yet. It calls the handler, so that the tree must
// not be locked.
func (t *Tree) newLeaf(h slog.Handler) *leaf {
	if h == nil {
		panic("tree: nil handler")
	}
	t.adopt(h)
	chain := chainOf(h)
	innermost := chain[len(chain)-1]
	if own, ok := innermost.(*Handler); ok && own.tree == t {
		panic("tree: handler of node " + own.node.name + " on its own tree: a record would never arrive")
	}
	l := &leaf{handler: h, sure: math.MaxInt}
	if r, ok := h.(interface{ Reentrant() bool }); !ok || !r.Reentrant() {
		l.gate = gateOf(innermost)
	}
	if t, ok := h.(interface{ Threshold() slog.Leveler }); ok {
		if level, fixed := still(t.Threshold()); fixed {
			l.sure = max(level, everything+1) - 1
		}
	}
	return l
}

// AddHandler adds a handler to those that take what is logged here and below, and returns a
// function that removes it. A handler that is there already is not added again, and the function
// then removes nothing; on a node above, it takes the same record a second time, as in Python.
//
// The tree does not close a handler that is removed; see [Tree.Shutdown].
// AddHandler panics if h is nil, or a handler of this very tree.
func (n *Node) AddHandler(h slog.Handler) (remove func()) {
	l := n.base.tree.newLeaf(h)
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
	l := n.base.tree.newLeaf(new)
	n.base.tree.change(func() { found = n.replaceHandler(old, l) })
	return found
}

// Handlers returns the handlers of this very node, in the order in which they take a record.
func (n *Node) Handlers() []slog.Handler { return handlersOf(n.read().leaves) }

func handlersOf(leaves []*leaf) []slog.Handler {
	var handlers []slog.Handler
	for _, l := range leaves {
		handlers = append(handlers, l.handler)
	}
	return handlers
}

// addLeaf adds l, unless its handler is there. The tree is locked.
func (n *Node) addLeaf(l *leaf) {
	if n.find(l.handler) == nil {
		l.order = n.base.tree.nextOrder()
		c := n.configured()
		c.leaves = append(slices.Clip(c.leaves), l)
	}
}

// nextOrder counts the handlers that are added. The tree is locked.
func (t *Tree) nextOrder() uint64 {
	t.added++
	return t.added
}

// removeHandler removes h. The tree is locked.
func (n *Node) removeHandler(h slog.Handler) (found bool) {
	l := n.find(h)
	n.removeLeaf(l)
	return l != nil
}

// removeLeaf removes l, if it is there. The tree is locked.
func (n *Node) removeLeaf(l *leaf) {
	if n.conf != nil {
		n.conf.leaves = without(n.conf.leaves, l)
	}
}

// replaceHandler puts the leaf new in the place of old. The tree is locked.
func (n *Node) replaceHandler(old slog.Handler, new *leaf) (found bool) {
	l := n.find(old)
	if l == nil || same(old, new.handler) {
		return l != nil
	}
	n.removeHandler(new.handler)
	new.order = n.base.tree.nextOrder()
	c := n.configured()
	c.leaves = slices.Clone(c.leaves)
	c.leaves[slices.Index(c.leaves, l)] = new
	return true
}

// find returns the leaf of h, or nil. The tree is locked.
func (n *Node) find(h slog.Handler) *leaf {
	if n.conf == nil {
		return nil
	}
	for _, l := range n.conf.leaves {
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
