// SPDX-License-Identifier: MIT

package configs_test

import (
	"maps"
	"math/rand/v2"
	"os"
	"testing"
	"time"
	_ "time/tzdata" // so that a machine without zones can run the stored scripts

	"github.com/slogx/slogx/internal/oracle/judge"
	"github.com/stretchr/testify/require"
)

type (
	script = judge.Script
	step   = judge.Step
)

var oracle = judge.New(judge.Oracle[*testCase]{
	Probe:       "import logging.config, os, time, zoneinfo; time.tzset(); os.fork; zoneinfo.ZoneInfo('Asia/Kolkata')",
	Windows:     "a directory with open files cannot be removed on Windows",
	Goldens:     []string{"dict", "mistakes", "ini", "cpython"},
	Stored:      250,
	AtLeast:     200,
	Generate:    func(rnd *rand.Rand, minor int) func(int) *script { return (&generator{rnd: rnd, minor: minor}).script },
	Run:         run,
	Case:        func(c judge.Case) *testCase { return &testCase{c} },
	Differences: differences,
})

func TestMain(m *testing.M) {
	zone, err := time.LoadLocation("Asia/Kolkata")
	if err != nil {
		panic(err)
	}
	_, _ = time.Now().Zone() // reads the machine's zone, if nobody has,
	*time.Local = *zone      // so that this one stays, also for those who have the pointer
	register()
	os.Exit(m.Run())
}

// TestGoldens compares what is easily got wrong with what CPython does.
func TestGoldens(t *testing.T) {
	tally := oracle.CompareGoldens(t)
	require.Empty(t, tally.Unneeded(maps.Keys(differences)))
}

// TestMistakesHaveAPlace fails where a stored document that is refused does not say at which place.
func TestMistakesHaveAPlace(t *testing.T) {
	for _, name := range oracle.Goldens {
		for _, s := range oracle.Load(t, name) {
			for _, st := range s.Steps {
				require.False(t, answer(st) == "refused" && at(st) == "", "%s: %s: at which place is it refused?", s.Name, st.Text)
			}
		}
	}
}

// TestRandomScripts compares random scripts with what CPython does.
func TestRandomScripts(t *testing.T) {
	tally := oracle.CompareRandom(t)
	require.LessOrEqual(t, tally.Forked*100, tally.Scripts*60, "too much differs on purpose")
	answers := map[string]int{}
	for _, s := range oracle.Load(t, judge.Random) {
		for _, st := range s.Steps {
			answers[answer(st)]++
		}
	}
	require.GreaterOrEqual(t, answers["refused"], 20)
	require.GreaterOrEqual(t, answers["accepted"], 200)
}

// answer returns the first line of what package config must show.
func answer(st *step) string {
	if lines := st.Wanted(); len(lines) > 0 {
		return lines[0]
	}
	return ""
}

// TestLiveScripts compares fresh random scripts with what a Python on this machine does.
func TestLiveScripts(t *testing.T) { oracle.CompareLive(t) }

// TestDifferencesAreDocumented fails where a name stands for nothing in docs/python.md.
func TestDifferencesAreDocumented(t *testing.T) {
	oracle.RequireDocumented(t, "../../../docs/python.md")
}
