// SPDX-License-Identifier: MIT

package slogxtest

import (
	"log/slog"
	"math"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/slogx/slogx/tree"
)

// A lowered is the level of a node while somebody demands records of it: what the level would be without,
// or the lowest demand, whichever is lower. Without demands it changes nothing, so it does no harm
// on a node to which other code has restored it.
type lowered struct {
	node   *tree.Node
	own    slog.Leveler // what was set on the node before; nil is inherited
	lowest atomic.Int64 // demand
}

// none is the lowest demand where there is none.
const none = math.MaxInt

// Level returns the level that holds now. The node's own level, and those above, stay live.
func (l *lowered) Level() slog.Level { return min(l.without(), slog.Level(l.lowest.Load())) }

// without returns what the node's level would be if nobody demanded anything.
func (l *lowered) without() slog.Level {
	if l.own != nil {
		return l.own.Level()
	}
	if parent := l.node.Parent(); parent != nil {
		return parent.EffectiveLevel()
	}
	return math.MinInt
}

// A claim is all that is demanded of one node.
type claim struct {
	level   *lowered
	demands []slog.Level
}

// update makes the node as loud as is demanded. The registry is locked.
func (c *claim) update() { c.level.lowest.Store(int64(slices.Min(c.demands))) }

// holds reports whether nobody else has set the node's level meanwhile.
func (c *claim) holds() bool { return c.level != nil && c.level.node.Level() == slog.Leveler(c.level) }

// claims are the nodes that have demands. Two tests that overlap in time cannot each save
// the level and restore it: the second would save what the first has set.
var claims struct {
	mu     sync.Mutex
	byNode map[*tree.Node]*claim
}

// demand makes the node let records at the level pass, until release is called.
func demand(node *tree.Node, level slog.Level) (release func()) {
	claims.mu.Lock()
	defer claims.mu.Unlock()
	c := claims.byNode[node]
	if c == nil {
		c = &claim{}
		if claims.byNode == nil {
			claims.byNode = map[*tree.Node]*claim{}
		}
		claims.byNode[node] = c
	}
	c.demands = append(c.demands, level)
	if c.holds() {
		c.update()
	} else {
		c.lower(node)
	}
	return func() { c.release(level) }
}

// lower gives the node a level that follows the demands. The registry is locked.
func (c *claim) lower(node *tree.Node) {
	if c.level != nil {
		c.level.lowest.Store(none)
	}
	c.level = &lowered{node: node, own: node.Level()}
	c.update()
	node.SetLevel(c.level)
}

// release takes one demand back, and the last one restores the level, unless other code has set it meanwhile.
func (c *claim) release(level slog.Level) {
	claims.mu.Lock()
	defer claims.mu.Unlock()
	i := slices.Index(c.demands, level)
	c.demands = slices.Delete(c.demands, i, i+1)
	if len(c.demands) > 0 {
		c.update()
		return
	}
	c.level.lowest.Store(none)
	delete(claims.byNode, c.level.node)
	if c.holds() {
		c.level.node.SetLevel(c.level.own)
	}
}
