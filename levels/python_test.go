// SPDX-License-Identifier: MIT

package levels_test

import (
	"log/slog"
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/levels"
)

// exact returns Python's number for the level, not rounded.
func exact(level slog.Level) *big.Rat {
	n := new(big.Rat).SetInt64(int64(level))
	if level >= levels.Debug {
		n.Mul(n, big.NewRat(5, 2))
		return n.Add(n, big.NewRat(20, 1))
	}
	n.Add(n, big.NewRat(4, 1))
	n.Mul(n, big.NewRat(5, 4))
	return n.Add(n, big.NewRat(10, 1))
}

func TestPythonsNumbers(t *testing.T) {
	tests := []struct {
		level slog.Level
		n     int
	}{
		{levels.Trace, 5}, {levels.Debug, 10}, {levels.Info, 20}, {levels.Notice, 25}, {levels.Warning, 30},
		{levels.Error, 40}, {levels.Critical, 50}, {levels.Alert, 55}, {levels.Emergency, 60},
		{-12, 0}, {-20, -10},
	}
	for _, tt := range tests {
		require.Equal(t, tt.n, levels.Python(tt.level))
		require.Equal(t, tt.level, levels.FromPython(tt.n))
	}
}

// A comparison gives the same answer in slog's numbers, in Python's, and in exact ones.
func TestComparisonsAgree(t *testing.T) {
	for level := slog.Level(-100); level <= 100; level++ {
		require.Equal(t, level, levels.FromPython(levels.Python(level)))
		for n := -150; n <= 300; n++ {
			want := exact(level).Cmp(big.NewRat(int64(n), 1)) >= 0
			require.Equal(t, want, level >= levels.FromPython(n), "level %d, threshold %d", int(level), n)
			require.Equal(t, want, levels.Python(level) >= n, "level %d, threshold %d", int(level), n)
		}
	}
}

func TestNumbersAtTheEndsOfInt(t *testing.T) {
	for i := range 50 {
		for _, n := range []int{math.MinInt + i, math.MaxInt - i} {
			level, want := levels.FromPython(n), big.NewRat(int64(n), 1)
			require.GreaterOrEqual(t, exact(level).Cmp(want), 0, "FromPython(%d)", n)
			require.Less(t, exact(level-1).Cmp(want), 0, "FromPython(%d)", n)
			for _, level := range []slog.Level{level - 1, level, level + 1} {
				require.Equal(t, floor(level), levels.Python(level), "Python(%d)", int(level))
			}
		}
		require.Equal(t, math.MaxInt, levels.Python(slog.Level(math.MaxInt-i)))
		require.Equal(t, math.MinInt, levels.Python(slog.Level(math.MinInt+i)))
	}
}

// floor returns exact(level) rounded down, and kept in the range of int.
func floor(level slog.Level) int {
	r := exact(level)
	n := new(big.Int).Div(r.Num(), r.Denom()) // Euclidean, so it rounds down
	switch {
	case n.Cmp(big.NewInt(math.MaxInt)) > 0:
		return math.MaxInt
	case n.Cmp(big.NewInt(math.MinInt)) < 0:
		return math.MinInt
	}
	return int(n.Int64())
}
