// SPDX-License-Identifier: MIT

package inifile

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slogx/slogx/internal/document"
)

// maxNested is how deep literals and operators stand in each other.
const maxNested = 200

// literal reads a value as Python writes it: texts, numbers, True, False, None, tuples, lists and dicts of these, and
// + - * of numbers and texts. Names, with dots, are what names has; nil has none. Tuples become lists.
// Python would evaluate the text, and run whatever it says; here nothing is called, and nothing but a literal is read.
//
// The place of a line of the text, from 0, and a column, from 1, is what at returns. An error has it.
func literal(text string, names func(string) (*document.Value, bool), at func(n, column int) place) (v *document.Value, err error) {
	p := parser{text: text, names: names, at: at, starts: []int{0}}
	for i := range len(text) {
		if text[i] == '\n' {
			p.starts = append(p.starts, i+1)
		}
	}
	defer func() {
		switch r := recover().(type) {
		case nil:
		case *document.Error: // what fail threw
			v, err = nil, r
		default:
			panic(r)
		}
	}()
	v = p.document()
	v.SetPath("")
	return v, nil
}

// A parser reads one literal. It goes down by the grammar, and fails by a panic that literal catches.
type parser struct {
	text   string
	next   int   // offset
	starts []int // of lines
	names  func(string) (*document.Value, bool)
	at     func(n, column int) place
	open   int // brackets: inside of them a line may end anywhere
	depth  int
}

// fail ends the reading with an error about an offset.
func (p *parser) fail(offset int, format string, args ...any) {
	n := p.lineOf(offset)
	place := p.at(n, utf8.RuneCountInString(p.text[p.starts[n]:offset])+1)
	panic(&document.Error{Line: place.line, Column: place.column, Msg: fmt.Sprintf(format, args...)})
}

// lineOf returns the line of an offset, from 0.
func (p *parser) lineOf(offset int) int {
	n, ok := slices.BinarySearch(p.starts, offset)
	if !ok {
		n--
	}
	return n
}

// line is the line that values of an offset have.
func (p *parser) line(offset int) int { return p.at(p.lineOf(offset), 1).line }

// value returns a value that begins at an offset.
func (p *parser) value(kind document.Kind, offset int) *document.Value {
	return &document.Value{Kind: kind, Line: p.line(offset)}
}

// enter counts how deep the parser is, until leave.
func (p *parser) enter() {
	if p.depth++; p.depth > maxNested {
		p.fail(p.next, "more than %d brackets or signs in each other", maxNested)
	}
}

func (p *parser) leave() { p.depth-- }

// space skips space, comments, and inside of brackets ends of lines.
func (p *parser) space() {
	for p.next < len(p.text) {
		switch c := p.text[p.next]; {
		case c == ' ' || c == '\t' || c == '\f' || c == '\n' && p.open > 0:
			p.next++
		case c == '\\' && strings.HasPrefix(p.text[p.next+1:], "\n"):
			p.next += 2
		case c == '#':
			end := strings.IndexByte(p.text[p.next:], '\n')
			if end < 0 {
				end = len(p.text) - p.next
			}
			p.next += end
		default:
			return
		}
	}
}

