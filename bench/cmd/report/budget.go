// SPDX-License-Identifier: MIT

package main

import (
	"fmt"
	"math"

	"github.com/slogx/slogx/bench"
)

// A budget is what something may cost.
type budget struct {
	what   string
	unit   string  // printed after figures
	limit  float64 // what is promised
	beat   float64 // what is aimed at
	actual func(r report, of figure) (float64, bool)
	more   bool // more is better
}

// A figure is what is taken of a row: the median, or the fastest turn.
type figure func(*row) float64

func median(r *row) float64  { return r.Center }
func fastest(r *row) float64 { return r.least }

// ratio is the actual of a case beside another of its scenario.
func ratio(scenario, name, peer string, at int) func(report, figure) (float64, bool) {
	return func(r report, of figure) (float64, bool) {
		a, b := r.row(scenario, name, at), r.row(scenario, peer, at)
		if a == nil || b == nil {
			return 0, false
		}
		return of(a) / of(b), true
	}
}

// nanoseconds is what a case takes, times a factor.
func nanoseconds(scenario, name string, at int, factor float64) func(report, figure) (float64, bool) {
	return func(r report, of figure) (float64, bool) {
		a := r.row(scenario, name, at)
		if a == nil {
			return 0, false
		}
		return of(a) * factor, true
	}
}

// heldBytes is what each thing of a case holds.
func heldBytes(scenario, name string, at int) func(report, figure) (float64, bool) {
	return func(r report, _ figure) (float64, bool) {
		a := r.row(scenario, name, at)
		if a == nil {
			return 0, false
		}
		return a.held, true
	}
}

// added is what the tree adds to each of n handlers.
func added(n int) func(report, figure) (float64, bool) {
	return func(r report, of figure) (float64, bool) {
		with, without := r.row("fan-out", "slogx tree", n), r.row("fan-out", "the handler by itself", 1)
		if with == nil || without == nil {
			return 0, false
		}
		return of(with)/float64(n) - of(without), true
	}
}

// faster says how many times as fast as Python a call is that writes to a file.
func faster(scenario string) func(report, figure) (float64, bool) {
	return func(r report, of figure) (float64, bool) {
		ours, s := r.row(scenario, "slogx", 0), r.section("log file")
		if ours == nil || s == nil {
			return 0, false
		}
		for _, row := range s.rows {
			if row.foreign {
				return of(row) / of(ours), true
			}
		}
		return 0, false
	}
}

var budgets = []budget{
	{"a disabled call, at depth 10 of a tree of a million, beside `slog.TextHandler`", "×", 1.10, 1.00, ratio("disabled", "slogx %", "slog text", 0), false},
	{"five attributes in `%`, beside phuslu's handler", "×", 0.72, 0.65, ratio("five", "slogx %", "phuslu", 0), false},
	{"the same in JSON", "×", 0.67, 0.60, ratio("five", "slogx json", "phuslu", 0), false},
	{"the same in `%` with widths", "×", 0.95, 0.80, ratio("five", "slogx % widths", "phuslu", 0), false},
	{"with file and line, beside phuslu with its source", "×", 1.20, 1.00, ratio("source", "slogx %", "phuslu", 0), false},
	{"with an attribute as a field", "×", 1.30, 1.00, ratio("five", "slogx % field", "phuslu", 0), false},
	{"inside a group, beside phuslu in a group", "×", 1.00, 0.80, ratio("group", "slogx %", "phuslu", 0), false},
	{"what the tree adds to one handler", "ns", 12, 8, added(1), false},
	{"what it adds to each of four", "ns", 12, 8, added(4), false},
	{"`GetLogger` of a known name", "ns", 12, 8, nanoseconds("look up", "slogx", 1000, 1), false},
	{"a million loggers that have not logged, each", "bytes", 180, 145, heldBytes("create", "slogx", bench.Million), false},
	{"making them, all together", "s", 0.8, 0.5, nanoseconds("create", "slogx", bench.Million, bench.Million/1e9), false},
	{"`SetLevel` on their root", "ns", 150, 150, nanoseconds("set level", "slogx", bench.Million, 1), false},
	{"`With` of three and a record, in JSON under the tree, beside slog's JSON handler", "×", 1.20, 1.00, ratio("request", "slogx json", "slog json", 0), false},
	{"the same with slog's JSON handler under the tree", "×", 1.20, 1.00, ratio("request", "slogx tree, slog json", "slog json", 0), false},
	{"a line to a file, beside write(2) under a mutex", "×", 1.03, 1.03, ratio("file", "slogx", "write(2)", 1), false},
	{"the same from eight goroutines", "×", 1.03, 1.03, ratio("file", "slogx", "write(2)", 8), false},
	{"beside lumberjack", "×", 1.00, 1.00, ratio("file", "slogx", "lumberjack", 1), false},
	{"a call with five attributes to a file, that often as fast as Python's `logging`", "×", 20, 50, faster("log file"), true},
	{"the same through a buffer, beside Python, which has none", "×", 20, 50, faster("log file, buffered"), true},
}

// verdict says how an actual stands to the budget.
func (b *budget) verdict(actual float64) string {
	reached := func(limit float64) bool {
		if b.more {
			return actual >= limit
		}
		return actual <= limit
	}
	switch {
	case reached(b.beat):
		return "beaten"
	case reached(b.limit):
		return "met"
	}
	return fmt.Sprintf("**missed by %.0f %%**", 100*math.Abs(actual/b.limit-1))
}
