// SPDX-License-Identifier: MIT

package oracle_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/slogx/slogx/internal/oracle/judge"
	"github.com/stretchr/testify/require"
)

// goldens hold a case for each thing that a port gets wrong easily.
var goldens = []string{"dispatch", "names", "filters"}

const corpus = "random"

// atLeast500 is the number of random scripts without which a comparison says too little.
const atLeast500 = 500

// load returns the scripts of a stored archive.
func load(t *testing.T, name string) []*script {
	if *update != "" {
		renew(t, name)
	}
	text, err := os.ReadFile("testdata/" + name + ".txtar")
	require.NoError(t, err)
	return readArchive(string(text))
}

// TestGoldens compares what is easily done wrong with what CPython does.
func TestGoldens(t *testing.T) {
	r := newRunner(t)
	for _, name := range goldens {
		scripts := load(t, name)
		require.NotEmpty(t, scripts)
		for _, s := range scripts {
			require.NoError(t, new(tally).compare(s, r.run(s)), "%s: %s", name, s.name)
		}
	}
}

// TestRandomScripts compares random scripts with what CPython does.
func TestRandomScripts(t *testing.T) {
	r, tally := newRunner(t), new(tally)
	scripts := load(t, corpus)
	for _, s := range scripts {
		if err := tally.compare(s, r.run(s)); err != nil {
			t.Fatalf("%s: %v\n%s", s.name, err, r.explain(t, s))
		}
	}
	t.Log(tally)
	require.GreaterOrEqual(t, tally.Scripts, atLeast500)
	require.LessOrEqual(t, tally.Different*100, tally.Lines*15, "too much differs on purpose")
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
	seed, n, err := judge.Live(atLeast500)
	require.NoError(t, err)
	t.Logf("Python 3.%d, SLOGX_SEED=%d", py.Minor, seed)
	g := &generator{rnd: rand.New(rand.NewPCG(seed, 0)), children: py.Minor >= 12, first: 100_000}
	scripts, err := py.scripts(g.scripts(n))
	require.NoError(t, err)
	r, tally := newRunner(t), new(tally)
	for _, s := range scripts {
		if err := tally.compare(s, r.run(s)); err != nil {
			t.Fatalf("SLOGX_SEED=%d: %s: %v\n%s", seed, s.name, err, r.explain(t, s))
		}
	}
	t.Log(tally)
	require.GreaterOrEqual(t, tally.Scripts, atLeast500)
}

// TestDifferencesAreDocumented fails where a name stands for nothing in docs/python.md.
func TestDifferencesAreDocumented(t *testing.T) {
	missing, err := judge.Undocumented("../../docs/python.md", maps.Keys(differences))
	require.NoError(t, err)
	require.Empty(t, missing)
}

// A tally compares, and counts what it compared.
type tally struct{ judge.Tally }

// compare returns an error where a script's run is not what it must be.
func (t *tally) compare(s *script, seen [][]string) error {
	t.Scripts++
	for i, st := range s.steps {
		want := st.plain
		if st.forks {
			names := holding(s.steps[:i+1], st)
			if len(names) == 0 {
				return fmt.Errorf("step %d: %s: no predicate holds, and the twin answers otherwise:\n\t%s\n\t~%s",
					i+1, st.text, strings.Join(st.plain, "\n\t"), strings.Join(st.twin, "\n\t~"))
			}
			want = st.twin
			t.Count(names, max(len(st.plain), len(st.twin)))
		}
		t.Steps++
		t.Lines += max(len(st.plain), len(want))
		if !slices.Equal(want, seen[i]) {
			return fmt.Errorf("step %d: %s: want\n\t%s\ngot\n\t%s",
				i+1, st.text, strings.Join(want, "\n\t"), strings.Join(seen[i], "\n\t"))
		}
	}
	return nil
}

// holding returns the names of the differences that may show at a step.
func holding(past []*step, now *step) (names []string) {
	for name, holds := range differences {
		if holds(past, now) {
			names = append(names, name)
		}
	}
	return names
}
