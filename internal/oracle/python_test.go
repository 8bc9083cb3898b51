// SPDX-License-Identifier: MIT

package oracle_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/slogx/slogx/internal/oracle/judge"
	"github.com/stretchr/testify/require"
)

var update = flag.String("update", "",
	"answers: have CPython 3.13 answer the stored scripts again; scripts: make the random ones anew, too")

// A python is an interpreter.
type python struct{ judge.Python }

// findPython returns a Python, or says why there is none.
func findPython() (python, string) {
	py, why := judge.Find("")
	return python{py}, why
}

// answer returns the scripts of an archive with Python's answers, as an archive.
func (py python) answer(archive string) (string, error) { return py.Answer(archive) }

// scripts returns scripts with Python's answers.
func (py python) scripts(scripts []*script) ([]*script, error) {
	out, err := py.answer(writeArchive("", scripts))
	if err != nil {
		return nil, err
	}
	return readArchive(out), nil
}

// explain returns a script that ends in the first mismatch, as short as can be found with a Python.
func (r *runner) explain(t *testing.T, s *script) string {
	s = r.cut(s)
	if py, why := findPython(); why != "" {
		t.Logf("not made shorter: %s", why)
	} else {
		s = r.shorten(t, py, s)
	}
	seen := r.run(s)
	var b strings.Builder
	b.WriteString("the script, with what must be seen, and >what was seen where that is something else:\n")
	for i, st := range s.steps {
		fmt.Fprintln(&b, st.text)
		want := st.plain
		if st.forks {
			want = st.twin
		}
		for _, line := range want {
			fmt.Fprintf(&b, "\t%s\n", line)
		}
		if new(tally).compare(&script{steps: s.steps[:i+1]}, seen) != nil {
			for _, line := range seen[i] {
				fmt.Fprintf(&b, "\t>%s\n", line)
			}
		}
	}
	return b.String()
}

// cut returns the script as far as the first mismatch.
func (r *runner) cut(s *script) *script {
	seen := r.run(s)
	for i := range s.steps {
		if first := (&script{name: s.name, steps: s.steps[:i+1]}); new(tally).compare(first, seen) != nil {
			return first
		}
	}
	return s
}

// shorten drops steps while there is a mismatch, from all that Python answers without an error.
func (r *runner) shorten(t *testing.T, py python, s *script) *script {
	for {
		var shorter []*script
		for i := range s.steps[:len(s.steps)-1] {
			if !isNeeded(s, i) {
				shorter = append(shorter, &script{name: s.name, steps: without(s.steps, i)})
			}
		}
		answered, err := py.scripts(shorter)
		require.NoError(t, err)
		found := false
		for _, candidate := range answered {
			if new(tally).compare(candidate, r.run(candidate)) != nil {
				s, found = r.cut(candidate), true
				break
			}
		}
		if !found {
			return s
		}
	}
}

// isNeeded reports whether a script would not run without a step. Names of levels last as long as the process,
// so that they are needed, too.
func isNeeded(s *script, i int) bool {
	words := s.steps[i].words()
	if words[0] == "addlevelname" {
		return true
	}
	if words[0] != "handler" {
		return false
	}
	return ever(s.steps[i+1:], func(st *step) bool {
		for _, word := range st.words()[1:] {
			if word == words[1] {
				return true
			}
		}
		return false
	})
}

func without(steps []*step, i int) []*step {
	return append(append([]*step(nil), steps[:i]...), steps[i+1:]...)
}

const storedScripts = 800

// renew does what the flag -update says with a stored archive.
func renew(t *testing.T, name string) {
	py, why := findPython()
	require.Empty(t, why)
	require.Equal(t, 13, py.Minor, "the answers are CPython 3.13's")
	path := "testdata/" + name + ".txtar"
	archive, err := os.ReadFile(path)
	require.NoError(t, err)
	if name == corpus && *update == "scripts" {
		g := &generator{rnd: rand.New(rand.NewPCG(1, 0)), children: true}
		comment := "# SPDX-License-Identifier: MIT\n#\n# Random scripts, with what CPython 3.13 answers. See doc.go.\n\n"
		archive = []byte(writeArchive(comment, g.scripts(storedScripts)))
	}
	out, err := py.answer(string(archive))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, []byte(out), 0o666))
}
