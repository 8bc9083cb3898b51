// SPDX-License-Identifier: MIT

package format

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// A braceSpec is what a layout says about how a field is printed: Python's conversion and format spec,
//
//	[!r !s !a] [:[[fill]align][sign][#][0][width][, _][.precision][type]]
//
// It is the [shape] of the style {.
type braceSpec struct {
	conv      byte // r, s or a; 0 is none
	fill      string
	align     byte // < > ^ or =; 0 is that of the value
	sign      byte // + - or a space; 0 is none
	alternate bool // #
	zeros     bool // a 0 before the width
	width     int
	group     byte // , or _; 0 is none
	precision int  // -1 is none
	verb      byte // the type; 0 is that of the value
	raw       bool
	source    string // the format spec as it is written
}

// A part is a part of a format spec that may not fit.
type part uint8

const (
	anyPart part = iota // all of it
	alignPart
	signPart
	alternatePart
	groupPart
	precisionPart
	verbPart
	noPart
	parts = int(noPart)
)

// parseSpec reads what stands behind the name of a field, and its closing brace.
func (p *braceParser) parseSpec(f field) (s *braceSpec, err error) {
	s = &braceSpec{fill: " ", precision: -1, raw: p.raw}
	if s.conv, err = p.parseConversion(); err != nil {
		return nil, err
	}
	if s.conv == 'r' || s.conv == 'a' {
		s.raw = true // what is escaped already must not be escaped again
	}
	begin := p.pos
	if p.skip(':') {
		p.parseAlignment(s)
		if err = p.parseSizes(s); err != nil {
			return nil, err
		}
		if err = p.parseType(s); err != nil {
			return nil, err
		}
	}
	s.source = strings.TrimPrefix(p.layout[begin:p.pos], ":")
	if !p.skip('}') {
		return nil, p.errorAt(p.start, "unclosed field")
	}
	return s, p.check(s, f)
}

// parseAlignment reads all that stands before the width.
func (p *braceParser) parseAlignment(s *braceSpec) {
	p.at[anyPart] = p.pos
	rest := p.layout[p.pos:]
	_, size := utf8.DecodeRuneInString(rest)
	if size < len(rest) && isAlign(rest[size]) && !strings.ContainsAny(rest[:size], "{}\n") {
		s.fill = rest[:size]
		p.pos += size
	}
	p.at[alignPart] = p.pos
	if isAlign(p.next()) {
		s.align = p.next()
		p.pos++
	}
	filled := p.pos-p.at[anyPart] > 1
	p.at[signPart] = p.pos
	if c := p.next(); c != 0 && strings.IndexByte("+- ", c) >= 0 {
		s.sign = c
		p.pos++
	}
	p.at[alternatePart] = p.pos
	s.alternate = p.skip('#')
	if !filled && p.skip('0') {
		s.fill, s.zeros = "0", true
	}
}

func isAlign(c byte) bool { return c == '<' || c == '>' || c == '^' || c == '=' }

// parseSizes reads width, grouping and precision.
func (p *braceParser) parseSizes(s *braceSpec) (err error) {
	if s.width, err = p.number("width"); err != nil {
		return err
	}
	p.at[groupPart] = p.pos
	if c := p.next(); c == ',' || c == '_' {
		s.group = c
		p.pos++
	}
	p.at[precisionPart] = p.pos
	if !p.skip('.') {
		return nil
	}
	digits := p.pos
	if s.precision, err = p.number("precision"); err == nil && p.pos == digits && p.next() != '{' {
		return p.errorAt(digits, "precision without digits")
	}
	return err
}

