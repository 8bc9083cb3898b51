// SPDX-License-Identifier: MIT

package config

import (
	"log/slog"
	"regexp"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/internal/document"
	"github.com/slogx/slogx/rotate"
)

// ours are the classes of slogx, each by its package and its name in Go. Their arguments are the fields of their
// options: MaxBytes is maxBytes.
var ours = map[string]any{
	"slogx.format.Stream":  handlerClass{[]string{"stream"}, streamHandler},
	"slogx.format.Console": handlerClass{[]string{"stream"}, consoleHandler},
	"slogx.rotate.File":    handlerClass{[]string{"filename"}, rotateFile},
	"slogx.Discard":        handlerClass{nil, nullHandler},

	"slogx.format.Percent": formatterClass{[]string{"layout"}, layout("%")},
	"slogx.format.Brace":   formatterClass{[]string{"layout"}, layout("{")},
	"slogx.format.Dollar":  formatterClass{[]string{"layout"}, layout("$")},
	"slogx.format.JSON": formatterClass{nil, func(a *Args) (format.Formatter, error) {
		opts := &format.JSONOptions{}
		a.Options(opts)
		return format.JSON(opts), nil
	}},

	"slogx.filter.Name":            pythonOthers["logging.Filter"],
	"slogx.filter.Level":           filterClass{[]string{"level"}, levelFilter},
	"slogx.filter.LevelRange":      filterClass{[]string{"min", "max"}, levelRange},
	"slogx.filter.MessageContains": filterClass{[]string{"text"}, messageContains},
	"slogx.filter.MessageMatches":  filterClass{[]string{"pattern"}, messageMatches},
	"slogx.filter.AttrEquals":      filterClass{[]string{"key", "value"}, attrEquals},
	"slogx.filter.Remove":          filterClass{[]string{"keys"}, remove},
	"slogx.filter.Redact":          filterClass{nil, options(filter.Redact)},
	"slogx.filter.Sample":          filterClass{nil, holder(filter.Sample)},
	"slogx.filter.Limit":           filterClass{nil, holder(filter.Limit)},
	"slogx.filter.Dedup":           filterClass{nil, holder(filter.Dedup)},
	"slogx.filter.All":             filterClass{[]string{"filters"}, combined(filter.All)},
	"slogx.filter.Any":             filterClass{[]string{"filters"}, combined(filter.Any)},
	"slogx.filter.Not": filterClass{[]string{"filter"}, func(a *Args, p *plan) (filter.Filter, error) {
		return filter.Not(p.filterArg(a, "filter")), nil
	}},
}

func consoleHandler(a *Args) opener {
	w := writer(a, "stream")
	opts := format.ConsoleOptions{}
	a.Options(&opts, "Level", "OnError")
	if v := a.at.Given("formatter"); v != nil {
		a.errs = append(a.errs, v.Errorf("a console has a layout of its own; slogx.format.Stream takes a formatter"))
	}
	return func(o *opening) (slog.Handler, error) {
		opts.Level, o.levelTaken = o.level, true
		return format.NewConsole(resolve(w), &opts), nil
	}
}

// rotateFile takes every option of rotate.
func rotateFile(a *Args) opener {
	opts := &rotate.Options{}
	path := filename(a)
	a.Options(opts, "TakeOver")
	return openFile(a, path, opts)
}

// layout takes a layout, and every option of format.
func layout(style string) func(*Args) (format.Formatter, error) {
	return func(a *Args) (format.Formatter, error) {
		opts := &format.Options{}
		a.Options(opts)
		l, err := layouts[style](a.String("layout", ""), opts)
		if err != nil {
			a.Errorf("layout", "%v", err)
		}
		return l, nil
	}
}

func levelFilter(a *Args, _ *plan) (filter.Filter, error) {
	return filter.Level(wanted(a, "level")), nil
}

// wanted reads a level that must be there.
func wanted(a *Args, name string) slog.Level {
	if level := a.Level(name, nil); level != nil {
		return level.Level()
	}
	a.Errorf(name, "%s: a level is needed", name)
	return 0
}

func levelRange(a *Args, _ *plan) (filter.Filter, error) {
	return filter.LevelRange(a.Level("min", nil), a.Level("max", nil)), nil
}

func messageContains(a *Args, _ *plan) (filter.Filter, error) {
	return filter.MessageContains(a.String("text", "")), nil
}

func messageMatches(a *Args, _ *plan) (filter.Filter, error) {
	return filter.MessageMatches(read(a, "pattern", regexp.MustCompile(""), asPattern)), nil
}

func attrEquals(a *Args, _ *plan) (filter.Filter, error) {
	return filter.AttrEquals(a.String("key", ""), a.Any("value")), nil
}

func remove(a *Args, _ *plan) (filter.Filter, error) { return filter.Remove(a.Strings("keys")...), nil }

// options returns what makes a filter of a struct of options.
func options[T any](make func(*T) filter.Filter) func(*Args, *plan) (filter.Filter, error) {
	return func(a *Args, _ *plan) (filter.Filter, error) {
		var opts T
		a.Options(&opts)
		return make(&opts), nil
	}
}

func holder[T any](make func(*T) *filter.Holder) func(*Args, *plan) (filter.Filter, error) {
	return options(func(opts *T) filter.Filter { return make(opts) })
}

// combined returns what makes one filter of several, which are named in the document.
func combined(combine func(...filter.Filter) filter.Filter) func(*Args, *plan) (filter.Filter, error) {
	return func(a *Args, p *plan) (filter.Filter, error) {
		v := a.get("filters")
		if v == nil || v.Kind != document.List {
			a.Errorf("filters", "want a list of filters")
			return filter.Name(""), nil
		}
		list := p.filterList(v, &a.errs)
		return combine(list...), nil
	}
}
