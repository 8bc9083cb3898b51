// SPDX-License-Identifier: MIT

// Package redact takes out of texts and attributes what must not be printed: the values of some keys, and what
// some patterns match. What it does to them, and what it cannot do, the filter Redact of package filter says.
//
// A [Redactor] goes through attributes, and through what their values hold, by a walk, which knows the way to
// the present value: the keys that match depend on it. A value is printed anew, as text and as JSON, where there is
// something to redact in it, and else goes on as it is.
package redact

import (
	"fmt"
	"log/slog"
	"regexp"
	"slices"
)

// A Redactor redacts. It never changes, and is safe for concurrent use.
type Redactor struct {
	keys     keySet
	patterns []*regexp.Regexp
	text     string
}

// New returns a redactor that puts text in the place of the values of keys, which may have stars, and of what the
// patterns match.
func New(keys []string, patterns []*regexp.Regexp, text string) *Redactor {
	return &Redactor{keys: compileKeys(keys), patterns: slices.Clone(patterns), text: text}
}

// String says how much there is to redact.
func (d *Redactor) String() string {
	return fmt.Sprintf("Redact(%d keys, %d patterns)", d.keys.len, len(d.patterns))
}

// Attrs returns attrs redacted, which it may overwrite, in the groups that are open.
func (d *Redactor) Attrs(groups []string, attrs []slog.Attr) (_ []slog.Attr, changed bool) {
	w := walks.Get().(*walk) // not given back if something panics
	w.Redactor = d
	hidden := false
	for _, group := range groups {
		_, matched := w.enter(group)
		hidden = hidden || matched
	}
	for i, a := range attrs {
		if a, ok := w.attr(a, hidden, 0); ok {
			attrs[i], changed = a, true
		}
	}
	w.release()
	return attrs, changed
}
