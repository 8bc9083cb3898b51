// SPDX-License-Identifier: MIT

package config

import (
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/internal/document"
	"github.com/slogx/slogx/internal/nearest"
)

// A plan is what a document asks for, checked. Formatters and filters are made already; handlers are opened
// when the plan is applied.
type plan struct {
	incremental     bool
	disableExisting bool
	formatters      map[string]format.Formatter
	filters         map[string]filter.Filter
	handlers        map[string]*handlerPlan
	loggers         []*loggerPlan // the root, "", among them

	root     *document.Value
	busy     []string // filters that are being made
	referred []string // what cfg:// names
	errs     []error
	warnings []error
}

// A handlerPlan is an entry of handlers.
type handlerPlan struct {
	id        string
	at        *document.Value
	open      opener
	files     []*filePlan
	level     slog.Leveler
	formatter format.Formatter
	filters   []filter.Filter
	used      bool
}

// A loggerPlan is an entry of loggers, or the root.
type loggerPlan struct {
	name      string
	at        *document.Value
	level     *slog.Leveler // nil if the document does not say
	propagate *bool
	filters   *[]filter.Filter
	handlers  []*handlerPlan
	given     []slog.Handler // handlers that stand in a Go map themselves
}

// The keys of the schema.
var (
	topKeys = []string{
		"version", "incremental", "disable_existing_loggers", "environment", "formatters", "filters", "handlers", "loggers", "root",
	}
	formatterArgs = []string{"format", "datefmt", "style", "validate", "defaults"}
	loggerKeys    = []string{"level", "propagate", "filters", "handlers"}
)

// newPlan checks a document, and returns all its mistakes; the plan then has the warnings.
func newPlan(root *document.Value) (*plan, error) {
	p := &plan{
		formatters: map[string]format.Formatter{}, filters: map[string]filter.Filter{}, handlers: map[string]*handlerPlan{},
		root: root,
	}
	if root.Kind != document.Map {
		return p, root.Errorf("want a map with the key version, not %s", root.Describe())
	}
	p.fail(p.expand())
	unexpanded := p.unexpanded()
	p.checkVersion()
	p.checkKeys(root, topKeys)
	p.incremental = p.bool(root, "incremental")
	p.disableExisting = p.bool(root, "disable_existing_loggers")
	if !p.incremental {
		p.each("formatters", p.addFormatter)
		p.each("filters", func(id string, _ *document.Value) { p.filter(id, nil, &p.errs) })
	}
	p.each("handlers", p.addHandler)
	p.each("loggers", p.addLogger)
	if v := root.Given("root"); v != nil && (v.Kind != document.Map || len(v.Fields) > 0) {
		p.addLogger("root", v)
	}
	p.markUsed()
	if len(p.errs) > 0 { // why, it may be
		p.errs = append(p.errs, unexpanded...)
	} else {
		p.warnings = append(p.warnings, unexpanded...)
	}
	return p, errors.Join(p.errs...)
}

// markUsed marks the handlers that loggers have, and warns of the others. An entry that another one of the same logger has
// replaced is no more among the loggers.
func (p *plan) markUsed() {
	for _, l := range p.loggers {
		for _, h := range l.handlers {
			h.used = true
		}
	}
	for _, id := range p.ids() {
		if h := p.handlers[id]; !h.used && !p.incremental {
			p.warn(h.at, "no logger uses this handler: it is not opened")
		}
	}
}

func (p *plan) fail(err error) {
	if err != nil {
		p.errs = append(p.errs, err)
	}
}

func (p *plan) warn(v *document.Value, text string, args ...any) {
	p.warnings = append(p.warnings, v.Errorf(text, args...))
}

