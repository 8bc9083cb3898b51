// SPDX-License-Identifier: MIT

package format

import (
	"bytes"
	"fmt"
	"log/slog"
	"math"
	"reflect"
	"slices"
	"strconv"
	"unicode/utf8"
)

// A number is the value of an attribute as a number: a whole one, given as sign and size, or a float.
type number struct {
	isFloat  bool
	float    float64
	negative bool
	size     uint64
}

// numberOf returns the number that v is, if the conversion c can print it: any whole number, float
// or bool for d and the conversions of floats, a whole one for x, X and o, a whole one that is a
// character or a text of one character for c. A Duration is no number, as its unit would be a guess.
func numberOf(v slog.Value, c byte) (number, bool) {
	num, ok := toNumber(v)
	if c == 'c' && !ok {
		return character(v)
	}
	if !ok {
		return num, false
	}
	switch c {
	case 'x', 'X', 'o':
		return num, !num.isFloat
	case 'c':
		return num, isCharacter(num)
	case 'd':
		return num, !num.isFloat || !math.IsInf(num.float, 0) && !math.IsNaN(num.float)
	default:
		return num, true
	}
}

func toNumber(v slog.Value) (number, bool) {
	switch v.Kind() {
	case slog.KindInt64:
		return whole(v.Int64()), true
	case slog.KindUint64:
		return number{size: v.Uint64()}, true
	case slog.KindFloat64:
		return number{isFloat: true, float: v.Float64()}, true
	case slog.KindBool:
		if v.Bool() {
			return number{size: 1}, true
		}
		return number{}, true
	case slog.KindAny:
		return reflectedNumber(reflect.ValueOf(v.Any()))
	default:
		return number{}, false
	}
}

// reflectedNumber returns the number that a value of a type of its own is.
func reflectedNumber(v reflect.Value) (number, bool) {
	switch {
	case v.CanInt():
		return whole(v.Int()), true
	case v.CanUint():
		return number{size: v.Uint()}, true
	case v.CanFloat():
		return number{isFloat: true, float: v.Float()}, true
	default:
		return number{}, false
	}
}

func whole(v int64) number {
	if v < 0 {
		return number{negative: true, size: -uint64(v)}
	}
	return number{size: uint64(v)}
}

func character(v slog.Value) (number, bool) {
	if v.Kind() != slog.KindString {
		return number{}, false
	}
	s := v.String()
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 || size != len(s) || r == utf8.RuneError && size == 1 {
		return number{}, false
	}
	return whole(int64(r)), true
}

// appendDecimal appends a number that is not negative with one of e E f F g G.
// A precision below 0 is Python's default.
func appendDecimal(dst []byte, size float64, verb byte, precision int, alternate bool) []byte {
	if precision < 0 {
		precision = 6
	}
	switch {
	case math.IsNaN(size) && verb < 'a':
		return append(dst, "NAN"...)
	case math.IsInf(size, 0) && verb < 'a':
		return append(dst, "INF"...)
	case math.IsInf(size, 0) || math.IsNaN(size):
		return appendSpecial(dst, size)
	case verb == 'F':
		verb = 'f'
	}
	if alternate {
		return fmt.Appendf(dst, "%#.*"+string(verb), precision, size)
	}
	return strconv.AppendFloat(dst, size, verb, precision, 64)
}

// appendGeneral appends a number that is not negative as Python's format does where no type is given:
// as its repr or, with a precision, as g does, but so that it always shows that it is a float.
func appendGeneral(dst []byte, size float64, precision int, alternate bool) []byte {
	n := len(dst)
	if precision < 0 || math.IsInf(size, 0) || math.IsNaN(size) {
		dst = appendFloatRepr(dst, size)
		if alternate {
			dst = withPoint(dst, n)
		}
		return dst
	}
	precision = max(1, precision)
	dst = strconv.AppendFloat(dst, size, 'e', precision-1, 64)
	e := n + bytes.IndexByte(dst[n:], 'e')
	exponent, _ := strconv.Atoi(string(dst[e+1:]))
	switch {
	case exponent >= -4 && exponent < precision-1:
		dst = strconv.AppendFloat(dst[:n], size, 'f', precision-1-exponent, 64)
		if !alternate {
			dst = bytes.TrimRight(dst, "0") // of those behind the point
		}
		if dst[len(dst)-1] == '.' {
			dst = append(dst, '0')
		}
		return dst
	case alternate:
		return withPoint(dst, n)
	case precision == 1:
		return dst
	}
	mantissa := bytes.TrimSuffix(bytes.TrimRight(dst[:e], "0"), []byte{'.'})
	return append(mantissa, dst[e:]...)
}

// withPoint puts a point before the exponent of dst[n:], unless there is one.
func withPoint(dst []byte, n int) []byte {
	e := bytes.IndexByte(dst[n:], 'e')
	if e < 0 || bytes.IndexByte(dst[n:], '.') >= 0 {
		return dst
	}
	return slices.Insert(dst, n+e, '.')
}
