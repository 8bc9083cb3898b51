// SPDX-License-Identifier: MIT

package format

import "cmp"

// Dollar compiles a layout in Python's style $: "$asctime ${levelname} $message".
// It is Python's Formatter(fmt, datefmt, style='$'). A name is ASCII letters, digits and underscores;
// in braces it may have dots, too: ${http.status}. Two dollar signs are a literal one. The package comment
// has the fields. The empty layout is ${message}. Nil opts are the zero [Options].
//
// A layout that Python would refuse gives a [*SyntaxError], unless only a name is unknown: that is an
// attribute's. Nothing is parsed while logging.
func Dollar(layout string, opts *Options) (*Layout, error) {
	if opts == nil {
		opts = &Options{}
	}
	p := dollarParser{scanner{layout: cmp.Or(layout, "${message}"), raw: opts.Raw}}
	if err := p.parse(); err != nil {
		return nil, err
	}
	return newLayout(p.layout, p.segments, string(p.literal), opts), nil
}

// MustDollar is [Dollar] for layouts that are known to be right. It panics if one is not.
func MustDollar(layout string, opts *Options) *Layout {
	return must(Dollar(layout, opts))
}

// A dollarParser reads a layout in the style $.
type dollarParser struct{ scanner }

func (p *dollarParser) parse() error {
	found, err := p.fields("$", p.parseField)
	if err == nil && !found {
		err = p.noField("%(", "{")
	}
	return err
}

// parseField reads a field, from its dollar sign on.
func (p *dollarParser) parseField() error {
	start := p.pos
	p.pos++
	braced := p.skip('{')
	name := p.parseName(braced)
	switch {
	case name == "" && !braced:
		return p.errorAt(start, "dollar sign without a name; a literal one is $$")
	case name == "" && p.next() == '}':
		return p.errorAt(start, "field without a name")
	case braced && p.pos == len(p.layout):
		return p.errorAt(start, "unclosed field")
	case braced && !p.skip('}'):
		return p.errorAt(p.pos, "%q cannot stand here in a name", []rune(p.layout[p.pos:])[0])
	}
	p.add(segment{name: name, raw: p.raw}, fields[name])
	return nil
}

// parseName reads a name, dotted only if it stands in braces; "" is none.
func (p *dollarParser) parseName(dotted bool) string {
	start := p.pos
	for p.pos < len(p.layout) {
		c := p.layout[p.pos]
		isLetter := c == '_' || c|0x20 >= 'a' && c|0x20 <= 'z'
		isDigit := c-'0' <= 9 && p.pos > start
		isDot := c == '.' && dotted && p.pos > start && p.layout[p.pos-1] != '.'
		if !isLetter && !isDigit && !isDot {
			break
		}
		p.pos++
	}
	if p.pos > start && p.layout[p.pos-1] == '.' {
		p.pos-- // the dot is what is wrong
	}
	return p.layout[start:p.pos]
}
