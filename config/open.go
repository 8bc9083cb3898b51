// SPDX-License-Identifier: MIT

package config

import (
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/rotate"
)

// An opening is what a handler is opened with.
type opening struct {
	formatter  format.Formatter // nil if the document names none
	level      slog.Leveler
	levelTaken bool
	files      map[string]string // the handlers that have opened files, by path
	last       bool              // all others are open
	dry        bool              // nothing is opened, the handler only describes itself
	settings   string            // what a dry handler says beside its name
}

// errLater says that opening a handler cannot be undone: it empties a file, or takes it from the handler that has it.
// So that is done when all others are open.
var errLater = errors.New("to be opened last")

// bare is the layout of a handler without a formatter.
var bare = format.MustPercent("%(message)s", nil)

// format returns a handler that writes to w.
func (o *opening) format(w io.Writer, owned bool) slog.Handler {
	f := o.formatter
	if f == nil {
		f = bare
	}
	o.levelTaken = true
	return format.NewHandler(w, f, &format.HandlerOptions{Level: o.level, CloseWriter: owned})
}

// An openHandler is a handler of a document, as it hangs on loggers.
type openHandler struct {
	handler slog.Handler
	inner   slog.Handler   // without the filters around it
	level   *slog.LevelVar // its level, if the document gave it one
}

// findable returns a handler that a tree finds again: what cannot be compared gets a pointer.
func findable(h slog.Handler) slog.Handler {
	if reflect.ValueOf(h).Comparable() {
		return h
	}
	return &pointed{h}
}

type pointed struct{ slog.Handler }

func (p *pointed) Unwrap() slog.Handler { return p.Handler }

// openWith opens a handler, with its level and its filters around it.
func (h *handlerPlan) openWith(files map[string]string, last bool) (*openHandler, error) {
	o := &opening{formatter: h.formatter, files: files, last: last}
	opened := &openHandler{}
	switch level := h.level.(type) {
	case slog.Level:
		opened.level = new(slog.LevelVar) // an incremental document may change it
		opened.level.Set(level)
		o.level = opened.level
	default: // none, or one of the program's own, which stays live
		o.level = level
	}
	handler, err := h.open(o)
	if err != nil {
		return nil, err
	}
	handler = findable(handler)
	opened.inner = handler
	if h.level != nil && !o.levelTaken {
		handler = levels.NewHandler(handler, o.level)
	}
	if len(h.filters) > 0 {
		handler = filter.NewHandler(handler, h.filters...)
	}
	opened.handler = handler
	return opened, nil
}

// openFile returns what opens a file, and notes that it is to be checked before.
func openFile(a *Args, path string, opts *rotate.Options) opener {
	if err := opts.Validate(); err != nil {
		for mistake := range strings.SplitSeq(err.Error(), "\n") {
			a.errs = append(a.errs, a.at.Errorf("%s", strings.TrimPrefix(mistake, "rotate: ")))
		}
		return nil
	}
	if strings.Contains(filepath.Base(path), "{thread}") {
		a.Errorf("filename", "{thread}: Go has no threads that a program could tell apart; {logger} is a file for each logger")
	}
	if strings.Contains(filepath.Dir(path), "{logger}") {
		a.Errorf("filename", "{logger} stands in the name of the file only, not in its directory")
	}
	described := describedFile(path)
	path = strings.ReplaceAll(path, "{pid}", strconv.Itoa(os.Getpid()))
	a.plan.files = append(a.plan.files, func() error {
		err := rotate.Check(strings.ReplaceAll(path, "{logger}", "root"), opts)
		if err != nil && !errors.Is(err, rotate.ErrInUse) {
			return a.at.Errorf("%v", err)
		}
		return nil
	})
	id := a.id
	return func(o *opening) (slog.Handler, error) {
		if o.dry {
			o.settings = settings(opts)
			return o.format(described, false), nil
		}
		if strings.Contains(filepath.Base(path), "{logger}") {
			return o.perLogger(id, path, opts), nil
		}
		f, err := o.file(id, path, opts)
		if err == errLater {
			return nil, err
		}
		if err != nil {
			return nil, a.at.Errorf("%v", err)
		}
		return o.format(f, true), nil
	}
}

// file opens a file. One that is open with the same options is carried over, and not emptied again; one with other
// options, of an earlier document, gives way.
func (o *opening) file(id, path string, opts *rotate.Options) (*rotate.File, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if opts.Truncate && !o.last {
		return nil, errLater
	}
	f, err := rotate.Open(path, opts)
	if errors.Is(err, rotate.ErrInUse) && !o.last {
		return nil, errLater
	}
	if errors.Is(err, rotate.ErrInUse) && o.files[abs] == "" {
		over := *opts
		over.TakeOver, over.Truncate = true, false
		f, err = rotate.Open(path, &over)
	}
	if errors.Is(err, rotate.ErrInUse) {
		return nil, errors.New("the handler " + o.files[abs] + " has the same file, with other options")
	}
	if err == nil {
		o.files[abs] = id
	}
	return f, err
}
