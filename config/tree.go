// SPDX-License-Identifier: MIT

package config

import (
	"context"
	"fmt"
	"log/slog"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/rotate"
	"github.com/slogx/slogx/tree"
)

// Preview returns the tree that the document would make of a program's own tree, in which the loggers that are given
// exist already. Nothing is opened or created: handlers only describe themselves, and classes of the program's own are
// not called. It is for drawing and for [tree.Tree.Explain]. Of an incremental document it has the levels of loggers.
func (c *Config) Preview(existing ...string) *tree.Tree {
	t := tree.New(&tree.Options{Level: levels.Warning})
	for _, name := range existing {
		t.Node(name)
	}
	s := &state{nodes: map[*tree.Node]*touched{}}
	if c.plan.incremental {
		p := *c.plan
		p.handlers = nil // there is none yet whose level could change
		_ = s.increment(t, &p, nil)
		return t
	}
	opened := c.plan.describe()
	t.Update(func(b *tree.Batch) { s.configure(t, b, c.plan, opened) })
	return t
}

// DisablesExisting reports whether the document silences the loggers that exist when it is applied, and that it does not
// name: disable_existing_loggers.
func (c *Config) DisablesExisting() bool { return c.plan.disableExisting && !c.plan.incremental }

// describe returns handlers that describe those that would be opened.
func (p *plan) describe() map[string]*openHandler {
	described := map[string]*openHandler{}
	for _, id := range p.ids() {
		if h := p.handlers[id]; h.used {
			described[id] = &openHandler{handler: h.describe()}
		}
	}
	return described
}

func (h *handlerPlan) describe() slog.Handler {
	o := &opening{formatter: h.formatter, dry: true}
	handler, err := h.open(o)
	if err != nil {
		handler = description{text: err.Error()}
	}
	if s, ok := handler.(fmt.Stringer); ok {
		handler = description{text: shortened(s.String())}
	}
	return description{text: shortened(h.id + o.settings), next: h.around(handler, h.level)} // the level shows, whoever takes it
}

// settings returns options that are not zero as they stand in a document: (maxBytes 1000, backupCount 3).
func settings(opts *rotate.Options) string {
	var set []string
	s := reflect.ValueOf(opts).Elem()
	for i := range s.NumField() {
		name := argument(s.Type().Field(i).Name)
		switch field := s.Field(i); {
		case field.IsZero():
		case field.Kind() == reflect.Bool:
			set = append(set, name)
		case field.Kind() == reflect.Func || field.Kind() == reflect.Interface || field.Kind() == reflect.Slice:
			set = append(set, name+" …")
		default:
			set = append(set, fmt.Sprintf("%s %v", name, field))
		}
	}
	if len(set) == 0 {
		return ""
	}
	return " (" + strings.Join(set, ", ") + ")"
}

// A description is a handler that only says what it stands for.
type description struct {
	text string
	next slog.Handler // what it is around, if anything
}

func (d description) Enabled(ctx context.Context, level slog.Level) bool {
	return d.next == nil || d.next.Enabled(ctx, level)
}
func (d description) Handle(context.Context, slog.Record) error { return nil }
func (d description) WithAttrs([]slog.Attr) slog.Handler        { return d }
func (d description) WithGroup(string) slog.Handler             { return d }
func (d description) Unwrap() slog.Handler                      { return d.next }
func (d description) String() string                            { return d.text }

// maxDescription is how long, in bytes, what a tree draws of a handler may be.
const maxDescription = 100

// shortened cuts a text to what a tree draws.
func shortened(s string) string {
	if len(s) <= maxDescription {
		return s
	}
	const end = "…"
	n := maxDescription - len(end)
	for !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + end
}

// A describedFile stands for a file that is not opened.
type describedFile string

func (f describedFile) Write(p []byte) (int, error) { return len(p), nil }
func (f describedFile) String() string              { return string(f) }

// Names returns the names of the arguments that the document gives, in order: for a class that takes any.
func (a *Args) Names() (names []string) {
	for _, key := range append(a.at.Keys(), a.at.Get(".").Keys()...) {
		if !slices.Contains(own, key) && !slices.Contains(names, key) {
			names = append(names, key)
		}
	}
	return names
}
