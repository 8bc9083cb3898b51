// SPDX-License-Identifier: MIT

package text

import (
	"encoding/binary"
	"slices"
	"unicode/utf8"
)

// AppendJSON appends s as a JSON string, as slog's JSON handler does: quotes, backslashes and
// controls are escaped, U+2028 and U+2029 as well, and what is not UTF-8 becomes U+FFFD.
func AppendJSON(dst []byte, s string) []byte {
	dst = append(dst, '"')
	if same, ok := appendSafe(dst, s); ok {
		return append(same, '"')
	}
	return append(appendJSONEscaped(dst, s), '"')
}

// AppendJSONKey appends s as the key of a member of an object, with the comma before it, unless it is the first,
// and the colon behind it. What stands in dst ends in the brace of the object or in another member.
func AppendJSONKey(dst []byte, s string) []byte {
	if dst[len(dst)-1] == '{' {
		dst = append(dst, '"')
	} else {
		dst = append(dst, ',', '"')
	}
	if same, ok := appendSafe(dst, s); ok {
		return append(same, '"', ':')
	}
	return append(appendJSONEscaped(dst, s), '"', ':')
}

// appendSafe is appendOf for what is ASCII and need not be escaped in JSON: with constants it is quicker.
func appendSafe(dst []byte, s string) (_ []byte, ok bool) {
	n, size := len(dst), len(s)
	end := n + size
	if cap(dst) < end {
		return dst, false
	}
	dst = dst[:end]
	var unsafe uint64
	switch {
	case size > 8:
		x := eight(s[size-8:])
		binary.LittleEndian.PutUint64(dst[end-8:end:end], x)
		unsafe = unsafeBytes(x)
		for i := 0; i < size-8; i += 8 {
			x := eight(s[i : i+8])
			binary.LittleEndian.PutUint64(dst[n+i:n+i+8:n+i+8], x)
			unsafe |= unsafeBytes(x)
		}
	case size >= 4:
		first, last := four(s), four(s[size-4:])
		binary.LittleEndian.PutUint32(dst[n:n+4:n+4], first)
		binary.LittleEndian.PutUint32(dst[end-4:end:end], last)
		unsafe = unsafeBytes(uint64(first) | uint64(last)<<32)
	case size > 0:
		unsafe = unsafeBytes(copyFew(dst[n:end], s))
	}
	return dst, unsafe&highs == 0
}

// unsafeBytes sets one of the highest bits unless all of the eight bytes are ASCII and may stand in a JSON string.
// A byte borrows from the next one only if its own bit is set.
func unsafeBytes(x uint64) uint64 {
	return x | (x - lows*' ') | ((x ^ lows*'"') - lows) | ((x ^ lows*'\\') - lows)
}

// appendJSONEscaped appends s without the quotes around it.
func appendJSONEscaped(dst []byte, s string) []byte {
	start := 0
	for i := 0; i < len(s); {
		if len(s)-i >= 8 && unsafeBytes(eight(s[i:]))&highs == 0 {
			i += 8
			continue
		}
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		if isUnsafe(r, size) {
			dst = appendJSONEscape(append(dst, s[start:i]...), r)
			start = i + size
		}
		i += size
	}
	return append(dst, s[start:]...)
}

// isUnsafe reports whether r, which takes size bytes, must not stand in a JSON string as it is.
// U+2028 and U+2029 may, but end a line of JavaScript.
func isUnsafe(r rune, size int) bool {
	if r < utf8.RuneSelf {
		return r < ' ' || r == '"' || r == '\\'
	}
	return r == 0x2028 || r == 0x2029 || r == utf8.RuneError && size == 1
}

func appendJSONEscape(dst []byte, r rune) []byte {
	switch r {
	case '"', '\\':
		return append(dst, '\\', byte(r))
	case '\n':
		return append(dst, '\\', 'n')
	case '\r':
		return append(dst, '\\', 'r')
	case '\t':
		return append(dst, '\\', 't')
	default:
		return appendUnicode(dst, r)
	}
}

// ASCIIJSON rewrites JSON from dst[n:] on so that it is ASCII. What is not stands in strings, where it can be escaped.
func ASCIIJSON(dst []byte, n int) []byte {
	first := slices.IndexFunc(dst[n:], func(c byte) bool { return c >= utf8.RuneSelf })
	if first < 0 {
		return dst
	}
	n += first
	s := string(dst[n:])
	dst = dst[:n]
	for i, r := range s {
		if r < utf8.RuneSelf {
			dst = append(dst, s[i])
			continue
		}
		dst = appendUnicode(dst, r)
	}
	return dst
}

// appendUnicode appends the escape of r: of two surrogates where JSON has no other way.
func appendUnicode(dst []byte, r rune) []byte {
	if r > 0xffff {
		r -= 0x10000
		dst = appendUnicode(dst, 0xd800+r>>10)
		r = 0xdc00 + r&0x3ff
	}
	const hexDigits = "0123456789abcdef"
	return append(dst, '\\', 'u', hexDigits[r>>12], hexDigits[r>>8&0xf], hexDigits[r>>4&0xf], hexDigits[r&0xf])
}
