// SPDX-License-Identifier: MIT

package format

import (
	"fmt"
	"io"
	"log/slog"
	"slices"
	"sync/atomic"

	"github.com/slogx/slogx/internal/onerror"
	"github.com/slogx/slogx/internal/text"
	"github.com/slogx/slogx/levels"
)

// A Layout is a compiled layout: a [Formatter] that prints literal text and fields.
// It is made by [Percent], [Brace] or [Dollar], never changes, and is safe for concurrent use.
//
// Behind the line it prints the errors and stacks that the record carries, on lines of their own.
// An attribute that a field names and a record does not have prints as !MISSING(user), one
// that cannot be converted as !d(user=abc). Either is reported to [HandlerOptions.OnError]
// once for each field of each handler.
type Layout struct {
	source   string
	segments []segment
	tail     string // the literal text behind the last field
	clock    *clock
	named    []string // dotted keys of the attributes that are fields, and not merged
	raw      bool
	bare     bool // message is without attributes, because attrs is a field
	colored  bool // the fields log_color and reset print something
	merges   bool // a field prints attributes, and finds those that make a block
	report   func(error)

	bound *binding              // nil before Bind
	given *Layout               // this layout before Bind
	root  *Layout               // this layout with nothing bound
	last  *atomic.Pointer[fold] // the fold of the last Bind
}

// A segment is a field of a layout with the literal text before it.
type segment struct {
	literal  string
	op       op
	raw      bool
	shape    shape        // nil: the field is printed as it is
	name     string       // the dotted key of an attribute
	fallback *slog.Value  // of an attribute that is missing; nil is none
	said     *atomic.Bool // a mistake in the attribute was reported
}

// must returns a layout that is known to be right.
func must(l *Layout, err error) *Layout {
	if err != nil {
		panic(err)
	}
	return l
}

// newLayout returns the layout of the segments, whatever style they were written in.
func newLayout(source string, segments []segment, tail string, opts *Options) *Layout {
	l := &Layout{
		source: source, segments: segments, tail: tail, raw: opts.Raw,
		clock: newClock(opts), named: named(segments), last: new(atomic.Pointer[fold]),
	}
	for i := range segments {
		s := &segments[i]
		switch s.op {
		case opAttribute:
			s.said = new(atomic.Bool)
			if v, ok := opts.Defaults[s.name]; ok {
				value := slog.AnyValue(v).Resolve()
				s.fallback = &value
			}
		case opAttrs:
			l.bare, l.merges = true, true
		case opMessage:
			l.merges = true
		}
	}
	l.begin()
	return l
}

// named returns the keys of the attributes that are printed as a whole, and so not merged.
func named(segments []segment) (keys []string) {
	for _, s := range segments {
		if _, isPart := s.shape.(*element); s.op == opAttribute && !isPart {
			keys = append(keys, s.name)
		}
	}
	return keys
}

// String returns the layout as it was given.
func (l *Layout) String() string { return l.source }

// begin makes the layout ready to be bound.
func (l *Layout) begin() {
	l.given = l
	l.root = l.with(&binding{Bound: text.Bind(nil, l.named)})
	l.root.setName("")
	l.root.root = l.root
}

// Bind returns a formatter for the records of a scope. It renders what is bound once: of a scope that is one
// step beyond that of the receiver only this step.
func (l *Layout) Bind(s *Scope) Formatter { return l.to(s) }

func (l *Layout) to(s *Scope) *Layout {
	if s == nil {
		return l.root
	}
	if l.bound == nil || l.bound.scope != s.Parent() {
		l = l.root
	}
	next := l.with(l.bound)
	if l.bound.scope == s.Parent() {
		next.bound.Add(s)
	} else {
		next.bound.Bound = text.Bind(s, l.named)
	}
	next.bound.scope = s
	if name := s.Logger(); name != l.bound.logger {
		next.setName(name)
	}
	return next
}

// with returns a copy of l that has a copy of bound.
func (l *Layout) with(bound *binding) *Layout {
	b := &struct {
		Layout
		binding
	}{*l, *bound}
	b.Layout.bound = &b.binding
	return &b.Layout
}

// placeOn returns the layout for a writer, on which it reports mistakes in attributes to report.
func (l *Layout) placeOn(w io.Writer, report func(error)) Formatter {
	l = l.given
	c := *l
	c.report, c.last = report, new(atomic.Pointer[fold])
	c.colored = slices.ContainsFunc(l.segments, isColor) && wantsColor(w)
	c.segments = slices.Clone(l.segments)
	for i := range c.segments {
		c.segments[i].said = new(atomic.Bool)
	}
	c.begin()
	return &c
}

// A line is a record that is being printed, by a layout that is bound.
type line struct {
	*Layout
	*slog.Record
	at    *caller // nil before a field asks for it
	block bool    // there are attributes that make a block below the line
}

// Append appends what the layout prints of r.
func (l *Layout) Append(dst []byte, r *Record) []byte {
	if l.bound == nil {
		l = l.of(r)
	}
	return l.line(dst, &r.Record)
}

