// SPDX-License-Identifier: MIT

package tree

import (
	"log/slog"

	"github.com/slogx/slogx/filter"
)

// A Batch collects changes that become visible together. See [Tree.Update].
type Batch struct {
	tree    *Tree
	changes []func()
}

// Update makes several changes in one step: a record sees all of them or none. The function
// collects them; they are made when it returns, and none of them is made if it panics.
//
// What the step cannot cover is a question that slog asks before there is a record: one whose
// level was found enabled just before the step is handled by the tree as it is after it.
func (t *Tree) Update(collect func(*Batch)) {
	b := Batch{tree: t}
	collect(&b)
	t.change(func() {
		for _, change := range b.changes {
			change()
		}
	})
}

func (b *Batch) add(n *Node, change func()) {
	if n.base.tree != b.tree {
		panic("tree: node " + n.name + " belongs to another tree")
	}
	b.changes = append(b.changes, change)
}

// SetLevel does what [Node.SetLevel] does.
func (b *Batch) SetLevel(n *Node, level slog.Leveler) {
	b.add(n, func() { n.setLevel(level) })
}

// SetPropagate does what [Node.SetPropagate] does.
func (b *Batch) SetPropagate(n *Node, propagate bool) {
	b.add(n, func() { n.setPropagate(propagate) })
}

// SetDisabled does what [Node.SetDisabled] does.
func (b *Batch) SetDisabled(n *Node, disabled bool) {
	b.add(n, func() { n.setDisabled(disabled) })
}

// AddHandler does what [Node.AddHandler] does.
func (b *Batch) AddHandler(n *Node, h slog.Handler) {
	l := b.tree.newLeaf(h)
	b.add(n, func() { n.addLeaf(l) })
}

// RemoveHandler does what [Node.RemoveHandler] does.
func (b *Batch) RemoveHandler(n *Node, h slog.Handler) {
	b.add(n, func() { n.removeHandler(h) })
}

// ClearHandlers removes all handlers of a node.
func (b *Batch) ClearHandlers(n *Node) {
	b.add(n, func() {
		if n.conf != nil {
			n.conf.leaves = nil
		}
	})
}

// ReplaceHandler does what [Node.ReplaceHandler] does.
func (b *Batch) ReplaceHandler(n *Node, old, new slog.Handler) {
	l := b.tree.newLeaf(new)
	b.add(n, func() { n.replaceHandler(old, l) })
}

// AddFilter does what [Node.AddFilter] does.
func (b *Batch) AddFilter(n *Node, f filter.Filter) {
	s := newSieve(f)
	b.add(n, func() { n.addSieve(s) })
}

// ClearFilters removes all filters of a node.
func (b *Batch) ClearFilters(n *Node) {
	b.add(n, func() {
		if n.conf != nil {
			n.conf.filters = nil
		}
	})
}

// Disable does what [Tree.Disable] does.
func (b *Batch) Disable(level slog.Leveler) {
	b.changes = append(b.changes, func() { b.tree.disable = level })
}
