// SPDX-License-Identifier: MIT

package slogxtest_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/slogxtest"
	"github.com/slogx/slogx/tree"
)

// A tester is a test that may fail.
type tester struct {
	testing.TB
	mu       sync.Mutex
	failures []string
	cleanups []func()
}

func (t *tester) Helper()          {}
func (t *tester) Cleanup(f func()) { t.cleanups = append(t.cleanups, f) }
func (t *tester) Errorf(format string, args ...any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.failures = append(t.failures, fmt.Sprintf(format, args...))
}

func (t *tester) Fatalf(format string, args ...any) {
	t.Errorf(format, args...)
	runtime.Goexit()
}

// run calls f as a test, and reports whether it came to its end.
func (t *tester) run(f func()) (ended bool) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		f()
		ended = true
	}()
	<-done
	for len(t.cleanups) > 0 {
		last := len(t.cleanups) - 1
		cleanup := t.cleanups[last]
		t.cleanups = t.cleanups[:last]
		cleanup()
	}
	return ended
}

func messages(records []slogxtest.Record) []string {
	var out []string
	for _, r := range records {
		out = append(out, r.Message)
	}
	return out
}

func newTree() *tree.Tree {
	return tree.New(&tree.Options{Level: slog.LevelWarn, LastResort: slog.DiscardHandler})
}

func TestNewTreeRecordsEverything(t *testing.T) {
	t.Parallel()
	tr, rec := slogxtest.NewTree(t)
	tr.Logger("").Log(t.Context(), -1000, "root")
	tr.Logger("app.db").Debug("child")
	require.Equal(t, []string{"root", "child"}, rec.Messages())
	require.Equal(t, "app.db", rec.Records()[1].Logger)
	require.Nil(t, tr.Node("").Level())
}

type failing struct{ slog.Handler }

func (failing) Enabled(context.Context, slog.Level) bool  { return true }
func (failing) Handle(context.Context, slog.Record) error { return errors.New("disk full") }
func (failing) Close() error                              { return errors.New("close refused") }

func TestNewTreeFailsTheTestByErrors(t *testing.T) {
	t.Parallel()
	fake := &tester{}
	var tr *tree.Tree
	require.True(t, fake.run(func() {
		tr, _ = slogxtest.NewTree(fake)
		tr.Node("").AddHandler(failing{slog.DiscardHandler})
		tr.Logger("").Info("m")
	}))
	require.Len(t, fake.failures, 2, "one error of Handle, and one of Close: %q", fake.failures)
	require.Contains(t, fake.failures[0], "disk full")
	require.Contains(t, fake.failures[1], "close refused")

	tr.Node("").AddHandler(failing{slog.DiscardHandler})
	tr.Logger("").Info("the test is over")
	require.Len(t, fake.failures, 2)
}

func TestAssertLogs(t *testing.T) {
	tr := newTree()
	app := tr.Node("app")
	records := slogxtest.AssertLogs(t, app, slog.LevelInfo, func() {
		tr.Logger("app").Debug("too low")
		tr.Logger("app").Info("one", "k", "v")
		tr.Logger("app.db").Error("two")
		tr.Logger("apple").Error("elsewhere")
		tr.Logger("").Error("above")
	})
	require.Equal(t, []string{"one", "two"}, messages(records))
	require.Equal(t, "INFO:app:one k=v", records[0].String())
	require.Equal(t, "app.db", records[1].Logger)

	require.Nil(t, app.Level())
	require.Empty(t, app.Handlers())
	tr.Logger("app").Error("after")
	require.Len(t, records, 2)
}

func TestAssertLogsKeepsWhatIsSetBelow(t *testing.T) {
	tr := newTree()
	tr.Node("app.quiet").SetLevel(slog.LevelError)
	tr.Node("app.alone").SetPropagate(false)
	records := slogxtest.AssertLogs(t, tr.Node("app"), slog.LevelDebug, func() {
		tr.Logger("app.quiet").Info("too low for its node")
		tr.Logger("app.alone").Error("does not propagate")
		tr.Logger("app.other").Debug("seen")
	})
	require.Equal(t, []string{"seen"}, messages(records))
}

