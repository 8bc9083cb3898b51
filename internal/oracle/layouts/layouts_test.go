// SPDX-License-Identifier: MIT

package layouts_test

import (
	"maps"
	"math/rand/v2"
	"os"
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
	Probe:       "import time; time.tzset()",
	Goldens:     []string{"percent", "brace", "dollar", "dates"},
	Stored:      1100,
	AtLeast:     1000,
	Generate:    func(rnd *rand.Rand, _ int) func(int) *script { return (&generator{rnd: rnd}).script },
	Run:         run,
	Same:        judge.SameTexts,
	Untold:      "?",
	Case:        newCase,
	Differences: differences,
	Needed:      func(s *script, i int) bool { return s.Steps[i].Word() == "start" }, // else times are not those of the script
	Less:        shorterSteps,
})

// TestMain turns off what layouts say of attributes that they cannot print: it is what is printed that counts.
func TestMain(m *testing.M) {
	os.Stderr, _ = os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	os.Exit(m.Run())
}

// TestGoldens compares what is easily got wrong with what CPython prints.
func TestGoldens(t *testing.T) { oracle.CompareGoldens(t) }

// TestRandomScripts compares random scripts with what CPython prints.
func TestRandomScripts(t *testing.T) {
	tally := oracle.CompareRandom(t)
	require.LessOrEqual(t, tally.Different*100, tally.Lines*15, "too much differs on purpose")
	require.LessOrEqual(t, tally.Untold*100, tally.Lines*3, "too much is left out of the comparison")
	require.Empty(t, tally.Unneeded(maps.Keys(differences)))
}

// TestLiveScripts compares fresh random scripts with what a Python on this machine prints.
func TestLiveScripts(t *testing.T) { oracle.CompareLive(t) }

// TestDifferencesAreDocumented fails where a name stands for nothing in docs/python.md.
func TestDifferencesAreDocumented(t *testing.T) {
	oracle.RequireDocumented(t, "../../../docs/python.md")
}
