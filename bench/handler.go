// SPDX-License-Identifier: MIT

package bench

import (
	"context"
	"io"
	"log/slog"
	"runtime"
	"slices"
	"sync"

	"github.com/slogx/slogx"
	"github.com/slogx/slogx/format"
)

// handlerScenarios are handlers alone, of a named logger: what slog does before a handler gets a record is left out.
func handlerScenarios() []Scenario {
	return []Scenario{
		{
			Name: "message", Peer: "phuslu", Lines: 1, Want: says(nil),
			About: "A record without attributes. All records of these tables are of one time: who remembers the text of a second gains what it gains at 100,000 lines a second.",
			Cases: handlers(newRecord(), same),
		}, {
			Name: "five", Peer: "phuslu", Lines: 1, Want: says(fiveFields),
			About: "A record with five attributes: two strings, a number, a duration, a bool.",
			Cases: append(handlers(newRecord(five()...), same), variants()...),
		}, {
			Name: "bound", Peer: "phuslu", Lines: 1, Want: says(tenFields),
			About: "A record without attributes of a logger that has ten bound.",
			Cases: handlers(newRecord(), func(h slog.Handler) slog.Handler { return h.WithAttrs(ten()) }),
		}, {
			Name: "group", Peer: "phuslu", Lines: 1, Want: says(fiveFields, "request"),
			About: "A record with five attributes of a logger with an open group.",
			Cases: handlers(newRecord(five()...), func(h slog.Handler) slog.Handler { return h.WithGroup("request") }),
		}, {
			Name: "source", Peer: "phuslu", Lines: 1, Want: says(fiveFields, `handler\.go"?.{1,9}\d+`),
			About: "A record with five attributes, and the file and line of the call.",
			Cases: sourced(newRecord(five()...)),
		}, {
			Name: "error", Peer: "zap json", Lines: 1, Want: says(nil, "connection reset by peer", "newFailure|errorCases", `handler\.go:\d+`),
			About: "A record with an error that carries its stack, of which every line is printed. Who prints the error's text only is left out. zap has the error itself print its stack, which takes a fifth of its time.",
			Cases: errorCases(),
		}, {
			Name: "parallel", Peer: "phuslu", Lines: 1, Want: says(fiveFields),
			About: "A record with five attributes, from four goroutines for each processor, to one writer.",
			Cases: parallel(newRecord(five()...)),
		},
	}
}

func same(h slog.Handler) slog.Handler { return h }

// handlers are the cases of everybody's handler for r, each as derive returns it.
func handlers(r slog.Record, derive func(slog.Handler) slog.Handler) (cases []Case) {
	for _, p := range everybody() {
		cases = append(cases, Case{Name: p.name, New: func(e *Env) func(int) {
			return handle(derive(named(p.new(e.Out))), r)
		}})
	}
	return cases
}

// handle is the loop of a handler that is given r.
func handle(h slog.Handler, r slog.Record) func(int) {
	ctx := context.Background()
	return func(n int) {
		for range n {
			if h.Enabled(ctx, r.Level) {
				_ = h.Handle(ctx, r)
			}
		}
	}
}

// variants are layouts that do more or less than the usual one.
func variants() (cases []Case) {
	for _, v := range []peer{
		{name: "slogx % widths", new: percent("%(asctime)s %(name)-20s %(levelname)-8s %(message)s")},
		{name: "slogx % field", new: percent("%(asctime)s - %(name)s - %(levelname)s - user=%(user)s - %(message)s")},
		{name: "slogx json replace", new: formatted(format.JSON(&format.JSONOptions{
			ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr { return a }}))},
	} {
		cases = append(cases, Case{Name: v.name, New: func(e *Env) func(int) { return handle(named(v.new(e.Out)), newRecord(five()...)) }})
	}
	return cases
}

func sourced(r slog.Record) (cases []Case) {
	for _, p := range everybody() {
		if p.sourced != nil {
			cases = append(cases, Case{Name: p.name, New: func(e *Env) func(int) { return handle(named(p.sourced(e.Out)), r) }})
		}
	}
	return cases
}

// errorCases are those who print stacks of errors.
func errorCases() (cases []Case) {
	err := newFailure()
	given := map[string]slog.Attr{"zap json": slog.Any("error", err), "slogx json": slogx.Err(err), "slogx %": slogx.Err(err)}
	for _, p := range everybody() {
		attr, ok := given[p.name]
		if !ok {
			continue
		}
		makes := p.new
		if p.name == "slogx json" {
			makes = formatted(format.JSON(&format.JSONOptions{Stacks: format.StackText}))
		}
		cases = append(cases, Case{Name: p.name, New: func(e *Env) func(int) { return handle(named(makes(e.Out)), newRecord(attr)) }})
	}
	return cases
}

func parallel(r slog.Record) (cases []Case) {
	for _, p := range everybody() {
		cases = append(cases, Case{Name: p.name, New: func(e *Env) func(int) {
			loop := handle(named(p.new(&locked{w: e.Out})), r)
			return share(4*runtime.GOMAXPROCS(0), func(int) func(int) { return loop })
		}})
	}
	return slices.DeleteFunc(cases, func(c Case) bool { return c.Name == "slogx {" || c.Name == "slogx $" })
}

// A locked writer is for those who leave it to the writer to be safe for concurrent use.
type locked struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}

// share returns a loop whose turns are done by several goroutines.
func share(goroutines int, loops func(goroutine int) func(n int)) func(n int) {
	return func(n int) {
		var wg sync.WaitGroup
		for g := range goroutines {
			if own := (n + goroutines - 1 - g) / goroutines; own > 0 {
				loop := loops(g)
				wg.Go(func() { loop(own) })
			}
		}
		wg.Wait()
	}
}
