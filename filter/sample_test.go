// SPDX-License-Identifier: MIT

package filter_test

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/levels"
)

// recordOf returns a record of a logger, as filters see it.
func recordOf(logger string, level slog.Level, message string, attrs ...slog.Attr) *filter.Record {
	r := &filter.Record{Record: slog.NewRecord(time.Now(), level, message, 0), Logger: logger}
	r.AddAttrs(attrs...)
	return r
}

// passedOf returns the places, from 1 on, of those of n equal records that pass.
func passedOf(t *testing.T, f filter.Filter, n int) (passed []int) {
	for i := 1; i <= n; i++ {
		if f.Filter(t.Context(), recordOf("a", levels.Info, "m")) {
			passed = append(passed, i)
		}
	}
	return passed
}

func TestSamplePassesTheFirstAndThenEachEvery(t *testing.T) {
	for _, tt := range []struct {
		first, every int
		want         []int
	}{
		{1, 0, []int{1}},
		{3, 0, []int{1, 2, 3}},
		{3, 1, []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}},
		{2, 3, []int{1, 2, 5, 8, 11}},
		{1, 10, []int{1, 11}},
		{12, 1, []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}},
	} {
		t.Run(fmt.Sprint(tt.first, tt.every), func(t *testing.T) {
			f := filter.Sample(&filter.SampleOptions{First: tt.first, Every: tt.every, Period: time.Hour})
			require.Equal(t, tt.want, passedOf(t, f, 12))
		})
	}
	require.Len(t, passedOf(t, filter.Sample(nil), 1000), 100)
	require.Len(t, passedOf(t, filter.Sample(&filter.SampleOptions{Every: 100, Period: time.Hour}), 1000), 109)
}

func TestAPeriodOfSampleBeginsWithARecord(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := filter.Sample(&filter.SampleOptions{First: 2})
		time.Sleep(900 * time.Millisecond)
		require.Equal(t, []int{1, 2}, passedOf(t, f, 3))
		time.Sleep(time.Second - 1)
		require.Empty(t, passedOf(t, f, 3))
		time.Sleep(time.Nanosecond)
		require.Equal(t, []int{1, 2}, passedOf(t, f, 3))
		time.Sleep(1500 * time.Millisecond)
		require.Equal(t, []int{1}, passedOf(t, f, 1), "begins a period")
		time.Sleep(999 * time.Millisecond)
		require.Equal(t, []int{1}, passedOf(t, f, 3))
	})
}

func TestSampleCountsByLoggerLevelAndMessage(t *testing.T) {
	f := filter.Sample(&filter.SampleOptions{First: 1, Period: time.Hour})
	for _, r := range []*filter.Record{
		recordOf("a", levels.Info, "m"), recordOf("b", levels.Info, "m"), recordOf("a", levels.Warning, "m"),
		recordOf("a", levels.Info, "n"), recordOf("am", levels.Info, ""), recordOf("", levels.Info, "am"),
	} {
		require.True(t, f.Filter(t.Context(), r))
		r.AddAttrs(slog.Int("k", 1))
		require.False(t, f.Filter(t.Context(), r), "attributes do not count")
	}
	byKey := filter.Sample(&filter.SampleOptions{First: 1, Period: time.Hour, Key: func(r *filter.Record) string { return r.Message[:1] }})
	require.True(t, byKey.Filter(t.Context(), recordOf("a", levels.Info, "x1")))
	require.False(t, byKey.Filter(t.Context(), recordOf("b", levels.Error, "x2")))
	require.True(t, byKey.Filter(t.Context(), recordOf("a", levels.Info, "y1")))
}

// TestSampleDoesWhatZapsSamplerDoes compares it with what zap's sampler does, written down simply.
func TestSampleDoesWhatZapsSamplerDoes(t *testing.T) {
	type counter struct {
		resetAt time.Time
		n       int
	}
	synctest.Test(t, func(t *testing.T) {
		random := rand.New(rand.NewPCG(1, 2))
		for range 20 {
			first, every := 1+random.IntN(5), random.IntN(4)
			period := time.Duration(1+random.IntN(20)) * time.Millisecond
			f := filter.Sample(&filter.SampleOptions{First: first, Every: every, Period: period})
			zap := map[string]*counter{}
			for range 500 {
				m := fmt.Sprint(random.IntN(5))
				c := zap[m]
				if c == nil || !c.resetAt.After(time.Now()) {
					c = &counter{resetAt: time.Now().Add(period)}
					zap[m] = c
				}
				c.n++
				want := c.n <= first || every != 0 && (c.n-first)%every == 0
				require.Equal(t, want, f.Filter(t.Context(), recordOf("", levels.Info, m)))
				time.Sleep(time.Duration(random.IntN(int(period)/4 + 1)))
			}
		}
	})
}
