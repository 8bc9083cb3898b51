// SPDX-License-Identifier: MIT

package levels

import (
	"log/slog"
	"math"
)

// Python returns Python's number for a record of the level, rounded down where it is not whole,
// so that comparing it with a threshold in Python gives the answer that slog gives here.
// FromPython(Python(level)) is level, for every level that does not lie beyond the range of int in Python's
// numbers; for those Python returns the end of the range. It is safe for concurrent use.
func Python(level slog.Level) int {
	switch {
	case level >= FromPython(math.MaxInt):
		return math.MaxInt
	case level < FromPython(math.MinInt):
		return math.MinInt
	case level >= Debug: // 20 + 5/2 * level
		half, odd := int(level>>1), int(level&1)
		return 20 + 5*half + 2*odd
	default: // 15 + 5/4 * level; only the last sum need be in range, the others may wrap around
		quarter, rest := int(level>>2), int(level&3)
		return 15 + 5*quarter + rest
	}
}

// FromPython returns the threshold for Python's number, rounded up where it is not whole,
// so that a record passes it here exactly if it does in Python:
// 10 is DEBUG, 5 TRACE, 25 NOTICE, 50 CRITICAL.
// It takes every number, also 0, which is an ordinary number here: what stands for NOTSET
// is for the caller to say ([ParseThreshold] does). It is safe for concurrent use.
func FromPython(n int) slog.Level {
	fifth, rest := n/5, n%5
	if rest < 0 {
		fifth, rest = fifth-1, rest+5
	}
	if n >= 10 { // 2/5 * (n - 20), rounded up
		return slog.Level(2*(fifth-4) + (2*rest+4)/5)
	}
	return slog.Level(4*(fifth-3) + (4*rest+4)/5) // 4/5 * (n - 15), rounded up
}
