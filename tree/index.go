// SPDX-License-Identifier: MIT

package tree

import (
	"hash/maphash"
	"sync/atomic"
)

// An index finds nodes by their names. The nodes themselves form the chains of a hash table,
// which takes less memory than a map, and no lock to read.
//
// A reader that meets a table that grows may miss a node, never loop or see a wrong one: a node
// that moved points only to nodes that moved before it. So a miss counts only under the tree's lock.
type index struct {
	seed  maphash.Seed
	slots atomic.Pointer[[]atomic.Pointer[Node]] // as many as a power of two
}

func (x *index) init() {
	x.seed = maphash.MakeSeed()
	slots := make([]atomic.Pointer[Node], 16)
	x.slots.Store(&slots)
}

// find returns the node of that name, or nil.
func (x *index) find(name string) *Node {
	for n := x.slot(*x.slots.Load(), name).Load(); n != nil; n = n.next.Load() {
		if n.name == name {
			return n
		}
	}
	return nil
}

func (x *index) slot(slots []atomic.Pointer[Node], name string) *atomic.Pointer[Node] {
	return &slots[maphash.String(x.seed, name)&uint64(len(slots)-1)]
}

// insertLocked adds a node that is not there, which makes count of them.
func (x *index) insertLocked(n *Node, count int) {
	slots := *x.slots.Load()
	if count > len(slots) {
		slots = x.growLocked(slots)
	}
	x.push(slots, n)
}

func (x *index) push(slots []atomic.Pointer[Node], n *Node) {
	slot := x.slot(slots, n.name)
	n.next.Store(slot.Load())
	slot.Store(n)
}

func (x *index) growLocked(old []atomic.Pointer[Node]) []atomic.Pointer[Node] {
	slots := make([]atomic.Pointer[Node], 2*len(old))
	for i := range old {
		for n := old[i].Load(); n != nil; {
			next := n.next.Load()
			x.push(slots, n)
			n = next
		}
	}
	x.slots.Store(&slots)
	return slots
}
