// SPDX-License-Identifier: MIT

package filter_test

import (
	"context"
	"errors"
	"log/slog"
	"math"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/internal/record"
	"github.com/slogx/slogx/levels"
)

func TestDedupHoldsBackForAPeriodFromTheLastThatPassed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := filter.Dedup(nil)
		require.Equal(t, []int{1}, passedOf(t, f, 3))
		time.Sleep(9 * time.Second)
		require.Empty(t, passedOf(t, f, 3))
		time.Sleep(time.Second - 1)
		require.Empty(t, passedOf(t, f, 3))
		time.Sleep(time.Nanosecond)
		require.Equal(t, []int{1}, passedOf(t, f, 3), "what is held back does not make it longer")
		time.Sleep(10*time.Second - 1)
		require.Empty(t, passedOf(t, f, 1))
	})
}

// A printed is a value of a type of its own.
type printed struct{ s string }

func (p printed) String() string { return p.s }

func TestRecordsAreEqualInLoggerLevelMessageAndAllAttributes(t *testing.T) {
	at := time.Now()
	info := func(message string, args ...any) func(*slog.Logger) {
		return func(l *slog.Logger) { l.Info(message, args...) }
	}
	statements := map[string]func(*slog.Logger){ // each differs from all others
		"plain":          info("m"),
		"message":        info("n"),
		"no message":     info(""),
		"level":          func(l *slog.Logger) { l.Warn("m") },
		"logger":         func(l *slog.Logger) { l.With("logger", "a").Info("m") },
		"other logger":   func(l *slog.Logger) { l.With("logger", "b").Info("m") },
		"late logger":    func(l *slog.Logger) { l.WithGroup("g").With("logger", "a").Info("m") },
		"given logger":   info("m", "logger", "a"),
		"int":            info("m", "k", 1),
		"another int":    info("m", "k", 2),
		"minus":          info("m", "k", -1),
		"uint":           info("m", "k", uint64(1)),
		"largest uint":   info("m", "k", uint64(math.MaxUint64)),
		"float":          info("m", "k", 1.0),
		"NaN":            info("m", "k", math.NaN()),
		"string":         info("m", "k", "1"),
		"true":           info("m", "k", true),
		"false":          info("m", "k", false),
		"duration":       info("m", "k", time.Duration(1)),
		"time":           info("m", "k", at),
		"a later time":   info("m", "k", at.Add(1)),
		"a much later":   info("m", "k", at.Add(time.Hour)),
		"another zone":   info("m", "k", at.In(time.FixedZone("", 3601))),
		"nil":            info("m", "k", nil),
		"any":            info("m", "k", printed{"1"}),
		"another any":    info("m", "k", printed{"2"}),
		"bytes":          info("m", "k", []byte("y")),
		"error":          info("m", "k", errors.New("x")),
		"exc_info":       func(l *slog.Logger) { l.LogAttrs(context.Background(), 0, "m", record.Err(errStub)) },
		"other exc_info": func(l *slog.Logger) { l.LogAttrs(context.Background(), 0, "m", record.Err(errors.New("x"))) },
		"stack_info":     func(l *slog.Logger) { l.LogAttrs(context.Background(), 0, "m", record.Stack()) },
		"key":            info("m", "key", 1),
		"no key":         info("m", "", 1),
		"x y":            info("m", "x", "1", "y", "2"),
		"y x":            info("m", "y", "2", "x", "1"),
		"x=1 y=2":        info("m", "x", "1 y=2"),
		"forged y":       info("m", "x", "1y"+string(rune(slog.KindString))+"2"),
		"twice":          info("m", "k", 1, "k", 1),
		"open group":     func(l *slog.Logger) { l.WithGroup("a").Info("m", "b", 1) },
		"bound in it":    func(l *slog.Logger) { l.WithGroup("b").With("b", 1).Info("m") },
		"bound before":   func(l *slog.Logger) { l.With("b", 1).WithGroup("a").Info("m", "c", 1) },
		"bound behind":   func(l *slog.Logger) { l.WithGroup("a").With("b", 1).Info("m", "c", 1) },
		"group a{b c}":   info("m", slog.Group("a", "b", 1, "c", 1)),
		"group a{b} c":   info("m", slog.Group("a", "b", 1), "c", 1),
		"group a{b{c}}":  info("m", slog.Group("a", slog.Group("b", "c", 1))),
		"a{b{c} d}":      info("m", slog.Group("a", slog.Group("b", "c", 1), "d", 1)),
		"a{b{c d}}":      info("m", slog.Group("a", slog.Group("b", "c", 1, "d", 1))),
		"inline group":   info("m", slog.Group("", "b", 1, "c", 1)),
		"many":           info("m", "1", 1, "2", 2, "3", 3, "4", 4, "5", 5, "6", 6),
		"others of many": info("m", "1", 1, "2", 2, "3", 3, "4", 4, "5", 5, "6", 7),
	}
	held := filter.Dedup(&filter.DedupOptions{Period: time.Hour})
	var counts tally
	l := slog.New(filter.NewHandler(&counts, held))
	for name, log := range statements {
		log(l)
		require.EqualValues(t, 1, counts.passed.Swap(0), name)
	}
	for name, log := range statements {
		log(l)
		require.Zero(t, counts.passed.Swap(0), name)
	}
}

