// SPDX-License-Identifier: MIT

package levels_test

import (
	"fmt"
	"log/slog"
	"math"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/levels"
)

func TestName(t *testing.T) {
	tests := []struct {
		level slog.Level
		want  string
	}{
		{levels.Trace, "TRACE"},
		{levels.Debug, "DEBUG"},
		{levels.Info, "INFO"},
		{levels.Notice, "NOTICE"},
		{levels.Warning, "WARNING"},
		{levels.Error, "ERROR"},
		{levels.Critical, "CRITICAL"},
		{levels.Alert, "ALERT"},
		{levels.Emergency, "EMERGENCY"},
		{-2, "DEBUG+2"},
		{-5, "DEBUG-1"},
		{1, "INFO+1"},
		{5, "WARN+1"},
		{13, "ERROR+5"},
		{-16, "DEBUG-12"},
		{-17, "DEBUG-13"},
		{31, "ERROR+23"},
		{32, "ERROR+24"},
		{math.MaxInt, slog.Level(math.MaxInt).String()},
		{math.MinInt, slog.Level(math.MinInt).String()},
	}
	for _, tt := range tests {
		require.Equal(t, tt.want, levels.Name(tt.level), "level %d", int(tt.level))
	}
}

func TestConstantsAreSlogs(t *testing.T) {
	require.Equal(t, slog.LevelDebug, levels.Debug)
	require.Equal(t, slog.LevelInfo, levels.Info)
	require.Equal(t, slog.LevelWarn, levels.Warning)
	require.Equal(t, slog.LevelError, levels.Error)
}

func TestNameDoesNotAllocate(t *testing.T) {
	levels.Restore(t)
	require.NoError(t, levels.Register("FAR", 400))
	for _, level := range []slog.Level{levels.Warning, levels.Critical, -2, 5, 400} {
		require.Zero(t, testing.AllocsPerRun(100, func() { _ = levels.Name(level) }), "level %d", int(level))
	}
}

func TestRegister(t *testing.T) {
	levels.Restore(t)
	for _, level := range []slog.Level{18, 200} { // one in the array, one beyond
		name := fmt.Sprintf("Audit%d_x", level)
		require.NoError(t, levels.Register(name, level))
		require.Equal(t, name, levels.Name(level), "printed as it was registered")
		requireParses(t, level, name, fmt.Sprintf("aUDIT%d_X", level), name+"+0")
		requireParses(t, level-1, name+"-1")
	}
}

// As addLevelName(25, 'NOTICE'), addLevelName(26, 'NOTICE') and addLevelName(20, 'INFORMATION') in Python.
func TestRegisterKeepsOlderNames(t *testing.T) {
	levels.Restore(t)
	require.NoError(t, levels.Register("NOTICE", 3))
	require.Equal(t, "NOTICE", levels.Name(levels.Notice))
	require.Equal(t, "NOTICE", levels.Name(3))
	requireParses(t, 3, "NOTICE")

	require.NoError(t, levels.Register("INFORMATION", levels.Info))
	require.Equal(t, "INFORMATION", levels.Name(levels.Info))
	requireParses(t, levels.Info, "INFO", "INFORMATION")

	require.NoError(t, levels.Register("warn", levels.Warning))
	require.Equal(t, "warn", levels.Name(levels.Warning))
}

func TestRegisterRefuses(t *testing.T) {
	levels.Restore(t)
	before := levels.Names()
	const unprintable = "space, comma, semicolon, equals sign, quotation mark or unprintable character in the name"
	tests := []struct{ name, why string }{
		{"", "empty name"},
		{"A B", unprintable},
		{" A", unprintable},
		{"A\n", unprintable},
		{"A=B", unprintable},
		{"A,B", unprintable},
		{"A;B", unprintable},
		{`"A`, unprintable},
		{"\x1b[31mWARNING", unprintable},
		{"A\u202eB", unprintable},
		{"A\xff", unprintable},
		{"A\u00a0B", unprintable},
		{"10", "the name reads as a number or as an offset"},
		{"-10", "the name reads as a number or as an offset"},
		{"AUDIT-2", "the name reads as a number or as an offset"},
		{"NotSet", "the name stands for no level"},
		{"info", "the name is slog's for another level"},
		{"WARNING", "the name is slog's for another level"},
	}
	for _, tt := range tests {
		require.EqualError(t, levels.Register(tt.name, 17), fmt.Sprintf("levels: register %q: %s", tt.name, tt.why))
	}
	require.Equal(t, before, levels.Names())
	require.Equal(t, "ERROR+9", levels.Name(17))
}

func TestRegisterWhileReading(t *testing.T) {
	levels.Restore(t)
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			for j := range 50 {
				name := fmt.Sprintf("R%d_%dX", i, j)
				level := slog.Level(1000*(i+1) + j)
				_ = levels.Register(name, level)
				_ = levels.Name(level)
				_, _ = levels.Parse("no such name")
			}
		})
	}
	wg.Wait()
	for i := range 4 {
		for j := range 50 {
			require.Equal(t, fmt.Sprintf("R%d_%dX", i, j), levels.Name(slog.Level(1000*(i+1)+j)))
		}
	}
}

func TestNamesIsTheCallersOwn(t *testing.T) {
	names := levels.Names()
	require.Equal(t, levels.Critical, names["FATAL"])
	require.Equal(t, levels.Trace, names["TRACE"])
	require.NotContains(t, names, "NOTSET")
	clear(names)
	require.NotEmpty(t, levels.Names())
}

func BenchmarkName(b *testing.B) {
	for b.Loop() {
		_ = levels.Name(levels.Warning)
	}
}