// peek returns the next character, which is 0 at the end.
func (p *parser) peek() rune {
	if p.next == len(p.text) {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(p.text[p.next:])
	return r
}

// take skips a character that may be there, and the space behind it.
func (p *parser) take(c byte) bool {
	if p.next == len(p.text) || p.text[p.next] != c {
		return false
	}
	p.next++
	p.space()
	return true
}

// document reads the whole text, which may be a tuple without brackets.
func (p *parser) document() *document.Value {
	if i := strings.IndexByte(p.text, 0); i >= 0 {
		p.fail(i, "a zero byte")
	}
	p.next = len(p.text) - len(strings.TrimLeft(p.text, " \t"))
	p.space()
	p.blankLines()
	v := p.tuple(0)
	end := p.next
	for p.peek() == '\n' {
		p.next++
		p.space()
	}
	if p.next < len(p.text) {
		p.next = end
		p.unexpected()
	}
	return v
}

// blankLines skips lines before the value, which must not be indented then.
func (p *parser) blankLines() {
	for p.peek() == '\n' {
		p.next++
		start := p.next
		p.space()
		isIndented := p.next > start && strings.IndexByte(" \t", p.text[start]) >= 0
		if isIndented && p.peek() != '\n' && p.next < len(p.text) {
			p.fail(p.next, "the line is indented")
		}
	}
}

// tuple reads one value, or a list of them if a comma follows, up to a closing bracket.
func (p *parser) tuple(closing rune) *document.Value {
	start := p.next
	v := p.sum()
	if p.peek() != ',' {
		return v
	}
	list := p.value(document.List, start)
	list.Items = []*document.Value{v}
	for p.take(',') {
		if r := p.peek(); r == closing || r == '\n' {
			break
		}
		list.Items = append(list.Items, p.sum())
	}
	return list
}

// primary reads a value without operators.
func (p *parser) primary() *document.Value {
	p.enter()
	defer p.leave()
	start := p.next
	var v *document.Value
	switch r := p.peek(); {
	case r == '(':
		v = p.brackets(')', p.parenthesized)
	case r == '[':
		v = p.brackets(']', p.list)
	case r == '{':
		v = p.brackets('}', p.dict)
	case r == '"' || r == '\'' || p.isPrefix():
		v = p.strings()
	case '0' <= r && r <= '9' || r == '.':
		v = p.number()
	case r == '_' || unicode.IsLetter(r):
		v = p.name()
	default:
		p.unexpected()
	}
	switch p.peek() {
	case '(', '[', '.':
		p.refuseCall(start)
	}
	return v
}

// brackets reads what stands between brackets by f.
func (p *parser) brackets(closing byte, f func(start int) *document.Value) *document.Value {
	start := p.next
	p.open++
	p.next++
	p.space()
	v := f(start)
	if p.next == len(p.text) || p.text[p.next] != closing {
		p.unexpected()
	}
	p.open--
	p.next++
	p.space()
	return v
}

func (p *parser) parenthesized(start int) *document.Value {
	if p.peek() == ')' {
		return p.value(document.List, start)
	}
	return p.tuple(')')
}

func (p *parser) list(start int) *document.Value {
	v := p.value(document.List, start)
	for p.peek() != ']' {
		v.Items = append(v.Items, p.sum())
		if !p.take(',') {
			break
		}
	}
	return v
}

func (p *parser) dict(start int) *document.Value {
	v := p.value(document.Map, start)
	lines := map[string]int{}
	for p.peek() != '}' {
		at := p.next
		key, line := p.key(), p.line(at)
		if !p.take(':') {
			p.fail(at, "a set; want a dict, such as {'key': value}")
		}
		if first, twice := lines[key]; twice {
			p.fail(at, "the key %q is there twice, first in line %d", key, first)
		}
		lines[key] = line
		v.Fields = append(v.Fields, document.Field{Key: key, KeyLine: line, Value: p.sum()})
		if !p.take(',') {
			break
		}
	}
	return v
}

// key reads a key of a dict, and returns its text.
func (p *parser) key() string {
	at := p.next
	switch v := p.sum(); v.Kind {
	case document.String:
		return v.Str
	case document.Int:
		return fmt.Sprint(v.Int)
	case document.Bool:
		return map[bool]string{false: "False", true: "True"}[v.Bool]
	default:
		p.fail(at, "%s is a key, want a text", v.Describe())
		return ""
	}
}

// unexpected fails at what comes next.
func (p *parser) unexpected() {
	switch r := p.peek(); {
	case p.next == len(p.text):
		p.fail(p.next, "the value ends too early")
	case strings.ContainsRune("/%&|^~<>@=!", r), strings.HasPrefix(p.text[p.next:], "**"):
		p.fail(p.next, "%q: the only operators are + - *, because nothing is evaluated", r)
	case r == '\n':
		p.fail(p.next, "the line ends too early, only in brackets a value may go on")
	default:
		p.fail(p.next, "unexpected %q", r)
	}
}

// short returns the beginning of a text.
func short(s string) string {
	const most = 40
	s = strings.TrimSpace(s)
	if utf8.RuneCountInString(s) > most {
		return string([]rune(s)[:most]) + "..."
	}
	return s
}
