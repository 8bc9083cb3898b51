// SPDX-License-Identifier: MIT

package config

import (
	"errors"
	"log/slog"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/internal/document"
	"github.com/slogx/slogx/internal/nearest"
	"github.com/slogx/slogx/levels"
)

// Args are the arguments of a class, as the document has them. Each method reads the argument of the given
// name, and returns the default if there is none. One that is of another type is a mistake, as is one that no method
// asks for: the methods note them, and the document is refused.
type Args struct {
	at     *document.Value
	params []string // names of positional arguments
	asked  []string
	errs   []error

	formatter format.Formatter // of a handler
	id        string
	plan      *handlerPlan // of a handler
	lazy      bool         // read when the handler is opened

	note func(name string, t reflect.Type, def any) // told of each argument, for the schema; nil without
}

// noted tells note, if there is one, what an argument is read as.
func (a *Args) noted(name string, t reflect.Type, def any) {
	if a.note != nil {
		a.note(name, t, def)
	}
}

// into reads an argument into a variable of any type that options have.
func (a *Args) into(name string, variable any) { a.fill(name, reflect.ValueOf(variable).Elem()) }

// fill is into for a variable that reflection has found.
func (a *Args) fill(name string, variable reflect.Value) {
	a.noted(name, variable.Type(), nil)
	if v := a.get(name); v != nil {
		if err := decode(v, variable); err != nil {
			a.errs = append(a.errs, err)
		}
	}
}

// own are the keys of an entry that are no arguments of its class, and handlerOwn those of a handler.
var (
	own        = []string{"class", "()", "."}
	handlerOwn = append([]string{"level", "formatter", "filters"}, own...)
)

// ID returns the name that the document has for what is made.
func (a *Args) ID() string { return a.id }

// Params gives names to arguments that stand without one, in their order, as in args of an INI file.
// It is called before any argument is read.
func (a *Args) Params(names ...string) { a.params = names }

// Formatter returns the formatter of a handler, nil if the document names none.
func (a *Args) Formatter() format.Formatter { return a.formatter }

// Has reports whether the document has the argument. Null is none.
func (a *Args) Has(name string) bool { return a.get(name) != nil }

// get returns an argument, nil if there is none or if it is null.
func (a *Args) get(name string) *document.Value {
	if !slices.Contains(a.asked, name) {
		a.asked = append(a.asked, name)
	}
	v := a.at.Get(name)
	if attributes := a.at.Get("."); v == nil && attributes != nil {
		v = attributes.Get(name)
	}
	if i := slices.Index(a.params, name); v == nil && i >= 0 && i < len(a.at.Args) {
		v = a.at.Args[i]
	}
	if v == nil || v.Kind == document.Null {
		return nil
	}
	return v
}

// String returns a text.
func (a *Args) String(name, def string) string { return read(a, name, def, asString) }

// Int returns a whole number.
func (a *Args) Int(name string, def int64) int64 { return read(a, name, def, asInt) }

// Float returns a number.
func (a *Args) Float(name string, def float64) float64 { return read(a, name, def, asFloat) }

// Bool returns true or false, as people write them: yes, no, on, off, 1, 0 and the like.
func (a *Args) Bool(name string, def bool) bool { return read(a, name, def, asBool) }

// Strings returns a list of texts. A single text is a list of one.
func (a *Args) Strings(name string) []string { return read(a, name, nil, asStrings) }

// Level returns a level, by its name or by Python's number; nil is NOTSET.
func (a *Args) Level(name string, def slog.Leveler) slog.Leveler { return read(a, name, def, asLevel) }

// Any returns a value as Go has it: nil, bool, int64, float64, string, []any, map[string]any, or the object
// that was registered for what ext:// names.
func (a *Args) Any(name string) any {
	return read(a, name, nil, func(v *document.Value) (any, error) { return v.Go(), nil })
}

// Errorf notes a mistake in an argument.
func (a *Args) Errorf(name, format string, args ...any) {
	at := a.at
	if v := a.get(name); v != nil {
		at = v
	} else {
		a.noted(name, nil, nil)
	}
	a.errs = append(a.errs, at.Errorf(format, args...))
}

// read reads an argument, and notes a mistake.
func read[T any](a *Args, name string, def T, as func(*document.Value) (T, error)) T {
	a.noted(name, reflect.TypeFor[T](), def)
	v := a.get(name)
	if v == nil {
		return def
	}
	got, err := as(v)
	if err != nil {
		a.errs = append(a.errs, err)
		return def
	}
	return got
}

