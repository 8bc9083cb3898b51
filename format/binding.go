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
	scope  *Scope
	logger string // the logger's name, empty for the root
	name   string // the same as it is printed raw
	plain  string // the same, escaped
}

// setName has l print the name of a logger.
func (l *Layout) setName(logger string) {
	b := l.bound
	b.logger, b.name = logger, cmp.Or(logger, rootName)
	b.plain = text.Escaped(b.name)
	f := l.given.fold(b)
	l.segments, l.tail = f.segments, f.tail
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
	l = l.to(r.Scope)
	if r.Logger != l.bound.logger {
		l = l.with(l.bound)
		l.setName(r.Logger)
	}
	return l
}

// nameText returns the logger's name as it is printed.
func (b *binding) nameText(raw bool) string {
	if raw {
		return b.name
	}
	return b.plain
}
