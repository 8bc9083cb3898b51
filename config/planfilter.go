// SPDX-License-Identifier: MIT

package config

import (
	"context"
	"slices"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/internal/document"
	"github.com/slogx/slogx/internal/nearest"
)

// filter returns the filter of the given name, and makes it first if it is not made. At is where it is named.
func (p *plan) filter(id string, at *document.Value, errs *[]error) filter.Filter {
	if f, ok := p.filters[id]; ok {
		return f
	}
	section := p.root.Get("filters")
	v := section.Get(id)
	switch {
	case v == nil || v.Kind != document.Map:
		if at != nil {
			*errs = append(*errs, at.Errorf("there is no filter %q%s", id, nearest.Hint(id, section.Keys())))
		}
		return nil
	case slices.Contains(p.busy, id):
		*errs = append(*errs, at.Errorf("the filter %q is made of itself", id))
		return nil
	}
	p.busy = append(p.busy, id)
	defer func() { p.busy = p.busy[:len(p.busy)-1] }()
	p.filters[id] = p.newFilter(id, v)
	return p.filters[id]
}

func (p *plan) newFilter(id string, v *document.Value) filter.Filter {
	c, ok := class[filterClass](p, v, "filter", "logging.Filter")
	if !ok {
		return nil
	}
	a := &Args{at: v, params: c.params, id: id}
	return made(p, a, "filter", func() (filter.Filter, error) { return c.make(a, p) })
}

// filterList returns the filters that a list names, or holds.
func (p *plan) filterList(v *document.Value, errs *[]error) []filter.Filter {
	if v == nil {
		return nil
	}
	if v.Kind != document.List {
		*errs = append(*errs, v.Errorf("want a list of filters, not %s", v.Describe()))
		return nil
	}
	list := []filter.Filter{}
	for _, item := range v.Items {
		if f := p.oneFilter(item, errs); f != nil {
			list = append(list, f)
		}
	}
	return list
}

func (p *plan) oneFilter(v *document.Value, errs *[]error) filter.Filter {
	switch f := v.Object.(type) {
	case filter.Filter:
		return f
	case func(context.Context, *filter.Record) bool:
		return filter.Func(f)
	}
	id, err := asString(v)
	if err != nil {
		*errs = append(*errs, err)
		return nil
	}
	return p.filter(id, v, errs)
}

// filterArg returns the filter that an argument names.
func (p *plan) filterArg(a *Args, name string) filter.Filter {
	if v := a.get(name); v != nil {
		if f := p.oneFilter(v, &a.errs); f != nil {
			return f
		}
	} else {
		a.Errorf(name, "%s: a filter is needed", name)
	}
	return filter.Name("")
}
