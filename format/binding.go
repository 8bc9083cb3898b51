// SPDX-License-Identifier: MIT

package format

import (
	"cmp"

	"github.com/slogx/slogx/internal/text"
)

// rootName is the name of the logger that has none.
const rootName = "root"

// A binding is what is bound to a handler, rendered.
type binding struct {
	text.Bound
	scope *Scope
	name  string // of the logger
	plain string // the name, escaped
}

// bind renders what is bound in a scope.
func (l *Layout) bind(s *Scope) binding {
	b := binding{Bound: text.Bind(s, l.named), scope: s}
	b.setName(s.Logger())
	return b
}

func (b *binding) setName(name string) {
	b.name = cmp.Or(name, rootName)
	b.plain = text.Escaped(b.name)
}

// A fold is a layout in which the logger's name is literal text.
type fold struct {
	name     string
	segments []segment
	tail     string
}

// fold returns the layout in which the name of the binding is literal text.
// Mostly it is the one that the last call returned.
func (l *Layout) fold(b *binding) *fold {
	if f := l.last.Load(); f != nil && f.name == b.name {
		return f
	}
	f := &fold{name: b.name, segments: make([]segment, 0, len(l.segments))}
	var literal []byte
	for _, s := range l.segments {
		literal = append(literal, s.literal...)
		if s.op == opName {
			literal = b.appendName(literal, &s)
			continue
		}
		s.literal, literal = string(literal), nil
		f.segments = append(f.segments, s)
	}
	f.tail = string(literal) + l.tail
	l.last.Store(f)
	return f
}

// appendName appends the logger's name as a segment prints it.
func (b *binding) appendName(dst []byte, s *segment) []byte {
	n := len(dst)
	dst = append(dst, b.nameText(s.raw)...)
	if s.shape != nil {
		dst = s.shape.text(dst, n)
	}
	return dst
}

// of returns the layout for a record that is formatted without Bind.
func (l *Layout) of(r *Record) *Layout {
	if r.Scope == nil && r.Logger == "" {
		return l.root
	}
	b := l.bind(r.Scope)
	b.setName(r.Logger)
	return l.boundTo(b)
}

// nameText returns the logger's name as it is printed.
func (b *binding) nameText(raw bool) string {
	if raw {
		return b.name
	}
	return b.plain
}

// appendText appends s escaped, or as it is if raw.
func appendText(dst []byte, s string, raw bool) []byte {
	if raw {
		return append(dst, s...)
	}
	return text.AppendEscaped(dst, s)
}