func TestAssertLogsLeavesOtherHandlersTheirRecords(t *testing.T) {
	tr, rec := slogxtest.NewTree(t)
	slogxtest.AssertLogs(t, tr.Node("app"), slog.LevelError, func() {
		tr.Logger("app").Debug("debug")
		tr.Logger("app").Error("error")
	})
	require.Equal(t, []string{"debug", "error"}, rec.Messages(), "a demand never makes a node quieter")
}

func TestAssertLogsFails(t *testing.T) {
	tr, fake := newTree(), &tester{}
	ended := fake.run(func() {
		slogxtest.AssertLogs(fake, tr.Node("app"), slog.LevelWarn, func() { tr.Logger("app").Info("too low") })
	})
	require.False(t, ended)
	require.Equal(t, []string{"slogxtest: no records at WARNING or above on app"}, fake.failures)
	require.Nil(t, tr.Node("app").Level())
	require.Empty(t, tr.Node("app").Handlers())
}

func TestAssertNoLogs(t *testing.T) {
	tr, fake := newTree(), &tester{}
	ended := fake.run(func() {
		slogxtest.AssertNoLogs(fake, tr.Node(""), slog.LevelInfo, func() { tr.Logger("app").Debug("too low") })
		require.Empty(t, fake.failures)
		slogxtest.AssertNoLogs(fake, tr.Node(""), slog.LevelInfo, func() {
			tr.Logger("app").Info("one", "k", "v")
			tr.Logger("").Error("two")
		})
	})
	require.True(t, ended)
	require.Equal(t, []string{
		"slogxtest: unexpected records at INFO or above on root:\nINFO:app:one k=v\nERROR:root:two",
	}, fake.failures)
	require.Equal(t, slog.LevelWarn, tr.Node("").Level())
}

func TestAssertLogsRestoresAfterAPanic(t *testing.T) {
	tr := newTree()
	node := tr.Node("app")
	require.PanicsWithValue(t, "boom", func() {
		slogxtest.AssertLogs(t, node, slog.LevelDebug, func() { panic("boom") })
	})
	require.Nil(t, node.Level())
	require.Empty(t, node.Handlers())
}

func TestAssertLogsRestoresAfterGoexit(t *testing.T) {
	tr, fake := newTree(), &tester{}
	node := tr.Node("app")
	node.SetLevel(slog.LevelError)
	require.False(t, fake.run(func() {
		slogxtest.AssertLogs(fake, node, slog.LevelDebug, runtime.Goexit)
	}))
	require.Empty(t, fake.failures)
	require.Equal(t, slog.LevelError, node.Level())
	require.Empty(t, node.Handlers())
}

func TestAssertLogsInsideAnother(t *testing.T) {
	tr := newTree()
	node := tr.Node("app")
	var inner []slogxtest.Record
	outer := slogxtest.AssertLogs(t, node, slog.LevelInfo, func() {
		inner = slogxtest.AssertLogs(t, node, slog.LevelDebug, func() {
			tr.Logger("app").Debug("debug")
			tr.Logger("app").Info("info")
		})
		require.Equal(t, slog.LevelInfo, node.EffectiveLevel())
		tr.Logger("app").Debug("no more")
		tr.Logger("app").Info("last")
	})
	require.Equal(t, []string{"debug", "info"}, messages(inner))
	require.Equal(t, []string{"info", "last"}, messages(outer))
	require.Nil(t, node.Level())
}

// Two assertions that overlap end in either order, and the level is restored by the second.
func TestAssertLogsThatOverlap(t *testing.T) {
	for _, firstEndsFirst := range []bool{true, false} {
		t.Run(fmt.Sprint(firstEndsFirst), func(t *testing.T) {
			tr := newTree()
			node := tr.Node("app")
			node.SetLevel(slog.LevelError)
			first := start(t, node, slog.LevelInfo)
			second := start(t, node, slog.LevelDebug)
			require.Equal(t, slog.LevelDebug, node.EffectiveLevel())
			if firstEndsFirst {
				first()
				require.Equal(t, slog.LevelDebug, node.EffectiveLevel())
				second()
			} else {
				second()
				require.Equal(t, slog.LevelInfo, node.EffectiveLevel())
				first()
			}
			require.Equal(t, slog.LevelError, node.Level())
		})
	}
}

