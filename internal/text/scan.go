// SPDX-License-Identifier: MIT

package text

import (
	"encoding/binary"
	"slices"
)

// Most texts need neither quotes nor escapes. What proves that and copies them takes eight bytes
// at a time; the last eight may overlap those before.

// appendOf appends s if it is of the alphabet.
func appendOf(dst []byte, s string, of alphabet) (_ []byte, ok bool) {
	n := len(dst)
	if cap(dst) < n+len(s) {
		dst = slices.Grow(dst, len(s))
	}
	dst = dst[:n+len(s)]
	return dst, copyOf(dst[n:], s, of)
}

// copyOf copies s to buf, which is at least as long, and reports whether s is of the alphabet.
func copyOf(buf []byte, s string, of alphabet) bool {
	size := len(s)
	switch {
	case size < 4:
		return of.others(copyFew(buf[:size], s))&highs == 0
	case size <= 8:
		first, last := four(s), four(s[size-4:])
		binary.LittleEndian.PutUint32(buf, first)
		binary.LittleEndian.PutUint32(buf[size-4:], last)
		return of.others(uint64(first)|uint64(last)<<32)&highs == 0
	}
	last := size - 8
	x := eight(s[last:])
	binary.LittleEndian.PutUint64(buf[last:], x)
	others := of.others(x)
	for ; len(s) > 8; s, buf = s[8:], buf[8:] {
		x := eight(s)
		binary.LittleEndian.PutUint64(buf, x)
		others |= of.others(x)
	}
	return others&highs == 0
}

// The lowest and the highest bits of eight bytes.
const (
	lows  = 0x0101010101010101
	highs = 0x8080808080808080
)

// An alphabet is the ASCII characters from one on, without two of them, and without DEL or with it.
// Each number holds the same byte eight times.
type alphabet struct{ first, without, andWithout, del uint64 }

// The alphabets are functions, so that the compiler sees constants.

// simple is what needs no escape.
func simple() alphabet { return alphabet{first: lows * ' ', del: lows} }

// bare is what needs no quotes.
func bare() alphabet {
	return alphabet{first: lows * '!', without: lows * '"', andWithout: lows * '=', del: lows}
}

// others sets one of the highest bits unless all of the eight bytes are of the alphabet. x - lows*n has
// the highest bit set in a byte below n, and x + lows in a DEL. Where one borrows from the next or carries
// into it, the byte itself is found, so that no answer is wrong.
func (of alphabet) others(x uint64) uint64 {
	return x | (x - of.first) | (x + of.del) | ((x ^ of.without) - lows) | ((x ^ of.andWithout) - lows)
}

// eight returns the first eight bytes of s. The compiler makes one load of it.
func eight(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// four returns the first four bytes of s.
func four(s string) uint32 {
	_ = s[3]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

// copyFew copies s, which is shorter than four bytes, to buf, which is as long.
// It returns the bytes, some of them twice, among letters.
func copyFew(buf []byte, s string) uint64 {
	n := len(s)
	if n == 0 {
		return 'a' * lows
	}
	const letters = 'a' * (lows &^ 0xffffff)
	buf[0], buf[n/2], buf[n-1] = s[0], s[n/2], s[n-1]
	return uint64(s[0]) | uint64(s[n/2])<<8 | uint64(s[n-1])<<16 | letters
}
