// SPDX-License-Identifier: MIT

package tree

import (
	"context"
	"fmt"
	"log/slog"
	"strings"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/levels"
)

// An Explanation says where a record would go, and why. See [Tree.Explain].
type Explanation struct {
	// Logger is the name of the logger, and Level the level of the record.
	Logger string
	Level  slog.Level

	// Handlers are those that would get the record, in order; with the last resort, if it takes it.
	Handlers []slog.Handler

	// Unsure says that a filter decides by the record itself. Handlers are then those that
	// get the record if it passes.
	Unsure bool

	// Steps tell the way of the record, a line each.
	Steps []string
}

// Explain tells where a record of the given logger and level would go, or what stops it:
// the answer to "why does my message not appear?". It asks the handlers what level they take,
// logs nothing, and creates no logger.
func (t *Tree) Explain(name string, level slog.Level) *Explanation {
	e := &Explanation{Logger: name, Level: level}
	n, disable := t.nearest(name)
	switch {
	case !n.is(name):
		e.step("no logger of that name yet: it would be below %s", n.name)
	case n == t.root:
		e.Logger = rootName
	}
	if n.read().disabled && n.is(name) {
		e.step("%s is disabled: stopped", n.name)
		return e
	}
	if disable != nil && level <= disable.Level() {
		e.step("the tree disables %s and below: stopped", levels.Name(disable.Level()))
		return e
	}
	if !e.passesLevel(n) || n.is(name) && !e.passesFilters(n.name, n.Filters()) {
		return e
	}
	e.walkUp(n)
	return e
}

// nearest returns the node of that name, or the nearest one above that exists.
func (t *Tree) nearest(name string) (n *Node, disable slog.Leveler) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for part := name; ; part = parentName(part) {
		if n = t.findLocked(part); n != nil && n.visible() {
			return n, t.disable
		}
	}
}

func (n *Node) is(name string) bool { return n.name == name || n.parent == nil && name == "" }

func (e *Explanation) step(format string, args ...any) {
	e.Steps = append(e.Steps, fmt.Sprintf(format, args...))
}

// passesLevel tells about the effective level of n.
func (e *Explanation) passesLevel(n *Node) bool {
	from := n
	for from.parent != nil && from.read().level == nil {
		from = from.parent
	}
	l := from.read().level
	where := fmt.Sprintf("level %s, set on %s", thresholdName(l), from.name)
	if l != nil && e.Level < l.Level() {
		e.step("%s: stopped", where)
		return false
	}
	e.step("%s: passes", where)
	return true
}

// passesFilters tells about filters at a place, as far as they can tell without a record.
func (e *Explanation) passesFilters(place string, filters []filter.Filter) bool {
	logger := e.Logger
	if logger == rootName {
		logger = ""
	}
	for _, f := range filters {
		pass, sure := predicted(f, logger, e.Level)
		switch {
		case !sure:
			e.Unsure = true
			e.step("filter %s on %s decides by the record", name(f), place)
		case pass:
			e.step("filter %s on %s: passes", name(f), place)
		default:
			e.step("filter %s on %s: stopped", name(f), place)
			return false
		}
	}
	return true
}

// predicted asks a filter what it does to records of a logger and a level.
// One that cannot tell, or panics, is not sure.
func predicted(f filter.Filter, logger string, level slog.Level) (pass, sure bool) {
	_ = guarded(func() error {
		if p, ok := f.(filter.Predictor); ok {
			pass, sure = p.Predict(logger, level)
		}
		return nil
	})
	return pass, sure
}

// walkUp tells about the handlers of n and of those above.
func (e *Explanation) walkUp(n *Node) {
	last, met := n.base.tree.lastRoute().leaves[0].handler, false
	for ; n != nil; n = n.parent {
		c := n.read()
		for _, l := range c.leaves {
			met = true
			e.handler(l.handler, n.name)
		}
		if c.isolated {
			e.step("propagate is off on %s: no further", n.name)
			break
		}
		if n.parent == nil {
			break
		}
	}
	if !met {
		e.handler(last, "no node")
	}
}

// handler tells what becomes of the record at a handler.
func (e *Explanation) handler(h slog.Handler, place string) {
	who := fmt.Sprintf("handler %s on %s", describe(h), place)
	if taken, err := asked(h, e.Level); err != nil {
		e.step("%s: %v", who, err)
		return
	} else if !taken {
		e.step("%s does not take %s", who, levels.Name(e.Level))
		return
	}
	for _, inner := range chainOf(h) {
		f, ok := inner.(interface{ Filters() []filter.Filter })
		if ok && !e.passesFilters("a handler of "+place, f.Filters()) {
			return
		}
	}
	e.Handlers = append(e.Handlers, h)
	e.step("%s: takes it", who)
}

// asked asks a handler whether it takes records of the level. Its panic is an error.
func asked(h slog.Handler, level slog.Level) (taken bool, err error) {
	err = guarded(func() error {
		taken = h.Enabled(context.Background(), level)
		return nil
	})
	return taken, err
}

// String returns the explanation as text, a line for each step.
func (e *Explanation) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s:", plain(e.Logger), levels.Name(e.Level))
	for _, s := range e.Steps {
		b.WriteString("\n  " + plain(s))
	}
	return b.String()
}
