// SPDX-License-Identifier: MIT

package format

import (
	"log/slog"
	"math"
	"reflect"
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
		return num, !num.isFloat && !num.negative && num.size <= utf8.MaxRune && utf8.ValidRune(rune(num.size))
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