// line is Append of a layout that is bound. It keeps nothing of r, so that r may stay where the caller has it.
func (l *Layout) line(dst []byte, r *slog.Record) []byte {
	p := line{Layout: l, Record: r, block: !l.merges}
	for i := range l.segments {
		s := &l.segments[i]
		if s.literal != "" { // the first has none, and a copy of nothing takes its time
			dst = append(dst, s.literal...)
		}
		switch {
		case s.shape != nil:
			dst = p.shaped(dst, s)
		case s.op == opMessage: // the ones that most layouts have: a further call for each would show
			dst = p.message(dst, s.raw)
		case s.op == opAsctime:
			dst = l.clock.append(dst, r.Time)
		case s.op == opLevelname:
			dst = append(dst, levels.Name(r.Level)...)
		default:
			dst = p.plain(dst, s)
		}
	}
	if l.tail != "" {
		dst = append(dst, l.tail...)
	}
	if p.block {
		dst = text.AppendBlock(dst, l.bound.scope, r, l.raw)
	}
	return dst
}

// plain appends a field as it is.
func (p *line) plain(dst []byte, s *segment) []byte {
	switch s.op {
	case opAsctime:
		return p.clock.append(dst, p.Time)
	case opName:
		return append(dst, p.bound.nameText(s.raw)...)
	case opLevelname:
		return append(dst, levels.Name(p.Level)...)
	case opMsg:
		return text.AppendText(dst, p.Message, s.raw)
	case opMessage:
		return p.message(dst, s.raw)
	case opAttrs:
		return p.attrs(dst)
	case opPathname:
		return append(dst, p.caller().pathname...)
	case opFilename:
		return append(dst, p.caller().filename...)
	case opModule:
		return append(dst, p.caller().module...)
	case opFuncName:
		return append(dst, p.caller().function...)
	case opPackage:
		return append(dst, p.caller().pkg...)
	case opLogColor, opReset:
		return p.color(dst, s.op)
	case opLineno, opLevelno, opGoroutine, opThreadName:
		return text.AppendInt(dst, p.whole(s.op))
	case opCreated, opMsecs, opRelativeCreated:
		return appendFloatRepr(dst, p.float(s.op))
	default:
		return p.attribute(dst, s)
	}
}

// shaped appends a field in the form that is asked for.
func (p *line) shaped(dst []byte, s *segment) []byte {
	switch s.op {
	case opAttribute:
		return p.attribute(dst, s)
	case opLineno, opLevelno, opGoroutine:
		v := whole(p.whole(s.op))
		return s.shape.whole(dst, v.negative, v.size)
	case opCreated, opMsecs, opRelativeCreated:
		return s.shape.float(dst, p.float(s.op))
	default:
		n := len(dst)
		return s.shape.text(p.plain(dst, s), n)
	}
}

func (p *line) caller() *caller {
	if p.at == nil {
		p.at = callerAt(p.PC)
	}
	return p.at
}

func (p *line) whole(o op) int64 {
	switch o {
	case opLineno:
		return p.caller().line
	case opLevelno:
		return levelno(p.Record)
	default:
		return goroutine()
	}
}

func (p *line) float(o op) float64 {
	switch o {
	case opCreated:
		return created(p.Record)
	case opMsecs:
		return msecs(p.Record)
	default:
		return relativeCreated(p.Record)
	}
}

// message appends the message, merged with the attributes that no field names.
func (p *line) message(dst []byte, raw bool) []byte {
	n := len(dst)
	dst = text.AppendText(dst, p.Message, raw)
	if p.bare {
		return dst
	}
	dst = p.merge(dst)
	if p.Message == "" {
		dst = text.TrimSpace(dst, n)
	}
	return dst
}

func (p *line) attrs(dst []byte) []byte {
	n := len(dst)
	return text.TrimSpace(p.merge(dst), n)
}

// merge appends " key=value" for each attribute that no field names.
func (p *line) merge(dst []byte) []byte {
	dst, block := p.bound.Append(dst, p.Record)
	p.block = p.block || block
	return dst
}

// attribute appends the attribute that a field names, or what stands for it.
func (p *line) attribute(dst []byte, s *segment) []byte {
	v, ok := p.bound.scope.AttrOf(p.Record, s.name)
	switch {
	case ok:
	case s.fallback != nil:
		v = *s.fallback
	default:
		p.mistake(s, "no such attribute")
		return s.mark(dst, "!MISSING(", "")
	}
	if s.shape == nil {
		return text.AppendPlain(dst, v, s.raw)
	}
	if out, ok := s.shape.value(dst, v, s.raw); ok {
		return out
	}
	value := text.AppendPlain([]byte{'='}, v, s.raw)
	p.mistake(s, fmt.Sprintf("cannot print %s as %s", value[1:], s.shape.conversion()))
	return s.mark(dst, "!"+s.shape.conversion()+"(", string(value))
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
