// SPDX-License-Identifier: MIT

package tree_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/levels"
)

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
	var buf bytes.Buffer
	tr.Node("").AddHandler(plainJSON(&buf))
	inTime(t, func() { tr.Logger("a").With("k", deepening{}, "after", 1).Info("m") })
	line := buf.String()
	require.Equal(t, 1, strings.Count(line, "\n"))
	require.Contains(t, line, `"after":1`)
	require.NotContains(t, line, "it would never have ended")
	require.Less(t, len(line), 1_000_000)
}
