// SPDX-License-Identifier: MIT

package format_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/internal/reentry"
	"github.com/slogx/slogx/internal/testhelp"
	"github.com/stretchr/testify/require"
)

// ends fails the test if f does not end.
func ends(t *testing.T, f func()) {
	t.Helper()
	testhelp.InTime(t, f)
}

// chatty is a writer that logs.
type chatty struct {
	bytes.Buffer
	log func(line string)
}

func (c *chatty) Write(p []byte) (int, error) {
	n, err := c.Buffer.Write(p)
	if c.log != nil {
		c.log(strings.TrimSuffix(string(p), "\n"))
	}
	return n, err
}

func TestWriterThatLogsOnce(t *testing.T) {
	w := &chatty{}
	log := slog.New(format.NewHandler(w, bare, nil))
	w.log = func(line string) {
		if line == "first" {
			log.Info("nested")
			w.WriteString("end of first\n")
		}
	}
	ends(t, func() { log.Info("first"); log.Info("second") })
	require.Equal(t, "first\nend of first\nnested\nsecond\n", w.String())
}

func TestWriterThatLogsOnEveryWrite(t *testing.T) {
	w := &chatty{}
	var errs []error
	h := format.NewHandler(w, bare, &format.HandlerOptions{OnError: func(err error) { errs = append(errs, err) }})
	var nested []error
	w.log = func(line string) {
		r := slog.NewRecord(theTime, slog.LevelInfo, line+"+", 0)
		nested = append(nested, h.WithGroup("g").Handle(context.Background(), r))
	}
	ends(t, func() { slog.New(h).Info("a"); slog.New(h).Info("b") })
	require.Equal(t, "a\na+\nb\nb+\n", w.String())
	require.Len(t, nested, 4)
	require.NoError(t, nested[0])
	require.ErrorIs(t, nested[1], reentry.ErrRefused)
	require.Len(t, errs, 2, "a refused line is reported")
	require.ErrorIs(t, errs[0], reentry.ErrRefused)
}

func TestOnErrorThatLogsWhereItFails(t *testing.T) {
	calls := 0
	var h *format.Handler
	w := writerFunc(func([]byte) (int, error) { return 0, errors.New("disk full") })
	h = format.NewHandler(w, bare, &format.HandlerOptions{OnError: func(err error) {
		calls++
		slog.New(h).Error("cannot log", "err", err)
	}})
	ends(t, func() { slog.New(h).Info("hi") })
	require.Equal(t, 1, calls)
}

func TestOnErrorThatPanics(t *testing.T) {
	w := writerFunc(func([]byte) (int, error) { return 0, errors.New("disk full") })
	h := format.NewHandler(w, bare, &format.HandlerOptions{OnError: func(error) { panic("on error") }})
	require.ErrorContains(t, h.Handle(context.Background(), slog.NewRecord(theTime, 0, "hi", 0)), "disk full")
}

// TestOnErrorIsCalledWithoutTheLock waits in OnError for another goroutine that logs.
func TestOnErrorIsCalledWithoutTheLock(t *testing.T) {
	w := &chatty{}
	var h *format.Handler
	calls := 0
	h = format.NewHandler(w, bare, &format.HandlerOptions{OnError: func(err error) {
		calls++
		done := make(chan struct{})
		go func() {
			defer close(done)
			slog.New(h).Info("error", "err", err)
		}()
		<-done
	}})
	w.log = func(line string) {
		if strings.HasPrefix(line, "hi") {
			slog.New(h).Info(line + "+")
		}
	}
	ends(t, func() { slog.New(h).Info("hi") })
	require.Equal(t, 1, calls)
	require.True(t, strings.HasPrefix(w.String(), "hi\nhi+\nerror err="), w.String())
}

func TestNestedLineThatFailsOrPanicsIsReported(t *testing.T) {
	var h *format.Handler
	var errs []error
	first := true
	var lines []string
	w := writerFunc(func(p []byte) (int, error) {
		lines = append(lines, string(p))
		switch {
		case first:
			first = false
			slog.New(h).Info("panics")
			slog.New(h).Info("fails")
			slog.New(h).Info("fine")
		case string(p) == "panics\n":
			panic("boom")
		case string(p) == "fails\n":
			return 0, errors.New("disk full")
		}
		return len(p), nil
	})
	h = format.NewHandler(w, bare, &format.HandlerOptions{OnError: func(err error) { errs = append(errs, err) }})
	ends(t, func() { slog.New(h).Info("outer") })
	require.Equal(t, []string{"outer\n", "panics\n", "fails\n", "fine\n"}, lines)
	require.EqualError(t, errors.Join(errs...), "format: write: panic: boom\nformat: write: disk full")
}

func TestWriterThatClosesItsHandler(t *testing.T) {
	c := &closer{}
	var h *format.Handler
	w := struct {
		writerFunc
		*closer
	}{func(p []byte) (int, error) {
		_ = h.Flush()
		_ = h.Close()
		return c.Write(p)
	}, c}
	h = format.NewHandler(onlyCloser{w.writerFunc, c}, bare, &format.HandlerOptions{CloseWriter: true})
	ends(t, func() { slog.New(h).Info("hi") })
	require.Equal(t, "hi\n", c.String())
	require.Equal(t, 1, c.closed)
	require.NoError(t, h.Close())
	require.Equal(t, 1, c.closed)
}

type onlyCloser struct {
	writerFunc
	c *closer
}

func (o onlyCloser) Close() error { return o.c.Close() }

// TestTwoHandlersThatLogToEachOther would deadlock if a writer ever waited for another.
func TestTwoHandlersThatLogToEachOther(t *testing.T) {
	var a, b *format.Handler
	var lines, refused atomic.Int64
	opts := &format.HandlerOptions{OnError: func(err error) {
		if !errors.Is(err, reentry.ErrRefused) {
			t.Error(err)
		}
		refused.Add(1)
	}}
	to := func(h **format.Handler) writerFunc {
		return func(p []byte) (int, error) {
			lines.Add(1)
			if len(p) < 8 {
				slog.New(*h).Info(strings.TrimSpace(string(p)) + "x")
			}
			return len(p), nil
		}
	}
	a = format.NewHandler(to(&b), bare, opts)
	b = format.NewHandler(to(&a), bare, opts)
	const n = 300
	ends(t, func() {
		var wg sync.WaitGroup
		for _, h := range []*format.Handler{a, b, a, b} {
			wg.Go(func() {
				for range n {
					slog.New(h).Info("hi")
				}
			})
		}
		wg.Wait()
	})
	require.GreaterOrEqual(t, lines.Load(), int64(4*n*2), "each line, and the one that its writer logs")
}

// TestLinesAreWholeUnderContention compares all lines with what was logged.
func TestLinesAreWholeUnderContention(t *testing.T) {
	w := &chatty{}
	h := format.NewHandler(w, bare, nil)
	nested := slog.New(h).With("nested", true)
	w.log = func(line string) {
		if strings.HasSuffix(line, "7") {
			nested.Info("about " + line + ".")
		}
	}
	const n = 200
	ends(t, func() {
		var wg sync.WaitGroup
		for i := range 8 {
			wg.Go(func() {
				log := slog.New(h).With("i", i)
				for j := range n {
					log.Info("hi", "j", j)
				}
			})
		}
		wg.Wait()
	})
	lines := strings.Split(strings.TrimSuffix(w.String(), "\n"), "\n")
	require.Len(t, lines, 8*n+8*n/10)
	for _, line := range lines {
		require.Regexp(t, `^hi i=\d j=\d+$|^about hi i=\d j=\d*7. nested=true$`, line)
	}
}
