// SPDX-License-Identifier: MIT

package record

import (
	"iter"
	"log/slog"
	"slices"
	"strings"
)

// A Scope is what With and WithGroup have bound to a handler, in order.
// It never changes; nil is the empty scope.
type Scope struct {
	parent *Scope
	attrs  []slog.Attr // bound in this step, resolved, without the logger's name
	logger string      // the logger's name, as bound in this step or before
	prefix string      // the names of the open groups, each followed by a dot
	group  string      // opened in this step, if it binds no attributes
}

// WithAttrs returns the scope in which attrs are bound too.
// It takes attrs over and expects their values to be resolved; see [Resolve].
// The first string under [NameKey] before any group becomes the logger's name.
func (s *Scope) WithAttrs(attrs []slog.Attr) *Scope {
	if len(attrs) == 0 {
		return s
	}
	next := &Scope{parent: s, attrs: attrs, logger: s.Logger(), prefix: s.Prefix()}
	if next.logger == "" && next.prefix == "" {
		if i := slices.IndexFunc(attrs, isName); i >= 0 {
			next.logger = attrs[i].Value.String()
			next.attrs = slices.Concat(attrs[:i], attrs[i+1:])
		}
	}
	return next
}

func isName(a slog.Attr) bool {
	return a.Key == NameKey && a.Value.Kind() == slog.KindString && a.Value.String() != ""
}

// WithGroup returns the scope in which a group is open that later attributes land in.
// The empty name opens no group.
func (s *Scope) WithGroup(name string) *Scope {
	if name == "" {
		return s
	}
	return &Scope{parent: s, group: name, logger: s.Logger(), prefix: s.Prefix() + name + "."}
}

// Logger returns the name of the logger that was bound, "" if none was.
func (s *Scope) Logger() string {
	if s == nil {
		return ""
	}
	return s.logger
}

// Prefix returns the names of the open groups, each followed by a dot: "http.request.".
func (s *Scope) Prefix() string {
	if s == nil {
		return ""
	}
	return s.prefix
}

// Groups returns the names of the open groups, the outermost first.
func (s *Scope) Groups() []string {
	var groups []string
	for ; s != nil; s = s.parent {
		if s.group != "" {
			groups = append(groups, s.group)
		}
	}
	slices.Reverse(groups)
	return groups
}

// All yields the bound attributes in the order in which they were bound,
// each with the prefix of its groups ("" or ending in a dot).
func (s *Scope) All() iter.Seq2[string, slog.Attr] {
	return func(yield func(string, slog.Attr) bool) { s.each(yield) }
}

func (s *Scope) each(yield func(string, slog.Attr) bool) bool {
	if s == nil {
		return true
	}
	if !s.parent.each(yield) {
		return false
	}
	for _, a := range s.attrs {
		if !yield(s.prefix, a) {
			return false
		}
	}
	return true
}

// Attr returns the bound attribute with the given dotted key. The last one wins.
func (s *Scope) Attr(key string) (slog.Value, bool) {
	for ; s != nil; s = s.parent {
		rest, ok := strings.CutPrefix(key, s.prefix)
		if !ok {
			continue
		}
		if v, ok := lookupLast(s.attrs, rest); ok {
			return v, true
		}
	}
	return slog.Value{}, false
}

// Resolve returns a copy of attrs in which no value is a LogValuer, not in groups either,
// and in which nothing is shared with attrs: the caller may keep or change it.
func Resolve(attrs []slog.Attr) []slog.Attr {
	out := make([]slog.Attr, len(attrs))
	for i, a := range attrs {
		v := a.Value.Resolve()
		if v.Kind() == slog.KindGroup {
			v = slog.GroupValue(Resolve(v.Group())...)
		}
		out[i] = slog.Attr{Key: a.Key, Value: v}
	}
	return out
}
