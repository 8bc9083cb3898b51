// SPDX-License-Identifier: MIT

package tree_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/tree"
)

var errBad = errors.New("bad news")

// A bad handler does what its function does instead of what a handler should do.
type bad struct {
	stub
	name   func() string
	unwrap func() slog.Handler
}

func (b *bad) String() string       { return b.name() }
func (b *bad) Unwrap() slog.Handler { return b.unwrap() }

func newBad(change func(*bad)) *bad {
	b := &bad{name: func() string { return "bad" }, unwrap: func() slog.Handler { return nil }}
	b.withAttrs = func([]slog.Attr) slog.Handler { return b }
	b.withGroup = func(string) slog.Handler { return b }
	change(b)
	return b
}

func panics() { panic("no good") }

func failing(context.Context, slog.Record) error { return errBad }

// A speechless error panics instead of saying what is wrong.
type speechless struct{}

func (speechless) Error() string { panic("speechless") }

// bads are handlers that go wrong, each with what is to be found in an error, if there is one.
var bads = []struct {
	name string
	make func() slog.Handler
	want string
}{
	{"fails", func() slog.Handler { return newBad(func(b *bad) { b.handle = failing }) }, "tree: bad: bad news"},
	{"fails without a word", func() slog.Handler {
		return newBad(func(b *bad) { b.handle = func(context.Context, slog.Record) error { return speechless{} } })
	}, "tree: bad: "},
	{"panics", func() slog.Handler {
		return newBad(func(b *bad) { b.handle = func(context.Context, slog.Record) error { panic("no good") } })
	}, "tree: bad: panic: no good"},
	{"panics with nil", func() slog.Handler {
		return newBad(func(b *bad) { b.handle = func(context.Context, slog.Record) error { panic(nil) } })
	}, "tree: bad: panic: "},
	{"panics with an error", func() slog.Handler {
		return newBad(func(b *bad) { b.handle = func(context.Context, slog.Record) error { panic(speechless{}) } })
	}, "tree: bad: panic: "},
	{"panics in Enabled", func() slog.Handler {
		return newBad(func(b *bad) { b.enabled = func(context.Context, slog.Level) bool { panic("no good") } })
	}, "tree: bad: panic: no good"},
	{"panics in WithAttrs", func() slog.Handler {
		return newBad(func(b *bad) { b.withAttrs = func([]slog.Attr) slog.Handler { panic("no good") } })
	}, "tree: bad: panic: no good"},
	{"panics in WithGroup", func() slog.Handler {
		return newBad(func(b *bad) { b.withGroup = func(string) slog.Handler { panic("no good") } })
	}, "tree: bad: panic: no good"},
	{"panics in everything", func() slog.Handler {
		return newBad(func(b *bad) {
			b.enabled = func(context.Context, slog.Level) bool { panic("no good") }
			b.handle = func(context.Context, slog.Record) error { panic("no good") }
			b.withAttrs = func([]slog.Attr) slog.Handler { panic("no good") }
			b.withGroup = func(string) slog.Handler { panic("no good") }
			b.name = func() string { panic("no good") }
		})
	}, "*tree_test.bad: panic: no good"},
	{"fails, and has no name", func() slog.Handler {
		return newBad(func(b *bad) { b.handle, b.name = failing, func() string { panic("no good") } })
	}, "tree: *tree_test.bad: bad news"},
	{"fails, and has a name of two lines", func() slog.Handler {
		return newBad(func(b *bad) { b.handle, b.name = failing, func() string { return "two\nlines" } })
	}, "tree: *tree_test.bad: bad news"},
	{"fails, and is around itself", func() slog.Handler {
		return newBad(func(b *bad) { b.handle, b.unwrap = failing, func() slog.Handler { return b } })
	}, "bad news"},
	{"fails, and panics in Unwrap", func() slog.Handler {
		return newBad(func(b *bad) { b.handle, b.unwrap = failing, func() slog.Handler { panic("no good") } })
	}, "bad news"},
	{"panics, and panics in Unwrap", func() slog.Handler {
		return newBad(func(b *bad) {
			b.handle = func(context.Context, slog.Record) error { panic("worse") }
			b.unwrap = func() slog.Handler { panic("no good") }
		})
	}, "worse"},
	{"gives nil for WithAttrs", func() slog.Handler {
		return newBad(func(b *bad) { b.withAttrs = func([]slog.Attr) slog.Handler { return nil } })
	}, "tree: "},
	{"gives nil for WithGroup", func() slog.Handler {
		return newBad(func(b *bad) { b.withGroup = func(string) slog.Handler { return nil } })
	}, "tree: "},
	{"overwrites what it is to bind", vandal, ""},
	{"adds to a record that it did not clone", func() slog.Handler {
		return handling(func(r slog.Record) error {
			r.AddAttrs(slog.String("bad", "x"), slog.String("worse", "x"))
			return nil
		})
	}, ""},
	{"keeps the record and adds to it later", func() slog.Handler {
		var kept []slog.Record
		return handling(func(r slog.Record) error {
			for i := range kept {
				kept[i].AddAttrs(slog.String("late", "x"))
			}
			kept = append(kept, r)
			return nil
		})
	}, ""},
	{"changes the record", func() slog.Handler {
		return handling(func(r slog.Record) error {
			r.Message, r.Level, r.Time, r.PC = "changed", levels.Debug, time.Time{}, 0
			return nil
		})
	}, ""},
	{"takes nothing", func() slog.Handler { return slog.DiscardHandler }, ""},
}

