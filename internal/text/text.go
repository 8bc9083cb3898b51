// SPDX-License-Identifier: MIT

// Package text says how things look on a line of text: what is escaped, how an attribute is
// printed, how attributes follow a message, and how an error and a stack stand below it.
package text

import (
	"strconv"
	"unicode/utf8"
)

// AppendEscaped appends s. What would end the line, drive a terminal, or reorder the text is
// escaped as in a Go string: line breaks, ESC and the other controls, bidirectional overrides and
// isolates, and bytes that are not UTF-8. TAB, joiners, marks and wide spaces stay.
func AppendEscaped(dst []byte, s string) []byte {
	if same, ok := appendOf(dst, s, simple()); ok {
		return same
	}
	return appendEscaped(dst, s)
}

// Escaped returns s as [AppendEscaped] appends it.
func Escaped(s string) string {
	var buf [128]byte
	if escaped := AppendEscaped(buf[:0], s); string(escaped) != s {
		return string(escaped)
	}
	return s
}

// AppendText appends s escaped, or as it is if raw.
func AppendText(dst []byte, s string, raw bool) []byte {
	if raw {
		return append(dst, s...)
	}
	return AppendEscaped(dst, s)
}

func appendEscaped(dst []byte, s string) []byte {
	start := 0
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		if isHarmful(r, size) {
			dst = append(dst, s[start:i]...)
			dst = appendEscape(dst, s[i:i+size])
			start = i + size
		}
		i += size
	}
	return append(dst, s[start:]...)
}

// isHarmful reports whether r, which takes size bytes, must not stand on a line as it is.
func isHarmful(r rune, size int) bool {
	switch {
	case r < utf8.RuneSelf:
		return r < ' ' && r != '\t' || r == 0x7f
	case r == utf8.RuneError:
		return size == 1
	default:
		return r <= 0x9f || r == 0x2028 || r == 0x2029 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
	}
}

// appendEscape appends a character as it stands inside quotes.
func appendEscape(dst []byte, char string) []byte {
	n := len(dst)
	dst = strconv.AppendQuote(dst, char)
	copy(dst[n:], dst[n+1:len(dst)-1])
	return dst[:len(dst)-2]
}
