// SPDX-License-Identifier: MIT

package filter_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/internal/record"
	"github.com/slogx/slogx/internal/text"
	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/slogxtest"
)

// lines is a handler that prints records on lines, without their times.
type lines struct {
	bytes.Buffer
	slog.Handler
}

func newLines() *lines {
	l := new(lines)
	l.Handler = slog.NewTextHandler(&l.Buffer, &slog.HandlerOptions{Level: slog.Level(-100), ReplaceAttr: dropTime})
	return l
}

// take returns what was printed since the last call, without "level=INFO msg=" and the like.
func (l *lines) take() []string {
	defer l.Reset()
	text := strings.NewReplacer("level=INFO msg=", "", "level=", "", "msg=", "", "held_back=", "+", "filter=", "").Replace(l.Buffer.String())
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
}

// A node asks filters as a node of a tree does: it binds its name itself, and reports errors itself.
type node struct {
	name    string
	filters []filter.Filter
	next    slog.Handler
	failed  []error
}

func (n *node) Enabled(context.Context, slog.Level) bool { return true }
func (n *node) WithAttrs([]slog.Attr) slog.Handler       { panic("a node's name is bound already") }
func (n *node) WithGroup(string) slog.Handler            { panic("not called") }

func (n *node) Handle(ctx context.Context, r slog.Record) error {
	var scope *record.Scope
	name := slog.String(record.NameKey, n.name)
	rec := record.Borrow(r, scope.WithAttrs([]slog.Attr{name}), n)
	defer rec.Release()
	defer func() { n.failed = append(n.failed, rec.Errs()...) }()
	for _, f := range n.filters {
		if !f.Filter(ctx, rec) {
			return nil
		}
	}
	return n.next.WithAttrs([]slog.Attr{name}).Handle(ctx, rec.Record)
}

// dedup is a Dedup with a key that is the message, so that other attributes do not count.
func dedup(maxKeys int) *filter.Holder {
	return filter.Dedup(&filter.DedupOptions{Period: 10 * time.Second, MaxKeys: maxKeys, Key: func(r *filter.Record) string { return r.Message }})
}

func TestWhatIsHeldBackIsToldBeforeTheNextRecordWhenItsTimeIsUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := newLines()
		l := slog.New(filter.NewHandler(out, dedup(0)))
		l.With("logger", "a.b").Info("once")
		l.Info("m")
		l.With("logger", "a.b", "bound", 1).WithGroup("g").Info("m", "k", 1)
		l.With("logger", "a.b", "bound", 1).Info("m", "k", 2)
		require.Equal(t, []string{"once logger=a.b", "m"}, out.take())
		time.Sleep(10*time.Second - 1)
		l.Info("early")
		require.Equal(t, []string{"early"}, out.take())
		time.Sleep(time.Nanosecond)
		l.With("x", 1).Info("late")
		require.Equal(t, []string{"m logger=a.b +2 dedup", "late x=1"}, out.take())
		l.Info("m")
		time.Sleep(time.Minute)
		l.Info("later")
		require.Equal(t, []string{"m", "later"}, out.take(), "and not told twice")
	})
}

func TestARecordOfTheSameKeyTellsAtOnceAndOthersATenthOfAPeriodLateAtMost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := newLines()
		l := slog.New(filter.NewHandler(out, dedup(0)))
		for _, m := range []string{"a", "b", "c", "d"} {
			l.Info(m)
			l.Info(m)
			time.Sleep(300 * time.Millisecond)
		}
		out.take()
		time.Sleep(10*time.Second - 4*300*time.Millisecond)
		l.Info("at@10")
		require.Equal(t, []string{"a +1 dedup", "at@10"}, out.take())
		time.Sleep(999 * time.Millisecond)
		l.Info("b")
		l.Info("at@10.999")
		require.Equal(t, []string{"b +1 dedup", "b", "at@10.999"}, out.take())
		time.Sleep(time.Millisecond)
		l.Info("at@11")
		got := out.take()
		require.ElementsMatch(t, []string{"c +1 dedup", "d +1 dedup"}, got[:2])
		require.Equal(t, "at@11", got[2])
		l.Info("b")
		time.Sleep(9999 * time.Millisecond) // b's second window began at 10.999
		l.Info("at@20.999")
		require.Equal(t, []string{"b +1 dedup", "at@20.999"}, out.take())
	})
}

func TestFlushTellsAndWindowsGoOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := newLines()
		h := filter.NewHandler(out, dedup(0))
		l := slog.New(h)
		l.Info("m")
		l.Info("m")
		l.Info("m")
		require.NoError(t, h.Flush())
		require.NoError(t, h.Flush())
		l.Info("m")
		require.Equal(t, []string{"m", "m +2 dedup"}, out.take())
		time.Sleep(10 * time.Second)
		l.Info("m")
		require.Equal(t, []string{"m +1 dedup", "m"}, out.take())
	})
}

func TestAKeyThatIsForgottenTellsAtOnceAndPasses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := newLines()
		l := slog.New(filter.NewHandler(out, dedup(2)))
		log := func(messages ...string) []string {
			for _, m := range messages {
				l.Info(m)
				time.Sleep(time.Second)
			}
			return out.take()
		}
		require.Equal(t, []string{"a", "b"}, log("a", "a", "b", "b", "a")) // at 0 to 5
		require.Equal(t, []string{"a +2 dedup", "c"}, log("c", "b"), "the oldest is forgotten")
		require.Equal(t, []string{"b +2 dedup", "a"}, log("a"), "and passes again")
		time.Sleep(7500 * time.Millisecond) // at 15.5 the time of c is up, and that of a is not
		require.Equal(t, []string{"d"}, log("d", "a"), "what is up is forgotten first")
	})
}

func TestUpToMaxKeysAreRemembered(t *testing.T) {
	for _, n := range []int{1, 2, 7, 8} {
		out := newLines()
		l := slog.New(filter.NewHandler(out, dedup(n)))
		for range 3 {
			for i := range n {
				l.Info(fmt.Sprint(i))
			}
		}
		require.Len(t, out.take(), n)
	}
	var passed int
	l := slog.New(filter.NewHandler(newLines(), dedup(4096), passing(func(*filter.Record) { passed++ })))
	for range 2 {
		for i := range 512 {
			l.Info(fmt.Sprint(i))
		}
	}
	require.Less(t, passed, 512+40, "spread by their hashes, few are forgotten of an eighth of them")
}

func TestWhatIsToldGoesByTheLastRecordAndTheHighestLevel(t *testing.T) {
	rec := slogxtest.NewRecorder(nil)
	h := filter.NewHandler(rec, filter.Limit(&filter.LimitOptions{Burst: 1, Count: 1, Period: time.Hour}))
	l := slog.New(h)
	l.Info("passes")
	l.Error("error")
	l.With("logger", "x").Warn("warning")
	_, _, line, _ := runtime.Caller(0)
	require.NoError(t, h.Flush())
	told := rec.Records()[1]
	require.Equal(t, "warning", told.Message)
	require.Equal(t, levels.Error, told.Level)
	require.Equal(t, line-1, told.Source.Line)
	require.Equal(t, "x", told.Logger)
	require.WithinDuration(t, time.Now(), told.Time, time.Minute)
}

func TestWhatIsToldIsPlainForHandlers(t *testing.T) {
	var json, txt, own bytes.Buffer
	for _, h := range []slog.Handler{
		jsonTo(&json), slog.NewTextHandler(&txt, &slog.HandlerOptions{ReplaceAttr: dropTime}),
		filter.NewHandler(slog.DiscardHandler, passing(func(r *filter.Record) { own.Reset(); own.Write(text.AppendLine(nil, r)) })),
	} {
		h := filter.NewHandler(enabled{h}, dedup(0))
		slog.New(h).Info("m\nn", "k", 1)
		slog.New(h).Info("m\nn", "k", 1)
		require.NoError(t, h.Flush())
	}
	require.Equal(t, `{"level":"INFO","msg":"m\nn","held_back":1,"filter":"dedup"}`, strings.Split(json.String(), "\n")[1])
	require.Equal(t, `level=INFO msg="m\nn" held_back=1 filter=dedup`, strings.Split(txt.String(), "\n")[1])
	require.Equal(t, `m\nn held_back=1 filter=dedup`, own.String())
}

// enabled is a handler that is enabled, whatever the one behind it says.
type enabled struct{ slog.Handler }

func (enabled) Enabled(context.Context, slog.Level) bool { return true }

