// SPDX-License-Identifier: MIT

package tree

import (
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/slogx/slogx/levels"
)

// String returns a picture of the whole tree: for each node its level (in parentheses if it is
// inherited), what else was set, and its filters and handlers.
func (t *Tree) String() string {
	var b strings.Builder
	t.mu.Lock()
	disable := t.disable
	t.mu.Unlock()
	if disable != nil {
		fmt.Fprintf(&b, "disabled: %s and below\n", levels.Name(disable.Level()))
	}
	t.root.draw(&b, "", "")
	return b.String()
}

// draw draws n and what is below. The first line is indented by first, the others by rest.
func (n *Node) draw(b *strings.Builder, first, rest string) {
	c, children := n.read(), n.Children()
	b.WriteString(first + plain(n.name) + " " + n.levelName(c))
	if c.isolated {
		b.WriteString(", propagate off")
	}
	if c.disabled {
		b.WriteString(", disabled")
	}
	b.WriteByte('\n')
	bar := rest
	if len(children) > 0 {
		bar += "│"
	}
	for _, s := range c.filters {
		b.WriteString(pad(bar, rest) + "filter " + plain(name(s.Filter)) + "\n")
	}
	for _, l := range c.leaves {
		b.WriteString(pad(bar, rest) + "handler " + plain(describe(l.handler)) + "\n")
	}
	for i, child := range children {
		if i < len(children)-1 {
			child.draw(b, rest+"├─ ", rest+"│  ")
		} else {
			child.draw(b, rest+"└─ ", rest+"   ")
		}
	}
}

// pad indents a line about a node below the node's name, beside the bar to its children, if any.
func pad(bar, rest string) string {
	if bar == rest {
		return rest + "   "
	}
	return bar + "  "
}

// levelName returns the level that holds on n, in parentheses if it was not set there.
func (n *Node) levelName(c config) string {
	if c.level != nil {
		return levels.Name(c.level.Level())
	}
	return "(" + thresholdName(n.resolve().level) + ")"
}

func thresholdName(l slog.Leveler) string {
	if l == nil {
		return "NOTSET"
	}
	return levels.Name(l.Level())
}

// plain quotes what would not be one plain line of text.
func plain(s string) string {
	if s == "" || !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return !strconv.IsPrint(r) }) {
		return strconv.Quote(s)
	}
	return s
}
