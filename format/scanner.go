// SPDX-License-Identifier: MIT

package format

import (
	"fmt"
	"strings"
)

// A scanner reads a layout from left to right, and collects what it consists of.
// It is what the parsers of all styles share.
type scanner struct {
	layout   string
	raw      bool // as in Options
	pos      int  // the next byte
	segments []segment
	literal  []byte // the text behind the last field
}

// text takes literal text up to the next of the characters. It reports whether there is one.
func (p *scanner) text(stop string) bool {
	rest := p.layout[p.pos:]
	i := strings.IndexAny(rest, stop)
	if i < 0 {
		i = len(rest)
	}
	p.literal = append(p.literal, rest[:i]...)
	p.pos += i
	return i < len(rest)
}

// fields reads all fields, each from its sign on. A sign that is doubled is literal text.
// It reports whether there is a field.
func (p *scanner) fields(signs string, read func() error) (found bool, err error) {
	for p.text(signs) {
		if p.doubled() {
			continue
		}
		if err := read(); err != nil {
			return false, err
		}
		found = true
	}
	return found, nil
}

// doubled takes the next character as literal text if it stands there twice.
func (p *scanner) doubled() bool {
	rest := p.layout[p.pos:]
	if len(rest) < 2 || rest[0] != rest[1] {
		return false
	}
	p.literal = append(p.literal, rest[0])
	p.pos += 2
	return true
}

// add adds a field. One that never changes is literal text from now on.
func (p *scanner) add(s segment, f field) {
	if f.op == opConstant {
		p.literal = f.appendConstant(p.literal, s.shape)
		return
	}
	s.op, s.literal = f.op, string(p.literal)
	p.literal = nil
	p.segments = append(p.segments, s)
}

// next returns the next byte, 0 at the end.
func (p *scanner) next() byte {
	if p.pos == len(p.layout) {
		return 0
	}
	return p.layout[p.pos]
}

// skip skips the character if it is next.
func (p *scanner) skip(c byte) bool {
	if p.pos < len(p.layout) && p.layout[p.pos] == c {
		p.pos++
		return true
	}
	return false
}

// maxNumber is the greatest width and precision. A greater one is a slip, and costs memory.
const maxNumber = 9999

// number reads a width or a precision; none is 0.
func (p *scanner) number(what string) (int, error) {
	start, n := p.pos, 0
	for p.pos < len(p.layout) && p.layout[p.pos]-'0' <= 9 {
		n = n*10 + int(p.layout[p.pos]-'0')
		if n > maxNumber {
			return 0, p.errorAt(start, "%s greater than %d", what, maxNumber)
		}
		p.pos++
	}
	return n, nil
}

// noField is the mistake of a layout without a field. One that has the sign of another style is mostly in that.
func (p *scanner) noField(others ...string) error {
	for _, sign := range others {
		if strings.Contains(p.layout, sign) {
			return p.errorAt(0, "no field; is the style %q?", sign[:1])
		}
	}
	return p.errorAt(0, "no field")
}

func (p *scanner) errorAt(pos int, format string, args ...any) error {
	return &SyntaxError{Layout: p.layout, Pos: pos, Msg: fmt.Sprintf(format, args...)}
}
