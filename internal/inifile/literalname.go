// SPDX-License-Identifier: MIT

package inifile

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slogx/slogx/internal/document"
)

// name reads a word, or words with dots between them.
func (p *parser) name() *document.Value {
	start := p.next
	words := []string{p.word()}
	for p.take('.') {
		word := p.word()
		if word == "" {
			p.unexpected()
		}
		words = append(words, word)
	}
	name := strings.Join(words, ".")
	switch name {
	case "None":
		return p.value(document.Null, start)
	case "True", "False":
		v := p.value(document.Bool, start)
		v.Bool = name == "True"
		return v
	}
	if p.peek() == '(' || p.peek() == '[' {
		p.refuseCall(start)
	}
	if p.names != nil {
		if v, ok := p.names(name); ok {
			v = v.Clone()
			setLine(v, p.line(start))
			return v
		}
	}
	p.fail(start, "the name %s is not known, and nothing is evaluated", name)
	return nil
}

// word reads a name without dots, and the space behind it.
func (p *parser) word() string {
	start := p.next
	for r := p.peek(); r == '_' || unicode.IsLetter(r) || p.next > start && unicode.IsDigit(r); r = p.peek() {
		p.next += utf8.RuneLen(r)
	}
	word := p.text[start:p.next]
	p.space()
	return word
}

// refuseCall fails at something behind a value that only an evaluation could follow.
func (p *parser) refuseCall(start int) {
	p.fail(p.next, "%s is followed by %q: only values are read, nothing is called or looked up", short(p.text[start:p.next]), p.peek())
}

// setLine says that v, and all that it holds, stands in a line.
func setLine(v *document.Value, line int) {
	v.Line = line
	for _, item := range v.Items {
		setLine(item, line)
	}
	for i := range v.Fields {
		v.Fields[i].KeyLine = line
		setLine(v.Fields[i].Value, line)
	}
}
