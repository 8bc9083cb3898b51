// SPDX-License-Identifier: MIT

package text

import "encoding/binary"

// Most texts need neither quotes nor escapes. What proves that and copies them takes eight bytes
// at a time; the last eight may overlap those before.
//
// A slice of dst that ends where its capacity does is one of a known size to the compiler,
// which spares it most checks.

// appendOf appends s if it is of the alphabet, not empty, and dst has room for it. Mostly it does not have to grow.
func appendOf(dst []byte, s string, of alphabet) (_ []byte, ok bool) {
	n, size := len(dst), len(s)
	end := n + size
	if cap(dst) < end {
		return dst, false
	}
	dst = dst[:end]
	var others uint64
	switch {
	case size > 8:
		x := eight(s[size-8:])
		binary.LittleEndian.PutUint64(dst[end-8:end:end], x)
		others = of.others(x)
		for i := 0; i < size-8; i += 8 {
			x := eight(s[i : i+8])
			binary.LittleEndian.PutUint64(dst[n+i:n+i+8:n+i+8], x)
			others |= of.others(x)
		}
	case size >= 4:
		first, last := four(s), four(s[size-4:])
		binary.LittleEndian.PutUint32(dst[n:n+4:n+4], first)
		binary.LittleEndian.PutUint32(dst[end-4:end:end], last)
		others = of.others(uint64(first) | uint64(last)<<32)
	case size > 0:
		others = of.others(copyFew(dst[n:end], s))
	default:
		return dst, false
	}
	return dst, others&highs == 0
}

// The lowest and the highest bits of eight bytes.
const (
	lows  = 0x0101010101010101
	highs = 0x8080808080808080
)

// An alphabet is the ASCII characters from one on, without another and without DEL.
// Each number holds the same byte eight times.
type alphabet struct{ first, without uint64 }

// The alphabets are functions, so that the compiler sees constants.

// simple is what needs no escape.
func simple() alphabet { return alphabet{first: lows * ' '} }

// bare is what needs no quotes. The exclamation mark needs none either, but stands between two that do.
func bare() alphabet { return alphabet{first: lows * '#', without: lows * '='} }

// others sets one of the highest bits unless all of the eight bytes are of the alphabet. x - lows*n has
// the highest bit set in a byte below n, and x + lows in a DEL. Where one borrows from the next or carries
// into it, the byte itself is found, so that no answer is wrong.
func (of alphabet) others(x uint64) uint64 {
	return x | (x - of.first) | (x + lows) | ((x ^ of.without) - lows)
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
