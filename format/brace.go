// SPDX-License-Identifier: MIT

package format

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Brace compiles a layout in Python's style {: "{asctime} {levelname:<8} {message}".
// It is Python's Formatter(fmt, datefmt, style='{'). Conversions (!r !s !a) and format specs are
// Python's; the package comment has the fields. The empty layout is {message}.
// Nil opts are the zero [Options].
//
// {http.status} is the attribute with that dotted key. {user[name]} and {list[0]} go into an attribute
// that is a group, a map, a slice or an array, and into nothing else; as only a part of it is printed, the
// attribute stays in the message.
//
// A layout that Python would refuse, at once or at the first record, gives a [*SyntaxError],
// unless only a name is unknown: that is an attribute's. Nothing is parsed while logging.
func Brace(layout string, opts *Options) (*Layout, error) {
	if opts == nil {
		opts = &Options{}
	}
	p := braceParser{scanner: scanner{layout: cmp.Or(layout, "{message}"), raw: opts.Raw}}
	if err := p.parse(); err != nil {
		return nil, err
	}
	return newLayout(p.layout, p.segments, string(p.literal), opts), nil
}

// MustBrace is [Brace] for layouts that are known to be right. It panics if one is not.
func MustBrace(layout string, opts *Options) *Layout {
	return must(Brace(layout, opts))
}

// A braceParser reads a layout in the style {.
type braceParser struct {
	scanner
	name  string     // of the field that is being read
	start int        // its brace
	at    [parts]int // where the parts of its format spec stand
}

func (p *braceParser) parse() error {
	found, err := p.fields("{}", p.parseField)
	if err == nil && !found {
		err = p.noField("%(", "$")
	}
	return err
}

// parseField reads a field, from its brace on.
func (p *braceParser) parseField() error {
	if p.next() == '}' {
		return p.errorAt(p.pos, "closing brace without an opening one; a literal one is }}")
	}
	p.start = p.pos
	p.pos++
	if p.pos == len(p.layout) {
		return p.errorAt(p.start, "opening brace at the end; a literal one is {{")
	}
	path, err := p.parseName()
	if err != nil {
		return err
	}
	f := fields[p.name]
	s, err := p.parseSpec(f)
	if err != nil {
		return err
	}
	seg := segment{name: p.name, raw: s.raw}
	if !s.isSimple(f) {
		seg.shape = s
	}
	if path != nil {
		seg.shape = &element{shape: seg.shape, path: path}
	}
	p.add(seg, f)
	return nil
}

// parseName reads the name of a field, and the brackets and parts behind it.
func (p *braceParser) parseName() (path []string, err error) {
	begin := p.pos
	first := p.word()
	for first != "" && p.skip('.') {
		if p.word() == "" {
			return nil, p.nameError()
		}
	}
	p.name = p.layout[begin:p.pos]
	switch {
	case first == "" && p.nameEnds():
		return nil, p.errorAt(p.start, "field without a name: there are no arguments to count")
	case first == "":
		return nil, p.nameError()
	case strings.TrimFunc(first, unicode.IsDigit) == "":
		return nil, p.errorAt(begin, "field %q: there are no arguments to count, only names", p.name)
	case p.next() == '[' && fields[p.name] != field{}:
		return nil, p.errorAt(p.pos, "field %q has no parts", p.name)
	}
	if path, err = p.parsePath(); err == nil && !p.nameEnds() {
		err = p.nameError()
	}
	return path, err
}

// nameEnds reports whether what comes next ends a name.
func (p *braceParser) nameEnds() bool {
	c := p.next()
	return c == '!' || c == ':' || c == '}'
}

// parsePath reads brackets, and the dots behind them: [name][0].id.
func (p *braceParser) parsePath() (path []string, err error) {
	for {
		open := p.pos
		switch {
		case p.skip('['):
			n := strings.IndexByte(p.layout[p.pos:], ']')
			if n < 0 {
				return nil, p.errorAt(open, "unclosed bracket")
			}
			if n == 0 {
				return nil, p.errorAt(open, "empty brackets")
			}
			path = append(path, p.layout[p.pos:p.pos+n])
			p.pos += n + 1
		case path != nil && p.skip('.'):
			name := p.word()
			if name == "" {
				return nil, p.nameError()
			}
			path = append(path, name)
		default:
			return path, nil
		}
	}
}

// word reads the letters, digits and underscores that come next.
func (p *braceParser) word() string {
	begin := p.pos
	for {
		r, size := utf8.DecodeRuneInString(p.layout[p.pos:])
		if r != '_' && !unicode.IsLetter(r) && !unicode.IsNumber(r) {
			return p.layout[begin:p.pos]
		}
		p.pos += size
	}
}

// nameError is the error of a name that ends where it must not.
func (p *braceParser) nameError() error {
	r, size := utf8.DecodeRuneInString(p.layout[p.pos:])
	switch {
	case size == 0:
		return p.errorAt(p.start, "unclosed field")
	case r == '.' || p.pos > 0 && p.layout[p.pos-1] == '.':
		return p.errorAt(p.pos, "name with an empty part")
	default:
		return p.errorAt(p.pos, "%q cannot be part of a name", r)
	}
}

// parseConversion reads !r, !s or !a, if it is there.
func (p *braceParser) parseConversion() (byte, error) {
	if !p.skip('!') {
		return 0, nil
	}
	r, size := utf8.DecodeRuneInString(p.layout[p.pos:])
	switch {
	case size == 0:
		return 0, p.errorAt(p.start, "unclosed field")
	case !strings.ContainsRune("rsa", r):
		return 0, p.errorAt(p.pos, "unknown conversion %q of field %q: there are r, s and a", r, p.name)
	}
	p.pos += size
	if r, size := utf8.DecodeRuneInString(p.layout[p.pos:]); size > 0 && r != ':' && r != '}' {
		return 0, p.errorAt(p.pos, "%q behind the conversion of field %q, where a colon may stand", r, p.name)
	}
	return byte(r), nil
}
