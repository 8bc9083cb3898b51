// SPDX-License-Identifier: MIT

package format

import (
	"fmt"
	"log/slog"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slogx/slogx/internal/text"
)

// appendRepr appends s as Python's repr prints a string or, if ascii, as its ascii does.
func appendRepr(dst []byte, s string, ascii bool) []byte {
	quote := '\''
	if strings.Contains(s, "'") && !strings.Contains(s, `"`) {
		quote = '"'
	}
	dst = append(dst, byte(quote))
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			dst = fmt.Appendf(dst, `\x%02x`, s[i])
		case r == quote || r == '\\':
			dst = append(dst, '\\', byte(r))
		case unicode.IsPrint(r) && (r < utf8.RuneSelf || !ascii):
			dst = utf8.AppendRune(dst, r)
		default:
			dst = appendPythonEscape(dst, r)
		}
		i += size
	}
	return append(dst, byte(quote))
}

func appendPythonEscape(dst []byte, r rune) []byte {
	switch {
	case r == '\n':
		return append(dst, `\n`...)
	case r == '\r':
		return append(dst, `\r`...)
	case r == '\t':
		return append(dst, `\t`...)
	case r <= 0xff:
		return fmt.Appendf(dst, `\x%02x`, r)
	case r <= 0xffff:
		return fmt.Appendf(dst, `\u%04x`, r)
	default:
		return fmt.Appendf(dst, `\U%08x`, r)
	}
}

// reprFrom replaces the text dst[n:] by its repr.
func reprFrom(dst []byte, n int, ascii bool) []byte {
	return appendRepr(dst[:n], string(dst[n:]), ascii)
}

// appendValueRepr appends the repr of an attribute that is a text, and any other as it is.
func appendValueRepr(dst []byte, v slog.Value, ascii bool) []byte {
	n := len(dst)
	isText := v.Kind() == slog.KindString || v.Kind() == slog.KindAny
	if dst = text.AppendPlain(dst, v, isText); isText {
		dst = reprFrom(dst, n, ascii)
	}
	return dst
}

// appendFloatRepr appends f as Python's repr does: the shortest text that reads back as f,
// which always shows that it is a float.
func appendFloatRepr(dst []byte, f float64) []byte {
	switch size := math.Abs(f); {
	case math.IsInf(f, 0) || math.IsNaN(f):
		return appendSpecial(dst, f)
	case size != 0 && (size < 1e-4 || size >= 1e16):
		return strconv.AppendFloat(dst, f, 'e', -1, 64)
	}
	n := len(dst)
	dst = strconv.AppendFloat(dst, f, 'f', -1, 64)
	if !strings.Contains(string(dst[n:]), ".") {
		dst = append(dst, ".0"...)
	}
	return dst
}

// appendSpecial appends what is no number in Python's words.
func appendSpecial(dst []byte, f float64) []byte {
	switch {
	case math.IsNaN(f):
		return append(dst, "nan"...)
	case f < 0:
		return append(dst, "-inf"...)
	default:
		return append(dst, "inf"...)
	}
}
