// SPDX-License-Identifier: MIT

package config

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"reflect"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/levels"
)

// An opening is what a handler is opened with.
type opening struct {
	formatter  format.Formatter // nil if the document names none
	level      slog.Leveler
	levelTaken bool
	all        *openAll
	last       bool   // all others are open
	dry        bool   // nothing is opened, the handler only describes itself
	settings   string // what a dry handler says beside its name
}

// bare is the layout of a handler without a formatter.
var bare format.Formatter = format.MustPercent("%(message)s", nil)

// format returns a handler that writes to w.
func (o *opening) format(w io.Writer, owned bool) slog.Handler {
	o.levelTaken = true
	return format.NewHandler(w, cmp.Or(o.formatter, bare), &format.HandlerOptions{Level: o.level, CloseWriter: owned})
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
func (h *handlerPlan) openWith(all *openAll, last bool) (*openHandler, error) {
	o := &opening{formatter: h.formatter, all: all, last: last}
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
	if o.levelTaken { // by the handler itself
		o.level = nil
	}
	opened.inner = findable(handler)
	opened.handler = h.around(opened.inner, o.level)
	return opened, nil
}

// around returns a handler with a level, unless that is nil, and with the filters of the document around it.
func (h *handlerPlan) around(handler slog.Handler, level slog.Leveler) slog.Handler {
	if level != nil {
		handler = levels.NewHandler(handler, level)
	}
	if len(h.filters) > 0 {
		handler = filter.NewHandler(handler, h.filters...)
	}
	return handler
}

// call calls a class of the program's own, and returns its panic as an error.
func (o *opening) call(a *Args, make func(*Args) (slog.Handler, error)) (h slog.Handler, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = a.at.Errorf("panic: %v", p)
		}
	}()
	a.formatter, a.asked, a.errs = o.formatter, nil, nil
	h, err = make(a)
	if err == nil && h == nil {
		err = fmt.Errorf("the class made no handler")
	}
	if err != nil {
		err = a.at.Wrap(err)
	}
	wrong := a.done()
	if err == nil && wrong != nil {
		err = errors.Join(wrong, closeAlone(h))
	}
	return h, err
}
