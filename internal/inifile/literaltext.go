// SPDX-License-Identifier: MIT

package inifile

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/slogx/slogx/internal/document"
)

// number reads a number without a sign.
func (p *parser) number() *document.Value {
	start := p.next
	for p.next < len(p.text) && p.isNumeric(start) {
		p.next++
	}
	text := p.text[start:p.next]
	p.space()
	v := p.value(document.Int, start)
	var err error
	isPrefixed := len(text) > 1 && text[0] == '0' && strings.ContainsRune("xXoObB", rune(text[1]))
	switch {
	case isPrefixed:
		v.Int, err = strconv.ParseInt(text, 0, 64)
	case !areDigits(text):
		err = strconv.ErrSyntax
	case strings.ContainsAny(text, ".eE"):
		v.Kind = document.Float
		v.Float, err = strconv.ParseFloat(strings.ReplaceAll(text, "_", ""), 64)
	default:
		v.Int, err = strconv.ParseInt(strings.ReplaceAll(text, "_", ""), 10, 64)
		if text[0] == '0' && v.Int != 0 {
			err = strconv.ErrSyntax
		}
	}
	switch {
	case errors.Is(err, strconv.ErrRange):
		p.fail(start, "%s is too large", short(text))
	case err != nil:
		p.fail(start, "%s is no number", short(text))
	}
	return v
}

// isNumeric reports whether the next byte goes on with the number that began at start.
func (p *parser) isNumeric(start int) bool {
	c := p.text[p.next]
	switch {
	case '0' <= c && c <= '9', 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', c == '_', c == '.':
		return true
	case c == '+' || c == '-': // of an exponent
		return p.next > start && strings.IndexByte("eE", p.text[p.next-1]) >= 0 && strings.Trim(p.text[start:p.next-1], "0123456789_.") == ""
	}
	return false
}

// areDigits reports whether the underscores of a decimal number stand between digits, and letters only before an exponent.
func areDigits(text string) bool {
	for i := range len(text) {
		switch c := text[i]; {
		case c == '_':
			if i == 0 || i == len(text)-1 || !isDigit(text[i-1]) || !isDigit(text[i+1]) {
				return false
			}
		case c != 'e' && c != 'E' && c != '.' && c != '+' && c != '-' && !isDigit(c):
			return false
		}
	}
	return true
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isPrefix reports whether a text with a prefix comes next.
func (p *parser) isPrefix() bool {
	_, ok := p.prefix()
	return ok
}

// prefix returns the prefix of the text that comes next, in lower case.
func (p *parser) prefix() (prefix string, ok bool) {
	rest := p.text[p.next:min(len(p.text), p.next+3)]
	end := strings.IndexAny(rest, `"'`)
	if end < 0 {
		return "", false
	}
	prefix = strings.ToLower(rest[:end])
	switch prefix {
	case "", "r", "u", "b", "f", "t", "br", "rb", "fr", "rf", "tr", "rt":
		return prefix, true
	}
	return "", false
}

// strings reads one text, or several that stand beside each other.
func (p *parser) strings() *document.Value {
	v := p.value(document.String, p.next)
	var b strings.Builder
	for {
		prefix, ok := p.prefix()
		if !ok {
			break
		}
		switch {
		case strings.Contains(prefix, "b"):
			p.fail(p.next, "bytes; want a text, without the b")
		case strings.ContainsAny(prefix, "ft"):
			p.fail(p.next, "a text with expressions; nothing is evaluated")
		}
		p.next += len(prefix)
		p.quoted(&b, prefix == "r")
		p.space()
	}
	v.Str = b.String()
	return v
}

// quoted reads a text from its first quote to its last.
func (p *parser) quoted(b *strings.Builder, raw bool) {
	start := p.next
	quote := p.text[start : start+1]
	isLong := strings.HasPrefix(p.text[start:], strings.Repeat(quote, 3))
	if isLong {
		quote = strings.Repeat(quote, 3)
	}
	p.next += len(quote)
	for {
		rest := p.text[p.next:]
		switch {
		case strings.HasPrefix(rest, quote):
			p.next += len(quote)
			return
		case rest == "" || rest[0] == '\n' && !isLong:
			p.fail(start, "the text is not closed")
		case rest[0] == '\\' && len(rest) == 1:
			p.fail(start, "the text is not closed")
		case rest[0] == '\\' && raw:
			_, size := utf8.DecodeRuneInString(rest[1:])
			b.WriteString(rest[:1+size])
			p.next += 1 + size
		case rest[0] == '\\':
			p.escape(b, rest[1:])
		default:
			b.WriteByte(rest[0])
			p.next++
		}
	}
}

var escapes = map[byte]string{
	'\n': "", '\\': "\\", '\'': "'", '"': "\"", 'a': "\a", 'b': "\b", 'f': "\f", 'n': "\n", 'r': "\r", 't': "\t", 'v': "\v",
}

var hexDigits = map[byte]int{'x': 2, 'u': 4, 'U': 8}

// escape reads what stands behind a backslash. As in Python, the backslash stays where it means nothing.
func (p *parser) escape(b *strings.Builder, rest string) {
	c := rest[0]
	plain, isPlain := escapes[c]
	switch {
	case isPlain:
		b.WriteString(plain)
		p.next += 2
	case '0' <= c && c <= '7':
		n := len(rest[:min(3, len(rest))]) - len(strings.TrimLeft(rest[:min(3, len(rest))], "01234567"))
		p.character(b, rest[:n], 8)
		p.next += 1 + n
	case hexDigits[c] > 0:
		n := hexDigits[c]
		p.character(b, rest[1:min(1+n, len(rest))], 16)
		p.next += 2 + n
	case c == 'N':
		p.fail(p.next, `\N: the names of characters are not known, want \u and a number`)
	default:
		b.WriteByte('\\')
		p.next++
	}
}

// character writes the character with a number.
func (p *parser) character(b *strings.Builder, digits string, base int) {
	n, err := strconv.ParseUint(digits, base, 32)
	isFull := base == 8 || len(digits) == hexDigits[p.text[p.next+1]]
	if err != nil || !isFull || n > math.MaxInt32 || !utf8.ValidRune(rune(n)) {
		p.fail(p.next, "%s is no character", strings.ToValidUTF8(p.text[p.next:min(len(p.text), p.next+2+len(digits))], ""))
	}
	b.WriteRune(rune(n))
}
