// SPDX-License-Identifier: MIT

package format_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/internal/record"
	"github.com/slogx/slogx/internal/testhelp"
	"github.com/stretchr/testify/require"
)

var bare = format.MustPercent("%(message)s", nil)

// writerFunc is a writer made of a function.
type writerFunc func(p []byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

func TestNewHandlerPanicsOnNil(t *testing.T) {
	require.Panics(t, func() { format.NewHandler(nil, bare, nil) })
	require.Panics(t, func() { format.NewHandler(io.Discard, nil, nil) })
}

func TestLevelIsAskedEachTime(t *testing.T) {
	ctx := context.Background()
	require.True(t, format.NewHandler(io.Discard, bare, nil).Enabled(ctx, -1000))
	var level slog.LevelVar
	h := format.NewHandler(io.Discard, bare, &format.HandlerOptions{Level: &level}).WithGroup("g")
	require.False(t, h.Enabled(ctx, slog.LevelDebug))
	level.Set(slog.LevelDebug)
	require.True(t, h.Enabled(ctx, slog.LevelDebug))
	var none context.Context
	require.True(t, h.Enabled(none, slog.LevelInfo))
}

func TestHandleTakesANilContextAndEveryLevel(t *testing.T) {
	var buf bytes.Buffer
	h := format.NewHandler(&buf, bare, &format.HandlerOptions{Level: slog.LevelError})
	var none context.Context
	require.NoError(t, h.Handle(none, slog.NewRecord(theTime, -100, "hi", 0)))
	require.Equal(t, "hi\n", buf.String())
}

func TestNothingBoundReturnsTheReceiver(t *testing.T) {
	h := format.NewHandler(io.Discard, bare, nil)
	require.Same(t, h, h.WithAttrs(nil))
	require.Same(t, h, h.WithAttrs([]slog.Attr{}))
	require.Same(t, h, h.WithGroup(""))
}

// plain is a formatter of a program's own.
type plain struct{}

func (plain) Append(dst []byte, r *format.Record) []byte { return append(dst, r.Message...) }

func TestWhatTheHandlerSaysOfItselfToTheTree(t *testing.T) {
	h := format.NewHandler(io.Discard, bare, &format.HandlerOptions{Level: slog.LevelWarn})
	require.True(t, h.Reentrant())
	require.Equal(t, slog.LevelWarn, h.Threshold())
	h = format.NewHandler(io.Discard, plain{}, nil)
	require.False(t, h.Reentrant(), "its formatter may log")
	require.Nil(t, h.Threshold())
}

func TestSiblingsDoNotSeeEachOther(t *testing.T) {
	for depth := range 41 {
		var buf bytes.Buffer
		var parent slog.Handler = format.NewHandler(&buf, bare, nil)
		want := "hi"
		for i := range depth {
			parent = parent.WithAttrs([]slog.Attr{slog.Int(fmt.Sprint("k", i), i)})
			want += fmt.Sprintf(" k%d=%d", i, i)
		}
		a := parent.WithAttrs([]slog.Attr{slog.String("who", "a")})
		b := parent.WithAttrs([]slog.Attr{slog.String("who", "b")})
		c, d := parent.WithGroup("c"), parent.WithGroup("d")
		for _, h := range []slog.Handler{a, b, a, c, d, c, parent} {
			slog.New(h).Info("hi", "x", 1)
		}
		tails := []string{" who=a x=1", " who=b x=1", " who=a x=1", " c.x=1", " d.x=1", " c.x=1", " x=1"}
		require.Equal(t, want+strings.Join(tails, "\n"+want)+"\n", buf.String())
	}
}

func TestEachRecordIsOneWrite(t *testing.T) {
	var writes []string
	w := writerFunc(func(p []byte) (int, error) {
		writes = append(writes, string(p))
		return len(p), nil
	})
	log := slog.New(format.NewHandler(w, bare, nil))
	log.Info("one", "a", 1)
	log.With("b", 2).Error("two", record.Err(errors.New("bad")))
	long := strings.Repeat("x", 10<<20)
	log.Info(long)
	log.Info("three")
	require.Len(t, writes, 4)
	require.Equal(t, "one a=1\n", writes[0])
	require.True(t, strings.HasPrefix(writes[1], "two b=2\n  error: bad\n"))
	require.Equal(t, long+"\n", writes[2])
	require.Equal(t, "three\n", writes[3])
}

func TestOneLockForAllThatIsDerived(t *testing.T) {
	var inside, overlaps atomic.Int32
	lines := 0 // the race detector sees two at a time
	w := writerFunc(func(p []byte) (int, error) {
		if inside.Add(1) > 1 {
			overlaps.Add(1)
		}
		defer inside.Add(-1)
		lines++
		time.Sleep(time.Microsecond)
		return len(p), nil
	})
	h := format.NewHandler(w, bare, nil)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			log := slog.New(h).With("i", i).WithGroup("g")
			for range 100 {
				log.Info("hi", "a", 1)
			}
		})
	}
	wg.Wait()
	require.Zero(t, overlaps.Load(), "two writes at a time")
	require.Equal(t, 800, lines)
}

