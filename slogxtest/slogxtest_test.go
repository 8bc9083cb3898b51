// SPDX-License-Identifier: MIT

package slogxtest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/lmittmann/tint"
	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/slogxtest"
	"github.com/slogx/slogx/tree"
)

// slogsOwn are the rules that slog's own handlers do not keep when they are called without a Logger.
var slogsOwn = map[string]string{
	"empty-group-name": "Logger.WithGroup never passes an empty name on, and slog's handlers rely on it",
	"empty-same":       "slog's handlers return a copy",
}

func TestSlogJSON(t *testing.T) {
	opts := &slog.HandlerOptions{AddSource: true, Level: new(slog.LevelVar)}
	slogxtest.TestHandler(t, slogxtest.Target{
		New:     func(w io.Writer) slog.Handler { return slog.NewJSONHandler(w, opts) },
		Parse:   slogxtest.ParseJSON,
		Options: func() any { return opts },
		Except:  slogsOwn,
	})
}

func TestSlogText(t *testing.T) {
	opts := &slog.HandlerOptions{Level: slog.LevelDebug}
	slogxtest.TestHandler(t, slogxtest.Target{
		New:     func(w io.Writer) slog.Handler { return slog.NewTextHandler(w, opts) },
		Parse:   parseText,
		Level:   slog.LevelDebug,
		Options: func() any { return opts },
		Except:  slogsOwn,
	})
}

func TestTint(t *testing.T) {
	opts := &tint.Options{NoColor: true, TimeFormat: time.RFC3339Nano}
	slogxtest.TestHandler(t, slogxtest.Target{
		New:     func(w io.Writer) slog.Handler { return tint.NewTextHandler(w, opts) },
		Parse:   parseTint,
		Options: func() any { return opts },
		Except:  tints,
	})
}

// tints are the rules that tint's handler does not keep.
var tints = map[string]string{
	"awkward-text": "tint prints messages as they are, so what looks like an attribute cannot be told from one",
	"line-breaks":  "tint prints messages as they are, for people who look at a terminal",
	"value-error":  "tint prints nothing for a MarshalText method that fails",
	"options":      "tint sets the level of its caller's options",
}

// under returns the handler of a named node, three levels below the handlers on the root.
func under(handlers ...slog.Handler) slog.Handler {
	tr := tree.New(&tree.Options{OnError: func(error) {}}) // the rules look at what Handle returns
	for _, h := range handlers {
		tr.Node("").AddHandler(h)
	}
	return tr.Node("a.b.c").Handler()
}

func TestTreeAroundTint(t *testing.T) {
	slogxtest.TestHandler(t, slogxtest.Target{
		New: func(w io.Writer) slog.Handler {
			return under(tint.NewTextHandler(w, &tint.Options{NoColor: true, TimeFormat: time.RFC3339Nano}))
		},
		Parse:  withoutName(parseTint),
		Except: tints,
	})
}

func TestTreeAroundALayout(t *testing.T) {
	layout := format.MustPercent(parts, nil)
	slogxtest.TestHandler(t, slogxtest.Target{
		New: func(w io.Writer) slog.Handler {
			return under(format.NewHandler(w, layout, nil), format.NewHandler(io.Discard, layout, nil))
		},
		Parse: parseParts,
	})
}

func TestMultiHandler(t *testing.T) {
	slogxtest.TestHandler(t, slogxtest.Target{
		New: func(w io.Writer) slog.Handler {
			return slog.NewMultiHandler(slog.NewJSONHandler(w, nil), slog.NewJSONHandler(new(bytes.Buffer), nil))
		},
		Parse:  slogxtest.ParseJSON,
		Except: slogsOwn,
	})
}

// lockedWriter is for several handlers, each of which has a lock of its own.
type lockedWriter struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *lockedWriter) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}

func TestMultiHandlerOnOneWriter(t *testing.T) {
	slogxtest.TestHandler(t, slogxtest.Target{
		New: func(w io.Writer) slog.Handler {
			w = &lockedWriter{w: w}
			return slog.NewMultiHandler(slog.NewJSONHandler(w, nil), slog.NewJSONHandler(w, nil))
		},
		Parse:  slogxtest.ParseJSON,
		Copies: 2,
		Except: slogsOwn,
	})
}