func TestABadHandlerDisturbsNoOther(t *testing.T) {
	for _, tt := range bads {
		t.Run(tt.name, func(t *testing.T) {
			tr, failed := newFailingTree()
			first, last := newRecorder(nil), newRecorder(nil)
			tr.Node("a").AddHandler(first)
			tr.Node("a").AddHandler(tt.make())
			tr.Node("").AddHandler(tt.make())
			tr.Node("").AddHandler(last)
			l := tr.Logger("a.b")
			many := []any{"1", 1, "2", 2, "3", 3, "4", 4, "5", 5, "6", 6, "7", 7}
			inTime(t, func() {
				require.NotPanics(t, func() {
					l.Info("plain")
					l.With("k", 1).Info("bound", "x", 2)
					l.WithGroup("g").With("k", 1).WithGroup("h").Info("in groups", "x", 2)
					l.Info("many", many...)
					l.With("k", slog.GroupValue(slog.Int("y", 1))).Info("many and bound", many...)
				})
			})
			const attrs = " 1=1 2=2 3=3 4=4 5=5 6=6 7=7"
			want := []string{
				"INFO plain logger=a.b", "INFO bound logger=a.b k=1 x=2", "INFO in groups logger=a.b g.k=1 g.h.x=2",
				"INFO many logger=a.b" + attrs, "INFO many and bound logger=a.b k.y=1" + attrs,
			}
			require.Equal(t, want, first.take())
			require.Equal(t, want, last.take())
			errs := failed.take()
			require.Equal(t, tt.want != "", len(errs) > 0, "%q", errs)
			for _, err := range errs {
				require.Contains(t, err, tt.want)
			}
			inTime(t, func() { _ = tr.Shutdown(t.Context()) })
		})
	}
}

func TestHandlersShareNoMemoryOfARecord(t *testing.T) {
	adds := func(key string, to *recorder) slog.Handler {
		return handling(func(r slog.Record) error {
			r.AddAttrs(slog.String(key, "x")) // to a copy that it did not clone
			return to.Handle(t.Context(), r)
		})
	}
	first, second, third := newRecorder(nil), newRecorder(nil), newRecorder(nil)
	tr := newTree(t)
	tr.Node("a").AddHandler(adds("first", first))
	tr.Node("a").AddHandler(adds("second", second))
	tr.Node("").AddHandler(third)
	for n := range 20 {
		r := slog.Record{Message: "m"}
		want := "INFO m"
		for i := range n {
			r.AddAttrs(slog.Int("k", i)) // one by one, so that there is room behind them
			want += fmt.Sprint(" k=", i)
		}
		require.NoError(t, tr.Node("a").Handler().Handle(t.Context(), r))
		require.Equal(t, []string{want + " first=x"}, first.take())
		require.Equal(t, []string{want + " second=x"}, second.take())
		require.Equal(t, []string{strings.Replace(want, "INFO m", "INFO m logger=a", 1)}, third.take())
	}
}

func TestAHandlerThatCannotBindIsGivenItWithEachRecord(t *testing.T) {
	tr, failed := newFailingTree()
	rec := newRecorder(nil)
	tr.Node("a").AddHandler(newBad(func(b *bad) {
		b.handle = rec.Handle
		b.withAttrs = func([]slog.Attr) slog.Handler { panic("no good") }
		b.withGroup = func(string) slog.Handler { panic("no good") }
	}))
	l := tr.Logger("a")
	l.Info("m", "k", 1)
	l.With("b", 2).WithGroup("g").With("c", 3).WithGroup("h").Info("m", "k", 1)
	l.WithGroup("g").Info("m")
	l.WithGroup("g").WithGroup("h").With("c", slog.GroupValue(slog.Int("x", 1))).Info("m")
	require.Equal(t, []string{
		"INFO m logger=a k=1", "INFO m logger=a b=2 g.c=3 g.h.k=1", "INFO m logger=a", "INFO m logger=a g.h.c.x=1",
	}, rec.take())
	require.NotEmpty(t, failed.take())
}

