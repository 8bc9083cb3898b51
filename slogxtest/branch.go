// SPDX-License-Identifier: MIT

package slogxtest

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"
)

// A branch is a handler together with what the kit knows to be bound to it.
// It never changes.
type branch struct {
	handler slog.Handler
	steps   []step
}

// A step is one call of WithGroup, or of WithAttrs where group is empty.
type step struct {
	group string
	attrs []slog.Attr
}

// with derives a branch by WithAttrs.
func (b branch) with(attrs ...slog.Attr) branch {
	// The handler owns the slice that it gets; the branch needs one of its own.
	return branch{b.handler.WithAttrs(slices.Clone(attrs)), b.and(step{attrs: attrs})}
}

// withN derives a branch by one call that binds n attributes, with keys that start with prefix.
func (b branch) withN(prefix string, n int) branch {
	if n == 0 {
		return b
	}
	return b.with(someAttrs(prefix, n)...)
}

// in derives a branch by WithGroup.
func (b branch) in(group string) branch {
	return branch{b.handler.WithGroup(group), b.and(step{group: group})}
}

func (b branch) and(s step) []step { return append(slices.Clip(b.steps), s) }

// want returns the attributes of a record that is given attrs and logged through the branch.
func (b branch) want(given ...slog.Attr) map[string]any {
	root := map[string]any{}
	var open []string
	for _, s := range append(slices.Clip(b.steps), step{attrs: given}) {
		if s.group != "" {
			open = append(open, s.group)
		}
		if len(s.attrs) == 0 {
			continue
		}
		m := inside(root, open)
		for _, a := range s.attrs {
			m[a.Key] = a.Value.String()
		}
	}
	return root
}

// inside returns the map of the groups that are open, and makes those that are missing.
func inside(m map[string]any, open []string) map[string]any {
	for _, name := range open {
		next, ok := m[name].(map[string]any)
		if !ok {
			next = map[string]any{}
			m[name] = next
		}
		m = next
	}
	return m
}

// String prints the calls that made the branch.
func (b branch) String() string {
	var s strings.Builder
	s.WriteString("New(w)")
	for _, step := range b.steps {
		switch {
		case step.group != "":
			fmt.Fprintf(&s, ".WithGroup(%q)", step.group)
		case len(step.attrs) > 2:
			fmt.Fprintf(&s, ".WithAttrs(%v … %v)", step.attrs[0], step.attrs[len(step.attrs)-1])
		default:
			fmt.Fprintf(&s, ".WithAttrs(%v)", step.attrs)
		}
	}
	return s.String()
}

// someAttrs returns n attributes with keys that start with prefix.
func someAttrs(prefix string, n int) []slog.Attr {
	attrs := make([]slog.Attr, n)
	for i := range attrs {
		attrs[i] = slog.String(fmt.Sprintf("%s%d", prefix, i), fmt.Sprintf("%s-%d", prefix, i))
	}
	return attrs
}
