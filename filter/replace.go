// SPDX-License-Identifier: MIT

package filter

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
)

// ReplaceAttr returns a filter that replaces each attribute, bound or given, by what replace makes
// of it; the zero Attr removes it. As with the option of that name of slog's handlers, replace is
// called for the members of a group and not for the group, with the groups that the attribute is
// in, the outermost first, which it must not keep or change, and with a resolved value.
// Time, level and message are no attributes here, and the logger's name stays.
// Replace must be safe for concurrent use. ReplaceAttr panics if it is nil.
func ReplaceAttr(replace func(groups []string, a slog.Attr) slog.Attr) Filter {
	if replace == nil {
		panic("filter: nil function")
	}
	return &replacer{name: "ReplaceAttr", replace: replace}
}

// Remove returns a filter that removes attributes, bound or given, by their dotted keys
// ("user", "http.headers"). A group is removed with all that is in it, one that WithGroup opens, too.
func Remove(keys ...string) Filter {
	keys = slices.Clone(keys)
	return &replacer{
		name: fmt.Sprintf("Remove(%q)", keys),
		remove: func(groups []string, key string) bool {
			return slices.ContainsFunc(keys, func(k string) bool { return isPath(k, groups, key) })
		},
		replace: func(_ []string, a slog.Attr) slog.Attr { return a },
	}
}

// isPath reports whether path is the groups and the key, joined by dots, or leads to one of the groups.
func isPath(path string, groups []string, key string) bool {
	for _, g := range groups {
		rest, ok := strings.CutPrefix(path, g)
		if !ok || rest == "" || rest[0] != '.' {
			return ok && rest == ""
		}
		path = rest[1:]
	}
	return path == key
}

// A replacer changes attributes.
type replacer struct {
	name    string
	remove  func(groups []string, key string) bool // asked of groups, too; nil removes nothing
	replace func(groups []string, a slog.Attr) slog.Attr
}

// Filter implements [Filter]: it passes every record.
func (p *replacer) Filter(_ context.Context, r *Record) bool {
	r.Rewrite(p.rewrite)
	return true
}

// Bind implements [Binder].
func (p *replacer) Bind(groups []string, attrs []slog.Attr) []slog.Attr {
	attrs, _ = p.rewrite(groups, attrs)
	return attrs
}

// Predict implements [Predictor]: it passes every record.
func (p *replacer) Predict(string, slog.Level) (pass, sure bool) { return true, true }

func (p *replacer) String() string { return p.name }

// rewrite replaces attributes in place. What is in groups is the caller's, and copied.
func (p *replacer) rewrite(groups []string, attrs []slog.Attr) (_ []slog.Attr, changed bool) {
	kept := attrs[:0]
	for _, a := range attrs {
		next, differs := p.attr(groups, a)
		changed = changed || differs
		if !isZero(next) {
			kept = append(kept, next)
		}
	}
	return kept, changed
}

func (p *replacer) attr(groups []string, a slog.Attr) (_ slog.Attr, changed bool) {
	switch {
	case p.remove != nil && p.remove(groups, a.Key):
		return slog.Attr{}, true
	case a.Value.Kind() != slog.KindGroup:
		next := p.replace(groups, a)
		return next, !same(next, a)
	case a.Key != "":
		groups = append(groups[:len(groups):len(groups)], a.Key)
	}
	members, changed := p.rewrite(groups, slices.Clone(a.Value.Group()))
	if changed {
		a.Value = slog.GroupValue(members...)
	}
	return a, changed
}

func isZero(a slog.Attr) bool {
	return a.Key == "" && a.Value.Kind() == slog.KindAny && a.Value.Any() == nil
}

// same reports whether a and b are the same for sure.
func same(a, b slog.Attr) bool {
	kind := a.Value.Kind()
	if a.Key != b.Key || kind != b.Value.Kind() {
		return false
	}
	return kind != slog.KindAny && kind != slog.KindGroup && a.Value.Equal(b.Value)
}
