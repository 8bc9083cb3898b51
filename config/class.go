// SPDX-License-Identifier: MIT

package config

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/internal/document"
	"github.com/slogx/slogx/internal/nearest"
)

// Register makes a class known under a dotted name, for the keys class and () of a document, or an object,
// for ext://. What it is, its type says:
//
//	func(*Args) (slog.Handler, error)      a handler
//	func(*Args) (format.Formatter, error)  a formatter
//	func(*Args) (filter.Filter, error)     a filter
//	anything else                          an object
//
// A handler with a Close or Shutdown method is closed when a later document replaces it. A name that is known already gets
// the new meaning. It is safe for concurrent use. It panics if the name is empty or the class is nil.
func Register(name string, class any) {
	if name == "" || class == nil {
		panic("config: Register needs a name and a class")
	}
	class = classified(name, class)
	registry.mu.Lock()
	defer registry.mu.Unlock()
	registry.known[name] = class
}

// classified returns the class that a function makes, by its type, and else what it was given.
func classified(name string, class any) any {
	switch make := class.(type) {
	case func(*Args) (slog.Handler, error):
		class = handlerClass{make: func(a *Args) opener {
			a.lazy = true
			return func(o *opening) (slog.Handler, error) {
				if o.dry {
					return description{text: name}, nil
				}
				return o.call(a, make)
			}
		}}
	case func(*Args) (format.Formatter, error):
		class = formatterClass{make: make}
	case func(*Args) (filter.Filter, error):
		class = filterClass{make: func(a *Args, _ *plan) (filter.Filter, error) { return make(a) }}
	}
	return class
}

// A handlerClass makes handlers: first it reads the arguments, then it opens.
type handlerClass struct {
	params []string
	make   func(*Args) opener
}

// An opener opens a handler. What it takes level and filters of the document for itself, it says in o.
type opener func(o *opening) (slog.Handler, error)

// A formatterClass makes formatters.
type formatterClass struct {
	params []string
	make   func(*Args) (format.Formatter, error)
}

// A filterClass makes filters.
type filterClass struct {
	params []string
	make   func(*Args, *plan) (filter.Filter, error)
}

// registry holds what documents may name.
var registry = struct {
	mu    sync.Mutex
	known map[string]any
}{known: map[string]any{}}

func init() {
	for _, all := range []map[string]any{pythonHandlers, pythonOthers, ours, objects} {
		for name, class := range all {
			registry.known[name] = class
		}
	}
}

// lookup returns what is known under a name.
func lookup(name string) (class any, ok bool) {
	registry.mu.Lock()
	defer registry.mu.Unlock()
	class, ok = registry.known[name]
	return class, ok
}

// lookupShort is lookup for a name that may leave out logging, as in an INI file: StreamHandler, handlers.RotatingFileHandler.
// It returns the full name, too.
func lookupShort(name string) (full string, class any, ok bool) {
	for _, full := range []string{name, "logging." + name} {
		if class, ok := lookup(full); ok {
			return full, class, true
		}
	}
	return "", nil, false
}

// classOf returns the class of a kind that a name stands for.
func classOf[T any](v *document.Value, kind string) (class T, err error) {
	if v.Kind == document.Object {
		if class, ok := classified(fmt.Sprintf("%T", v.Object), v.Object).(T); ok {
			return class, nil
		}
	}
	name, err := asString(v)
	if err != nil {
		return class, err
	}
	_, known, ok := lookupShort(name)
	if !ok {
		return class, unknown(v, name, kind, names[T]())
	}
	class, ok = known.(T)
	if !ok {
		return class, v.Errorf("%s is no %s", name, kind)
	}
	return class, nil
}

// unknown says what to do about a class that is not there.
func unknown(v *document.Value, name, kind string, known []string) error {
	if why, ok := absent[name]; ok {
		return v.Errorf("%s: %s", name, why)
	}
	if ends := endingIn(name, known); len(ends) > 0 {
		return v.Errorf("%s is no %s that is known; did you mean %s?", name, kind, strings.Join(ends, " or "))
	}
	hint := "."
	if near := nearest.Names(name, known); len(near) > 0 {
		best := near[0]
		hint = "; did you mean " + strings.Join(near, " or ") + "?"
		if first, _, _ := strings.Cut(name, "."); strings.HasPrefix(best, first+".") || !strings.Contains(name, ".") {
			return v.Errorf("%s is no %s that is known%s", name, kind, hint)
		}
	}
	return v.Errorf("%s is no %s that is known%s Nothing is imported: a class of the program's own is to be made known first, "+
		"with config.Register(%q, …)", name, kind, hint, name)
}

// endingIn returns the known names of which name is the end: who writes logging.RotatingFileHandler, or the class
// alone, has left out the module, and no typing error leads from there to the right name.
func endingIn(name string, known []string) (full []string) {
	end := "." + strings.TrimPrefix(name, "logging.")
	for _, k := range known {
		if strings.HasSuffix(k, end) {
			full = append(full, k)
		}
	}
	slices.Sort(full)
	return full
}

// names returns the names of the classes of a kind.
func names[T any]() (list []string) {
	registry.mu.Lock()
	defer registry.mu.Unlock()
	for name, class := range registry.known {
		if _, ok := class.(T); ok {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return list
}