func TestErrorsOfTheWriterAreReturnedAndReported(t *testing.T) {
	bad := errors.New("disk full")
	var next error
	short := false
	w := writerFunc(func(p []byte) (int, error) {
		if short {
			return len(p) - 1, nil
		}
		return len(p), next
	})
	var reported []error
	h := format.NewHandler(w, bare, &format.HandlerOptions{OnError: func(err error) { reported = append(reported, err) }})
	r := slog.NewRecord(theTime, slog.LevelInfo, "hi", 0)
	next = bad
	err := h.Handle(context.Background(), r)
	require.ErrorIs(t, err, bad)
	require.EqualError(t, err, "format: write: disk full")
	next, short = nil, true
	require.ErrorIs(t, h.Handle(context.Background(), r), io.ErrShortWrite)
	short = false
	require.NoError(t, h.Handle(context.Background(), r))
	require.Len(t, reported, 2)
	require.ErrorIs(t, reported[0], bad)
	require.ErrorIs(t, reported[1], io.ErrShortWrite)
}

func TestPanicsLeaveTheHandlerUsable(t *testing.T) {
	var buf bytes.Buffer
	panics := true
	w := writerFunc(func(p []byte) (int, error) {
		if panics {
			panic("writer")
		}
		return buf.Write(p)
	})
	log := slog.New(format.NewHandler(w, bare, nil))
	require.PanicsWithValue(t, "writer", func() { log.Info("lost") })
	panics = false
	log.Info("kept")
	require.Equal(t, "kept\n", buf.String())

	log = slog.New(format.NewHandler(&buf, panicking{}, nil))
	require.PanicsWithValue(t, "formatter", func() { log.Info("panic") })
	log.Info("then")
	require.Equal(t, "kept\nthen\n", buf.String())
}

type panicking struct{}

func (panicking) Append(dst []byte, r *format.Record) []byte {
	if r.Message == "panic" {
		panic("formatter")
	}
	return append(dst, r.Message...)
}

// binder counts how it is bound.
type binder struct {
	scope *format.Scope
	binds *int
}

func (b binder) Append(dst []byte, r *format.Record) []byte {
	return fmt.Appendf(dst, "%s in %q as %s", r.Message, b.scope.Prefix(), r.Logger)
}

func (b binder) Bind(s *format.Scope) format.Formatter {
	*b.binds++
	if b.scope != nil {
		panic("bound twice")
	}
	return binder{s, b.binds}
}

func TestBindIsCalledOnTheOriginalOncePerHandler(t *testing.T) {
	var buf bytes.Buffer
	binds := 0
	log := slog.New(format.NewHandler(&buf, binder{binds: &binds}, nil))
	log.Info("a")
	require.Zero(t, binds)
	derived := log.With("logger", "n").WithGroup("g").With("b", 1)
	require.Equal(t, 3, binds)
	derived.Info("b")
	derived.Info("c")
	require.Equal(t, 3, binds)
	require.Equal(t, "a in \"\" as \nb in \"g.\" as n\nc in \"g.\" as n\n", buf.String())
}

func TestOptionsAreCopied(t *testing.T) {
	opts := &format.HandlerOptions{Level: slog.LevelInfo}
	h := format.NewHandler(io.Discard, bare, opts)
	opts.Level = slog.LevelError
	require.True(t, h.Enabled(context.Background(), slog.LevelInfo))
}

// loop is a LogValuer without end, in one of two ways.
type loop struct{ group bool }

func (l loop) LogValue() slog.Value {
	if l.group {
		return slog.GroupValue(slog.Any("l", l), slog.Any("r", l))
	}
	return slog.AnyValue(l)
}

type panics struct{}

func (panics) LogValue() slog.Value { panic("boom") }

