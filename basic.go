// SPDX-License-Identifier: MIT

package slogx

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"sync"

	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/rotate"
	"github.com/slogx/slogx/tree"
)

// ErrConfigured says that the root had handlers already, and that nothing was changed.
// To ignore it is what Python does.
var ErrConfigured = errors.New("slogx: the root has handlers already")

// Options are options for [BasicConfig]. The zero Options, and nil, is the default:
// lines of every logger go to os.Stderr, in colour if that is a terminal.
type Options struct {
	// Writer is where lines go. If nil, it is Filename, or else os.Stderr.
	// It is Python's stream, and is not closed.
	Writer io.Writer

	// Filename is the file that lines go to. It is kept open until [Shutdown].
	Filename string

	// Filemode is "a" to append to the file, "w" to empty it first. If empty, it is "a".
	Filemode string

	// Rotate says when Filename is replaced, and how many old ones are kept. If nil, it grows.
	// A nil OnError there is that of the tree.
	Rotate *rotate.Options

	// Format is the layout of a line: "%(asctime)s %(levelname)s %(message)s".
	// If empty, lines are in colour on a terminal, and else in the layout [format.Basic].
	Format string

	// Style is the style of Format: "%" for [format.Percent], "{" for [format.Brace] ("{asctime} {message}"),
	// "$" for [format.Dollar] ("$asctime $message"). If empty, it is "%".
	Style string

	// DateFormat is the layout of the field asctime, as for strftime. If empty, the time looks like
	// 2006-01-02 15:04:05,123. It is Python's datefmt.
	DateFormat string

	// Level is the level of the root. If nil, it stays as it is: WARNING, unless it was set.
	Level slog.Leveler

	// Handlers are added to the root as they are, in place of one that is made of Writer or
	// Filename, Format and DateFormat.
	Handlers []slog.Handler

	// Force has the root's handlers removed and closed first, if there are any.
	Force bool

	// NoColor keeps colour away from terminals. The environment's NO_COLOR does so too.
	NoColor bool
}

// setLevelsOfEnvironment has a batch set the levels that SLOGX_LEVELS holds. A mistake is one for the tree's OnError.
func setLevelsOfEnvironment(b *tree.Batch) error {
	const variable = "SLOGX_LEVELS"
	if err := b.SetLevels(os.Getenv(variable)); err != nil {
		return fmt.Errorf("slogx: environment variable %s: %w", variable, err)
	}
	return nil
}

// basicMu keeps two calls from both finding a root without handlers.
var basicMu sync.Mutex

// BasicConfig adds a handler to the root of the default tree, and sets its level.
// It is Python's logging.basicConfig, with the same defaults.
//
// If the root has handlers already, nothing changes and the error is [ErrConfigured], unless
// Force is set. Options that contradict each other are an error, as is a mistake in the layout
// or a file that cannot be opened; then nothing changes.
// For those who log, all changes happen in one step. Nil options are the default.
//
// The levels that the environment variable SLOGX_LEVELS holds are set in the same step, and take
// precedence over Level: "info,app.db=debug", see [SetLevels]. A mistake in it goes to the
// tree's OnError, sets none of its levels, and stops nothing.
func BasicConfig(opts *Options) error {
	var o Options
	if opts != nil {
		o = *opts
	}
	if err := o.check(); err != nil {
		return err
	}
	layout, err := o.layout()
	if err != nil {
		return fmt.Errorf("slogx: Format: %w", err)
	}
	basicMu.Lock()
	defer basicMu.Unlock()
	t := Default()
	old := t.Node("").Handlers()
	if len(old) > 0 && !o.Force {
		return ErrConfigured
	}
	handlers, err := o.handlers(layout)
	if err != nil {
		return err
	}
	if mistake := o.apply(t, handlers); mistake != nil {
		t.Report(mistake)
	}
	return t.Close(context.Background(), old...) // but for those that were added again
}

