// SPDX-License-Identifier: MIT

package layouts_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	_ "time/tzdata" // so that a machine without zones can run the stored scripts

	"github.com/slogx/slogx/internal/oracle/judge"
	"github.com/stretchr/testify/require"
)

// goldens hold what is known to be easily got wrong.
var goldens = []string{"percent", "brace", "dollar", "dates"}

const corpus = "random"

// atLeast1000 is the number of random scripts without which a comparison says too little.
const atLeast1000 = 1000

// TestMain turns off what layouts say of attributes that they cannot print: it is what is printed that counts.
func TestMain(m *testing.M) {
	os.Stderr, _ = os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	os.Exit(m.Run())
}

// load returns the scripts of a stored archive.
func load(t *testing.T, name string) []*script {
	if *update != "" {
		renew(t, name)
	}
	text, err := os.ReadFile("testdata/" + name + ".txtar")
	require.NoError(t, err)
	return readArchive(string(text))
}

// TestGoldens compares what is easily got wrong with what CPython prints.
func TestGoldens(t *testing.T) {
	tally := new(tally)
	for _, name := range goldens {
		scripts := load(t, name)
		require.NotEmpty(t, scripts)
		for _, s := range scripts {
			require.NoError(t, tally.compare(s), "%s: %s", name, s.name)
		}
	}
	t.Log(tally)
}

// TestRandomScripts compares random scripts with what CPython prints.
func TestRandomScripts(t *testing.T) {
	tally := new(tally)
	for _, s := range load(t, corpus) {
		if err := tally.compare(s); err != nil {
			t.Fatalf("%s: %v\n%s", s.name, err, explain(t, s))
		}
	}
	t.Log(tally)
	require.GreaterOrEqual(t, tally.Scripts, atLeast1000)
	require.LessOrEqual(t, tally.Different*100, tally.Lines*15, "too much differs on purpose")
	require.LessOrEqual(t, tally.untold*100, tally.Lines*3, "too much is left out of the comparison")
	for name := range differences {
		require.Positive(t, tally.Shown[name], "%s never shows", name)
		require.Positive(t, tally.Alone[name], "%s never shows by itself", name)
	}
}

// TestLiveScripts compares fresh random scripts with what a Python on this machine prints.
func TestLiveScripts(t *testing.T) {
	py, why := findPython()
	if why != "" {
		t.Skip(why)
	}
	seed, n, err := judge.Live(atLeast1000)
	require.NoError(t, err)
	t.Logf("Python 3.%d, SLOGX_SEED=%d", py.Minor, seed)
	g := &generator{rnd: rand.New(rand.NewPCG(seed, 0)), first: 100_000}
	scripts, err := py.scripts(g.scripts(n))
	require.NoError(t, err)
	tally := new(tally)
	for _, s := range scripts {
		if err := tally.compare(s); err != nil {
			t.Fatalf("SLOGX_SEED=%d: %s: %v\n%s", seed, s.name, err, explain(t, s))
		}
	}
	t.Log(tally)
	require.GreaterOrEqual(t, tally.Scripts, atLeast1000)
}

// TestDifferencesAreDocumented fails where a name stands for nothing in docs/python.md.
func TestDifferencesAreDocumented(t *testing.T) {
	missing, err := judge.Undocumented("../../../docs/python.md", maps.Keys(differences))
	require.NoError(t, err)
	require.Empty(t, missing)
}

// A tally compares, and counts what it compared.
type tally struct {
	judge.Tally
	untold int // different lines of which the twin does not tell what they must be
}

// compare runs a script and returns an error where it does not come out as it must.
func (t *tally) compare(s *script) error {
	t.Scripts++
	now := newSetting()
	for i, st := range s.steps {
		seen := now.run(st)
		want, err := t.wanted(now, st)
		switch {
		case err != nil:
			return fmt.Errorf("step %d: %s: %w", i+1, st.text, err)
		case slices.Equal(want, []string{"?"}):
			t.untold++
		case slices.EqualFunc(want, seen, same):
		default:
			return fmt.Errorf("step %d: %s: want\n\t%s\ngot\n\t%s", i+1, st.text, strings.Join(want, "\n\t"), strings.Join(seen, "\n\t"))
		}
	}
	return nil
}

// wanted returns what must be seen of a step.
func (t *tally) wanted(now *setting, st *step) ([]string, error) {
	t.Steps++
	t.Lines += max(len(st.plain), len(st.twin))
	if !st.forks {
		return st.plain, nil
	}
	names := holding(now, st)
	if len(names) == 0 {
		return nil, fmt.Errorf("no predicate holds, and the twin answers otherwise:\n\t%s\n\t~%s",
			strings.Join(st.plain, "\n\t"), strings.Join(st.twin, "\n\t~"))
	}
	t.Count(names, max(len(st.plain), len(st.twin)))
	return st.twin, nil
}

// same compares answers. Python may write a string in another way.
func same(a, b string) bool {
	return a == b || a[0] == '"' && b[0] == '"' && unquote(a) == unquote(b)
}

// holding returns the names of the differences that may show at a step.
func holding(now *setting, st *step) (names []string) {
	c := newCase(now, st)
	for name, holds := range differences {
		if holds(c) {
			names = append(names, name)
		}
	}
	return names
}

func (t *tally) String() string { return t.With(fmt.Sprintf(" and %d are not told", t.untold)) }
