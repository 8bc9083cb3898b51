// SPDX-License-Identifier: MIT

package document

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Text returns what a file holds as UTF-8 without a byte order mark. UTF-16 is known by its mark.
func Text(raw []byte) (string, error) {
	s := string(raw)
	switch {
	case strings.HasPrefix(s, "\xff\xfe"):
		return fromUTF16(raw[2:], binary.LittleEndian)
	case strings.HasPrefix(s, "\xfe\xff"):
		return fromUTF16(raw[2:], binary.BigEndian)
	}
	s = strings.TrimPrefix(s, "\ufeff")
	if utf8.ValidString(s) {
		return s, nil
	}
	valid := 0
	for rest := s; ; valid = len(s) - len(rest) {
		r, size := utf8.DecodeRuneInString(rest)
		if r == utf8.RuneError && size == 1 {
			break
		}
		rest = rest[size:]
	}
	line, column := position(s, valid)
	return "", &Error{Line: line, Column: column, Msg: "the text is not UTF-8"}
}

func fromUTF16(raw []byte, order binary.ByteOrder) (string, error) {
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = order.Uint16(raw[2*i:])
	}
	s := string(utf16.Decode(units))
	bad := strings.IndexRune(s, utf8.RuneError)
	switch {
	case bad < 0 && len(raw)%2 == 0:
		return s, nil
	case bad < 0:
		bad = len(s)
	}
	line, column := position(s, bad)
	return "", &Error{Line: line, Column: column, Msg: "the text begins as UTF-16 and is not"}
}

// position returns the line and the column, in characters, of an offset.
func position(s string, offset int) (line, column int) {
	before := s[:offset]
	start := strings.LastIndexByte(before, '\n') + 1
	return strings.Count(before, "\n") + 1, utf8.RuneCountInString(before[start:]) + 1
}