func TestWhatIsBoundAndWhatIsGivenMayBeEqual(t *testing.T) {
	held := filter.Dedup(&filter.DedupOptions{Period: time.Hour})
	var counts tally
	l := slog.New(filter.NewHandler(&counts, held))
	l.Info("m", "a", 1, "b", 2)
	l.With("a", 1).Info("m", "b", 2)
	l.With("a", 1).With("b", 2).Info("m")
	require.EqualValues(t, 1, counts.passed.Load())
	l.WithGroup("g").With("a", 1).Info("m", "b", 2)
	l.WithGroup("g").Info("m", "a", 1, "b", 2)
	require.EqualValues(t, 2, counts.passed.Load())
}

func TestLogValuersAreResolvedToBeCompared(t *testing.T) {
	f := filter.Dedup(&filter.DedupOptions{Period: time.Hour})
	ask := func(v any) bool { return f.Filter(t.Context(), recordOf("", levels.Info, "m", slog.Any("k", v))) }
	n := 0
	require.True(t, ask(valuer{&n}), "1")
	require.True(t, ask(valuer{&n}), "2")
	n = 0
	require.False(t, ask(valuer{&n}), "1 again")
	require.False(t, ask(1))
	require.True(t, ask(slog.GroupValue(slog.Any("v", valuer{&n}))), "2 in a group")
	require.False(t, ask(slog.GroupValue(slog.Int("v", 2))))
}

// An endless LogValuer gives a group that holds it twice.
type endless struct{}

func (e endless) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("x", e), slog.Any("y", e))
}

func TestALogValuerWithoutEndEndsWhenCompared(t *testing.T) {
	f := filter.Dedup(nil)
	require.True(t, f.Filter(t.Context(), recordOf("", levels.Info, "m", slog.Any("k", endless{}))))
	require.False(t, f.Filter(t.Context(), recordOf("", levels.Info, "m", slog.Any("k", endless{}))))
}

func TestWhatAFilterAddsOutsideOfTheGroupsCounts(t *testing.T) {
	var request int
	var counts tally
	add := passing(func(r *filter.Record) { r.AddOuterAttrs(slog.Int("request", request)) })
	h := filter.NewHandler(&counts, add, filter.Dedup(nil))
	l := slog.New(h).WithGroup("g").With("b", 1)
	for _, request = range []int{1, 2, 2, 1} {
		l.Info("m", "k", 1)
	}
	require.EqualValues(t, 2, counts.passed.Load())
}

func TestDedupByAKey(t *testing.T) {
	f := filter.Dedup(&filter.DedupOptions{Key: func(r *filter.Record) string { return r.Logger }})
	require.True(t, f.Filter(t.Context(), recordOf("a", levels.Info, "m")))
	require.False(t, f.Filter(t.Context(), recordOf("a", levels.Error, "n")))
	require.True(t, f.Filter(t.Context(), recordOf("b", levels.Info, "m")))
}
