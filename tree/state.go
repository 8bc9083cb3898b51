// SPDX-License-Identifier: MIT

package tree

import (
	"log/slog"
	"math"
	"slices"
)

// A state is what holds for the records of a node, as of one generation of the tree.
// Nodes on which nothing was set share that of the node above.
type state struct {
	view               // without handlers
	level slog.Leveler // effective; nil: everything
	below *state       // of the nodes below on which nothing was set
}

// A route is where the records of a node go. It never changes, and stays the same as long as it
// would be made of the same parts: what is bound to a route need not be bound again.
type route struct {
	leaves  []*leaf    // of the node, then of the nodes above
	filters []*sieve   // of the node
	sure    slog.Level // above this level, a leaf takes records for sure
}

func makeRoute(leaves []*leaf, filters []*sieve) *route {
	rt := &route{leaves: leaves, filters: filters, sure: math.MaxInt}
	for _, l := range leaves {
		rt.sure = min(rt.sure, l.sure)
	}
	return rt
}

// nowhere is the route of a disabled node.
var nowhere = makeRoute(nil, nil)

// resolve returns the state that holds now. It takes the tree's lock,
// so that it is made of all of a batch or of nothing of it.
func (n *Node) resolve() *state {
	t := n.base.tree
	t.mu.Lock()
	defer t.mu.Unlock()
	return n.resolveLocked()
}

func (n *Node) resolveLocked() *state {
	origin := n
	for origin.conf == nil {
		origin = origin.parent // the root has one
	}
	c := origin.conf
	if c.state == nil || c.state.generation != n.base.tree.generation.Load() {
		c.state = origin.makeLocked()
	}
	if origin != n {
		return c.state.below
	}
	return c.state
}

// makeLocked makes the state of a node on which something was set.
func (n *Node) makeLocked() *state {
	c, t := n.conf, n.base.tree
	level, above := c.level, t.lastResort
	if n.parent != nil {
		up := n.parent.resolveLocked()
		if up.below != nil {
			up = up.below
		}
		above = up.route
		if level == nil {
			level = up.level
		}
	}
	c.below = n.routeLocked(above)
	s := t.stateLocked(level, c.below)
	s.below = s
	if c.disabled || len(c.filters) > 0 {
		below := s
		s = t.stateLocked(level, n.ownRouteLocked())
		s.below = below
	}
	return s
}

// routeLocked returns the route of records that come from below, given that of the node above.
func (n *Node) routeLocked(above *route) *route {
	c, t := n.conf, n.base.tree
	if c.isolated {
		above = t.lastResort
	}
	switch {
	case len(c.leaves) == 0:
		return above
	case above == t.lastResort:
		return reuse(c.below, c.leaves, nil)
	default:
		return reuse(c.below, slices.Concat(c.leaves, above.leaves), nil)
	}
}

// ownRouteLocked returns the route of the node's own records, where it is not that from below.
func (n *Node) ownRouteLocked() *route {
	if n.conf.disabled {
		return nowhere
	}
	n.conf.own = reuse(n.conf.own, n.conf.below.leaves, n.conf.filters)
	return n.conf.own
}

// reuse returns old if it is made of the same parts, and else a new route.
func reuse(old *route, leaves []*leaf, filters []*sieve) *route {
	if old != nil && slices.Equal(old.leaves, leaves) && slices.Equal(old.filters, filters) {
		return old
	}
	return makeRoute(leaves, filters)
}

// stateLocked returns a state in which level and what the tree disables are joined into as few
// questions as possible: what stands still into one minimum, and only the rest is asked each time.
func (t *Tree) stateLocked(level slog.Leveler, rt *route) *state {
	disable := t.disable
	s := &state{view: view{generation: t.generation.Load(), route: rt, sure: rt.sure}, level: level}
	s.plain = &s.view
	lowest, fixed := still(level)
	off, offFixed := still(disable) // records at this level and below are disabled
	s.min = lowest
	if off > everything && off < math.MaxInt {
		s.min = max(lowest, off+1)
	}
	switch {
	case off == math.MaxInt:
		s.live = func(slog.Level) bool { return false }
	case !fixed && !offFixed:
		s.live = func(l slog.Level) bool { return l >= level.Level() && l > disable.Level() }
	case !fixed:
		s.live = func(l slog.Level) bool { return l >= level.Level() }
	case !offFixed:
		s.live = func(l slog.Level) bool { return l > disable.Level() }
	}
	return s
}

// still returns the level of l if that never changes. For nil, it is lower than any.
func still(l slog.Leveler) (level slog.Level, fixed bool) {
	if l == nil {
		return everything, true
	}
	level, fixed = l.(slog.Level)
	if !fixed {
		level = everything
	}
	return level, fixed
}

// everything is lower than any level that is in use.
const everything = slog.Level(math.MinInt)