// apply makes all changes. A mistake is one in the environment.
func (o *Options) apply(t *tree.Tree, handlers []slog.Handler) (mistake error) {
	t.Update(func(b *tree.Batch) {
		root := t.Node("")
		b.ClearHandlers(root)
		for _, h := range handlers {
			b.AddHandler(root, h)
		}
		if o.Level != nil {
			b.SetLevel(root, o.Level)
		}
		mistake = setLevelsOfEnvironment(b)
	})
	return mistake
}

// check reports options that contradict each other.
func (o *Options) check() error {
	contradict := func(a, b string) error {
		return fmt.Errorf("slogx: %s and %s contradict each other", a, b)
	}
	var errs []error
	if o.Writer != nil && o.Filename != "" {
		errs = append(errs, contradict("Writer", "Filename"))
	}
	for _, other := range []struct {
		name string
		set  bool
	}{
		{"Writer", o.Writer != nil}, {"Filename", o.Filename != ""},
		{"Rotate", o.Rotate != nil}, {"Format", o.Format != ""}, {"Style", o.Style != ""}, {"DateFormat", o.DateFormat != ""},
	} {
		if o.Handlers != nil && other.set {
			errs = append(errs, contradict("Handlers", other.name))
		}
	}
	if o.Rotate != nil && o.Filename == "" && o.Handlers == nil {
		errs = append(errs, errors.New("slogx: Rotate without Filename"))
	}
	if slices.Contains(o.Handlers, nil) {
		errs = append(errs, errors.New("slogx: Handlers: nil handler"))
	}
	return errors.Join(append(errs, o.checkFilemode(), o.checkStyle())...)
}

func (o *Options) checkFilemode() error {
	switch {
	case o.Filemode == "":
		return nil
	case o.Filemode != "a" && o.Filemode != "w":
		return fmt.Errorf("slogx: Filemode %q: neither \"a\" nor \"w\"", o.Filemode)
	case o.Filename == "":
		return fmt.Errorf("slogx: Filemode %q without Filename", o.Filemode)
	default:
		return nil
	}
}

func (o *Options) checkStyle() error {
	if _, ok := styles[o.Style]; !ok {
		return fmt.Errorf("slogx: Style %q: neither \"%%\", \"{\" nor \"$\"", o.Style)
	}
	return nil
}

// styles are the styles of layouts, each with its twin of [format.Basic].
var styles = map[string]struct {
	compile func(string, *format.Options) (*format.Layout, error)
	basic   string
}{
	"":  {format.Percent, format.Basic},
	"%": {format.Percent, format.Basic},
	"{": {format.Brace, "{levelname}:{name}:{message}"},
	"$": {format.Dollar, "${levelname}:${name}:${message}"},
}

// layout compiles the layout; nil is none.
func (o *Options) layout() (*format.Layout, error) {
	if o.Format == "" && o.DateFormat == "" {
		return nil, nil
	}
	style := styles[o.Style]
	return style.compile(cmp.Or(o.Format, style.basic), &format.Options{DateFormat: o.DateFormat})
}

// handlers returns what is to be added to the root.
func (o *Options) handlers(layout *format.Layout) ([]slog.Handler, error) {
	if o.Handlers != nil {
		return o.Handlers, nil
	}
	w := o.Writer
	if w == nil {
		w = os.Stderr
	}
	switch {
	case o.Filename != "":
		f, err := o.open()
		if err != nil {
			return nil, err
		}
		if layout == nil {
			layout = format.MustPercent(format.Basic, nil)
		}
		return []slog.Handler{format.NewHandler(f, layout, &format.HandlerOptions{CloseWriter: true})}, nil
	case layout != nil:
		return []slog.Handler{format.NewHandler(w, layout, nil)}, nil
	default:
		return []slog.Handler{format.NewConsole(w, &format.ConsoleOptions{NoColor: o.NoColor})}, nil
	}
}

// open opens the file. The one that it takes the place of, if Force is set, may be the same.
func (o *Options) open() (*rotate.File, error) {
	var r rotate.Options
	if o.Rotate != nil {
		r = *o.Rotate
	}
	r.Truncate = r.Truncate || o.Filemode == "w"
	r.TakeOver = r.TakeOver || o.Force
	return rotate.Open(o.Filename, &r)
}
