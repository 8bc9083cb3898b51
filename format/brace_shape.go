// SPDX-License-Identifier: MIT

package format

import (
	"bytes"
	"cmp"
	"log/slog"
	"math"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/slogx/slogx/internal/text"
)

// conversion returns the type or, if there is none, all of the format spec.
func (s *braceSpec) conversion() string {
	if s.verb != 0 {
		return string(s.verb)
	}
	return s.source
}

// text gives its form to the text dst[n:].
func (s *braceSpec) text(dst []byte, n int) []byte {
	if s.conv == 'r' || s.conv == 'a' {
		dst = reprFrom(dst, n, s.conv == 'a')
	}
	return s.fit(dst, n)
}

// fit cuts the text dst[n:] to the precision and fills it up to the width, both in code points.
func (s *braceSpec) fit(dst []byte, n int) []byte {
	if s.precision >= 0 {
		dst = dst[:n+prefixLen(dst[n:], s.precision)]
	}
	return s.pad(dst, n, s.width-utf8.RuneCount(dst[n:]), cmp.Or(s.align, '<'))
}

// value appends the value of an attribute, if the format spec takes it. A value that is no number is a text.
func (s *braceSpec) value(dst []byte, v slog.Value, raw bool) (_ []byte, ok bool) {
	if s.conv != 0 {
		return s.converted(dst, v, raw), true
	}
	num, k := s.kindOf(v)
	switch {
	case s.misfit(k) != noPart:
		return dst, false
	case k == textKind:
		n := len(dst)
		return s.fit(text.AppendPlain(dst, v, raw), n), true
	case k == floatKind:
		return s.float(dst, num.float), true
	default:
		return s.whole(dst, num.negative, num.size), s.verb != 'c' || isCharacter(num)
	}
}

// kindOf returns what the format spec takes a value for. One that is a number and has a text of its own,
// as a level, is a number for those types only that are for numbers.
func (s *braceSpec) kindOf(v slog.Value) (number, kind) {
	num, isNumber := toNumber(v)
	if v.Kind() == slog.KindAny {
		switch any := v.Any(); {
		case any == nil:
			return num, otherKind
		case s.verb == 0 || s.verb == 's':
			isNumber = isNumber && !isText(any)
		}
	}
	switch {
	case !isNumber:
		return num, textKind
	case num.isFloat:
		return num, floatKind
	default:
		return num, intKind
	}
}

// converted appends the value of an attribute behind !r, !s or !a: as a text.
func (s *braceSpec) converted(dst []byte, v slog.Value, raw bool) []byte {
	n := len(dst)
	switch {
	case s.conv == 's':
		dst = text.AppendPlain(dst, v, raw)
	case v.Kind() == slog.KindFloat64:
		dst = appendFloatRepr(dst, v.Float64())
	default:
		dst = appendValueRepr(dst, v, s.conv == 'a')
	}
	return s.fit(dst, n)
}

func isCharacter(n number) bool {
	return !n.isFloat && !n.negative && n.size <= utf8.MaxRune && utf8.ValidRune(rune(n.size))
}

// whole appends a whole number, given as sign and size.
func (s *braceSpec) whole(dst []byte, negative bool, size uint64) []byte {
	var buf [64]byte
	n := len(dst)
	switch {
	case s.conv != 0:
		if negative {
			dst = append(dst, '-')
		}
		return s.fit(strconv.AppendUint(dst, size, 10), n)
	case s.verb == 'c':
		return s.character(dst, negative, size)
	case s.verb != 0 && s.verb != 'n' && !s.isWhole():
		f := float64(size)
		if negative {
			f = -f
		}
		return s.float(dst, f)
	}
	base, prefix := s.base()
	digits := strconv.AppendUint(buf[:0], size, base)
	if s.verb == 'X' {
		digits = bytes.ToUpper(digits)
	}
	return s.number(dst, negative, prefix, digits, nil)
}

// character appends the character with the given number.
func (s *braceSpec) character(dst []byte, negative bool, size uint64) []byte {
	r := utf8.RuneError
	if !negative && size <= utf8.MaxRune {
		r = rune(size)
	}
	n := len(dst)
	dst = text.AppendText(dst, string(r), s.raw)
	return s.pad(dst, n, s.width-utf8.RuneCount(dst[n:]), cmp.Or(s.align, '>'))
}

