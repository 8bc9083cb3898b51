// SPDX-License-Identifier: MIT

package bench

import (
	"context"
	"fmt"
	"log/slog"
	"strings"

	"github.com/juju/loggo/v2"

	"github.com/slogx/slogx/tree"
)

// An idle is a handler that does nothing, as foreign to the tree as any other.
type idle struct{ handled int }

func (h *idle) Enabled(context.Context, slog.Level) bool  { return true }
func (h *idle) Handle(context.Context, slog.Record) error { h.handled++; return nil }
func (h *idle) WithAttrs([]slog.Attr) slog.Handler        { return h }
func (h *idle) WithGroup(string) slog.Handler             { return h }

// A known idle tells the tree what the handlers of slogx tell it.
type known struct{ idle }

func (h *known) Threshold() slog.Leveler            { return nil }
func (h *known) Reentrant() bool                    { return true }
func (h *known) WithAttrs([]slog.Attr) slog.Handler { return h }
func (h *known) WithGroup(string) slog.Handler      { return h }

// idles returns n handlers of the kind that the tree knows, or of the other.
func idles(n int, foreign bool) (all []slog.Handler) {
	for range n {
		if foreign {
			all = append(all, new(idle))
		} else {
			all = append(all, new(known))
		}
	}
	return all
}

// treeScenarios are what the tree costs, beside others that have one, or pass records on to several handlers.
func treeScenarios() []Scenario {
	return []Scenario{
		{
			Name: "fan-out", Axis: "handlers", Peer: "slog.NewMultiHandler",
			About: "A record without attributes passed on to handlers that do nothing: those of slogx hang on the root, three levels up.",
			Cases: fanOut(),
		}, {
			Name: "depth", Axis: "depth", Peer: "1 handler",
			About: "A record of a logger that stands some levels below the root, where the handlers hang.",
			Cases: depth(),
		}, {
			Name: "around", Peer: "slogx %, no tree", Lines: 1, Want: says(fiveFields),
			About: "A handler alone and under the tree: a record with five attributes.",
			Cases: around(),
		}, {
			Name: "create", Axis: "loggers", Peer: "loggo",
			About: "Making loggers that have not logged yet, for each; and the memory that each takes. With one logger it is mostly the tree that is made.",
			Cases: create(),
		}, {
			Name: "look up", Axis: "loggers", Peer: "loggo",
			About: "Finding a logger that exists by its name: always the same, or any in turn, which is a matter of the processor's caches.",
			Cases: lookUp(),
		}, {
			Name: "set level", Axis: "loggers", Peer: "loggo",
			About: "Changing the level of the root, alone, and with the first record after it.",
			Cases: setLevel(),
		},
	}
}

func fanOut() (cases []Case) {
	r := newRecord()
	add := func(name string, handlers int, h slog.Handler) {
		cases = append(cases, Case{Name: name, At: handlers, New: func(*Env) func(int) { return handle(h, r) }})
	}
	for _, n := range []int{1, 2, 4} {
		add("slogx tree", n, under(idles(n, false)...))
		add("slogx tree, own and above", n, spread(idles(n, false)))
		add("slogx tree, any handler", n, under(idles(n, true)...))
		add("slog.NewMultiHandler", n, slog.NewMultiHandler(idles(n, true)...))
	}
	add("the handler by itself", 1, new(known))
	return cases
}

// spread hangs the handlers on the node itself and on those above it.
func spread(handlers []slog.Handler) slog.Handler {
	t := tree.New(nil)
	n := t.Node(loggerName)
	for _, h := range handlers {
		n.AddHandler(h)
		if n = n.Parent(); n == nil {
			n = t.Node("")
		}
	}
	return t.Node(loggerName).Handler()
}

func depth() (cases []Case) {
	r := newRecord()
	for _, levels := range []int{1, 3, 10} {
		for _, n := range []int{1, 2, 4} {
			cases = append(cases, Case{Name: fmt.Sprintf("%d handler%s", n, plural(n)), At: levels, New: func(*Env) func(int) {
				t := tree.New(nil)
				for _, h := range idles(n, false) {
					t.Node("").AddHandler(h)
				}
				return handle(t.Node(strings.Repeat("a.", levels-1)+"a").Handler(), r)
			}})
		}
	}
	return cases
}

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}

func around() (cases []Case) {
	r := newRecord(five()...)
	for _, p := range []peer{one("slogx %"), one("slogx json"), one("slog json")} {
		cases = append(cases,
			Case{Name: p.name + ", no tree", New: func(e *Env) func(int) { return handle(named(p.new(e.Out)), r) }},
			Case{Name: p.name + ", tree", New: func(e *Env) func(int) { return handle(under(p.new(e.Out)), r) }})
	}
	return cases
}

// sizes are those of the trees.
var sizes = []int{1, 1000, Million}

func create() (cases []Case) {
	for _, size := range sizes {
		cases = append(cases,
			Case{Name: "slogx", At: size, Per: size,
				New:  func(*Env) func(int) { names := Names(size); return times(func() { treeOf(names) }) },
				Hold: func(names []string) any { return treeOf(names) }},
			Case{Name: "loggo", At: size, Per: size,
				New:  func(*Env) func(int) { names := Names(size); return times(func() { loggoOf(names) }) },
				Hold: func(names []string) any { return loggoOf(names) }})
	}
	return cases
}

func loggoOf(names []string) *loggo.Context {
	c := loggo.NewContext(loggo.INFO)
	for _, name := range names {
		c.GetLogger(name)
	}
	return c
}

func lookUp() (cases []Case) {
	getters := []struct {
		name string
		of   func(names []string) func(name string)
	}{
		{"slogx", func(names []string) func(string) {
			t := treeOf(names)
			return func(name string) { t.Logger(name) }
		}},
		{"loggo", func(names []string) func(string) {
			c := loggoOf(names)
			return func(name string) { c.GetLogger(name) }
		}},
	}
	for _, size := range sizes {
		for _, g := range getters {
			cases = append(cases,
				Case{Name: g.name, At: size, New: func(*Env) func(int) {
					names := Names(size)
					get := g.of(names)
					return times(func() { get(names[size/2]) })
				}},
				Case{Name: g.name + ", any", At: size, New: func(*Env) func(int) {
					names, at := Names(size), 0
					get := g.of(names)
					return times(func() {
						at = (at + 7919) % size
						get(names[at])
					})
				}})
		}
	}
	return cases
}

func setLevel() (cases []Case) {
	for _, size := range sizes {
		cases = append(cases,
			Case{Name: "slogx", At: size, New: func(*Env) func(int) {
				root, i := treeOf(Names(size)).Node(""), 0
				return times(func() { i++; root.SetLevel(slog.Level(i & 3)) })
			}},
			Case{Name: "slogx, and a record", At: size, New: func(*Env) func(int) {
				names, i := Names(size), 0
				t := treeOf(names)
				t.Node("").AddHandler(new(known))
				root, log := t.Node(""), t.Logger(names[size/2])
				return times(func() { i++; root.SetLevel(slog.Level(i & 3)); log.Warn(message) })
			}},
			Case{Name: "loggo", At: size, New: func(*Env) func(int) {
				root, i := loggoOf(Names(size)).GetLogger(""), 0
				return times(func() { i++; root.SetLogLevel(loggo.DEBUG + loggo.Level(i&1)) })
			}})
	}
	return cases
}
