// SPDX-License-Identifier: MIT

package oracle_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/tree"
)

// lowest is the level that lets every record pass.
const lowest = slog.Level(math.MinInt)

// threshold returns the threshold for Python's number.
func threshold(n int) slog.Leveler {
	if n == 0 {
		return nil
	}
	return levels.FromPython(n)
}

// recordLevel returns the level of a record with Python's number: rounded down, where a threshold is rounded up.
func recordLevel(word string) slog.Level {
	n := number(word)
	level := levels.FromPython(n)
	if levels.Python(level) > n {
		level--
	}
	return level
}

// A handler is one of a script.
type handler struct {
	outermost slog.Handler // what hangs in the tree
	name      string
	once      bool
	fails     bool
	level     *changingLevel
	world     *world
}

// A changingLevel is a threshold that may be changed.
type changingLevel struct{ level atomic.Int64 }

func (l *changingLevel) Level() slog.Level { return slog.Level(l.level.Load()) }

func (l *changingLevel) set(n int) {
	level := lowest
	if n != 0 {
		level = levels.FromPython(n)
	}
	l.level.Store(int64(level))
}

func (w *world) makeHandler(name string, n int, options []string) {
	h := &handler{name: name, world: w, once: slices.Contains(options, "once"), fails: slices.Contains(options, "fails")}
	w.handlers[name] = h
	var next slog.Handler = recorder{h, "root"}
	var filters []filter.Filter
	for _, option := range options {
		if option != "once" && option != "fails" {
			filters = append(filters, w.filter(option))
		}
	}
	if len(filters) > 0 {
		next = filter.NewHandler(next, filters...)
	}
	min := threshold(n)
	if w.changing {
		h.level = new(changingLevel)
		h.level.set(n)
		min = h.level
	}
	h.outermost = levels.NewHandler(next, min)
}

func (w *world) lastResort(name string) slog.Handler {
	switch name {
	case "default":
		return nil
	case "none":
		return slog.DiscardHandler
	}
	return w.handlers[name].outermost
}

// A recorder says which records it handles, and of which logger.
type recorder struct {
	*handler
	logger string
}

func (r recorder) Enabled(context.Context, slog.Level) bool { return true }

func (r recorder) Handle(_ context.Context, rec slog.Record) error {
	r.world.say(fmt.Sprintf("%s %s %d %s", r.name, r.logger, levels.Python(rec.Level), rec.Message))
	if r.once {
		r.world.tree.Walk(func(n *tree.Node) bool {
			n.RemoveHandler(r.outermost)
			return true
		})
	}
	if r.fails {
		return errors.New("broken")
	}
	return nil
}

func (r recorder) WithAttrs(attrs []slog.Attr) slog.Handler {
	for _, a := range attrs {
		if a.Key == tree.NameKey {
			r.logger = a.Value.String()
		}
	}
	return r
}

func (r recorder) WithGroup(string) slog.Handler { return r }

// Threshold says that every record is taken.
func (r recorder) Threshold() slog.Leveler { return nil }

func (w *world) addFilter(node, spec string) {
	key := node + " " + spec
	w.removers[key] = append(w.removers[key], w.node(node).AddFilter(w.filter(spec)))
}

func (w *world) removeFilter(node, spec string) {
	w.node(node)
	key := node + " " + spec
	for _, remove := range w.removers[key] {
		remove()
	}
	delete(w.removers, key)
}

// filter returns the filter of a script, the same each time.
func (w *world) filter(spec string) filter.Filter {
	if w.filters[spec] == nil {
		w.filters[spec] = w.makeFilter(spec)
	}
	return w.filters[spec]
}

func (w *world) makeFilter(spec string) filter.Filter {
	kind, text, _ := strings.Cut(spec, ":")
	switch kind {
	case "name":
		return filter.Name(text)
	case "drop":
		return drop(text)
	case "min":
		return atLeast(number(text))
	case "exact":
		return exactly(number(text))
	case "see":
		return filter.Func(func(_ context.Context, r *filter.Record) bool {
			name := r.Logger
			if name == "" {
				name = "root"
			}
			w.say(fmt.Sprintf("%s sees %s %d %s", text, name, levels.Python(r.Level), r.Message))
			return true
		})
	case "set", "replace": // a record that is returned in Python holds for the same handlers
		return filter.Func(func(_ context.Context, r *filter.Record) bool {
			r.Message = text
			return true
		})
	}
	return filter.Func(func(context.Context, *filter.Record) bool { panic("broken") })
}

type drop string

func (f drop) Filter(_ context.Context, r *filter.Record) bool {
	return !strings.Contains(r.Message, string(f))
}

type atLeast int

func (f atLeast) Filter(_ context.Context, r *filter.Record) bool {
	return r.Level >= levels.FromPython(int(f))
}

type exactly int

func (f exactly) Filter(_ context.Context, r *filter.Record) bool {
	return r.Level == levels.FromPython(int(f))
}
