// SPDX-License-Identifier: MIT

package slogxtest

import (
	"context"
	"log/slog"
	"sync"
	"testing"

	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/tree"
)

// NewTree returns a tree for one test, and the recorder on its root, which keeps the records of all loggers
// at every level. When the test ends, the tree is shut down. An error of a handler or filter fails the test.
//
// Code under test that takes its loggers from a tree that it is given can run in parallel tests;
// with [AssertLogs] on a shared tree, parallel tests see each other's records.
func NewTree(t testing.TB) (*tree.Tree, *Recorder) {
	t.Helper()
	report := &reporter{t: t}
	tr := tree.New(&tree.Options{OnError: report.report})
	root, rec := tr.Node(""), NewRecorder(nil)
	root.SetLevel(nil)
	root.AddHandler(rec)
	t.Cleanup(func() {
		if err := tr.Shutdown(context.Background()); err != nil {
			report.report(err)
		}
		report.end()
	})
	return tr, rec
}

// A reporter fails a test by the errors of its tree, until the test ends:
// a goroutine that logs on must not reach a test that is over.
type reporter struct {
	mu sync.Mutex
	t  testing.TB // nil after end
}

func (r *reporter) report(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.t != nil {
		r.t.Errorf("slogxtest: error of the tree: %v", err)
	}
}

func (r *reporter) end() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.t = nil
}

// AssertLogs calls f and returns the records that were logged meanwhile to the node and below, at the level and up.
// If there are none, it fails the test and ends it, as t.FailNow does. It is Python's TestCase.assertLogs.
//
// While f runs, the node lets records at the level pass, if it does not anyway; nodes below that have
// a level of their own keep it, and so does propagation, as in Python. Unlike Python's, the node's own
// handlers stay, and take the records too. All is undone when f returns, panics or ends the goroutine.
//
// AssertLogs may be called by several tests at once, and inside f, for the same node: the level is
// restored when the last of them ends. If f sets the level of the node, that level counts from then on, and stays.
//
// Tests that run in parallel and log to the same names see each other's records. [NewTree] is the way out.
func AssertLogs(t testing.TB, node *tree.Node, level slog.Level, f func()) []Record {
	t.Helper()
	records := logged(node, level, f)
	if len(records) == 0 {
		t.Fatalf("slogxtest: no records at %s or above on %s", levels.Name(level), node.Name())
	}
	return records
}

// AssertNoLogs calls f and fails the test if anything was logged meanwhile to the node and below,
// at the level and up; the test goes on, as after t.Error. It is Python's TestCase.assertNoLogs.
// In all else it is like [AssertLogs].
func AssertNoLogs(t testing.TB, node *tree.Node, level slog.Level, f func()) {
	t.Helper()
	if records := logged(node, level, f); len(records) > 0 {
		t.Errorf("slogxtest: unexpected records at %s or above on %s:\n%s", levels.Name(level), node.Name(), lines(records))
	}
}

// logged calls f and returns what was logged meanwhile.
func logged(node *tree.Node, level slog.Level, f func()) []Record {
	rec := NewRecorder(level)
	defer node.AddHandler(rec)()
	defer demand(node, level)()
	f()
	return rec.Records()
}