// ids returns the names of the handlers, in order.
func (p *plan) ids() (ids []string) {
	for id := range p.handlers {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

func (p *plan) checkVersion() {
	switch v := p.root.Get("version"); {
	case v == nil:
		p.fail(p.root.Errorf("the document has no version; it is 1%s", p.inside()))
	case v.Kind == document.Int && v.Int == 1, v.Kind == document.Float && v.Float == 1, v.Kind == document.Bool && v.Bool:
	default:
		p.fail(v.Errorf("the version is the number 1, not %s", v.Describe()))
	}
}

// inside ends the message about a document without a version, if one of its keys holds a document that has one, as in
// the settings of a larger program.
func (p *plan) inside() string {
	for _, f := range p.root.Fields {
		if f.Value.Get("version") != nil {
			return fmt.Sprintf(". What stands below %s has one: it is to stand in a file of its own", f.Key)
		}
	}
	return ""
}

// checkKeys reports keys that nobody reads: as a mistake if one looks like a known one, and else as a
// warning, since Python reads over them.
func (p *plan) checkKeys(v *document.Value, known []string) {
	for _, f := range v.Fields {
		if slices.Contains(known, f.Key) || strings.HasPrefix(f.Key, "x-") || strings.HasPrefix(f.Key, "_") {
			continue
		}
		if v == p.root && p.refersTo(f.Key) { // what is named there for cfg:// may be like a known key: true_formatters
			continue
		}
		if near := nearest.Names(f.Key, known); len(near) > 0 {
			p.fail(f.Value.Errorf("no such key; did you mean %s?", near[0]))
			continue
		}
		p.warn(f.Value, "no such key: it is left out; known: %s", strings.Join(known, ", "))
	}
}

func (p *plan) bool(at *document.Value, key string) bool {
	v := at.Given(key)
	if v == nil {
		return false
	}
	b, err := asBool(v)
	p.fail(err)
	return b
}

// each calls add for each entry of a section.
func (p *plan) each(section string, add func(id string, v *document.Value)) {
	v := p.root.Given(section)
	if v == nil {
		return
	}
	if v.Kind != document.Map {
		p.fail(v.Errorf("want a map, not %s", v.Describe()))
		return
	}
	for _, f := range v.Fields {
		if f.Value.Kind != document.Map {
			p.fail(f.Value.Errorf("want a map, not %s", f.Value.Describe()))
			continue
		}
		add(f.Key, f.Value)
	}
}

// class returns the class of an entry: that of the key (), or class, or the default.
func class[T any](p *plan, v *document.Value, kind, def string) (class T, ok bool) {
	name := v.Get("()")
	if name == nil {
		name = v.Get("class")
	}
	if name == nil && def == "" {
		p.fail(v.Errorf("a %s needs the key class", kind))
		return class, false
	}
	if name == nil {
		known, _ := lookup(def)
		return known.(T), true
	}
	class, err := classOf[T](name, kind)
	p.fail(err)
	return class, err == nil
}

func (p *plan) addFormatter(id string, v *document.Value) {
	c, ok := class[formatterClass](p, v, "formatter", "logging.Formatter")
	if !ok {
		return
	}
	a := &Args{at: v, params: c.params, id: id}
	if name := v.Get("class"); v.Get("()") == nil && (name == nil || !strings.HasPrefix(name.Str, "slogx.")) {
		a.asked = slices.Clone(formatterArgs) // of which a class of the program's own need not take all
	}
	p.formatters[id] = made(p, a, "formatter", func() (format.Formatter, error) { return c.make(a) })
}

// made returns what a class makes of its arguments, and takes over all mistakes.
func made[T any](p *plan, a *Args, kind string, make func() (T, error)) T {
	got, err := unpanicked(make)
	p.pass(a)
	p.fail(a.done())
	switch {
	case err != nil:
		p.fail(a.at.Wrap(err))
	case any(got) == nil && len(a.errs) == 0:
		p.fail(a.at.Errorf("the class made no %s", kind))
	}
	return got
}

// unpanicked calls what makes something, and returns its panic, as about an option that is negative, as an error.
func unpanicked[T any](make func() (T, error)) (got T, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v", p)
		}
	}()
	return make()
}

// pass has an entry without a class pass with keys that nobody reads, as in Python.
func (p *plan) pass(a *Args) {
	if a.at.Get("()") == nil && a.at.Get("class") == nil {
		p.checkKeys(a.at, slices.Concat(a.asked, own))
		a.asked = append(a.asked, a.at.Keys()...)
	}
}
