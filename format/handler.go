// SPDX-License-Identifier: MIT

package format

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"sync"

	"github.com/slogx/slogx/internal/record"
)

// HandlerOptions are options for [NewHandler].
// The zero HandlerOptions, and nil, take records of every level.
type HandlerOptions struct {
	// Level is the lowest level that Enabled reports true for, asked each time.
	// If nil, every level is: a handler of Python's has the level NOTSET.
	Level slog.Leveler

	// CloseWriter has [Handler.Close] close the writer. os.Stdout and os.Stderr are never closed.
	CloseWriter bool

	// OnError is called with each error of the writer, and once for each field of a layout
	// that a record has no fitting attribute for. It is called without a lock, by a goroutine that
	// logs, possibly by several at once. It may log, but not wait for a lock that is held while logging.
	// If nil, they go to the OnError of the tree that the handler hangs on, if it does,
	// and else to os.Stderr, at most one a second.
	OnError func(error)
}

// A Handler is a [slog.Handler] that formats records and writes each with one call of Write.
// It is Python's StreamHandler. A Handler and all that are derived from it share one lock.
// It is safe for concurrent use.
//
// The writer may log through the handler that is writing to it: that line is written after the
// present one, and what the writer logs while it writes that line is refused, with an error.
type Handler struct {
	level slog.Leveler
	given Formatter // what NewHandler was given
	bound Formatter // given, bound to scope
	scope *Scope
	sink  *sink
}

// NewHandler returns a handler that writes to w what f makes of records, each ended by a line break.
// It changes neither w nor opts; nil opts are the zero HandlerOptions. It panics if w or f is nil.
func NewHandler(w io.Writer, f Formatter, opts *HandlerOptions) *Handler {
	if w == nil {
		panic("format: nil Writer")
	}
	if f == nil {
		panic("format: nil Formatter")
	}
	if opts == nil {
		opts = &HandlerOptions{}
	}
	s := &sink{w: w, owned: opts.CloseWriter}
	s.errors.Set(opts.OnError)
	if p, ok := f.(placed); ok {
		f = p.placeOn(w, s.errors.Report)
	}
	h := &Handler{level: opts.Level, given: f, bound: f, sink: s}
	if l, ok := f.(*Layout); ok {
		h.bound = l.root
	}
	return h
}

// A placed formatter wants to know where it writes to, and finds mistakes while it formats.
type placed interface {
	placeOn(w io.Writer, report func(error)) Formatter
}

// Enabled reports whether level is at least [HandlerOptions.Level].
func (h *Handler) Enabled(_ context.Context, level slog.Level) bool {
	return h.level == nil || level >= h.level.Level()
}

// maxBuffer is the capacity of the largest buffer that is kept for later records.
const maxBuffer = 16 << 10

// state is what formatting a record needs, kept for later ones.
type state struct {
	record Record
	buf    []byte
}

var states = sync.Pool{New: func() any { return &state{buf: make([]byte, 0, 1<<10)} }}

// Handle formats r and writes it. It does not ask [Handler.Enabled].
// An error of the writer goes to OnError and is returned, too. A panic of the formatter or the writer is
// passed on, and leaves the handler as it was.
func (h *Handler) Handle(_ context.Context, r slog.Record) error {
	s := states.Get().(*state) // not given back if the formatter panics: it may be in use
	line := append(h.format(s, &r), '\n')
	err := h.sink.put(line)
	if cap(line) <= maxBuffer {
		s.buf = line
	}
	states.Put(s)
	return err
}

// format returns the line of r without its end. A formatter that it knows gets r as it is. Any other may keep
// what it is given, against the rules, and so is given a copy: r would have to be allocated for it.
func (h *Handler) format(s *state, r *slog.Record) []byte {
	switch f := h.bound.(type) {
	case *Layout:
		if f.bound != nil { // or a Binder of somebody's did not bind it
			return f.line(s.buf[:0], r)
		}
	case *jsonFormatter:
		if f.plain && f.bound != nil && f.bound.scope == h.scope {
			return f.line(s.buf[:0], f.bound, r)
		}
	}
	s.record.Record, s.record.Logger, s.record.Scope = *r, h.scope.Logger(), h.scope
	line := h.bound.Append(s.buf[:0], &s.record)
	s.record.Record = slog.Record{} // hold on to nobody's values
	return line
}

