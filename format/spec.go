// SPDX-License-Identifier: MIT

package format

import (
	"bytes"
	"log/slog"
	"math"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/slogx/slogx/internal/text"
)

// A spec is what a layout says about how a field is printed: Python's printf-style flags, width, precision
// and conversion. The verb is the conversion, 's' or another character of Python's; 'd' stands for 'i' and 'u', too.
// It is the [shape] of the style %.
type spec struct {
	verb      byte
	left      bool // -
	plus      bool // +
	space     bool // a space where a plus would stand
	alternate bool // #
	zeros     bool // 0
	width     int
	precision int // -1 if there is none
	raw       bool
}

// isSimple reports whether text is printed as it is, and a number as its digits.
func (s *spec) isSimple() bool {
	return *s == spec{verb: s.verb, precision: -1, raw: s.raw} && (s.verb == 's' || s.verb == 'd')
}

func (s *spec) conversion() string { return string(s.verb) }

// text gives its form to the text dst[n:].
func (s *spec) text(dst []byte, n int) []byte {
	if s.verb != 's' {
		dst = reprFrom(dst, n, s.verb == 'a')
	}
	return s.fit(dst, n)
}

// whole appends a whole number, given as sign and size.
func (s *spec) whole(dst []byte, negative bool, size uint64) []byte {
	n := len(dst)
	switch s.verb {
	case 's', 'r', 'a':
		if negative {
			dst = append(dst, '-')
		}
		return s.fit(strconv.AppendUint(dst, size, 10), n)
	case 'c':
		return s.fit(text.AppendText(dst, string(rune(size)), s.raw), n)
	case 'd', 'x', 'X', 'o':
		return s.integer(dst, negative, size)
	}
	f := float64(size)
	if negative {
		f = -f
	}
	return s.decimal(dst, f)
}

// float appends a number.
func (s *spec) float(dst []byte, f float64) []byte {
	switch s.verb {
	case 's', 'r', 'a':
		n := len(dst)
		return s.fit(appendFloatRepr(dst, f), n)
	default:
		return s.decimal(dst, f)
	}
}

// value appends the value of an attribute, if the conversion takes it.
func (s *spec) value(dst []byte, v slog.Value, raw bool) (_ []byte, ok bool) {
	n := len(dst)
	switch s.verb {
	case 's':
		return s.fit(text.AppendPlain(dst, v, raw), n), true
	case 'r', 'a':
		return s.fit(appendValueRepr(dst, v, s.verb == 'a'), n), true
	}
	num, ok := numberOf(v, s.verb)
	switch {
	case !ok:
		return dst, false
	case num.isFloat:
		return s.float(dst, num.float), true
	default:
		return s.whole(dst, num.negative, num.size), true
	}
}

// fit cuts the text dst[n:] to the precision and fills it up to the width, both in code points.
func (s *spec) fit(dst []byte, n int) []byte {
	if s.precision >= 0 {
		dst = dst[:n+prefixLen(dst[n:], s.precision)]
	}
	if fill := s.width - utf8.RuneCount(dst[n:]); fill > 0 {
		return s.pad(dst, n, fill)
	}
	return dst
}

// prefixLen returns the length in bytes of the first count characters of b.
func prefixLen(b []byte, count int) int {
	i := 0
	for ; count > 0 && i < len(b); count-- {
		_, size := utf8.DecodeRune(b[i:])
		i += size
	}
	return i
}

// pad adds fill spaces to the text dst[n:].
func (s *spec) pad(dst []byte, n, fill int) []byte {
	dst = slices.Grow(dst, fill)
	end := len(dst)
	dst = dst[:end+fill]
	spaces := dst[end:]
	if !s.left {
		copy(dst[n+fill:], dst[n:end])
		spaces = dst[n : n+fill]
	}
	for i := range spaces {
		spaces[i] = ' '
	}
	return dst
}

// integer appends a whole number, given as sign and size, with the conversions d x X o.
func (s *spec) integer(dst []byte, negative bool, size uint64) []byte {
	var buf [64]byte
	base, prefix := 10, ""
	switch s.verb {
	case 'x', 'X':
		base, prefix = 16, "0x"
	case 'o':
		base, prefix = 8, "0o"
	}
	digits := strconv.AppendUint(buf[:0], size, base)
	if s.verb == 'X' {
		digits, prefix = bytes.ToUpper(digits), "0X"
	}
	if !s.alternate {
		prefix = ""
	}
	return s.number(dst, negative, prefix, digits, s.precision)
}

// decimal appends a number with the conversions e E f F g G, or cut to a whole one with d.
func (s *spec) decimal(dst []byte, f float64) []byte {
	var buf [64]byte
	negative := math.Signbit(f) && !math.IsNaN(f)
	size := math.Abs(f)
	if s.verb == 'd' {
		digits := strconv.AppendFloat(buf[:0], math.Trunc(size), 'f', 0, 64)
		return s.number(dst, negative && size >= 1, "", digits, s.precision)
	}
	digits := appendDecimal(buf[:0], size, s.verb, s.precision, s.alternate)
	return s.number(dst, negative, "", digits, 0)
}

// number appends the parts of a number, with at least least digits, and filled up to the width.
func (s *spec) number(dst []byte, negative bool, prefix string, digits []byte, least int) []byte {
	sign := ""
	switch {
	case negative:
		sign = "-"
	case s.plus:
		sign = "+"
	case s.space:
		sign = " "
	}
	zeros := max(0, least-len(digits))
	fill := s.width - len(sign) - len(prefix) - zeros - len(digits)
	if s.zeros && !s.left && fill > 0 {
		zeros += fill
		fill = 0
	}
	n := len(dst)
	dst = append(append(dst, sign...), prefix...)
	for range zeros {
		dst = append(dst, '0')
	}
	dst = append(dst, digits...)
	if fill > 0 {
		dst = s.pad(dst, n, fill)
	}
	return dst
}