func TestBadLogValuersLoseNoLine(t *testing.T) {
	var buf bytes.Buffer
	log := slog.New(format.NewHandler(&buf, format.MustPercent("%(msg)s %(x.l)s", nil), &format.HandlerOptions{OnError: func(error) {}}))
	merged := slog.New(format.NewHandler(&buf, bare, nil))
	for _, v := range []any{loop{}, loop{group: true}, panics{}} {
		for _, log := range []*slog.Logger{log, merged} {
			buf.Reset()
			log.Info("given", "x", v)
			require.Equal(t, 1, strings.Count(buf.String(), "\n"))
			require.True(t, strings.HasPrefix(buf.String(), "given"))
			log.With("x", v).Info("bound")
			require.Equal(t, 2, strings.Count(buf.String(), "\n"))
		}
	}
}

// closer counts what is done to it.
type closer struct {
	bytes.Buffer
	flushed, closed int
	err             error
}

func (c *closer) Flush() error { c.flushed++; return c.err }
func (c *closer) Close() error { c.closed++; return c.err }

func TestCloseFlushesAndClosesWhatIsOwned(t *testing.T) {
	for _, owned := range []bool{false, true} {
		c := &closer{}
		h := format.NewHandler(c, bare, &format.HandlerOptions{CloseWriter: owned})
		require.NoError(t, h.Flush())
		require.Equal(t, 1, c.flushed)
		d := h.WithGroup("g").(*format.Handler)
		require.NoError(t, d.Close())
		require.NoError(t, h.Close())
		require.Equal(t, 2, c.flushed)
		require.Equal(t, owned, c.closed == 1)
		slog.New(h).Info("late")
		require.Equal(t, "late\n", c.String())
		require.Equal(t, 3, c.flushed, "a late line is flushed at once")
	}
	c := &closer{err: errors.New("bad")}
	h := format.NewHandler(c, bare, &format.HandlerOptions{CloseWriter: true})
	require.EqualError(t, h.Flush(), "format: flush: bad")
	require.EqualError(t, h.Close(), "format: close: bad\nbad")
	require.NoError(t, h.Close())
}

func TestLateLinesOfAFileAreErrors(t *testing.T) {
	name := filepath.Join(t.TempDir(), "app.log")
	f, err := os.Create(name)
	require.NoError(t, err)
	var reported []error
	h := format.NewHandler(f, bare, &format.HandlerOptions{CloseWriter: true, OnError: func(err error) { reported = append(reported, err) }})
	slog.New(h).Info("hi")
	require.NoError(t, h.Close())
	require.ErrorIs(t, h.Handle(context.Background(), slog.NewRecord(theTime, 0, "late", 0)), os.ErrClosed)
	require.Len(t, reported, 1)
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	require.Equal(t, "hi\n", string(text))
}

func TestStandardStreamsStayOpen(t *testing.T) {
	h := format.NewHandler(os.Stderr, bare, &format.HandlerOptions{CloseWriter: true})
	require.NoError(t, h.Close())
	_, err := os.Stderr.Stat()
	require.NoError(t, err)
}

func TestFlushOfABufferedWriter(t *testing.T) {
	var buf bytes.Buffer
	h := format.NewHandler(bufio.NewWriter(&buf), bare, nil)
	slog.New(h).Info("hi")
	require.Empty(t, buf.String())
	require.NoError(t, h.Flush())
	require.Equal(t, "hi\n", buf.String())
	require.NoError(t, format.NewHandler(io.Discard, bare, nil).Flush())
}

func TestHandlerString(t *testing.T) {
	testhelp.TwoStreams(t)
	var buf bytes.Buffer
	buf.WriteString("secret")
	for want, h := range map[string]*format.Handler{
		`format.Handler(stderr, "%(message)s")`:        format.NewHandler(os.Stderr, format.MustPercent("", nil), nil),
		`format.Handler(stdout, "%(message)s")`:        format.NewHandler(os.Stdout, bare, nil),
		`format.Handler(*bytes.Buffer, "%(message)s")`: format.NewHandler(&buf, bare, nil),
		`format.Handler(stdout, JSON)`:                 format.NewHandler(os.Stdout, format.JSON(nil), nil),
		`format.Handler(named, format_test.panicking)`: format.NewHandler(named{}, panicking{}, nil),
	} {
		require.Equal(t, want, h.String())
	}
}

type named struct{ io.Writer }

func (named) String() string { return "named" }