// start begins an assertion in a goroutine, and returns when it is under way; end ends it.
func start(t *testing.T, node *tree.Node, level slog.Level) (end func()) {
	begun, release, done := make(chan struct{}), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		slogxtest.AssertLogs(t, node, level, func() {
			close(begun)
			<-release
			node.Logger().Error("m")
		})
	}()
	<-begun
	return func() {
		close(release)
		<-done
	}
}

func TestAssertLogsFollowsLevelsMeanwhile(t *testing.T) {
	tr := newTree()
	var own slog.LevelVar
	root, node, inherits := tr.Node(""), tr.Node("app"), tr.Node("app.db")
	node.SetLevel(&own)
	slogxtest.AssertLogs(t, node, slog.LevelWarn, func() {
		own.Set(slog.LevelError)
		require.Equal(t, slog.LevelWarn, node.EffectiveLevel())
		own.Set(slog.LevelDebug)
		require.Equal(t, slog.LevelDebug, node.EffectiveLevel())
		slogxtest.AssertNoLogs(t, inherits, slog.LevelInfo, func() {
			require.Equal(t, slog.LevelDebug, inherits.EffectiveLevel())
		})
		node.Logger().Error("m")
	})
	require.Same(t, &own, node.Level())

	slogxtest.AssertNoLogs(t, root, slog.LevelError, func() {
		root.SetLevel(nil)
		slogxtest.AssertNoLogs(t, root, slog.LevelError, func() {
			require.Less(t, root.EffectiveLevel(), slog.LevelDebug)
		})
	})
	require.Nil(t, root.Level())
}

func TestAssertLogsRespectsALevelThatIsSetMeanwhile(t *testing.T) {
	tr := newTree()
	node := tr.Node("app")
	records := slogxtest.AssertLogs(t, node, slog.LevelDebug, func() {
		tr.Logger("app").Debug("one")
		node.SetLevel(slog.LevelError)
		tr.Logger("app").Info("too low now")
		tr.Logger("app").Error("two")
	})
	require.Equal(t, []string{"one", "two"}, messages(records))
	require.Equal(t, slog.LevelError, node.Level())
}

func TestAssertLogsSurvivesWhoSavesAndRestores(t *testing.T) {
	tr := newTree()
	node := tr.Node("app")
	var saved slog.Leveler
	slogxtest.AssertLogs(t, node, slog.LevelDebug, func() {
		saved = node.Level()
		node.SetLevel(slog.LevelInfo)
		slogxtest.AssertLogs(t, node, slog.LevelDebug, func() { tr.Logger("app").Debug("one") })
	})
	node.SetLevel(saved)
	require.Equal(t, slog.LevelWarn, node.EffectiveLevel(), "what is left changes nothing")
	tr.Node("").SetLevel(slog.LevelError)
	require.Equal(t, slog.LevelError, node.EffectiveLevel())
}

func TestParallelAssertionsOnOneNode(t *testing.T) {
	tr := newTree()
	node := tr.Node("app")
	node.SetLevel(slog.LevelError)
	var workers sync.WaitGroup
	for i := range 8 {
		workers.Go(func() {
			for j := range 50 {
				message := fmt.Sprintf("%d-%d", i, j)
				level := slog.Level(i - 4)
				records := slogxtest.AssertLogs(t, node, level, func() { tr.Logger("app.db").Log(t.Context(), level, message) })
				if !contains(records, message) {
					t.Errorf("%s is missing", message)
				}
			}
		})
	}
	workers.Wait()
	require.Equal(t, slog.LevelError, node.Level())
	require.Empty(t, node.Handlers())
}

func contains(records []slogxtest.Record, message string) bool {
	for _, r := range records {
		if r.Message == message {
			return true
		}
	}
	return false
}
