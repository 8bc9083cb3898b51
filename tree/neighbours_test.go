// SPDX-License-Identifier: MIT

package tree_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/levels"
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

// A sealed error panics when it is unwrapped.
type sealed struct{}

func (sealed) Error() string { return "sealed" }
func (sealed) Unwrap() error { panic("no good") }

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
	{"fails with a nil of some type, as by mistake", func() slog.Handler {
		return newBad(func(b *bad) { b.handle = func(context.Context, slog.Record) error { return (*os.PathError)(nil) } })
	}, "tree: bad: "},
	{"fails with an error that cannot be unwrapped", func() slog.Handler {
		return newBad(func(b *bad) { b.handle = func(context.Context, slog.Record) error { return sealed{} } })
	}, "tree: bad: sealed"},
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