// parseType reads the last part of the format spec.
func (p *braceParser) parseType(s *braceSpec) error {
	p.at[verbPart] = p.pos
	if c := p.next(); c != 0 && strings.IndexByte("bcdeEfFgGnosxX%", c) >= 0 {
		s.verb = c
		p.pos++
	}
	r, size := utf8.DecodeRuneInString(p.layout[p.pos:])
	switch {
	case size == 0 || r == '}':
		return nil
	case r == '{':
		return p.errorAt(p.pos, "a field inside the format spec of field %q: only numbers can stand there", p.name)
	case s.verb == 0:
		return p.errorAt(p.pos, "unknown type %q of field %q", r, p.name)
	default:
		return p.errorAt(p.pos, "%q behind the type %q of field %q", r, s.verb, p.name)
	}
}

// check returns an error if the format spec does not fit the field or, if that is an attribute, any value.
func (p *braceParser) check(s *braceSpec, f field) error {
	k := f.kind
	switch {
	case s.conv != 0:
		k = textKind
	case k == anyKind:
		k = s.typicalKind()
	}
	switch wrong := s.misfit(k); {
	case wrong == noPart:
		return nil
	case wrong == anyPart:
		return p.errorAt(p.at[anyPart], "field %q, which is %s, takes a format spec only behind !s", p.name, k)
	case s.conv != 0:
		return p.errorAt(p.at[wrong], "%s does not fit the field %q, which is text behind !%c", s.describe(wrong), p.name, s.conv)
	case f.kind == anyKind:
		return p.errorAt(p.at[wrong], "%s does not fit the type %q", s.describe(wrong), s.verb)
	default:
		return p.errorAt(p.at[wrong], "%s does not fit the field %q, which is %s", s.describe(wrong), p.name, f.kind)
	}
}

// typicalKind returns the kind that the type is for. What does not fit it fits none.
func (s *braceSpec) typicalKind() kind {
	switch {
	case s.verb == 's':
		return textKind
	case s.isWhole():
		return intKind
	default:
		return floatKind
	}
}

// isWhole reports whether the type is for whole numbers only.
func (s *braceSpec) isWhole() bool {
	switch s.verb {
	case 'b', 'c', 'd', 'o', 'x', 'X':
		return true
	default:
		return false
	}
}

func (s *braceSpec) describe(p part) string {
	switch p {
	case alignPart:
		return fmt.Sprintf("alignment %q", s.align)
	case signPart:
		return fmt.Sprintf("sign %q", s.sign)
	case alternatePart:
		return "'#'"
	case groupPart:
		return fmt.Sprintf("grouping %q", s.group)
	case precisionPart:
		return "precision"
	default:
		return fmt.Sprintf("type %q", s.verb)
	}
}

// misfit returns the part of the format spec that does not fit values of the kind.
func (s *braceSpec) misfit(k kind) part {
	switch {
	case k == otherKind && s.isEmpty():
		return noPart
	case k == otherKind:
		return anyPart
	case k == textKind && s.verb != 0 && s.verb != 's', k == intKind && s.verb == 's', k == floatKind && (s.isWhole() || s.verb == 's'):
		return verbPart
	case k == textKind && s.align == '=':
		return alignPart
	case s.sign != 0 && (k == textKind || s.verb == 'c'):
		return signPart
	case s.alternate && (k == textKind || s.verb == 'c'):
		return alternatePart
	case s.group != 0 && (k == textKind || !s.groups()):
		return groupPart
	case s.precision >= 0 && k == intKind && (s.isWhole() || s.verb == 0 || s.verb == 'n'):
		return precisionPart
	default:
		return noPart
	}
}

// groups reports whether the type takes the grouping.
func (s *braceSpec) groups() bool {
	switch s.verb {
	case 'c', 'n', 's':
		return false
	case 'b', 'o', 'x', 'X':
		return s.group == '_'
	default:
		return true
	}
}

// isEmpty reports whether there is a conversion at most.
func (s *braceSpec) isEmpty() bool {
	return s.source == ""
}

// isSimple reports whether the field is printed as it is.
func (s *braceSpec) isSimple(f field) bool {
	switch {
	case !s.isEmpty():
		return false
	case s.conv == 0 || s.conv == 's':
		return true
	default:
		return f.kind != anyKind && f.kind != textKind
	}
}
