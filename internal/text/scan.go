// SPDX-License-Identifier: MIT

package text

import (
	"encoding/binary"
	"slices"
)

// Most texts need neither quotes nor escapes. What proves that and copies them takes eight bytes
// at a time; the last eight may overlap those before.

// appendSimple appends s if it is ASCII without controls: nothing in it needs to be escaped.
func appendSimple(dst []byte, s string) (_ []byte, ok bool) {
	n := len(dst)
	dst = slices.Grow(dst, len(s))
	buf := dst[n : n+len(s)]
	if len(s) < 8 {
		return dst[:n+len(s)], areSimple(copyFew(buf, s))
	}
	for i := 8; i < len(s); i += 8 {
		x := eight(s[i-8:])
		if !areSimple(x) {
			return dst, false
		}
		binary.LittleEndian.PutUint64(buf[i-8:], x)
	}
	x := eight(s[len(s)-8:])
	binary.LittleEndian.PutUint64(buf[len(s)-8:], x)
	return dst[:n+len(s)], areSimple(x)
}

// appendPlain appends s if it is ASCII and nothing in it needs quotes.
func appendPlain(dst []byte, s string) (_ []byte, ok bool) {
	n := len(dst)
	if cap(dst) < n+len(s) {
		dst = slices.Grow(dst, len(s))
	}
	dst = dst[:n+len(s)]
	return dst, copyPlain(dst[n:], s)
}

// copyPlain copies s to buf, which is at least as long. It reports whether s is ASCII and nothing in
// it needs quotes.
func copyPlain(buf []byte, s string) bool {
	size := len(s)
	switch {
	case size > 8:
		return copyPlainLong(buf, s)
	case size >= 4:
		first, last := four(s), four(s[size-4:])
		binary.LittleEndian.PutUint32(buf, first)
		binary.LittleEndian.PutUint32(buf[size-4:], last)
		return oddBytes(uint64(first)|uint64(last)<<32)&highs == 0
	default:
		return oddBytes(copyFew(buf[:size], s))&highs == 0
	}
}

func copyPlainLong(buf []byte, s string) bool {
	last := len(s) - 8
	x := eight(s[last:])
	binary.LittleEndian.PutUint64(buf[last:], x)
	odd := oddBytes(x)
	for ; len(s) > 8; s, buf = s[8:], buf[8:] {
		x := eight(s)
		binary.LittleEndian.PutUint64(buf, x)
		odd |= oddBytes(x)
	}
	return odd&highs == 0
}

// The lowest and the highest bits of eight bytes.
const (
	lows  = 0x0101010101010101
	highs = 0x8080808080808080
)

// Eight bytes are looked at in one step. x - lows*n has the highest bit set in a byte below n, and
// x + lows in a byte of 0x7f. Where one borrows from the next or carries into it, the byte itself is
// found, so that no answer is wrong.

func areSimple(x uint64) bool {
	return (x|(x-lows*' ')|(x+lows))&highs == 0
}

// oddBytes sets one of the highest bits unless all of the eight bytes are ASCII and need no quotes.
func oddBytes(x uint64) uint64 {
	return x | (x - lows*'!') | (x + lows) | ((x ^ lows*'"') - lows) | ((x ^ lows*'=') - lows)
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

// copyFew copies s, which is shorter than eight bytes, to buf, which is as long.
// It returns the bytes, some of them twice or among letters.
func copyFew(buf []byte, s string) uint64 {
	switch n := len(s); {
	case n >= 4:
		first, last := four(s), four(s[n-4:])
		binary.LittleEndian.PutUint32(buf, first)
		binary.LittleEndian.PutUint32(buf[n-4:], last)
		return uint64(first) | uint64(last)<<32
	case n > 0:
		const letters = 'a' * (lows &^ 0xffffff)
		buf[0], buf[n/2], buf[n-1] = s[0], s[n/2], s[n-1]
		return uint64(s[0]) | uint64(s[n/2])<<8 | uint64(s[n-1])<<16 | letters
	default:
		return 'a' * lows
	}
}
