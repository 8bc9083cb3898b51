// SPDX-License-Identifier: MIT

package config

import (
	"log/slog"
	"math"
	"slices"

	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/internal/document"
	"github.com/slogx/slogx/internal/nearest"
)

func (p *plan) addHandler(id string, v *document.Value) {
	h := &handlerPlan{id: id, at: v}
	p.handlers[id] = h
	if level := v.Given("level"); level != nil {
		var err error
		h.level, err = asLevel(level)
		p.fail(err)
	}
	if p.incremental {
		if level := v.Get("level"); h.level == nil && level != nil && level.Kind == document.String { // NOTSET; 0 is passed over, as in Python
			h.level = slog.Level(math.MinInt)
		}
		return
	}
	if name := v.Given("formatter"); name != nil {
		h.formatter = p.formatter(name)
	}
	h.filters = p.filterList(v.Given("filters"), &p.errs)
	c, ok := class[handlerClass](p, v, "handler", "")
	if !ok {
		return
	}
	a := &Args{at: v, params: c.params, id: id, plan: h}
	h.open = c.make(a)
	if !a.lazy {
		p.fail(a.done())
	}
}

// formatter returns the formatter that is named, or given.
func (p *plan) formatter(v *document.Value) format.Formatter {
	if f, ok := v.Object.(format.Formatter); ok && v.Kind == document.Object {
		return f
	}
	id, err := asString(v)
	if err != nil {
		p.fail(err)
		return nil
	}
	if id == "" {
		return nil // in an INI file: none
	}
	section := p.root.Get("formatters")
	if section.Get(id) == nil {
		p.fail(v.Errorf("there is no formatter %q%s", id, nearest.Hint(id, section.Keys())))
	}
	return p.formatters[id]
}

func (p *plan) addLogger(name string, v *document.Value) {
	if v.Kind != document.Map {
		p.fail(v.Errorf("want a map, not %s", v.Describe()))
		return
	}
	if name == "root" {
		name = ""
	}
	p.checkKeys(v, loggerKeys)
	l := &loggerPlan{name: name, at: v}
	if i := slices.IndexFunc(p.loggers, func(l *loggerPlan) bool { return l.name == name }); i >= 0 {
		p.warn(v, "the same logger stands at %s, too: this one counts", p.loggers[i].at.Path)
		p.loggers = slices.Delete(p.loggers, i, i+1)
	}
	p.loggers = append(p.loggers, l)
	if level := v.Given("level"); level != nil {
		got, err := asLevel(level)
		p.fail(err)
		l.level = &got
	}
	if on := v.Given("propagate"); on != nil {
		b, err := asBool(on)
		p.fail(err)
		l.propagate = &b
	}
	if p.incremental {
		return
	}
	if f := v.Given("filters"); f != nil {
		list := p.filterList(f, &p.errs)
		l.filters = &list
	}
	p.addHandlersTo(l, v.Given("handlers"))
}

// addHandlersTo adds the handlers that a list names, or holds.
func (p *plan) addHandlersTo(l *loggerPlan, v *document.Value) {
	if v == nil {
		return
	}
	if v.Kind != document.List {
		p.fail(v.Errorf("want a list of handlers, not %s", v.Describe()))
		return
	}
	for _, item := range v.Items {
		if h, ok := item.Object.(slog.Handler); ok && item.Kind == document.Object {
			l.given = append(l.given, findable(h))
			continue
		}
		id, err := asString(item)
		if err != nil {
			p.fail(err)
			continue
		}
		h, ok := p.handlers[id]
		if !ok {
			p.fail(item.Errorf("there is no handler %q%s", id, nearest.Hint(id, p.ids())))
			continue
		}
		l.handlers = append(l.handlers, h)
	}
}
