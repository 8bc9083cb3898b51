// SPDX-License-Identifier: MIT

package text

import (
	"log/slog"
	"slices"
	"strings"

	"github.com/slogx/slogx/internal/record"
)

// A Bound is what is bound to a handler, rendered, and where the attributes stand that are given with its
// records.
type Bound struct {
	place
	text  []byte // " key=value" for each attribute
	block bool   // an attribute makes a block below the line
}

// Bind renders what is bound in a scope. The logger's name and the attributes whose dotted key is in skip are
// left out, also when they are given.
func Bind(s *record.Scope, skip []string) Bound {
	b := Bound{place: newPlace(nil, skip)}
	b.addAll(s)
	return b
}

func (b *Bound) addAll(s *record.Scope) {
	if s != nil {
		b.addAll(s.Parent())
		b.add(s)
	}
}

// Add has b render the last step of s, of which it has rendered the others. What a copy of b has rendered stays.
func (b *Bound) Add(s *record.Scope) {
	b.text = slices.Clip(b.text)
	b.add(s)
}

func (b *Bound) add(s *record.Scope) {
	group, attrs, name := s.Step()
	if group != "" {
		hidden := b.hidden || slices.Contains(b.skip, strings.TrimSuffix(s.Prefix(), "."))
		if b.place = newPlace([]byte(s.Prefix()), b.skip); hidden {
			b.hide()
		}
		return
	}
	if name >= 0 && len(attrs) == 1 {
		return
	}
	m := merger{dst: slices.Grow(b.text, boundSize), place: &b.place, block: b.block}
	for i, a := range attrs {
		if i != name {
			m.attr(a)
		}
	}
	b.text, b.block = m.dst, m.block
}

// boundSize is the room that is made for what is bound.
const boundSize = 64

// Append appends " key=value" for each attribute that is bound or given with r, but for those that make
// a block below the line. It reports whether there are any of the last.
func (b *Bound) Append(dst []byte, r *slog.Record) (_ []byte, block bool) {
	if len(b.text) > 0 {
		dst = append(dst, b.text...)
	}
	var m merger // field by field: a literal would be copied here
	m.dst, m.place, m.block = dst, &b.place, b.block
	r.Attrs(func(a slog.Attr) bool { // NumAttrs would copy the record once more
		m.attr(a)
		return true
	})
	return m.dst, m.block
}
