// SPDX-License-Identifier: MIT

package text

import (
	"strconv"
	"unicode"
	"unicode/utf8"
)

// AppendQuoted appends s as slog's text handler does: in quotes if it is empty or holds
// a space, a quote, an equals sign, or what is not printable.
func AppendQuoted(dst []byte, s string) []byte {
	if plain, ok := appendOf(dst, s, bare()); ok {
		return plain
	}
	return appendOddText(dst, s)
}

// appendOddText is AppendQuoted for a text that is not plain at first sight.
func appendOddText(dst []byte, s string) []byte {
	if !needsQuotes(s) {
		return append(dst, s...)
	}
	return strconv.AppendQuote(dst, s)
}

func needsQuotes[text string | []byte](s text) bool {
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(string(s[i:min(len(s), i+utf8.UTFMax)]))
			if r == utf8.RuneError || unicode.IsSpace(r) || !unicode.IsPrint(r) {
				return true
			}
		} else if r <= ' ' || r == '"' || r == '=' || r == 0x7f {
			return true
		}
		i += size
	}
	return len(s) == 0
}
