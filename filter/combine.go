// SPDX-License-Identifier: MIT

package filter

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
)

// All returns a filter that passes records that all filters pass. They are asked in turn, and
// those after one that drops the record are not asked. Without filters, it passes all records.
func All(filters ...Filter) Filter {
	return combine(combination{name: "All", filters: filters})
}

// Any returns a filter that passes records that at least one of the filters passes. They are
// asked in turn, and those after one that passes the record are not asked. What one that drops
// the record has changed stays changed. Without filters, it drops all records.
//
//	filter.Any(filter.LevelRange(levels.Warning, nil), filter.Sample(nil)) // thins out what is below WARNING
func Any(filters ...Filter) Filter {
	return combine(combination{name: "Any", filters: filters, decisive: true})
}

// Not returns a filter that passes the records that f drops, and drops those that it passes.
// What f changes stays changed.
func Not(f Filter) Filter {
	return combine(combination{name: "Not", filters: []Filter{f}, negated: true})
}

// A combination asks filters in turn until one decides.
type combination struct {
	name     string
	filters  []Filter
	decisive bool // the answer of a filter that decides; without one, it is the other answer
	negated  bool // the answer is turned around
}

// A binding is a combination that has Binders.
type binding struct{ combination }

func combine(c combination) Filter {
	if slices.Contains(c.filters, nil) {
		panic("filter: nil filter")
	}
	c.filters = slices.Clone(c.filters)
	if slices.ContainsFunc(c.filters, isBinder) {
		return &binding{c}
	}
	return &c
}

func isBinder(f Filter) bool {
	_, ok := f.(Binder)
	return ok
}

// Filter implements [Filter].
func (c *combination) Filter(ctx context.Context, r *Record) bool {
	for _, f := range c.filters {
		if f.Filter(ctx, r) == c.decisive {
			return c.decisive != c.negated
		}
	}
	return c.decisive == c.negated
}

// Predict implements [Predictor]: it is sure if the filters that count are.
func (c *combination) Predict(logger string, level slog.Level) (pass, sure bool) {
	pass, sure = !c.decisive, true
	for _, f := range c.filters {
		p, ok := f.(Predictor)
		if !ok {
			sure = false
			continue
		}
		one, oneSure := p.Predict(logger, level)
		if oneSure && one == c.decisive {
			return c.decisive != c.negated, true
		}
		sure = sure && oneSure
	}
	return pass != c.negated, sure
}

// Bind implements [Binder]: all filters that are Binders are given the attributes in turn.
func (b *binding) Bind(groups []string, attrs []slog.Attr) []slog.Attr {
	return Bind(b.filters, groups, attrs)
}

// Flush has the filters that hold records back tell how many.
func (c *combination) Flush() error { return flush(c.filters) }

// flush flushes the filters that have a method for it.
func flush(filters []Filter) error {
	var errs []error
	for _, f := range filters {
		if f, ok := f.(interface{ Flush() error }); ok {
			errs = append(errs, f.Flush())
		}
	}
	return errors.Join(errs...)
}

func (c *combination) String() string { return c.name + namesOf(c.filters) }

// namesOf names filters, by their String methods or their types: "(Name("a"), filter.Func)".
func namesOf(filters []Filter) string {
	names := make([]string, len(filters))
	for i, f := range filters {
		names[i] = fmt.Sprintf("%T", f)
		if s, ok := f.(fmt.Stringer); ok {
			names[i] = s.String()
		}
	}
	return "(" + strings.Join(names, ", ") + ")"
}
