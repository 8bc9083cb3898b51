// SPDX-License-Identifier: MIT

package text

// Most texts need neither quotes nor escapes. What proves it looks at eight bytes at a time.

// isSimple reports whether s is ASCII without controls: nothing in it needs to be escaped.
func isSimple(s string) bool {
	if len(s) < 8 {
		return areSimple(few(s))
	}
	for i := 8; i < len(s); i += 8 {
		if !areSimple(eight(s[i-8:])) {
			return false
		}
	}
	return areSimple(eight(s[len(s)-8:]))
}

func areSimple(x uint64) bool {
	y := x &^ highs
	return (x|below(y, ' ')|equal(y, 0x7f))&highs == 0
}

// isPlain reports whether s is ASCII and nothing in it needs quotes.
func isPlain[text string | []byte](s text) bool {
	if len(s) < 8 {
		return arePlain(few(s))
	}
	for i := 8; i < len(s); i += 8 {
		if !arePlain(eight(s[i-8:])) {
			return false
		}
	}
	return arePlain(eight(s[len(s)-8:]))
}

func arePlain(x uint64) bool {
	y := x &^ highs
	return (x|below(y, ' '+1)|equal(y, 0x7f)|equal(y, '"')|equal(y, '='))&highs == 0
}

// The lowest and the highest bits of eight bytes.
const (
	lows  = 0x0101010101010101
	highs = 0x8080808080808080
)

// below sets the highest bits of the bytes of x that are less than n.
// The highest bits of x are not set.
func below(x uint64, n byte) uint64 { return ^(x + lows*uint64(0x80-n)) }

// equal sets the highest bits of the bytes of x that are c. The highest bits of x are not set.
func equal(x uint64, c byte) uint64 { return below(x^lows*uint64(c), 1) }

// eight returns the first eight bytes of s. The compiler makes one load of it.
func eight[text string | []byte](s text) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// four returns the first four bytes of s.
func four[text string | []byte](s text) uint64 {
	_ = s[3]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24
}

// few returns the bytes of s, which are fewer than eight, some of them twice or among letters.
func few[text string | []byte](s text) uint64 {
	switch n := len(s); {
	case n >= 4:
		return four(s) | four(s[n-4:])<<32
	case n > 0:
		const letters = 'a' * (lows &^ 0xffffff)
		return uint64(s[0]) | uint64(s[n/2])<<8 | uint64(s[n-1])<<16 | letters
	default:
		return 'a' * lows
	}
}
