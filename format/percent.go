// SPDX-License-Identifier: MIT

package format

import (
	"fmt"
	"strings"
)

// Percent compiles a layout in Python's style %: "%(asctime)s %(levelname)-8s %(message)s".
// It is Python's Formatter(fmt, datefmt, style='%'). Flags, widths, precisions and conversions are
// Python's; the package comment has the fields. The empty layout is %(message)s.
// Nil opts are the zero [Options].
//
// A layout that Python would refuse, at once or at the first record, gives a [*SyntaxError],
// unless only a name is unknown: that is an attribute's. Nothing is parsed while logging.
func Percent(layout string, opts *Options) (*Layout, error) {
	if opts == nil {
		opts = &Options{}
	}
	p := percentParser{layout: layout, raw: opts.Raw}
	if layout == "" {
		p.layout = "%(message)s"
	}
	segments, tail, err := p.parse()
	if err != nil {
		return nil, err
	}
	return newLayout(p.layout, segments, tail, opts), nil
}

// MustPercent is [Percent] for layouts that are known to be right. It panics if one is not.
func MustPercent(layout string, opts *Options) *Layout {
	l, err := Percent(layout, opts)
	if err != nil {
		panic(err)
	}
	return l
}

// A percentParser reads a layout from left to right.
type percentParser struct {
	layout string
	raw    bool
	pos    int  // the next byte
	valid  bool // there is a field of the form that Python looks for
}

// parse returns the fields, each with the literal text before it, and the text behind the last.
func (p *percentParser) parse() (segments []segment, tail string, err error) {
	var literal []byte
	for p.pos < len(p.layout) {
		rest := p.layout[p.pos:]
		i := strings.IndexByte(rest, '%')
		if i < 0 {
			literal = append(literal, rest...)
			break
		}
		literal = append(literal, rest[:i]...)
		p.pos += i
		if strings.HasPrefix(rest[i:], "%%") {
			literal = append(literal, '%')
			p.pos += 2
			continue
		}
		s, f, err := p.parseField()
		if err != nil {
			return nil, "", err
		}
		if s.op == opConstant {
			literal = f.appendConstant(literal, s.shape)
			continue
		}
		s.literal, literal = string(literal), nil
		segments = append(segments, s)
	}
	if !p.valid {
		return nil, "", p.errorAt(0, "no field")
	}
	return segments, string(literal), nil
}

// parseField reads a field, from its percent sign on.
func (p *percentParser) parseField() (s segment, f field, err error) {
	start := p.pos
	p.pos++
	switch {
	case p.pos == len(p.layout):
		return s, f, p.errorAt(start, "percent sign at the end; a literal one is %%%%")
	case p.layout[p.pos] != '(':
		return s, f, p.errorAt(start, "percent sign without a (name); a literal one is %%%%")
	}
	var closed bool
	if s.name, closed = p.parseName(); !closed {
		return s, f, p.errorAt(start, "unclosed field")
	}
	if s.name == "" {
		return s, f, p.errorAt(start, "field without a name")
	}
	f = fields[s.name]
	form, err := p.parseSpec(s.name, f)
	s.op, s.raw = f.op, form.raw
	if !form.isSimple() || form.verb == 'd' && f.kind != intKind {
		s.shape = form
	}
	return s, f, err
}

// parseSpec reads what stands behind the name of a field.
func (p *percentParser) parseSpec(name string, f field) (s *spec, err error) {
	s = &spec{precision: -1, raw: p.raw}
	p.parseFlags(s)
	if s.width, err = p.parseNumber("width"); err != nil {
		return s, err
	}
	if p.skip('.') {
		if s.precision, err = p.parseNumber("precision"); err != nil {
			return s, err
		}
	}
	return s, p.parseConversion(s, name, f)
}

// parseName reads a name in parentheses, which may hold pairs of them.
// It reports whether the last one is there.
func (p *percentParser) parseName() (name string, closed bool) {
	depth := 0
	for i := p.pos; i < len(p.layout); i++ {
		switch p.layout[i] {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth == 0 {
			name = p.layout[p.pos+1 : i]
			p.pos = i + 1
			return name, true
		}
	}
	return "", false
}

func (p *percentParser) parseFlags(s *spec) {
	for {
		switch {
		case p.skip('-'):
			s.left = true
		case p.skip('+'):
			s.plus = true
		case p.skip(' '):
			s.space = true
		case p.skip('#'):
			s.alternate = true
		case p.skip('0'):
			s.zeros = true
		default:
			return
		}
	}
}

// maxNumber is the greatest width and precision. A greater one is a slip, and costs memory.
const maxNumber = 9999

// parseNumber reads a width or a precision; none is 0.
func (p *percentParser) parseNumber(what string) (int, error) {
	start, n := p.pos, 0
	if p.skip('*') {
		return 0, p.errorAt(start, "%s * is not possible: there is no argument that it could be taken from", what)
	}
	for p.pos < len(p.layout) && p.layout[p.pos]-'0' <= 9 {
		n = n*10 + int(p.layout[p.pos]-'0')
		if n > maxNumber {
			return 0, p.errorAt(start, "%s greater than %d", what, maxNumber)
		}
		p.pos++
	}
	return n, nil
}

// parseConversion reads the character that ends the field. As in Python, one of h, l and L may stand
// before it, but a layout needs another field then.
func (p *percentParser) parseConversion(s *spec, name string, f field) error {
	long := p.skip('h') || p.skip('l') || p.skip('L')
	if p.pos == len(p.layout) {
		return p.errorAt(p.pos, "field %q without a conversion, as the s in %%(%s)s", name, name)
	}
	c := p.layout[p.pos]
	if strings.IndexByte("srcadiuoxXeEfFgG", c) < 0 {
		r := []rune(p.layout[p.pos:])[0]
		return p.errorAt(p.pos, "unknown conversion %q of field %q", r, name)
	}
	if !f.kind.takes(c) {
		return p.errorAt(p.pos, "conversion %q does not fit the field %q, which is %s", c, name, f.kind)
	}
	p.pos++
	p.valid = p.valid || !long
	switch c {
	case 'i', 'u':
		c = 'd'
	case 'c':
		s.precision = -1 // it does not cut a character
	case 'r', 'a':
		s.raw = true // what is escaped already must not be escaped again
	}
	s.verb = c
	return nil
}

// skip skips the character if it is next.
func (p *percentParser) skip(c byte) bool {
	if p.pos < len(p.layout) && p.layout[p.pos] == c {
		p.pos++
		return true
	}
	return false
}

func (p *percentParser) errorAt(pos int, format string, args ...any) error {
	return &SyntaxError{Layout: p.layout, Pos: pos, Msg: fmt.Sprintf(format, args...)}
}

// takes reports whether the conversion fits fields of the kind.
func (k kind) takes(conversion byte) bool {
	switch conversion {
	case 's', 'r', 'a':
		return true
	case 'x', 'X', 'o', 'c':
		return k == intKind || k == anyKind
	default:
		return k == intKind || k == floatKind || k == anyKind
	}
}