func TestWhatIsToldPassesTheFiltersThatTheRecordsPass(t *testing.T) {
	out := newLines()
	hide := passing(func(r *filter.Record) { r.Message = strings.ReplaceAll(r.Message, "secret", "***") })
	notDebug := filter.Func(func(_ context.Context, r *filter.Record) bool { return r.Level > levels.Debug })
	held := dedup(0)
	for _, filters := range [][]filter.Filter{{held, hide, notDebug}, {hide, notDebug, held}} {
		h := filter.NewHandler(out, filters...)
		for range 2 {
			slog.New(h).Info("my secret")
			slog.New(h).Debug("detail")
		}
		require.NoError(t, h.Flush())
	}
	require.Equal(t, []string{
		`"my ***"`, `"my ***" +1 dedup`, // the second handler is another place for the same filter
		`"my ***"`, `"my ***" +1 dedup`,
	}, out.take())
}

func TestNoHolderHoldsBackOrCountsWhatIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := newLines()
		all := func(*filter.Record) string { return "" }
		sample := filter.Sample(&filter.SampleOptions{First: 3, Period: 10 * time.Second, Key: all})
		limit := filter.Limit(&filter.LimitOptions{Count: 3, Period: time.Hour})
		inner := filter.Dedup(&filter.DedupOptions{Period: time.Hour})
		var h slog.Handler = filter.NewHandler(out, filter.Func(inner.Filter))
		h = filter.NewHandler(h, sample, filter.All(limit))
		outer := filter.NewHandler(h, dedup(0))
		l := slog.New(outer)
		for _, m := range []string{"1", "1", "2", "2"} {
			l.Info(m)
		}
		require.NoError(t, outer.Flush())
		require.ElementsMatch(t, []string{"1", "2", "1 +1 dedup", "2 +1 dedup"}, out.take())
		l.Info("3")
		require.Equal(t, []string{"3"}, out.take(), "the third that counts")
		l.Info("4")
		require.Equal(t, []string{""}, out.take())
		time.Sleep(10 * time.Second)
		l.Info("5")
		require.Equal(t, []string{"4 +1 sample"}, out.take(), "5 is over the limit")
		require.NoError(t, limit.Flush())
		require.Equal(t, []string{"5 +1 limit"}, out.take())
		require.NoError(t, errors.Join(sample.Flush(), inner.Flush(), outer.Flush()))
		require.Equal(t, []string{""}, out.take())
	})
}

func TestHeldBackKnowsWhatIsTold(t *testing.T) {
	var told []int64
	see := filter.Func(func(_ context.Context, r *filter.Record) bool {
		n, ok := filter.HeldBack(r)
		if ok {
			told = append(told, n)
		}
		return ok
	})
	rec := slogxtest.NewRecorder(nil)
	h := filter.NewHandler(rec, dedup(0), see)
	l := slog.New(h)
	for range 4 {
		l.Info("m")
	}
	l.Info("forged", "held_back", 5, "filter", "dedup")
	l.Info("of other kinds", "held_back", "5", "filter", errStub)
	l.Info("one attribute", "held_back", 5)
	require.Empty(t, rec.Records())
	require.NoError(t, h.Flush())
	require.Equal(t, []int64{3}, told)
	require.Len(t, rec.Take(), 1)
}

func TestPredictIsNotSure(t *testing.T) {
	var p filter.Predictor = filter.Dedup(nil)
	pass, sure := p.Predict("a", levels.Info)
	require.True(t, pass)
	require.False(t, sure)
}

func TestMessageAndNameAreCutAtARune(t *testing.T) {
	for _, s := range []string{
		strings.Repeat("x", 255), strings.Repeat("x", 256), strings.Repeat("x", 257), strings.Repeat("x", 255) + "日本",
		strings.Repeat("日本", 100), "x" + strings.Repeat("日本", 100), strings.Repeat("\x80", 300),
	} {
		rec := slogxtest.NewRecorder(nil)
		h := filter.NewHandler(rec, dedup(0))
		l := slog.New(h).With("logger", s)
		l.Info(s)
		l.Info(s)
		require.NoError(t, h.Flush())
		told := rec.Records()[1]
		require.Equal(t, utf8.ValidString(s), utf8.ValidString(told.Message))
		require.True(t, strings.HasPrefix(s, told.Message))
		require.LessOrEqual(t, len(told.Message), 256)
		require.Greater(t, len(told.Message), min(len(s)-1, 256-utf8.UTFMax-1))
		require.Equal(t, told.Message, told.Logger)
	}
}
