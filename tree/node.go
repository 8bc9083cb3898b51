// SPDX-License-Identifier: MIT

package tree

import (
	"log/slog"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/slogx/slogx/filter"
)

// rootName is the name of the root, which is "" as well.
const rootName = "root"

// A Node is a place in the tree: what Python configures on a Logger.
// It is safe for concurrent use; what is set holds for records whose call starts afterwards.
type Node struct {
	// A tree may have a million nodes: 112 bytes each.

	parent *Node // nil for the root; may be hidden
	name   string
	next   atomic.Pointer[Node] // in the chain of the index
	base   Handler              // its node is nil while the node is hidden
	logger slog.Logger          // of base

	// guarded by the tree's lock
	conf    *config // nil: nothing was ever set
	child   *Node   // the youngest
	sibling *Node   // the next older
}

// A config is what was set on a node. The zero config sets nothing.
type config struct {
	level    slog.Leveler // nil: inherited
	isolated bool         // propagate is off
	disabled bool
	leaves   []*leaf  // copied on change, never changed
	filters  []*sieve // copied on change, never changed

	state *state // that was made of this; nil or stale after a change
	own   *route // of the node's own records, if there are filters
	below *route // of those from below
}

// A sieve is a filter on a node. Its address tells it from another that is the same function.
type sieve struct{ filter.Filter }

// create makes the node of that name, and hidden nodes for the parts of its name.
func (t *Tree) create(name string) *Node {
	t.mu.Lock()
	defer t.mu.Unlock()
	if n := t.findLocked(name); n != nil && n.visible() {
		return n
	}
	var missing []string
	above := t.root
	for part := name; part != "" && part != rootName; part = parentName(part) {
		if n := t.findLocked(part); n != nil {
			above = n
			break
		}
		missing = append(missing, part)
	}
	for _, part := range slices.Backward(missing) {
		n := &Node{parent: above, name: part, sibling: above.child}
		n.base.tree = t
		above.child = n
		t.hidden[part] = n
		above = n
	}
	if !above.visible() {
		above.show()
	}
	return above
}

func (t *Tree) findLocked(name string) *Node {
	if name == "" {
		return t.root
	}
	if n := t.names.find(name); n != nil {
		return n
	}
	return t.hidden[name]
}

func parentName(name string) string {
	return name[:max(0, strings.LastIndexByte(name, '.'))]
}

// show makes a node one that was asked for. The tree is locked, or not yet in use.
func (n *Node) show() {
	t := n.base.tree
	delete(t.hidden, n.name)
	n.base.node = n
	n.base.now.Store(stale)
	n.logger = *slog.New(&n.base)
	t.count++
	t.names.insertLocked(n, t.count)
}

// visible reports whether the node was asked for by its name. The tree is locked.
func (n *Node) visible() bool { return n.base.node != nil }

// Name returns the full dotted name; that of the root is "root".
func (n *Node) Name() string { return n.name }

// Logger returns the node's logger, the same that [Tree.Logger] returns.
func (n *Node) Logger() *slog.Logger { return &n.logger }

// Handler returns the node's handler: the one behind its logger.
func (n *Node) Handler() slog.Handler { return &n.base }

// Parent returns the nearest node above that was asked for by its name: the root, if no other is.
// The root's is nil.
func (n *Node) Parent() *Node {
	n.base.tree.mu.Lock()
	defer n.base.tree.mu.Unlock()
	for n = n.parent; n != nil && !n.visible(); n = n.parent {
	}
	return n
}

// Children returns the nodes whose [Node.Parent] is n, in the order of their names.
func (n *Node) Children() []*Node {
	n.base.tree.mu.Lock()
	defer n.base.tree.mu.Unlock()
	children := n.childrenLocked(nil)
	slices.SortFunc(children, func(a, b *Node) int { return strings.Compare(a.name, b.name) })
	return children
}

// childrenLocked appends the nodes whose [Node.Parent] is n.
func (n *Node) childrenLocked(children []*Node) []*Node {
	for c := n.child; c != nil; c = c.sibling {
		if c.visible() {
			children = append(children, c)
		} else {
			children = c.childrenLocked(children)
		}
	}
	return children
}

// Walk visits the nodes that were asked for by their names, each before those below it and in
// the order of their names, until visit returns false. The tree may change meanwhile.
func (t *Tree) Walk(visit func(*Node) bool) {
	t.root.walk(visit)
}

