// SPDX-License-Identifier: MIT

package files_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	_ "time/tzdata" // so that a machine without zones can run the stored scripts

	"github.com/slogx/slogx/internal/oracle/judge"
	"github.com/stretchr/testify/require"
)

type (
	script = judge.Script
	step   = judge.Step
)

var oracle = judge.New(judge.Oracle[*testCase]{
	Probe:       "import time, zoneinfo; time.tzset(); zoneinfo.ZoneInfo('America/New_York')",
	Windows:     "a file that is open cannot be renamed or removed on Windows",
	Goldens:     []string{"size", "time", "watched"},
	Stored:      522,
	AtLeast:     300,
	Generate:    func(rnd *rand.Rand, _ int) func(int) *script { return (&generator{rnd: rnd}).script },
	Run:         run,
	Case:        func(c judge.Case) *testCase { return &testCase{c} },
	Differences: differences,
	Older:       older,
	Needed: func(s *script, i int) bool {
		return slices.Contains([]string{"zone", "start", "handler"}, s.Steps[i].Word())
	},
})

// TestGoldens compares what is easily got wrong with what CPython does.
func TestGoldens(t *testing.T) { oracle.CompareGoldens(t) }

// TestRandomScripts compares random scripts with what CPython does.
func TestRandomScripts(t *testing.T) {
	tally := oracle.CompareRandom(t)
	require.LessOrEqual(t, tally.Forked*100, tally.Scripts*45, "too much differs on purpose")
	require.Empty(t, tally.Unneeded(maps.Keys(differences)))
}

// TestLiveScripts compares fresh random scripts with what a Python on this machine does.
func TestLiveScripts(t *testing.T) { oracle.CompareLive(t) }

// TestDifferencesAreDocumented fails where a name stands for nothing in docs/python.md.
func TestDifferencesAreDocumented(t *testing.T) {
	oracle.RequireDocumented(t, "../../../docs/python.md")
}
