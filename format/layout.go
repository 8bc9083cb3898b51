// SPDX-License-Identifier: MIT

package format

import (
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"sync/atomic"

	"github.com/slogx/slogx/internal/onerror"
	"github.com/slogx/slogx/internal/text"
)

// A Layout is a compiled layout: a [Formatter] that prints literal text and fields.
// It is made by [Percent], never changes, and is safe for concurrent use.
//
// Behind the line it prints the errors and stacks that the record carries, on lines of their own.
// An attribute that a field names and a record does not have prints as !MISSING(user), one
// that cannot be converted as !d(user=abc). Either is reported to [HandlerOptions.OnError]
// once for each field of each handler.
type Layout struct {
	look
	source   string
	segments []segment
	tail     string // the literal text behind the last field
	raw      bool
	caller   bool // a field needs the caller
	merges   bool // a field prints attributes, and finds those that make a block
	report   func(error)
}

// A segment is a field of a layout with the literal text before it.
type segment struct {
	literal string
	field   *field // nil is the attribute with the dotted key name
	name    string
	spec    spec
	simple  bool // the spec asks for nothing
	plain   bool // the text of the field is printed as it is
	raw     bool
	said    *atomic.Bool // a mistake in the attribute was reported
}

// String returns the layout as it was given.
func (l *Layout) String() string { return l.source }

// Bind returns a formatter for the records of a scope. It renders what is bound once.
func (l *Layout) Bind(s *Scope) Formatter {
	b := *l
	b.bound = l.bind(s)
	return &b
}

// reportTo returns the layout that reports mistakes in attributes to report.
func (l *Layout) reportTo(report func(error)) Formatter {
	c := *l
	c.report = report
	c.segments = slices.Clone(l.segments)
	for i := range c.segments {
		c.segments[i].said = new(atomic.Bool)
	}
	return &c
}

// Append appends what the layout prints of r.
func (l *Layout) Append(dst []byte, r *Record) []byte {
	var at *caller
	if l.caller {
		at = callerAt(r.PC)
	}
	block := !l.merges // nobody else looks for it
	for i := range l.segments {
		s := &l.segments[i]
		dst = append(dst, s.literal...)
		switch {
		case s.plain:
			dst = s.field.text(&l.look, dst, r, at, s.raw)
		case s.field == nil:
			dst = l.attribute(dst, s, r)
		case s.field.merged != nil:
			var blocks bool
			n := len(dst)
			dst, blocks = s.field.merged(&l.look, dst, r, s.raw)
			block = block || blocks
			dst = s.finish(dst, n)
		default:
			dst = l.field(dst, s, r, at)
		}
	}
	dst = append(dst, l.tail...)
	if block {
		dst = text.AppendBlock(dst, r, l.raw)
	}
	return dst
}

// field appends a field that is no attribute.
func (l *Layout) field(dst []byte, s *segment, r *Record, at *caller) []byte {
	n := len(dst)
	switch s.field.kind {
	case intKind:
		return s.appendInt(dst, s.field.integer(r, at))
	case floatKind:
		return s.appendFloat(dst, s.field.float(r))
	case textKind:
		return s.finish(s.field.text(&l.look, dst, r, at, s.raw), n)
	default:
		return s.spec.fit(s.field.text(&l.look, dst, r, at, s.raw), n)
	}
}

// finish gives the text dst[n:] the form that is asked for.
func (s *segment) finish(dst []byte, n int) []byte {
	if s.simple {
		return dst
	}
	if c := s.spec.conversion; c != 's' {
		dst = reprFrom(dst, n, c == 'a')
	}
	return s.spec.fit(dst, n)
}

func (s *segment) appendInt(dst []byte, v int64) []byte {
	if s.simple {
		return strconv.AppendInt(dst, v, 10)
	}
	size := uint64(v)
	if v < 0 {
		size = -size
	}
	return s.appendWhole(dst, v < 0, size)
}

// appendWhole appends a whole number, given as sign and size.
func (s *segment) appendWhole(dst []byte, negative bool, size uint64) []byte {
	n := len(dst)
	switch s.spec.conversion {
	case 's', 'r', 'a':
		if negative {
			dst = append(dst, '-')
		}
		return s.spec.fit(strconv.AppendUint(dst, size, 10), n)
	case 'c':
		return s.spec.fit(appendText(dst, string(rune(size)), s.raw), n)
	case 'd', 'x', 'X', 'o':
		return s.spec.integer(dst, negative, size)
	}
	f := float64(size)
	if negative {
		f = -f
	}
	return s.spec.float(dst, f)
}

func (s *segment) appendFloat(dst []byte, f float64) []byte {
	switch s.spec.conversion {
	case 's', 'r', 'a':
		n := len(dst)
		return s.spec.fit(appendFloatRepr(dst, f), n)
	default:
		return s.spec.float(dst, f)
	}
}

// attribute appends the attribute that a field names, or what stands for it.
func (l *Layout) attribute(dst []byte, s *segment, r *Record) []byte {
	n := len(dst)
	v, ok := r.Attr(s.name)
	if !ok {
		l.mistake(s, "no such attribute")
		return s.mark(dst, "!MISSING(", "")
	}
	if s.spec.conversion != 's' {
		return l.converted(dst, s, v)
	}
	dst = text.AppendPlain(dst, v, s.raw)
	if s.simple {
		return dst
	}
	return s.spec.fit(dst, n)
}

// mark appends what stands for an attribute that cannot be printed: !MISSING(user), !d(user=abc).
func (s *segment) mark(dst []byte, mark, rest string) []byte {
	dst = append(dst, mark...)
	dst = text.AppendEscaped(dst, s.name)
	dst = append(dst, rest...)
	return append(dst, ')')
}

// mistake reports a mistake in an attribute the first time that it is made.
func (l *Layout) mistake(s *segment, what string) {
	if s.said.Load() || s.said.Swap(true) {
		return
	}
	report := l.report
	if report == nil {
		report = onerror.Stderr
	}
	report(fmt.Errorf("format: field %q of layout %q: %s", s.name, l.source, what))
}

// converted appends an attribute with another conversion than s.
func (l *Layout) converted(dst []byte, s *segment, v slog.Value) []byte {
	n := len(dst)
	switch c := s.spec.conversion; c {
	case 'r', 'a':
		isText := v.Kind() == slog.KindString || v.Kind() == slog.KindAny
		if dst = text.AppendPlain(dst, v, isText); isText {
			dst = reprFrom(dst, n, c == 'a')
		}
		return s.spec.fit(dst, n)
	default:
		if num, ok := numberOf(v, c); ok {
			return s.appendNumber(dst, num)
		}
		value := text.AppendPlain([]byte{'='}, v, s.raw)
		l.mistake(s, fmt.Sprintf("cannot print %s as %%%c", value[1:], c))
		return s.mark(dst, "!"+string(c)+"(", string(value))
	}
}
