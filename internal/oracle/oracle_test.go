// SPDX-License-Identifier: MIT

package oracle_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/slogx/slogx/internal/oracle/judge"
	"github.com/stretchr/testify/require"
)

type (
	script = judge.Script
	step   = judge.Step
)

var oracle = judge.New(judge.Oracle[*testCase]{
	Goldens: []string{"dispatch", "names", "filters"},
	Stored:  800,
	AtLeast: 500,
	Generate: func(rnd *rand.Rand, minor int) func(int) *script {
		return (&generator{rnd: rnd, children: minor >= 12}).script
	},
	Run:         run,
	Case:        newCase,
	Differences: differences,
	Needed:      isNeeded,
})

// TestGoldens compares what is easily done wrong with what CPython does.
func TestGoldens(t *testing.T) { oracle.CompareGoldens(t) }

// TestRandomScripts compares random scripts with what CPython does.
func TestRandomScripts(t *testing.T) {
	tally := oracle.CompareRandom(t)
	require.LessOrEqual(t, tally.Different*100, tally.Lines*15, "too much differs on purpose")
	require.Empty(t, tally.Unneeded(maps.Keys(differences)))
}

// TestLiveScripts compares fresh random scripts with what a Python on this machine does.
func TestLiveScripts(t *testing.T) { oracle.CompareLive(t) }

// TestDifferencesAreDocumented fails where a name stands for nothing in docs/python.md.
func TestDifferencesAreDocumented(t *testing.T) { oracle.RequireDocumented(t, "../../docs/python.md") }

// isNeeded reports whether a script would not run without a step. Names of levels last as long as the process,
// so that they are needed, too.
func isNeeded(s *script, i int) bool {
	made := words(s.Steps[i])
	if made[0] == "addlevelname" {
		return true
	}
	return made[0] == "handler" && slices.ContainsFunc(s.Steps[i+1:], func(st *step) bool {
		return slices.Contains(words(st)[1:], made[1])
	})
}
