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
	attrs  []slog.Attr // bound in this step, resolved
	name   int         // the place in attrs of the logger's name, -1 if it is not there
	logger string      // the logger's name, as bound in this step or before
	prefix string      // the names of the open groups, each followed by a dot
	groups []string    // the names of the open groups
	group  string      // opened in this step, if it binds no attributes
}

// WithAttrs returns the scope in which attrs are bound too.
// It takes attrs over and expects their values to be resolved; see [Resolve].
// The first string under [NameKey] before any group becomes the logger's name.
func (s *Scope) WithAttrs(attrs []slog.Attr) *Scope {
	if len(attrs) == 0 {
		return s
	}
	next := &Scope{parent: s, attrs: attrs, logger: s.Logger(), prefix: s.Prefix(), groups: s.Groups()}
	if next.name = s.NameIn(attrs); next.name >= 0 {
		next.logger = attrs[next.name].Value.String()
	}
	return next
}

// Parent returns the scope before the last step; nil for the empty one.
func (s *Scope) Parent() *Scope {
	if s == nil {
		return nil
	}
	return s.parent
}

// Step returns what the last step was: the name of the group that it opened, or else the attributes that
// it bound, which must not be changed. At is the place of the logger's name among them, -1 if it is not there.
func (s *Scope) Step() (group string, attrs []slog.Attr, at int) { return s.group, s.attrs, s.name }

// NameIn returns the place in attrs of what becomes the logger's name when they are bound, or -1.
func (s *Scope) NameIn(attrs []slog.Attr) int {
	if s.Logger() != "" || s.Prefix() != "" {
		return -1
	}
	return slices.IndexFunc(attrs, isName)
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
	return &Scope{
		parent: s, group: name, name: -1, logger: s.Logger(),
		prefix: s.Prefix() + name + ".", groups: append(s.Groups(), name),
	}
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

// Groups returns the names of the open groups, the outermost first. They must not be changed.
func (s *Scope) Groups() []string {
	if s == nil {
		return nil
	}
	return slices.Clip(s.groups) // who appends to them gets a copy
}

// All yields the bound attributes in the order in which they were bound, each with the prefix of
// its groups ("" or ending in a dot). The logger's name is not among them.
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
	for i, a := range s.attrs {
		if i != s.name && !yield(s.prefix, a) {
			return false
		}
	}
	return true
}

// Nest returns attrs as they would stand in a record without a scope:
// behind what is bound, and in the groups that are open.
func (s *Scope) Nest(attrs []slog.Attr) []slog.Attr {
	for ; s != nil; s = s.parent {
		attrs = s.nest(attrs)
	}
	return attrs
}

// NestGroups returns attrs as they would stand in a record of the scope outside of all groups:
// in the groups that are open, behind what is bound in these.
func (s *Scope) NestGroups(attrs []slog.Attr) []slog.Attr {
	for ; s.Prefix() != ""; s = s.parent {
		attrs = s.nest(attrs)
	}
	return attrs
}

func (s *Scope) nest(attrs []slog.Attr) []slog.Attr {
	if s.group != "" {
		return []slog.Attr{{Key: s.group, Value: slog.GroupValue(attrs...)}}
	}
	return slices.Concat(s.attrs, attrs)
}

// Apply returns h with all bound that is bound in s.
func (s *Scope) Apply(h slog.Handler) slog.Handler {
	switch {
	case s == nil:
		return h
	case s.group != "":
		return s.parent.Apply(h).WithGroup(s.group)
	default:
		return s.parent.Apply(h).WithAttrs(Clone(s.attrs))
	}
}

// Attr returns the bound attribute with the given dotted key. The last one wins.
// The logger's name is found under [NameKey], unless an attribute of that key came later.
func (s *Scope) Attr(key string) (slog.Value, bool) {
	for ; s != nil; s = s.parent {
		rest, ok := strings.CutPrefix(key, s.prefix)
		if !ok {
			continue
		}
		if v, ok := lookupLast(s.attrs, rest, maxDepth); ok {
			return v, true
		}
	}
	return slog.Value{}, false
}

// MaxGroups is the number of groups that the LogValuers of one record, or of one call of [Resolve], may give.
// A LogValuer that gives a group that holds it again would never end.
const MaxGroups = 1000

// TooMany is the text that stands for what is left out where LogValuers give groups without end.
const TooMany = "!ERROR:LogValue gave too many groups"

// Resolve returns attrs without LogValuers, not in groups either: a copy if there are any.
// An error under [ErrKey] stays the error that it is.
func Resolve(attrs []slog.Attr) []slog.Attr {
	if !slices.ContainsFunc(attrs, hasLogValuer) {
		return attrs
	}
	left := MaxGroups
	return resolve(attrs, &left)
}

func resolve(attrs []slog.Attr, left *int) []slog.Attr {
	out := make([]slog.Attr, len(attrs))
	for i, a := range attrs {
		if err, ok := ErrOf(a); ok {
			if out[i] = a; err != nil {
				out[i] = Err(err)
			}
			continue
		}
		v := a.Value
		if v.Kind() == slog.KindLogValuer {
			v = v.Resolve()
			*left--
		}
		switch {
		case v.Kind() != slog.KindGroup:
		case *left < 0:
			v = slog.StringValue(TooMany)
		default:
			v = slog.GroupValue(resolve(v.Group(), left)...)
		}
		out[i] = slog.Attr{Key: a.Key, Value: v}
	}
	return out
}

func hasLogValuer(a slog.Attr) bool {
	switch a.Value.Kind() {
	case slog.KindLogValuer:
		return true
	case slog.KindGroup:
		return slices.ContainsFunc(a.Value.Group(), hasLogValuer)
	default:
		return false
	}
}

// Clone returns a copy of attrs that shares no memory with them, in groups either,
// to be given away: a handler owns the attributes that it is to bind.
func Clone(attrs []slog.Attr) []slog.Attr {
	out := slices.Clone(attrs)
	for i, a := range out {
		if a.Value.Kind() == slog.KindGroup {
			out[i].Value = slog.GroupValue(Clone(a.Value.Group())...)
		}
	}
	return out
}
