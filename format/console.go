// SPDX-License-Identifier: MIT

package format

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/lmittmann/tint"
	"github.com/slogx/slogx/internal/record"
	"github.com/slogx/slogx/internal/text"
	"github.com/slogx/slogx/levels"
)

// ConsoleOptions are options for [NewConsole].
// The zero ConsoleOptions, and nil, take records of every level, in colour where that is wanted.
type ConsoleOptions struct {
	// Level is the lowest level that is printed, asked each time. If nil, every level is.
	Level slog.Leveler

	// NoColor has the layout [Basic] printed even to a terminal.
	NoColor bool

	// OnError is as in [HandlerOptions].
	OnError func(error)
}

// NewConsole returns a handler for people who read along: in colour, by tint, if w is a terminal,
// and in the layout [Basic] if it is not. It never closes w. Nil opts are the zero ConsoleOptions.
// A layout of one's own has colour by the fields %(log_color)s and %(reset)s.
//
// The environment is asked once: NO_COLOR and TERM=dumb turn colour off, FORCE_COLOR turns it on
// whatever w is.
func NewConsole(w io.Writer, opts *ConsoleOptions) *Handler {
	if opts == nil {
		opts = &ConsoleOptions{}
	}
	var f Formatter = newColored()
	if opts.NoColor || !wantsColor(w) {
		f = MustPercent(Basic, nil)
	}
	return NewHandler(w, f, &HandlerOptions{Level: opts.Level, OnError: opts.OnError})
}

func wantsColor(w io.Writer) bool {
	if force := os.Getenv("FORCE_COLOR"); force != "" && force != "0" {
		return true
	}
	return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && isTerminal(w)
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok || f == nil {
		return false
	}
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull) // a character device, too
	return err != nil || !os.SameFile(info, null)
}

// colored is the [Formatter] that tint's handler makes, with errors and stacks on the lines after the
// record, and without what tint lets through to the terminal.
type colored struct {
	pool sync.Pool // of *tinter
}

// A tinter is a handler of tint's and what it writes to.
type tinter struct {
	buf     bytes.Buffer
	handler slog.Handler
}

func newColored() *colored {
	return &colored{pool: sync.Pool{New: func() any {
		t := &tinter{}
		// Options of its own each time, as tint writes to them. Handlers that tint derives would
		// share what ReplaceAttr is given; none is derived. Handle does not ask for the level.
		t.handler = tint.NewTextHandler(&t.buf, &tint.Options{ReplaceAttr: nameLevel})
		return t
	}}}
}

func (c *colored) Append(dst []byte, r *Record) []byte {
	attrs := make([]slog.Attr, 0, r.NumAttrs())
	r.Attrs(func(a slog.Attr) bool { attrs = append(attrs, a); return true })
	attrs = record.Resolve(r.Scope.Nest(attrs))
	if i := slices.IndexFunc(attrs, isNameOf(r)); i >= 0 {
		attrs = slices.Delete(attrs, i, i+1) // it stands before the message
	}
	line := slog.NewRecord(r.Time, r.Level, coloredMessage(r), 0)
	line.AddAttrs(harmless(attrs)...)

	t := c.pool.Get().(*tinter)
	t.buf.Reset()
	_ = t.handler.Handle(context.Background(), line) // a bytes.Buffer takes everything
	dst = append(dst, bytes.TrimSuffix(t.buf.Bytes(), []byte("\n"))...)
	c.pool.Put(t)
	return text.AppendBlock(dst, r.Scope, &r.Record, false)
}

// shortNames are tint's kind of words for levels that slog has none for.
var shortNames = map[string]string{"TRACE": "TRC", "NOTICE": "NTC", "CRITICAL": "CRT", "ALERT": "ALT", "EMERGENCY": "EMG"}

// nameLevel gives the level of a record its name, if slog has no word for it.
// Of an attribute that is a level only the text has come this far.
func nameLevel(_ []string, a slog.Attr) slog.Attr {
	level, ok := a.Value.Any().(slog.Level)
	if !ok {
		return a
	}
	name := levels.Name(level)
	switch level {
	case levels.Debug, levels.Info, levels.Warning, levels.Error:
		return a
	}
	if name == level.String() {
		return a
	}
	return tint.Attr(tintOf(level), slog.String(slog.LevelKey, cmp.Or(shortNames[name], name)))
}

// coloredMessage returns the message behind the logger's name.
func coloredMessage(r *Record) string {
	msg := text.Escaped(r.Message)
	if r.Logger == "" {
		return msg
	}
	return cyan + text.Escaped(r.Logger) + noColor + " " + msg
}

// isNameOf tells the attribute that carries the logger's name.
func isNameOf(r *Record) func(slog.Attr) bool {
	return func(a slog.Attr) bool {
		return r.Logger != "" && a.Key == record.NameKey && a.Value.Kind() == slog.KindString && a.Value.String() == r.Logger
	}
}

// visible shows what tint would pass on to the terminal, from an ESC or from the text of one.
var visible = strings.NewReplacer("\x1b", "␛", `\x1b`, "␛", "\x7f", "␡")

// harmless returns those of attrs, which must be resolved, that stand on the line, made visible.
// It does not change them: what is in groups is the program's, and printed with other records, too.
func harmless(attrs []slog.Attr) []slog.Attr {
	kept := make([]slog.Attr, 0, len(attrs))
	for _, a := range attrs {
		if _, ok := record.ErrOf(a); ok || a.Key == record.StackKey {
			continue
		}
		a.Key = visible.Replace(a.Key)
		switch a.Value.Kind() {
		case slog.KindString:
			a.Value = slog.StringValue(visible.Replace(a.Value.String()))
		case slog.KindAny:
			if !a.Equal(slog.Attr{}) {
				a.Value = slog.StringValue(visible.Replace(string(text.AppendPlain(nil, a.Value, true))))
			}
		case slog.KindGroup:
			a.Value = slog.GroupValue(harmless(a.Value.Group())...)
		}
		kept = append(kept, a)
	}
	return kept
}
