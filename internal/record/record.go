// SPDX-License-Identifier: MIT

// Package record holds the view of a log record that filters and formatters share:
// the record itself, the name of its logger, and what With and WithGroup have bound to it.
package record

import (
	"log/slog"
	"strings"
)

// Keys of the attributes that have a meaning of their own.
const (
	// NameKey is the key of the attribute that carries the logger's name.
	// The first string bound under it before any group is the name; any other is an ordinary attribute.
	NameKey = "logger"

	// ErrKey is the key of an error that is printed with its stack on the lines after the record.
	// It is Python's exc_info.
	ErrKey = "exc_info"

	// StackKey is the key of an attribute that asks for the stack of the logging call.
	// It is Python's stack_info.
	StackKey = "stack_info"
)

// A Record is a log record as filters and formatters see it.
// It is valid during the call that it is given to, and not safe for concurrent use.
type Record struct {
	// Record is the record as it was logged.
	// What AddAttrs adds to it lands in the group that is open.
	slog.Record

	// Logger is the name of the logger; "" is the root.
	Logger string

	// Scope holds what With and WithGroup have bound; nil is nothing.
	Scope *Scope

	// Owner is the handler whose filters are asked, nil if there is none. A filter that has
	// something to say of its own, as what it held back, says it there.
	Owner slog.Handler

	outer   []slog.Attr // added outside of the groups that are open
	errs    []error
	scratch []slog.Attr // room for Rewrite; empty between its calls
}

// Attr returns the attribute with the given dotted key ("user", "http.status"), bound or given.
// The last one wins: one given with the call over a bound one. A group is an attribute too, also one that
// WithGroup opened, if anything is in it.
func (r *Record) Attr(key string) (slog.Value, bool) {
	if v, ok := r.Scope.inside(&r.Record, key); ok {
		return v, true
	}
	if v, ok := lookupLast(r.outer, key, maxDepth); ok {
		return v, true
	}
	return r.Scope.Attr(key)
}

// AttrOf returns the attribute with the given dotted key of a record that was logged in the scope:
// what [Record.Attr] returns for a record that nobody has added to.
func (s *Scope) AttrOf(r *slog.Record, key string) (slog.Value, bool) {
	if v, ok := s.inside(r, key); ok {
		return v, true
	}
	return s.Attr(key)
}

// inside returns the attribute with the dotted key that was given with r, or that is an open group.
func (s *Scope) inside(r *slog.Record, key string) (slog.Value, bool) {
	if prefix := s.Prefix(); len(prefix) > len(key) && prefix[len(key)] == '.' && prefix[:len(key)] == key {
		return s.openGroup(r, key)
	}
	return s.given(r, key)
}

// openGroup returns the open group with the dotted key: what is bound in it, and what was given with r.
// It reports false if there is nothing in it.
func (s *Scope) openGroup(r *slog.Record, key string) (slog.Value, bool) {
	var attrs []slog.Attr
	r.Attrs(func(a slog.Attr) bool { attrs = append(attrs, a); return true })
	for ; len(s.Prefix()) > len(key); s = s.parent {
		if s.group != "" && len(s.prefix) == len(key)+1 {
			return slog.GroupValue(attrs...), len(attrs) > 0
		}
		attrs = s.nest(attrs)
	}
	return slog.Value{}, false // a dot in the name of a group
}

// given returns the attribute with the dotted key that was given with r, the last one if there are several.
func (s *Scope) given(r *slog.Record, key string) (found slog.Value, ok bool) {
	key, inScope := strings.CutPrefix(key, s.Prefix())
	if !inScope {
		return slog.Value{}, false
	}
	r.Attrs(func(a slog.Attr) bool {
		switch {
		case a.Key == key && key != "":
			found, ok = a.Value, true
		case a.Key == "" || len(a.Key) < len(key) && key[len(a.Key)] == '.': // may be a group that it is in
			if v, here := lookup(a, key, maxDepth); here {
				found, ok = v, true
			}
		}
		return true
	})
	if found.Kind() == slog.KindLogValuer { // Resolve takes a while in any case
		found = found.Resolve()
	}
	return found, ok
}

// maxDepth is how many groups without a name are looked into, one inside the other:
// a LogValuer may stand inside of itself.
const maxDepth = 100

// lookup finds the attribute with the given dotted key in a or, if a is a group, inside it.
func lookup(a slog.Attr, key string, depth int) (slog.Value, bool) {
	if a.Key == key && a.Key != "" {
		return a.Value.Resolve(), true
	}
	rest := key
	if a.Key != "" {
		var ok bool
		if rest, ok = strings.CutPrefix(key, a.Key); !ok || rest == "" || rest[0] != '.' {
			return slog.Value{}, false
		}
		rest, depth = rest[1:], maxDepth+1
	}
	if v := a.Value.Resolve(); v.Kind() == slog.KindGroup && depth > 0 {
		return lookupLast(v.Group(), rest, depth-1)
	}
	return slog.Value{}, false
}

func lookupLast(attrs []slog.Attr, key string, depth int) (slog.Value, bool) {
	for i := len(attrs) - 1; i >= 0; i-- {
		if v, ok := lookup(attrs[i], key, depth); ok {
			return v, true
		}
	}
	return slog.Value{}, false
}
