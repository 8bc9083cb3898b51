// SPDX-License-Identifier: MIT

package filter_test

import (
	"math"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/levels"
)

func TestLimitPassesABurstAndThenTheRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := filter.Limit(&filter.LimitOptions{Count: 2, Burst: 3}) // one each half second
		require.Equal(t, []int{1, 2, 3}, passedOf(t, f, 10))
		time.Sleep(500*time.Millisecond - 1)
		require.Empty(t, passedOf(t, f, 10))
		time.Sleep(time.Nanosecond)
		require.Equal(t, []int{1}, passedOf(t, f, 10))
		time.Sleep(999 * time.Millisecond)
		require.Equal(t, []int{1}, passedOf(t, f, 10))
		time.Sleep(time.Millisecond)
		require.Equal(t, []int{1}, passedOf(t, f, 10), "what is held back takes nothing")
		time.Sleep(time.Hour)
		require.Equal(t, []int{1, 2, 3}, passedOf(t, f, 10), "and no more than a burst is saved up")
	})
}

func TestDefaultsOfLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, opts := range []*filter.LimitOptions{nil, {}} {
			f := filter.Limit(opts)
			require.Len(t, passedOf(t, f, 1000), 100)
			time.Sleep(10 * time.Millisecond)
			require.Len(t, passedOf(t, f, 10), 1)
		}
	})
}

func TestLimitIsForAllOrForEachKey(t *testing.T) {
	names := []string{"a", "b", "a", "b", "b"}
	for name, tt := range map[string]struct {
		key  func(*filter.Record) string
		want []bool
	}{
		"all":     {nil, []bool{true, true, false, false, false}},
		"one key": {func(r *filter.Record) string { return r.Logger }, []bool{true, true, true, true, false}},
	} {
		t.Run(name, func(t *testing.T) {
			f := filter.Limit(&filter.LimitOptions{Count: 2, Period: time.Hour, Key: tt.key})
			var got []bool
			for _, logger := range names {
				got = append(got, f.Filter(t.Context(), recordOf(logger, levels.Info, "m")))
			}
			require.Equal(t, tt.want, got)
		})
	}
}

func TestLimitTakesTheLargestNumbers(t *testing.T) {
	for _, opts := range []filter.LimitOptions{
		{Count: math.MaxInt},
		{Burst: math.MaxInt},
		{Burst: math.MaxInt, Period: math.MaxInt64, Count: 1},
		{Burst: 1000, Period: math.MaxInt64, Count: 1},
	} {
		require.Len(t, passedOf(t, filter.Limit(&opts), 1000), 1000, opts)
	}
	for _, f := range []filter.Filter{
		filter.Limit(&filter.LimitOptions{Period: math.MaxInt64, Count: 1}),
		filter.Sample(&filter.SampleOptions{Period: math.MaxInt64, First: 1}),
		filter.Dedup(&filter.DedupOptions{Period: math.MaxInt64}),
	} {
		require.Equal(t, []int{1}, passedOf(t, f, 100), f)
	}
}

// TestLimitDoesWhatATokenBucketDoes compares it with a bucket that is refilled token by token.
func TestLimitDoesWhatATokenBucketDoes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		random := rand.New(rand.NewPCG(3, 4))
		for range 50 {
			count, burst := 1+random.IntN(10), 1+random.IntN(10)
			each := time.Duration(1+random.IntN(1000)) * time.Microsecond
			f := filter.Limit(&filter.LimitOptions{Count: count, Burst: burst, Period: time.Duration(count) * each})
			tokens, full := burst, time.Now() // full: since when; else when the next token began to drip
			for range 500 {
				if n := int(time.Since(full) / each); tokens+n >= burst {
					tokens, full = burst, time.Now()
				} else {
					tokens, full = tokens+n, full.Add(time.Duration(n)*each)
				}
				want := tokens > 0
				if want {
					tokens--
				}
				require.Equal(t, want, f.Filter(t.Context(), recordOf("", levels.Info, "m")))
				time.Sleep(time.Duration(random.Int64N(int64(2*each) + 1)))
			}
		}
	})
}
