// SPDX-License-Identifier: MIT

package tree_test

import (
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/tree"
)

// A model is what Python's logging does, told as simply as can be.
type model struct {
	nodes   map[string]*modelNode // those that were asked for; "" is the root
	disable slog.Leveler          // nil disables nothing
}

type modelNode struct {
	level      slog.Leveler // nil is NOTSET
	isolated   bool
	disabled   bool
	handlers   []*recorder
	lastResort *recorder // of the tree
}

// path returns the nodes from name up to the root.
func (m *model) path(name string) (path []*modelNode) {
	for {
		if n := m.nodes[name]; n != nil {
			path = append(path, n)
		}
		if name == "" {
			return path
		}
		name = name[:max(0, strings.LastIndexByte(name, '.'))]
	}
}

// takers returns the handlers that take a record, in order.
func (m *model) takers(name string, level slog.Level) (takers []*recorder) {
	path := m.path(name)
	if path[0].disabled || m.disable != nil && level <= m.disable.Level() {
		return nil
	}
	for _, n := range path {
		if n.level != nil {
			if level < n.level.Level() {
				return nil
			}
			break
		}
	}
	found := false
	for _, n := range path {
		for _, h := range n.handlers {
			found = true
			if h.level == nil || level >= h.level.Level() {
				takers = append(takers, h)
			}
		}
		if n.isolated {
			break
		}
	}
	if last := path[0].lastResort; !found && level >= last.level.Level() {
		takers = append(takers, last)
	}
	return takers
}

// A compared tree is a tree with a model beside it.
type compared struct {
	tree     *tree.Tree
	model    *model
	names    []string
	handlers []*recorder
	last     *recorder
	kept     *kept // of all handlers
	derived  []derivedLogger
	live     []*slog.LevelVar
}

// A derivedLogger was made at some time, and is used ever after.
type derivedLogger struct {
	name   string
	logger *slog.Logger
	bound  string
	prefix string
}

func newCompared(t *testing.T, rnd *rand.Rand) *compared {
	c := &compared{kept: &kept{}, names: []string{"", "a", "a.b", "a.b.c", "a.b.c.d", "a.c", "b", "b.c", "b.c.d", "ab"}}
	c.live = []*slog.LevelVar{new(slog.LevelVar), new(slog.LevelVar)}
	c.last = &recorder{kept: c.kept, level: levels.Warning, bound: " h=last"}
	for i := range 8 {
		level := pick[slog.Leveler](rnd, nil, nil, levels.Debug, levels.Error, c.live[0])
		c.handlers = append(c.handlers, &recorder{kept: c.kept, level: level, bound: fmt.Sprint(" h=", i)})
	}
	c.tree = tree.New(&tree.Options{LastResort: c.last, OnError: func(err error) { t.Error(err) }})
	c.model = &model{nodes: map[string]*modelNode{"": {level: levels.Info, lastResort: c.last}}}
	return c
}

// node returns a node, in the tree and in the model.
func (c *compared) node(name string) (*tree.Node, *modelNode) {
	if c.model.nodes[name] == nil {
		c.model.nodes[name] = &modelNode{lastResort: c.last}
	}
	return c.tree.Node(name), c.model.nodes[name]
}