// base returns the base of a whole number, and what # puts before its digits.
func (s *braceSpec) base() (base int, prefix string) {
	switch s.verb {
	case 'b':
		base, prefix = 2, "0b"
	case 'o':
		base, prefix = 8, "0o"
	case 'x':
		base, prefix = 16, "0x"
	case 'X':
		base, prefix = 16, "0X"
	default:
		base = 10
	}
	if !s.alternate {
		prefix = ""
	}
	return base, prefix
}

// float appends a number.
func (s *braceSpec) float(dst []byte, f float64) []byte {
	if s.conv != 0 {
		n := len(dst)
		return s.fit(appendFloatRepr(dst, f), n)
	}
	var buf [64]byte
	size, digits := math.Abs(f), buf[:0]
	switch s.verb {
	case 0:
		digits = appendGeneral(digits, size, s.precision, s.alternate)
	case 'n':
		digits = appendDecimal(digits, size, 'g', s.precision, s.alternate)
	case '%':
		digits = append(appendDecimal(digits, size*100, 'f', s.precision, s.alternate), '%')
	default:
		digits = appendDecimal(digits, size, s.verb, s.precision, s.alternate)
	}
	whole := 0
	for whole < len(digits) && digits[whole]-'0' <= 9 {
		whole++
	}
	return s.number(dst, math.Signbit(f) && !math.IsNaN(f), "", digits[:whole], digits[whole:])
}

// number appends the parts of a number, its digits grouped, and filled up to the width.
func (s *braceSpec) number(dst []byte, negative bool, prefix string, digits, rest []byte) []byte {
	n, align := len(dst), s.align
	switch {
	case negative:
		dst = append(dst, '-')
	case s.sign == '+' || s.sign == ' ':
		dst = append(dst, s.sign)
	}
	dst = append(dst, prefix...)
	inner := len(dst)
	switch {
	case align == 0 && s.zeros:
		align = '='
	case align == 0:
		align = '>'
	}
	least := 0
	if align == '=' && s.fill == "0" {
		least = s.width - (inner - n) - len(rest) // zeros are digits, and grouped
	}
	dst = s.appendDigits(dst, digits, least)
	dst = append(dst, rest...)
	fill := s.width - (len(dst) - n)
	if align == '=' {
		n = inner
	}
	return s.pad(dst, n, fill, align)
}

// appendDigits appends the digits, grouped, and with zeros before them so that it is at least
// least characters, but never begins with a separator.
func (s *braceSpec) appendDigits(dst, digits []byte, least int) []byte {
	size := s.groupSize()
	switch {
	case len(digits) == 0: // of inf and nan
		return dst
	case size == 0:
		for range least - len(digits) {
			dst = append(dst, '0')
		}
		return append(dst, digits...)
	}
	for left := max(len(digits), digitsOf(least, size)); left > 0; left-- {
		if left > len(digits) {
			dst = append(dst, '0')
		} else {
			dst = append(dst, digits[len(digits)-left])
		}
		if left > 1 && left%size == 1 {
			dst = append(dst, s.group)
		}
	}
	return dst
}

// digitsOf returns the number of digits, in groups of a size, that fill at least least characters.
func digitsOf(least, size int) int {
	if least <= 0 {
		return 0
	}
	digits := least - least/(size+1)
	if least%(size+1) == 0 {
		digits++ // as nothing begins with a separator
	}
	return digits
}

// groupSize returns how many digits make a group; 0 is none.
func (s *braceSpec) groupSize() int {
	switch {
	case s.group == 0:
		return 0
	case s.verb == 'b' || s.verb == 'o' || s.verb == 'x' || s.verb == 'X':
		return 4
	default:
		return 3
	}
}

// pad puts count fill characters around dst[n:].
func (s *braceSpec) pad(dst []byte, n, count int, align byte) []byte {
	if count <= 0 {
		return dst
	}
	left := count
	switch align {
	case '<':
		left = 0
	case '^':
		left = count / 2
	}
	end := len(dst)
	dst = slices.Grow(dst, count*len(s.fill))
	dst = dst[:end+left*len(s.fill)]
	copy(dst[n+left*len(s.fill):], dst[n:end])
	for i := range left {
		copy(dst[n+i*len(s.fill):], s.fill)
	}
	for range count - left {
		dst = append(dst, s.fill...)
	}
	return dst
}
