// SPDX-License-Identifier: MIT

package configs_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // so that a machine without zones can run the stored scripts

	"github.com/slogx/slogx/internal/oracle/judge"
	"github.com/stretchr/testify/require"
)

// goldens hold what is known to be easily got wrong.
var goldens = []string{"dict", "mistakes", "ini", "cpython"}

const (
	corpus     = "random"
	atLeast200 = 200 // random scripts, without which a comparison says too little
	stored     = 13  // the version of CPython whose answers are stored
)

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

// load returns the scripts of a stored archive.
func load(t *testing.T, name string) []*script {
	if runtime.GOOS == "windows" {
		t.Skip("a directory with open files cannot be removed on Windows")
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
			t.Run(s.name, func(t *testing.T) {
				require.NoError(t, tally.compare(t, s))
				require.NoError(t, s.placed())
			})
		}
	}
	t.Log(tally)
	for name := range differences {
		require.Positive(t, tally.Shown[name], "%s never shows", name)
		require.Positive(t, tally.Alone[name], "%s never shows by itself", name)
	}
}

// placed returns an error if a document that is refused does not say at which place.
func (s *script) placed() error {
	for _, st := range s.steps {
		if lines := st.wanted(); len(lines) > 0 && lines[0] == "refused" && st.at() == "" {
			return fmt.Errorf("%s: %s: at which place is it refused?", s.name, st.text)
		}
	}
	return nil
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
	require.GreaterOrEqual(t, tally.Scripts, atLeast200)
	require.LessOrEqual(t, tally.forked*100, tally.Scripts*60, "too much differs on purpose")
	require.GreaterOrEqual(t, tally.refused, 20)
	require.GreaterOrEqual(t, tally.accepted, 200)
}

// TestLiveScripts compares fresh random scripts with what a Python on this machine does.
func TestLiveScripts(t *testing.T) {
	py, why := findPython()
	if why != "" {
		t.Skip(why)
	}
	seed, n, err := judge.Live(atLeast200)
	require.NoError(t, err)
	t.Logf("Python 3.%d, SLOGX_SEED=%d", py.Minor, seed)
	g := &generator{rnd: rand.New(rand.NewPCG(seed, 0)), first: 100_000, minor: py.Minor}
	scripts, err := py.scripts(g.scripts(n))
	require.NoError(t, err)
	tally := &tally{minor: py.Minor}
	for _, s := range scripts {
		if err := tally.compare(t, s); err != nil {
			t.Fatalf("SLOGX_SEED=%d: %s: %v\n%s", seed, s.name, err, explain(t, s))
		}
	}
	t.Log(tally)
	require.GreaterOrEqual(t, tally.Scripts, min(n, atLeast200))
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
	minor             int // of the Python
	forked            int // scripts in which CPython and its twin show something else
	accepted, refused int // documents
}

// compare runs a script in each format, and returns an error where it does not come out as it must.
func (t *tally) compare(tt *testing.T, s *script) error {
	t.Scripts++
	want, forks, err := t.answers(s)
	if err != nil {
		return err
	}
	if forks {
		t.forked++
	}
	inFormats := formats
	if !slices.ContainsFunc(s.steps, func(st *step) bool { return st.word() == "dict" }) {
		inFormats = formats[:1]
	}
	for _, format := range inFormats {
		seen := run(tt, s, format)
		for i, st := range s.steps {
			if !slices.Equal(want[i], seen[i]) {
				return fmt.Errorf("%s, step %d: %s: want\n\t%s\ngot\n\t%s", format, i+1, strings.Join(st.lines(), "\n"),
					strings.Join(want[i], "\n\t"), strings.Join(seen[i], "\n\t"))
			}
		}
	}
	return nil
}

// answers returns what must be seen of each step.
func (t *tally) answers(s *script) (want [][]string, forks bool, err error) {
	for i, st := range s.steps {
		t.Steps++
		t.Lines += max(len(st.plain), len(st.twin))
		want = append(want, st.wanted())
		switch {
		case len(want[i]) == 0:
		case want[i][0] == "accepted":
			t.accepted++
		case want[i][0] == "refused":
			t.refused++
		}
		if !st.forks {
			continue
		}
		forks = true
		names := (&testCase{s.steps[:i+1], st.facts, t.minor}).holding()
		if len(names) == 0 {
			return nil, false, fmt.Errorf("step %d: %s: no predicate holds, and the twin shows something else:\n\t%s\n\t~%s",
				i+1, strings.Join(st.lines(), "\n"), strings.Join(st.plain, "\n\t"), strings.Join(st.twin, "\n\t~"))
		}
		t.Count(names, max(len(st.plain), len(st.twin)))
	}
	return want, forks, nil
}

// wanted returns what package config must show.
func (s *step) wanted() []string {
	if s.forks {
		return s.twin
	}
	return s.plain
}

func (t *tally) String() string {
	return t.With(fmt.Sprintf(", in %d scripts; %d documents were accepted and %d refused", t.forked, t.accepted, t.refused))
}