// change makes a change in both.
func (c *compared) change(t *testing.T, rnd *rand.Rand) {
	n, m := c.node(pick(rnd, c.names...))
	h := pick(rnd, c.handlers...)
	i := slices.Index(m.handlers, h)
	level := pick[slog.Leveler](rnd, nil, slog.Level(rnd.IntN(20)-8), slog.Level(rnd.IntN(20)-8), c.live[0], c.live[1])
	switch op := rnd.IntN(9); {
	case op == 0:
		n.SetLevel(level)
		m.level = level
	case op == 1:
		m.isolated = rnd.IntN(3) == 0
		n.SetPropagate(!m.isolated)
	case op == 2:
		m.disabled = rnd.IntN(3) == 0
		n.SetDisabled(m.disabled)
	case op == 3 && rnd.IntN(3) == 0:
		c.tree.Disable(level)
		c.model.disable = level
	case op == 3:
		c.tree.Disable(nil)
		c.model.disable = nil
	case op == 4:
		pick(rnd, c.live...).Set(slog.Level(rnd.IntN(20) - 8))
	case op == 5 && i < 0:
		n.AddHandler(h)
		m.handlers = append(m.handlers, h)
	case op == 6 || op == 5:
		require.Equal(t, i >= 0, n.RemoveHandler(h))
		m.handlers = slices.DeleteFunc(m.handlers, func(r *recorder) bool { return r == h })
	case op == 7:
		next := pick(rnd, c.handlers...)
		require.Equal(t, i >= 0, n.ReplaceHandler(h, next))
		if i >= 0 && next != h {
			m.handlers[i] = nil
			m.handlers = slices.DeleteFunc(m.handlers, func(r *recorder) bool { return r == next })
			m.handlers[slices.Index(m.handlers, nil)] = next
		}
	case len(m.handlers) > 0: // a batch
		_, other := c.node("a.b")
		if first := m.handlers[0]; other != m && !slices.Contains(other.handlers, first) {
			c.tree.Update(func(b *tree.Batch) {
				b.RemoveHandler(n, first)
				b.AddHandler(c.tree.Node("a.b"), first)
				b.SetLevel(n, level)
			})
			m.handlers, other.handlers, m.level = m.handlers[1:], append(other.handlers, first), level
		}
	}
}

// derive makes a logger, and keeps it.
func (c *compared) derive(rnd *rand.Rand) {
	name := pick(rnd, c.names...)
	c.node(name)
	d := derivedLogger{name: name, logger: c.tree.Logger(name)}
	if name != "" {
		d.bound = " logger=" + name
	}
	if len(c.derived) > 0 && rnd.IntN(2) == 0 {
		d = pick(rnd, c.derived...)
	}
	if k := rnd.IntN(1000); rnd.IntN(3) == 0 {
		d.logger = d.logger.WithGroup("g")
		d.prefix += "g."
	} else {
		d.logger = d.logger.With("k", k)
		d.bound += fmt.Sprintf(" %sk=%d", d.prefix, k)
	}
	if len(c.derived) < 50 {
		c.derived = append(c.derived, d)
	} else {
		c.derived[rnd.IntN(50)] = d
	}
}

// log logs in both, and compares.
func (c *compared) log(t *testing.T, rnd *rand.Rand, i int) {
	d := pick(rnd, c.derived...)
	level := slog.Level(rnd.IntN(20) - 8)
	want := []string{}
	for _, h := range c.model.takers(d.name, level) {
		want = append(want, fmt.Sprintf("%v m%d%s%s %si=%d", level, i, h.bound, d.bound, d.prefix, i))
	}
	if rnd.IntN(2) == 0 {
		require.Equal(t, len(want) > 0, d.logger.Enabled(t.Context(), level))
	}
	d.logger.Log(t.Context(), level, fmt.Sprint("m", i), "i", i)
	got := append([]string{}, c.last.take()...)
	require.Equal(t, want, got, "op %d: %s at %v\n%v", i, d.name, level, c.tree)
}

func TestTheTreeDoesWhatTheModelOfPythonDoes(t *testing.T) {
	rnd := random(t)
	ops := 40_000
	if raceEnabled || testing.Short() {
		ops = 10_000
	}
	taken := 0
	for range 4 {
		c := newCompared(t, rnd)
		c.derive(rnd)
		for i := range ops / 4 {
			switch rnd.IntN(4) {
			case 0:
				c.change(t, rnd)
			case 1:
				c.derive(rnd)
			default:
				c.log(t, rnd, i)
			}
		}
		for name, m := range c.model.nodes {
			require.Equal(t, len(m.handlers), len(c.tree.Node(name).Handlers()))
			taken += len(m.handlers)
		}
		require.ElementsMatch(t, slices.Collect(maps.Keys(c.model.nodes)), rootless(walked(c.tree)))
	}
	require.Positive(t, taken)
}

// rootless gives the root the name that the model has for it.
func rootless(names []string) []string {
	for i, name := range names {
		if name == "root" {
			names[i] = ""
		}
	}
	return names
}