// A delayed handler holds its lines back until it is flushed, and may be closed.
type delayed struct {
	slog.JSONHandler
	buf    *lockedBuffer
	closed *int
}

type lockedBuffer struct {
	mu    sync.Mutex
	lines [][]byte
	w     io.Writer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.lines = append(b.lines, bytes.Clone(p))
	return len(p), nil
}

func (b *lockedBuffer) flush() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, line := range b.lines {
		// A line that is lost is what the rules look for.
		_, _ = b.w.Write(line)
	}
	b.lines = nil
}

func (d *delayed) Close() error {
	*d.closed++
	return nil
}

func TestHandlerThatIsFlushedAndClosed(t *testing.T) {
	var opened, closed int
	slogxtest.TestHandler(t, slogxtest.Target{
		New: func(w io.Writer) slog.Handler {
			opened++
			buf := &lockedBuffer{w: w}
			return &delayed{*slog.NewJSONHandler(buf, nil), buf, &closed}
		},
		Parse: slogxtest.ParseJSON,
		Flush: func(h slog.Handler) { h.(*delayed).buf.flush() },
		Except: map[string]string{
			"empty-group-name": slogsOwn["empty-group-name"],
			"empty-same":       slogsOwn["empty-same"],
			"writer-panic":     "the panic reaches who flushes",
		},
	})
	require.Positive(t, opened)
	require.Equal(t, opened, closed)
}

// recorded is a Recorder whose records are written as JSON.
type recorded struct {
	slog.Handler
	rec *slogxtest.Recorder
	out *recordedOut
}

type recordedOut struct {
	mu sync.Mutex
	w  io.Writer
}

func (r recorded) WithAttrs(attrs []slog.Attr) slog.Handler {
	return recorded{r.Handler.WithAttrs(attrs), r.rec, r.out}
}

func (r recorded) WithGroup(name string) slog.Handler {
	return recorded{r.Handler.WithGroup(name), r.rec, r.out}
}

func (r recorded) Handle(ctx context.Context, sr slog.Record) error {
	r.out.mu.Lock()
	defer r.out.mu.Unlock()
	if err := r.Handler.Handle(ctx, sr); err != nil {
		return err
	}
	kept := r.rec.Take()[0]
	m := object(kept.Attrs)
	m[slog.LevelKey], m[slog.MessageKey] = kept.Level, kept.Message
	if !kept.Time.IsZero() {
		m[slog.TimeKey] = kept.Time
	}
	line, err := json.Marshal(m)
	if err != nil {
		return err
	}
	_, err = r.out.w.Write(line)
	return err
}

func object(attrs []slog.Attr) map[string]any {
	m := map[string]any{}
	for _, a := range attrs {
		if a.Value.Kind() == slog.KindGroup {
			m[a.Key] = object(a.Value.Group())
		} else {
			m[a.Key] = a.Value.String()
		}
	}
	return m
}

func TestRecorderConforms(t *testing.T) {
	slogxtest.TestHandler(t, slogxtest.Target{
		New: func(w io.Writer) slog.Handler {
			rec := slogxtest.NewRecorder(slog.LevelInfo)
			return recorded{rec, rec, &recordedOut{w: w}}
		},
		Parse: slogxtest.ParseJSON,
	})
}

func TestParseJSON(t *testing.T) {
	m, err := slogxtest.ParseJSON([]byte(`{"msg":"hello","g":{"n":1}}` + "\n"))
	require.NoError(t, err)
	require.Equal(t, map[string]any{"msg": "hello", "g": map[string]any{"n": 1.0}}, m)

	_, err = slogxtest.ParseJSON([]byte(strings.Repeat("x", 1000)))
	require.ErrorContains(t, err, "slogxtest: parse")
	require.ErrorContains(t, err, "(1000 bytes)")
	require.Less(t, len(err.Error()), 400)
}
