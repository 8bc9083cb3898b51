// SPDX-License-Identifier: MIT

package levels_test

import (
	"log/slog"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/levels"
)

func requireParses(t *testing.T, want slog.Level, names ...string) {
	t.Helper()
	for _, name := range names {
		got, err := levels.Parse(name)
		require.NoError(t, err)
		require.Equal(t, want, got, name)
		threshold, err := levels.ParseThreshold(name)
		require.NoError(t, err)
		require.Equal(t, slog.Leveler(want), threshold, name)
	}
}

func TestParse(t *testing.T) {
	tests := []struct {
		want slog.Level
		in   string
	}{
		{levels.Trace, "TRACE trace Trace 5"},
		{levels.Debug, "DEBUG debug dEbUg 10 +10 010 info-4 DEBUG+0 DEBUG-0"},
		{levels.Info, "INFO info 20 debug+4"},
		{levels.Notice, "NOTICE notice 25 info+2"},
		{levels.Warning, "WARN warn WARNING Warning 30"},
		{levels.Error, "ERROR error err 40"},
		{levels.Critical, "CRITICAL critical crit FATAL fatal 50 ERROR+4"},
		{levels.Alert, "ALERT alert 55"},
		{levels.Emergency, "EMERGENCY emergency emerg 60"},
		{3, "WARNING-1 warn-1 notice+1 INFO+3 26 27"},
		{-11, "1"},
		{-12, "-1 DEBUG-8"},
		{-20, "-10"},
	}
	for _, tt := range tests {
		for in := range strings.FieldsSeq(tt.in) {
			requireParses(t, tt.want, in)
		}
	}
}

func TestParseReadsWhatSlogPrints(t *testing.T) {
	for level := slog.Level(-100); level <= 100; level++ {
		requireParses(t, level, level.String(), levels.Name(level), strings.ToLower(level.String()))
	}
	for _, level := range []slog.Level{math.MaxInt, math.MinInt} {
		requireParses(t, level, level.String())
	}
}

func TestParseRefuses(t *testing.T) {
	const (
		unknown = "unknown name"
		notSet  = "means NOTSET, which only a threshold can be"
		large   = "out of range"
	)
	tests := []struct{ in, why string }{
		{"", "empty name"},
		{"foo", unknown},
		{"Level 10", unknown},
		{"10.0", unknown},
		{"1_0", unknown},
		{"0x10", unknown},
		{"+", unknown},
		{"INFO+-2", "unknown name; did you mean INFO?"},
		{"INFO +2", "unknown name; did you mean INFO?"},
		{"foo+2", unknown},
		{"NOTSET+2", unknown},
		{strings.Repeat("WARNING", 100), unknown},
		{" info", "unknown name; did you mean INFO?"},
		{"info\n", "unknown name; did you mean INFO?"},
		{"INFO+", "unknown name; did you mean INFO?"},
		{"warnign", "unknown name; did you mean WARNING?"},
		{"debgu", "unknown name; did you mean DEBUG?"},
		{"eror", "unknown name; did you mean ERR or ERROR?"},
		{"criticl", "unknown name; did you mean CRITICAL?"},
		{"NOTSET", notSet},
		{"NotSet", notSet},
		{"0", notSet},
		{"-00", notSet},
		{"99999999999999999999", large},
		{"-99999999999999999999", large},
		{"INFO+99999999999999999999", large},
		{"ERROR+" + strconv.Itoa(math.MaxInt), large},
		{"DEBUG" + strconv.Itoa(math.MinInt), large},
	}
	for _, tt := range tests {
		_, err := levels.Parse(tt.in)
		require.EqualError(t, err, "levels: level "+strconv.Quote(tt.in)+": "+tt.why)
	}
}

func TestParseThreshold(t *testing.T) {
	for _, in := range []string{"NOTSET", "notset", "0", "00", "+0", "-0"} {
		threshold, err := levels.ParseThreshold(in)
		require.NoError(t, err)
		require.True(t, threshold == nil, "%q gives %#v", in, threshold)
	}
	threshold, err := levels.ParseThreshold("foo")
	require.EqualError(t, err, `levels: level "foo": unknown name`)
	require.True(t, threshold == nil)
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"", "info", "INFO+2", "warning-1", "10", "-5", "0", "NOTSET", "DEBUG-", "İNFO"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		level, err := levels.Parse(s)
		threshold, thresholdErr := levels.ParseThreshold(s)
		if err != nil {
			require.Zero(t, level)
			require.True(t, threshold == nil)
			return
		}
		require.NoError(t, thresholdErr)
		require.Equal(t, level, threshold.Level())
		again, err := levels.Parse(levels.Name(level))
		require.NoError(t, err)
		require.Equal(t, level, again, "%q reads as %d", s, int(level))
	})
}