func TestABadHandlerIsNoTroubleToWhoAsks(t *testing.T) {
	for _, tt := range bads {
		t.Run(tt.name, func(t *testing.T) {
			tr, _ := newFailingTree()
			tr.Node("").AddHandler(tt.make())
			require.NotPanics(t, func() { _ = tr.String() })
			require.NotPanics(t, func() { _ = tr.Explain("a", levels.Error).String() })
			require.NotPanics(t, func() { _ = tr.Shutdown(t.Context()) })
		})
	}
}

func TestHandleReturnsTheErrorsOfAllHandlers(t *testing.T) {
	tr, failed := newFailingTree()
	other := errors.New("other")
	tr.Node("a").AddHandler(handling(func(slog.Record) error { return errBad }))
	tr.Node("a").AddHandler(newRecorder(nil))
	tr.Node("").AddHandler(handling(func(slog.Record) error { panic("no good") }))
	tr.Node("").AddHandler(handling(func(slog.Record) error { return other }))
	err := tr.Node("a").Handler().Handle(t.Context(), slog.Record{})
	require.ErrorIs(t, err, errBad)
	require.ErrorIs(t, err, other)
	require.EqualError(t, err, "tree: *tree_test.stub: bad news\n"+
		"tree: *tree_test.stub: panic: no good\ntree: *tree_test.stub: other")
	require.Equal(t, strings.Split(err.Error(), "\n"), failed.take(), "each has been reported")
	require.NoError(t, newTree(t).Node("a").Handler().Handle(t.Context(), slog.Record{Level: levels.Debug}))
}

func TestAHandlerIsNamedWithThoseThatItIsAround(t *testing.T) {
	tr, failed := newFailingTree()
	tr.Node("").AddHandler(levels.NewHandler(newBad(func(b *bad) { b.handle = failing }), levels.Debug))
	tr.Logger("a").Info("m")
	require.Equal(t, []string{"tree: levels.Handler(DEBUG) > bad: bad news"}, failed.take())
}

func TestAThresholdThatIsNotTrueGivesAHandlerNothingThatItDoesNotTake(t *testing.T) {
	tr := newTree(t)
	rec := newRecorder(levels.Error)
	tr.Node("").AddHandler(knowing{rec, levels.Debug})
	tr.Logger("").Info("m")
	require.Empty(t, rec.take())
}

func TestAHandlerThatEndsTheGoroutineLeavesTheTreeUsable(t *testing.T) {
	tr := newTree(t)
	rec := newRecorder(nil)
	ends := true
	tr.Node("").AddHandler(handling(func(slog.Record) error {
		if ends {
			runtime.Goexit() // as t.FailNow does
		}
		return nil
	}))
	tr.Node("").AddHandler(rec)
	inTime(t, func() { tr.Logger("a").Info("m") })
	ends = false
	inTime(t, func() {
		tr.Node("").SetLevel(levels.Debug)
		tr.Logger("a").Info("next")
	})
	require.Equal(t, []string{"next"}, rec.messages())
}

func TestOnErrorMayLogThroughTheTree(t *testing.T) {
	var tr *tree.Tree
	calls := 0
	tr = tree.New(&tree.Options{OnError: func(err error) {
		calls++
		tr.Logger("errors").With("k", 1).Error("from OnError", "err", err)
	}})
	rec := newRecorder(nil)
	tr.Node("").AddHandler(handling(func(slog.Record) error { return errBad }))
	tr.Node("").AddHandler(rec)
	printed := onStderr(t, func() {
		inTime(t, func() { tr.Logger("a").Info("m") })
	})
	require.Equal(t, 1, calls, "not for what it causes itself")
	require.Contains(t, printed, "bad news")
	require.Equal(t, []string{
		"ERROR from OnError logger=errors k=1 err=tree: *tree_test.stub: bad news", "INFO m logger=a",
	}, rec.take())
}

func TestAnOnErrorThatPanicsDisturbsNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // where no line to stderr is suppressed
		tr := tree.New(&tree.Options{OnError: func(error) { panics() }})
		rec := newRecorder(nil)
		tr.Node("").AddHandler(handling(func(slog.Record) error { return errBad }))
		tr.Node("").AddHandler(rec)
		log := func() string { return onStderr(t, func() { tr.Logger("a").Info("m") }) }
		log()
		time.Sleep(time.Hour)
		printed := log()
		require.Contains(t, printed, "bad news")
		require.Contains(t, printed, "no good")
		require.Equal(t, []string{"m", "m"}, rec.messages())
	})
}

