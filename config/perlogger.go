// SPDX-License-Identifier: MIT

package config

import (
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"sync"

	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/internal/record"
	"github.com/slogx/slogx/rotate"
)

// A perLogger is a handler with a file for each logger. The name of the logger is the first attribute that is
// bound; the files are shared by all that are derived.
type perLogger struct {
	files *loggerFiles
	level slog.Leveler
	bound []func(slog.Handler) slog.Handler // what to derive when the name is known
	own   slog.Handler                      // of the logger, nil while it is not known, or has no file
	name  string                            // of the logger, "" while it is not known: then it is the root
}

// loggerFiles are the files of a perLogger.
type loggerFiles struct {
	path      string // with {logger}
	opts      *rotate.Options
	formatter format.Formatter
	level     slog.Leveler

	mu       sync.Mutex
	handlers map[string]*format.Handler
	closed   bool
	report   func(error)
}

func (o *opening) perLogger(path string, opts *rotate.Options) slog.Handler {
	o.levelTaken = true
	return &perLogger{level: o.level, files: &loggerFiles{
		path: path, opts: opts, formatter: cmp.Or(o.formatter, bare), level: o.level, handlers: map[string]*format.Handler{},
	}}
}

// of returns the handler for a logger, and opens its file if that is the first record. A name is one element of a path.
func (f *loggerFiles) of(logger string) (slog.Handler, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if h, ok := f.handlers[logger]; ok {
		return h, nil
	}
	file, err := f.openLocked(fileOf(f.path, logger))
	if err != nil {
		return nil, err
	}
	h := format.NewHandler(file, f.formatter, &format.HandlerOptions{Level: f.level, CloseWriter: true})
	if f.report != nil {
		h.ReportTo(f.report)
	}
	f.handlers[logger] = h
	if f.closed { // the file takes late lines all the same, and is closed again after each
		return h, h.Close()
	}
	return h, nil
}

// openLocked opens a file. One that an earlier document has opened with other options gives way.
func (f *loggerFiles) openLocked(path string) (io.Writer, error) {
	file, err := rotate.Open(path, f.opts)
	switch {
	case !errors.Is(err, rotate.ErrInUse):
		return file, err
	case f.closed:
		return lateFile(path), nil
	}
	over := *f.opts
	over.TakeOver, over.Truncate = true, false
	return rotate.Open(path, &over)
}

// A lateFile takes late lines for a file that a later document has opened with other options.
type lateFile string

func (path lateFile) Write(p []byte) (int, error) {
	file, err := os.OpenFile(string(path), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	if err != nil {
		return 0, err
	}
	n, err := file.Write(p)
	return n, errors.Join(err, file.Close())
}

// retire is called before the handler is replaced: it keeps the files that it has, and takes none from the one that follows.
func (p *perLogger) retire() {
	p.files.mu.Lock()
	defer p.files.mu.Unlock()
	p.files.closed = true
}

func (p *perLogger) Enabled(_ context.Context, level slog.Level) bool {
	return p.level == nil || level >= p.level.Level()
}

func (p *perLogger) Handle(ctx context.Context, r slog.Record) error {
	h := p.own
	if h == nil {
		var err error
		if h, err = p.named(cmp.Or(p.name, "root")); err != nil { // the next record tries again
			return err
		}
	}
	return h.Handle(ctx, r)
}

// named returns the handler of a logger, with all that was bound.
func (p *perLogger) named(logger string) (slog.Handler, error) {
	h, err := p.files.of(logger)
	if err != nil {
		return nil, err
	}
	for _, derive := range p.bound {
		h = derive(h)
	}
	return h, nil
}

func (p *perLogger) WithAttrs(attrs []slog.Attr) slog.Handler {
	if len(attrs) == 0 {
		return p
	}
	d := p.derive(func(h slog.Handler) slog.Handler { return h.WithAttrs(attrs) })
	if len(p.bound) == 0 && p.own == nil && attrs[0].Key == record.NameKey && attrs[0].Value.Kind() == slog.KindString {
		d.name = attrs[0].Value.String()
		if h, err := d.named(cmp.Or(d.name, "root")); err == nil {
			d.own = h
		}
	}
	return d
}

func (p *perLogger) WithGroup(name string) slog.Handler {
	if name == "" {
		return p
	}
	return p.derive(func(h slog.Handler) slog.Handler { return h.WithGroup(name) })
}

func (p *perLogger) derive(derive func(slog.Handler) slog.Handler) *perLogger {
	d := *p
	if p.own != nil {
		d.own = derive(p.own)
		return &d
	}
	d.bound = append(p.bound[:len(p.bound):len(p.bound)], derive)
	return &d
}

// Shutdown closes the files.
func (p *perLogger) Shutdown(ctx context.Context) error {
	p.files.mu.Lock()
	p.files.closed = true
	handlers := make([]*format.Handler, 0, len(p.files.handlers))
	for _, h := range p.files.handlers {
		handlers = append(handlers, h)
	}
	p.files.mu.Unlock()
	var errs []error
	for _, h := range handlers {
		errs = append(errs, h.Shutdown(ctx))
	}
	return errors.Join(errs...)
}

// ReportTo has errors of the files reported to report.
func (p *perLogger) ReportTo(report func(error)) {
	p.files.mu.Lock()
	defer p.files.mu.Unlock()
	if p.files.report == nil {
		p.files.report = report
	}
}

// Reentrant reports true: a record meets only locks that know about that.
func (p *perLogger) Reentrant() bool { return true }

func (p *perLogger) String() string { return "config.perLogger(" + p.files.path + ")" }