// own returns the keys that are no arguments.
func (a *Args) own() []string {
	if a.plan != nil {
		return handlerOwn
	}
	return own
}

// done returns the mistakes, arguments that nobody asked for among them.
func (a *Args) done() error {
	if v := a.at.Given("."); v != nil && v.Kind != document.Map {
		a.errs = append(a.errs, v.Errorf("want a map, not %s", v.Describe()))
	}
	for _, at := range []*document.Value{a.at, a.at.Get(".")} {
		if at == nil {
			continue
		}
		for _, f := range at.Fields {
			if slices.Contains(a.asked, f.Key) || at == a.at && slices.Contains(a.own(), f.Key) {
				continue
			}
			a.errs = append(a.errs, f.Value.Errorf("no such argument%s", a.hint(f.Key, at == a.at)))
		}
	}
	if len(a.at.Args) > len(a.params) {
		a.errs = append(a.errs, a.at.Args[len(a.params)].Errorf("%d positional arguments, at most %d are known (%s)",
			len(a.at.Args), len(a.params), strings.Join(a.params, ", ")))
	}
	return errors.Join(a.errs...)
}

// hint ends the message about an argument that nobody asked for. What is like no argument may be like a key of the entry.
func (a *Args) hint(key string, entry bool) string {
	if entry && len(nearest.Names(key, a.asked)) == 0 && len(nearest.Names(key, a.own())) > 0 {
		return nearest.Hint(key, a.own())
	}
	return nearest.Hint(key, a.asked)
}

func asString(v *document.Value) (string, error) {
	switch v.Kind {
	case document.String:
		return v.Str, nil
	case document.Object:
		if s, ok := v.Object.(string); ok {
			return s, nil
		}
	}
	return "", v.Errorf("want a text, not %s", v.Describe())
}

func asInt(v *document.Value) (int64, error) {
	if n, ok := v.Whole(); ok {
		return n, nil
	}
	if n, err := strconv.ParseInt(v.Str, 10, 64); v.Kind == document.String && err == nil { // of the environment
		return n, nil
	}
	return 0, v.Errorf("want a whole number, not %s", v.Describe())
}

func asFloat(v *document.Value) (float64, error) {
	switch v.Kind {
	case document.Int:
		return float64(v.Int), nil
	case document.Float:
		return v.Float, nil
	}
	return 0, v.Errorf("want a number, not %s", v.Describe())
}

// words are the ways in which people write a bool.
var words = map[string]bool{
	"true": true, "yes": true, "on": true, "1": true, "y": true, "t": true,
	"false": false, "no": false, "off": false, "0": false, "n": false, "f": false,
}

func asBool(v *document.Value) (bool, error) {
	switch v.Kind {
	case document.Bool:
		return v.Bool, nil
	case document.Int, document.Float:
		if n, ok := v.Whole(); ok && (n == 0 || n == 1) {
			return n == 1, nil
		}
	case document.String:
		if b, ok := words[strings.ToLower(v.Str)]; ok {
			return b, nil
		}
	}
	return false, v.Errorf("want true or false, not %s", v.Describe())
}

func asStrings(v *document.Value) ([]string, error) { return asList(v, asString) }

// asList reads the items of a list. What is no list is one of one.
func asList[T any](v *document.Value, as func(*document.Value) (T, error)) ([]T, error) {
	items := []*document.Value{v}
	if v.Kind == document.List {
		items = v.Items
	}
	list := make([]T, len(items))
	errs := make([]error, len(items))
	for i, item := range items {
		list[i], errs[i] = as(item)
	}
	return list, errors.Join(errs...)
}

// asLevel reads a level. Numbers are Python's.
func asLevel(v *document.Value) (slog.Leveler, error) {
	switch v.Kind {
	case document.Int, document.Float: // JSON in a Go map has 10.0
		n, ok := v.Whole()
		if ok && n == 0 {
			return nil, nil
		}
		if ok && n > 0 && n < 1<<20 {
			return levels.FromPython(int(n)), nil
		}
	case document.String:
		level, err := levels.ParseThreshold(v.Str)
		if err != nil {
			return nil, v.Wrap(err)
		}
		return level, nil
	case document.Object:
		if level, ok := v.Object.(slog.Leveler); ok {
			return level, nil
		}
	}
	return nil, v.Errorf("want the name of a level or Python's number, not %s", v.Describe())
}
