// SPDX-License-Identifier: MIT

package oracle_test

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

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
			require.NoError(t, newTally().compare(s, r.run(s)), "%s: %s", name, s.name)
		}
	}
}

// TestRandomScripts compares random scripts with what CPython does.
func TestRandomScripts(t *testing.T) {
	r, tally := newRunner(t), newTally()
	scripts := load(t, corpus)
	for _, s := range scripts {
		if err := tally.compare(s, r.run(s)); err != nil {
			t.Fatalf("%s: %v\n%s", s.name, err, r.explain(t, s))
		}
	}
	t.Log(tally)
	require.GreaterOrEqual(t, tally.scripts, atLeast500)
	require.LessOrEqual(t, tally.different*100, tally.lines*15, "too much differs on purpose")
	for name := range differences {
		require.Positive(t, tally.shown[name], "%s never shows", name)
		require.Positive(t, tally.alone[name], "%s never shows by itself", name)
	}
}

// TestLiveScripts compares fresh random scripts with what a Python on this machine does.
func TestLiveScripts(t *testing.T) {
	py, why := findPython()
	if why != "" {
		t.Skip(why)
	}
	seed, err := strconv.ParseUint(cmp.Or(os.Getenv("SLOGX_SEED"), strconv.FormatInt(time.Now().UnixNano(), 10)), 10, 64)
	require.NoError(t, err)
	n, err := strconv.Atoi(cmp.Or(os.Getenv("SLOGX_SCRIPTS"), strconv.Itoa(atLeast500)))
	require.NoError(t, err)
	t.Logf("Python 3.%d, SLOGX_SEED=%d", py.minor, seed)
	g := &generator{rnd: rand.New(rand.NewPCG(seed, 0)), children: py.minor >= 12, first: 100_000}
	scripts, err := py.scripts(g.scripts(n))
	require.NoError(t, err)
	r, tally := newRunner(t), newTally()
	for _, s := range scripts {
		if err := tally.compare(s, r.run(s)); err != nil {
			t.Fatalf("SLOGX_SEED=%d: %s: %v\n%s", seed, s.name, err, r.explain(t, s))
		}
	}
	t.Log(tally)
	require.GreaterOrEqual(t, tally.scripts, atLeast500)
}

// TestDifferencesAreDocumented fails where a name stands for nothing in docs/python.md.
func TestDifferencesAreDocumented(t *testing.T) {
	page, err := os.ReadFile("../../docs/python.md")
	require.NoError(t, err)
	_, tables, _ := strings.Cut(string(page), "## Deliberate differences")
	for name := range differences {
		require.Contains(t, tables, "\n| `"+name+"` |")
	}
}

// A tally compares, and counts what it compared.
type tally struct {
	scripts, steps, lines int
	different             int            // lines in which CPython and its twin differ
	shown, alone          map[string]int // how often a difference showed, and did so by itself
}

func newTally() *tally { return &tally{shown: map[string]int{}, alone: map[string]int{}} }

// compare returns an error where a script's run is not what it must be.
func (t *tally) compare(s *script, seen [][]string) error {
	t.scripts++
	for i, st := range s.steps {
		want := st.plain
		if st.forks {
			names := holding(s.steps[:i+1], st)
			if len(names) == 0 {
				return fmt.Errorf("step %d: %s: no predicate holds, and the twin answers otherwise:\n\t%s\n\t~%s",
					i+1, st.text, strings.Join(st.plain, "\n\t"), strings.Join(st.twin, "\n\t~"))
			}
			want = st.twin
			t.count(names, max(len(st.plain), len(st.twin)))
		}
		t.steps++
		t.lines += max(len(st.plain), len(want))
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

func (t *tally) count(names []string, lines int) {
	t.different += lines
	for _, name := range names {
		t.shown[name] += lines
	}
	if len(names) == 1 {
		t.alone[names[0]] += lines
	}
}

func (t *tally) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d scripts, %d steps, %d lines, of which %d (%.1f %%) differ on purpose:",
		t.scripts, t.steps, t.lines, t.different, 100*float64(t.different)/float64(max(1, t.lines)))
	for _, name := range slices.Sorted(maps.Keys(t.shown)) {
		fmt.Fprintf(&b, " %s %d (%d alone)", name, t.shown[name], t.alone[name])
	}
	return b.String()
}