func (n *Node) walk(visit func(*Node) bool) bool {
	if !visit(n) {
		return false
	}
	for _, c := range n.Children() {
		if !c.walk(visit) {
			return false
		}
	}
	return true
}

// configured returns the node's configuration, to be changed. The tree is locked.
// A node gets one with the first thing that is set on it, and has a state of its own from then on: what sets
// nothing leaves it alone.
func (n *Node) configured() *config {
	if n.conf == nil {
		n.conf = new(config)
	}
	return n.conf
}

// read returns a copy of the node's configuration.
func (n *Node) read() config {
	n.base.tree.mu.Lock()
	defer n.base.tree.mu.Unlock()
	if n.conf == nil {
		return config{}
	}
	return *n.conf
}

// SetLevel sets the lowest level of the records that are logged here, and below where no other is
// set. Nil is Python's NOTSET: the level is that of the node above; on the root, everything is
// logged. A [slog.LevelVar] is asked for each record. What ancestors have set does not
// hold for records from below that have come this far: they go to the handlers all the same.
func (n *Node) SetLevel(level slog.Leveler) {
	n.base.tree.change(func() { n.setLevel(level) })
}

// setLevel sets the level. The tree is locked.
func (n *Node) setLevel(level slog.Leveler) {
	if level != nil || n.conf != nil {
		n.configured().level = level
	}
}

// Level returns what [Node.SetLevel] has set; nil is Python's NOTSET.
func (n *Node) Level() slog.Leveler { return n.read().level }

// EffectiveLevel returns the level that holds here: the node's own, or that of the nearest node
// above that has one. If none has, it is lower than any level that is in use.
// It is Python's getEffectiveLevel. [Tree.Disable] is left out, as there.
func (n *Node) EffectiveLevel() slog.Level {
	if l := n.resolve().level; l != nil {
		return l.Level()
	}
	return everything
}

// SetPropagate says whether records go on to the handlers of the nodes above, which is the default.
// It does not stop the levels of the nodes above from holding here.
func (n *Node) SetPropagate(propagate bool) {
	n.base.tree.change(func() { n.setPropagate(propagate) })
}

// setPropagate sets propagate. The tree is locked.
func (n *Node) setPropagate(propagate bool) {
	if !propagate || n.conf != nil {
		n.configured().isolated = !propagate
	}
}

// Propagate returns what [Node.SetPropagate] has set.
func (n *Node) Propagate() bool { return !n.read().isolated }

// SetDisabled turns off all that is logged at this very node, not what comes from below.
// It is Python's Logger.disabled.
func (n *Node) SetDisabled(disabled bool) {
	n.base.tree.change(func() { n.setDisabled(disabled) })
}

// setDisabled disables the node, or enables it. The tree is locked.
func (n *Node) setDisabled(disabled bool) {
	if disabled || n.conf != nil {
		n.configured().disabled = disabled
	}
}

// Disabled returns what [Node.SetDisabled] has set.
func (n *Node) Disabled() bool { return n.read().disabled }

// AddFilter adds a filter for what is logged at this very node, not for what comes from below,
// and returns a function that removes it. A filter that is there already is not added again,
// and the function then removes nothing. AddFilter panics if f is nil.
func (n *Node) AddFilter(f filter.Filter) (remove func()) {
	s := newSieve(f)
	n.base.tree.change(func() { n.addSieve(s) })
	return func() {
		n.base.tree.change(func() { n.conf.filters = without(n.conf.filters, s) })
	}
}

func newSieve(f filter.Filter) *sieve {
	if f == nil {
		panic("tree: nil filter")
	}
	return &sieve{f}
}

// addSieve adds a filter unless it is there. The tree is locked.
func (n *Node) addSieve(s *sieve) {
	c := n.configured()
	if !slices.ContainsFunc(c.filters, func(old *sieve) bool { return same(old.Filter, s.Filter) }) {
		c.filters = append(slices.Clip(c.filters), s)
	}
}

// Filters returns the filters, in the order in which they are asked.
func (n *Node) Filters() []filter.Filter { return filtersOf(n.read().filters) }

func filtersOf(sieves []*sieve) []filter.Filter {
	var filters []filter.Filter
	for _, s := range sieves {
		filters = append(filters, s.Filter)
	}
	return filters
}

// without returns items without item, which need not be there.
func without[T any](items []*T, item *T) []*T {
	i := slices.Index(items, item)
	if i < 0 {
		return items
	}
	return slices.Concat(items[:i], items[i+1:])
}
