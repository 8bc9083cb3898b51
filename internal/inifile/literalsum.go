// SPDX-License-Identifier: MIT

package inifile

import (
	"math"
	"math/bits"
	"strings"

	"github.com/slogx/slogx/internal/document"
)

// maxText is how long, in bytes, a text that operators make may be.
const maxText = 1 << 12

// sum reads values with + and - between them.
func (p *parser) sum() *document.Value {
	v := p.product()
	for {
		start := p.next
		switch {
		case p.take('+'):
			v = p.add(start, v, p.product())
		case p.take('-'):
			v = p.add(start, v, p.negative(start, p.product()))
		default:
			return v
		}
	}
}

// product reads values with * between them.
func (p *parser) product() *document.Value {
	v := p.signed()
	for !strings.HasPrefix(p.text[p.next:], "**") {
		start := p.next
		if !p.take('*') {
			break
		}
		v = p.multiply(start, v, p.signed())
	}
	return v
}

// signed reads a value that may have signs.
func (p *parser) signed() *document.Value {
	p.enter()
	defer p.leave()
	start := p.next
	switch {
	case p.take('+'):
		v := p.signed()
		p.wantNumber(start, v)
		return v
	case p.take('-'):
		return p.negative(start, p.signed())
	}
	return p.primary()
}

// wantNumber fails unless v is a number.
func (p *parser) wantNumber(start int, v *document.Value) {
	if v.Kind != document.Int && v.Kind != document.Float {
		p.fail(start, "a sign before %s, want a number", v.Describe())
	}
}

func (p *parser) negative(start int, v *document.Value) *document.Value {
	p.wantNumber(start, v)
	if v.Kind == document.Int && v.Int == math.MinInt64 {
		p.fail(start, "the number is too large")
	}
	negated := *v
	negated.Int, negated.Float = -v.Int, -v.Float
	return &negated
}

// add returns a + b.
func (p *parser) add(start int, a, b *document.Value) *document.Value {
	v := *a
	switch {
	case a.Kind == document.Int && b.Kind == document.Int:
		v.Int = a.Int + b.Int
		if (v.Int > a.Int) != (b.Int > 0) {
			p.fail(start, "the sum is too large")
		}
	case isNumber(a) && isNumber(b):
		v = document.Value{Kind: document.Float, Line: a.Line, Float: float(a) + float(b)}
	case a.Kind == document.String && b.Kind == document.String:
		if len(a.Str)+len(b.Str) > maxText {
			p.fail(start, "the text is longer than %d bytes", maxText)
		}
		v.Str = a.Str + b.Str
	default:
		p.fail(start, "%s + %s, want two numbers or two texts", a.Describe(), b.Describe())
	}
	return &v
}

// multiply returns a * b.
func (p *parser) multiply(start int, a, b *document.Value) *document.Value {
	v := document.Value{Kind: a.Kind, Line: a.Line}
	if b.Kind == document.String {
		a, b = b, a
	}
	switch {
	case a.Kind == document.Int && b.Kind == document.Int:
		v.Int = p.product64(start, a.Int, b.Int)
	case isNumber(a) && isNumber(b):
		v.Kind, v.Float = document.Float, float(a)*float(b)
	case a.Kind == document.String && b.Kind == document.Int:
		n := max(0, b.Int)
		if len(a.Str) > 0 && n > int64(maxText/len(a.Str)) {
			p.fail(start, "the text is longer than %d bytes", maxText)
		}
		if v.Kind = document.String; a.Str != "" {
			v.Str = strings.Repeat(a.Str, int(n))
		}
	default:
		p.fail(start, "%s * %s, want two numbers, or a text and a whole number", a.Describe(), b.Describe())
	}
	return &v
}

func (p *parser) product64(start int, a, b int64) int64 {
	high, low := bits.Mul64(magnitude(a), magnitude(b))
	isNegative := (a < 0) != (b < 0)
	most := uint64(math.MaxInt64)
	if isNegative {
		most++
	}
	if high > 0 || low > most {
		p.fail(start, "the product is too large")
	}
	if isNegative {
		return -int64(low)
	}
	return int64(low)
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

func isNumber(v *document.Value) bool { return v.Kind == document.Int || v.Kind == document.Float }

func float(v *document.Value) float64 {
	if v.Kind == document.Int {
		return float64(v.Int)
	}
	return v.Float
}
