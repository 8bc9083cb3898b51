// SPDX-License-Identifier: MIT

package files_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	_ "time/tzdata" // so that a machine without zones can run the stored scripts

	"github.com/slogx/slogx/internal/oracle/judge"
	"github.com/stretchr/testify/require"
)

// goldens hold what is known to be easily got wrong.
var goldens = []string{"size", "time", "watched"}

const (
	corpus     = "random"
	atLeast300 = 300 // random scripts, without which a comparison says too little
	stored     = 13  // the version of CPython whose answers are stored
)

// load returns the scripts of a stored archive.
func load(t *testing.T, name string) []*script {
	if runtime.GOOS == "windows" {
		t.Skip("a file that is open cannot be renamed or removed on Windows")
	}
	if *update != "" {
		renew(t, name)
	}
	text, err := os.ReadFile("testdata/" + name + ".txtar")
	require.NoError(t, err)
	return readArchive(string(text))
}

// TestGoldens compares what is easily got wrong with what CPython does.
func TestGoldens(t *testing.T) {
	tally := &tally{minor: stored}
	for _, name := range goldens {
		scripts := load(t, name)
		require.NotEmpty(t, scripts)
		for _, s := range scripts {
			t.Run(s.name, func(t *testing.T) { require.NoError(t, tally.compare(t, s)) })
		}
	}
	t.Log(tally)
}

// TestRandomScripts compares random scripts with what CPython does.
func TestRandomScripts(t *testing.T) {
	tally := &tally{minor: stored}
	for _, s := range load(t, corpus) {
		if err := tally.compare(t, s); err != nil {
			t.Fatalf("%s: %v\n%s", s.name, err, explain(t, s))
		}
	}
	t.Log(tally)
	require.GreaterOrEqual(t, tally.Scripts, atLeast300)
	require.LessOrEqual(t, tally.forked*100, tally.Scripts*45, "too much differs on purpose")
	for name := range differences {
		require.Positive(t, tally.Shown[name], "%s never shows", name)
		require.Positive(t, tally.Alone[name], "%s never shows by itself", name)
	}
}

// TestLiveScripts compares fresh random scripts with what a Python on this machine does.
func TestLiveScripts(t *testing.T) {
	py, why := findPython()
	if why != "" {
		t.Skip(why)
	}
	seed, n, err := judge.Live(atLeast300)
	require.NoError(t, err)
	t.Logf("Python 3.%d, SLOGX_SEED=%d", py.Minor, seed)
	g := &generator{rnd: rand.New(rand.NewPCG(seed, 0)), first: 100_000}
	scripts, err := py.scripts(g.scripts(n))
	require.NoError(t, err)
	tally := &tally{minor: py.Minor}
	for _, s := range scripts {
		if err := tally.compare(t, s); err != nil {
			t.Fatalf("SLOGX_SEED=%d: %s: %v\n%s", seed, s.name, err, explain(t, s))
		}
	}
	t.Log(tally)
	require.GreaterOrEqual(t, tally.Scripts, atLeast300)
}

// TestDifferencesAreDocumented fails where a name stands for nothing in docs/python.md.
func TestDifferencesAreDocumented(t *testing.T) {
	for _, known := range []map[string]predicate{differences, older} {
		missing, err := judge.Undocumented("../../../docs/python.md", maps.Keys(known))
		require.NoError(t, err)
		require.Empty(t, missing)
	}
}

// A tally compares, and counts what it compared.
type tally struct {
	judge.Tally
	minor  int // of the Python
	forked int // scripts in which CPython and its twin leave other files
}

// compare runs a script and returns an error where it does not come out as it must.
func (t *tally) compare(tt *testing.T, s *script) error {
	t.Scripts++
	forks := false
	seen := run(tt, s)
	for i, st := range s.steps {
		want, err := t.wanted(s.steps[:i+1], st)
		if err != nil {
			return fmt.Errorf("step %d: %s: %w", i+1, st.text, err)
		}
		if !slices.Equal(want, seen[i]) {
			return fmt.Errorf("step %d: %s: want\n\t%s\ngot\n\t%s", i+1, st.text, strings.Join(want, "\n\t"), strings.Join(seen[i], "\n\t"))
		}
		forks = forks || st.forks
	}
	if forks {
		t.forked++
	}
	return nil
}

// wanted returns what must be seen of a step.
func (t *tally) wanted(past []*step, st *step) ([]string, error) {
	t.Steps++
	t.Lines += max(len(st.plain), len(st.twin))
	if !st.forks {
		return st.plain, nil
	}
	names := (&testCase{past, st.facts, t.minor}).holding()
	if len(names) == 0 {
		return nil, fmt.Errorf("no predicate holds, and the twin leaves other files:\n\t%s\n\t~%s",
			strings.Join(st.plain, "\n\t"), strings.Join(st.twin, "\n\t~"))
	}
	t.Count(names, max(len(st.plain), len(st.twin)))
	return st.twin, nil
}

func (t *tally) String() string { return t.With(fmt.Sprintf(", in %d scripts", t.forked)) }
