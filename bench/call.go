// SPDX-License-Identifier: MIT

package bench

import (
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/slogx/slogx/tree"
)

// A library makes loops of whole calls: the front end of slog, or the library's own, and all behind it.
type library struct {
	name string

	// Each returns a loop; nil is what the library has not.
	disabled func(w io.Writer) func(n int) // log.Debug(message) where that is off
	message  func(w io.Writer) func(n int)
	five     func(w io.Writer) func(n int)
	request  func(w io.Writer) func(n int) // a logger with three attributes, and a message to it
}

// Million is the size of the largest tree.
const Million = 1_000_000

// deepName is at depth 10 of the tree of a million.
const deepName = "app.m1.x1.d.e.f.g.h.i.j"

// callScenarios are whole calls.
func callScenarios() []Scenario {
	scenarios := []Scenario{
		{Name: "disabled", Peer: "slog text", About: "log.Debug where that is off; slogx at depth 10 of a tree of a million loggers."},
		{Name: "call", Peer: "slog json", Lines: 1, Want: says(nil), About: "log.Info with a message. loggo prints the file and line of the call, too."},
		{Name: "call five", Peer: "slog json", Lines: 1, Want: says(fiveFields),
			About: "log.Info with a message and five attributes."},
		{Name: "request", Peer: "slog json", Lines: 1,
			Want:  says(nil, field("request", "17"), field("user", "alice"), field("admin", "true")),
			About: "The pattern of a server: a logger with three attributes more, and one message to it."},
	}
	for _, l := range append(libraries(), natives...) {
		for i, loop := range []func(io.Writer) func(int){l.disabled, l.message, l.five, l.request} {
			if loop != nil {
				scenarios[i].Cases = append(scenarios[i].Cases, Case{Name: l.name, New: func(e *Env) func(int) { return loop(e.Out) }})
			}
		}
	}
	return scenarios
}

// libraries are those that are called by way of slog: slogx with its tree, others as they are.
func libraries() (all []library) {
	for _, p := range []peer{one("slogx %"), one("slogx json")} {
		all = append(all, viaSlog(p.name, func(w io.Writer) slog.Handler { return under(p.new(w)) }))
	}
	all = append(all, viaSlog("slogx tree, slog json", func(w io.Writer) slog.Handler { return under(one("slog json").new(w)) }))
	all[0].disabled = func(w io.Writer) func(int) {
		t := treeOf(Names(Million))
		t.Node("").AddHandler(percent(percentLayout)(w))
		return debug(t.Logger(deepName))
	}
	for i := range all[1:] {
		all[1+i].disabled = nil // the tree answers, whatever handler there is
	}
	for _, p := range slogPeers {
		all = append(all, viaSlog(p.name, func(w io.Writer) slog.Handler { return named(p.new(w)) }))
	}
	return all
}

func viaSlog(name string, handler func(w io.Writer) slog.Handler) library {
	return library{
		name:     name,
		disabled: func(w io.Writer) func(int) { return debug(slog.New(handler(w))) },
		message: func(w io.Writer) func(int) {
			log := slog.New(handler(w))
			return func(n int) {
				for range n {
					log.Info(message)
				}
			}
		},
		five: func(w io.Writer) func(int) {
			log := slog.New(handler(w))
			return func(n int) {
				for range n {
					log.Info(message, "user", "alice", "attempt", 3, "took", 1500*time.Microsecond, "cached", true, "path", "/var/lib/app/data.db")
				}
			}
		},
		request: func(w io.Writer) func(int) {
			log := slog.New(handler(w))
			return func(n int) {
				for range n {
					log.With("request", 17, "user", "alice", "admin", true).Info(message)
				}
			}
		},
	}
}

func debug(log *slog.Logger) func(int) {
	return func(n int) {
		for range n {
			log.Debug(message)
		}
	}
}

// under returns the handler of a named node with handlers on the root, which is three levels up.
func under(handlers ...slog.Handler) slog.Handler {
	t := tree.New(nil)
	for _, h := range handlers {
		t.Node("").AddHandler(h)
	}
	return t.Node(loggerName).Handler()
}

// Names returns n names of loggers, in a thousand families.
func Names(n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("app.m%d.x%d", i%1000, i)
	}
	return names
}

func treeOf(names []string) *tree.Tree {
	t := tree.New(nil)
	for _, name := range names {
		t.Logger(name)
	}
	return t
}