// WithAttrs returns a handler that has attrs bound, too. Their values are resolved now.
func (h *Handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	if len(attrs) == 0 {
		return h
	}
	return h.derive(h.scope.WithAttrs(record.Resolve(attrs)))
}

// WithGroup returns a handler in which the group is open.
func (h *Handler) WithGroup(name string) slog.Handler {
	if name == "" {
		return h
	}
	return h.derive(h.scope.WithGroup(name))
}

func (h *Handler) derive(scope *Scope) *Handler {
	d := *h
	d.scope = scope
	from := h.given
	switch h.given.(type) {
	case *Layout, *jsonFormatter: // they go on from what they have rendered
		from = h.bound
	}
	if b, ok := from.(Binder); ok {
		d.bound = b.Bind(scope)
	}
	return &d
}

// Reentrant reports whether Handle may be called by what logs while Handle runs, in the same goroutine:
// not if the formatter is one of the program's own, which may log for each record.
func (h *Handler) Reentrant() bool {
	switch f := h.given.(type) {
	case *Layout, *colored:
		return true
	case *jsonFormatter:
		return f.reentrant()
	default:
		return false
	}
}

// ReportTo has errors reported to report if there is no [HandlerOptions.OnError], and if
// this was not called before. A tree calls it when the handler is added. A writer that has such a method,
// as a file that rotates, is told where to report to, too: what this handler reports to.
func (h *Handler) ReportTo(report func(error)) {
	h.sink.errors.Adopt(report)
	if w, ok := h.sink.w.(interface{ ReportTo(report func(error)) }); ok {
		w.ReportTo(h.sink.errors.Report)
	}
}

// Threshold returns [HandlerOptions.Level], from which on the handler takes every record.
// It spares the tree the question for each of them.
func (h *Handler) Threshold() slog.Leveler { return h.level }

// Flush flushes the writer if it has a Flush method that returns an error, as a [bufio.Writer] has.
// It waits for a line that is being written.
func (h *Handler) Flush() error {
	if err := h.sink.exclusive(h.sink.flush); err != nil {
		return fmt.Errorf("format: flush: %w", err)
	}
	return nil
}

// Close is [Handler.Shutdown] that waits as long as it takes.
func (h *Handler) Close() error { return h.Shutdown(context.Background()) }

// Shutdown flushes the writer as [Handler.Flush] does, and closes it if [HandlerOptions.CloseWriter]
// is set and the writer is an [io.Closer]. It waits for a line that is being written.
// A second Shutdown does nothing and returns nil.
//
// Lines that come later are still passed to the writer, so that none is lost without an error:
// a file that opens itself again takes them, an [os.File] answers [os.ErrClosed].
// For the same reason a writer that has a method Shutdown(context.Context) error is closed by that, without
// the lock: lines are written while it ends its work.
func (h *Handler) Shutdown(ctx context.Context) error {
	err := h.sink.exclusive(h.sink.close)
	if w, ok := h.sink.w.(graceful); ok && h.sink.owned {
		err = errors.Join(err, w.Shutdown(ctx))
	}
	if err != nil {
		return fmt.Errorf("format: close: %w", err)
	}
	return nil
}

// String describes the handler by its writer and its layout.
func (h *Handler) String() string {
	switch f := h.given.(type) {
	case *Layout:
		return fmt.Sprintf("format.Handler(%s, %q)", writerName(h.sink.w), f.String())
	case *jsonFormatter:
		return fmt.Sprintf("format.Handler(%s, %s)", writerName(h.sink.w), f.String())
	}
	return fmt.Sprintf("format.Handler(%s, %T)", writerName(h.sink.w), h.given)
}

func writerName(w io.Writer) string {
	switch w := w.(type) {
	case *os.File:
		switch w {
		case os.Stdout:
			return "stdout"
		case os.Stderr:
			return "stderr"
		}
		return w.Name()
	case *bytes.Buffer, *strings.Builder: // String is what was written
	case fmt.Stringer:
		return w.String()
	}
	return fmt.Sprintf("%T", w)
}