func TestByDefaultAtMostALineASecondIsPrinted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tr := tree.New(nil)
		tr.Node("").AddHandler(newBad(func(b *bad) { b.handle = failing }))
		log := func() string { return onStderr(t, func() { tr.Logger("a").Info("m") }) }
		for range 2 {
			log() // what other tests have left
			time.Sleep(time.Second)
		}
		require.Equal(t, "slogx: tree: bad: bad news\n", log())
		for range 5 {
			time.Sleep(199 * time.Millisecond)
			require.Empty(t, log())
		}
		time.Sleep(5 * time.Millisecond)
		require.Equal(t, "slogx: tree: bad: bad news (5 more suppressed)\n", log())
		time.Sleep(time.Minute)
		require.Equal(t, "slogx: tree: bad: bad news\n", log())
	})
}

func TestAwkwardRecordsReachTheHandlersWhole(t *testing.T) {
	long := strings.Repeat("0123456789", 1<<20)
	var none context.Context
	for _, tt := range []struct {
		name string
		log  func(*slog.Logger)
		want string
	}{
		{"a long message", func(l *slog.Logger) { l.Info(long) }, "INFO " + long + " logger=a"},
		{"a long value", func(l *slog.Logger) { l.With("k", long).Info("m") }, "INFO m logger=a k=" + long},
		{"an empty message", func(l *slog.Logger) { l.Info("") }, "INFO  logger=a"},
		{"weird keys", func(l *slog.Logger) { l.Info("m", "", 1, "a.b", 2, "\n", 3, "logger", 4, "msg", 5) },
			"INFO m logger=a =1 a.b=2 \n=3 logger=4 msg=5"},
		{"a key without a value", func(l *slog.Logger) { l.With([]any{"k"}...).Info("m", []any{7}...) }, "INFO m logger=a !BADKEY=k !BADKEY=7"},
		{"a nil context", func(l *slog.Logger) { l.Log(none, levels.Info, "m") }, "INFO m logger=a"},
		{"no level, time or place", func(l *slog.Logger) { _ = l.Handler().Handle(context.Background(), slog.Record{}) },
			"INFO  logger=a"},
		{"a level far out", func(l *slog.Logger) { l.Log(context.Background(), 1_000_000, "m") }, "ERROR+999992 m logger=a"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tr := newTree(t)
			first, last := newRecorder(nil), newRecorder(nil)
			tr.Node("a").AddHandler(first)
			tr.Node("").AddHandler(last)
			tt.log(tr.Logger("a"))
			for _, rec := range []*recorder{first, last} {
				lines := rec.take()
				require.Len(t, lines, 1)
				require.True(t, lines[0] == tt.want, "%.100q", lines[0])
			}
		})
	}
}

// A deepening LogValuer gives a group that holds the next one, and stops only to spare the test.
type deepening struct{ depth int }

func (d deepening) LogValue() slog.Value {
	if d.depth == 100_000 {
		panic("it would never have ended")
	}
	return slog.GroupValue(slog.Int("depth", d.depth), slog.Any("next", deepening{d.depth + 1}))
}

// An itself is a LogValuer that returns itself.
type itself struct{}

func (i itself) LogValue() slog.Value { return slog.AnyValue(i) }

type panicking struct{}

func (panicking) LogValue() slog.Value { panic("no value") }

func TestBadLogValuersDisturbNobody(t *testing.T) {
	for name, value := range map[string]any{"itself": itself{}, "panicking": panicking{}, "typed nil": (*valuer)(nil)} {
		t.Run(name, func(t *testing.T) {
			tr := newTree(t)
			rec := newRecorder(nil)
			tr.Node("").AddHandler(plainJSON(io.Discard))
			tr.Node("").AddHandler(rec)
			inTime(t, func() {
				tr.Logger("a").Info("given", "k", value, "next", 1)
				tr.Logger("a").With("k", value, slog.Group("g", "k", value)).Info("bound", "next", 1)
			})
			lines := rec.take()
			require.Len(t, lines, 2)
			for _, line := range lines {
				require.Contains(t, line, " next=1")
			}
		})
	}
}

func TestALogValuerWithoutEndEndsWhenBound(t *testing.T) {
	tr := newTree(t)
	rec := newRecorder(nil)
	tr.Node("").AddHandler(rec)
	inTime(t, func() { tr.Logger("a").With("k", deepening{}, "next", 1).Info("m") })
	lines := rec.take()
	require.Len(t, lines, 1)
	require.Contains(t, lines[0], " next=1")
	require.NotContains(t, lines[0], "it would never have ended")
	require.Less(t, len(lines[0]), 10_000_000, fmt.Sprintf("%.200s", lines[0]))
}
