// SPDX-License-Identifier: MIT

package text_test

import (
	"math"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"github.com/slogx/slogx/internal/text"
	"github.com/stretchr/testify/require"
)

func TestNumbersAreThoseOfTheStandardLibrary(t *testing.T) {
	check := func(v int64) {
		require.Equal(t, strconv.FormatInt(v, 10), string(text.AppendInt(nil, v)))
		require.Equal(t, time.Duration(v).String(), string(text.AppendDuration([]byte("x"), time.Duration(v))[1:]))
	}
	for v := int64(-2000); v < 20_000; v++ {
		check(v)
	}
	for _, unit := range []int64{1e3, 1e6, 1e9, 60e9, 3600e9} {
		for v := int64(-2); v < 2000; v++ {
			check(v * unit)
			check(v*unit + 1)
			check(v * unit / 1000)
			check(v*unit - unit/10)
		}
	}
	check(math.MinInt64)
	check(math.MaxInt64)
	for range 100_000 {
		check(rand.Int64() >> rand.IntN(64))
	}
}
