// SPDX-License-Identifier: MIT

package format

import (
	"cmp"
	"strings"
	"unicode"
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
	p := percentParser{scanner: scanner{layout: cmp.Or(layout, "%(message)s"), raw: opts.Raw}}
	if err := p.parse(); err != nil {
		return nil, err
	}
	return newLayout(p.layout, p.segments, string(p.literal), opts), nil
}

// MustPercent is [Percent] for layouts that are known to be right. It panics if one is not.
func MustPercent(layout string, opts *Options) *Layout {
	return must(Percent(layout, opts))
}

// A percentParser reads a layout in the style %.
type percentParser struct {
	scanner
	valid bool // there is a field of the form that Python looks for
}

func (p *percentParser) parse() error {
	if _, err := p.fields("%", p.parseField); err != nil {
		return err
	}
	if !p.valid {
		return p.noField("{", "$")
	}
	return nil
}

// parseField reads a field, from its percent sign on.
func (p *percentParser) parseField() error {
	start := p.pos
	p.pos++
	switch {
	case p.pos == len(p.layout):
		return p.errorAt(start, "percent sign at the end; a literal one is %%%%")
	case p.layout[p.pos] != '(':
		return p.errorAt(start, "percent sign without a (name); a literal one is %%%%")
	}
	name, closed := p.parseName()
	if !closed {
		return p.errorAt(start, "unclosed field")
	}
	if name == "" {
		return p.errorAt(start, "field without a name")
	}
	f := fields[name]
	form, err := p.parseSpec(name, f)
	if err != nil {
		return err
	}
	s := segment{name: name, raw: form.raw}
	if !form.isSimple() || form.verb == 'd' && f.kind != intKind {
		s.shape = form
	}
	p.add(s, f)
	return nil
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

// parseNumber reads a width or a precision; none is 0.
func (p *percentParser) parseNumber(what string) (int, error) {
	if p.next() == '*' {
		return 0, p.errorAt(p.pos, "%s * is not possible: there is no argument that it could be taken from", what)
	}
	return p.number(what)
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
		if !unicode.IsLetter(r) { // it was forgotten, mostly
			return p.errorAt(p.pos, "unknown conversion %q of field %q: its text is %%(%s)s", r, name, name)
		}
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
