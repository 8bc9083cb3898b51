// SPDX-License-Identifier: MIT

package configs_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/slogx/slogx/internal/oracle/judge"
	"github.com/stretchr/testify/require"
)

var update = flag.String("update", "",
	"answers: have CPython 3.13 answer the stored scripts again; scripts: make the random ones anew, too")

// A python is an interpreter.
type python struct{ judge.Python }

// findPython returns a Python that can change its time zone and fork, or says why there is none.
func findPython() (python, string) {
	py, why := judge.Find("import logging.config, os, time, zoneinfo; time.tzset(); os.fork; zoneinfo.ZoneInfo('Asia/Kolkata')")
	return python{py}, why
}

// answer returns the scripts of an archive with Python's answers, as an archive.
func (py python) answer(archive string) (string, error) {
	return py.Answer(archive, "PYTHONUTF8=1", "LC_ALL=C")
}

// scripts returns scripts with Python's answers.
func (py python) scripts(scripts []*script) ([]*script, error) {
	out, err := py.answer(writeArchive("", scripts))
	if err != nil {
		return nil, err
	}
	return readArchive(out), nil
}

// explain returns a script that does not come out as it must, as short as can be found with a Python.
func explain(t *testing.T, s *script) string {
	py, why := findPython()
	if why != "" {
		t.Logf("not made shorter: %s", why)
		py.Minor = stored
	} else {
		s = shorten(t, py, s)
	}
	err := (&tally{minor: py.Minor}).compare(t, s)
	var b strings.Builder
	for _, st := range s.steps {
		fmt.Fprintln(&b, strings.Join(st.lines(), "\n"))
	}
	return fmt.Sprintf("the script:\n%s%v", &b, err)
}

// shorten drops steps while the script does not come out as it must.
func shorten(t *testing.T, py python, s *script) *script {
	for {
		var shorter []*script
		for i := range s.steps {
			shorter = append(shorter, &script{name: s.name, steps: slices.Delete(slices.Clone(s.steps), i, i+1)})
		}
		answered, err := py.scripts(shorter)
		require.NoError(t, err)
		i := slices.IndexFunc(answered, func(c *script) bool { return (&tally{minor: py.Minor}).compare(t, c) != nil })
		if i < 0 {
			return s
		}
		s = answered[i]
	}
}

const storedScripts = 250

// renew does what the flag -update says with a stored archive.
func renew(t *testing.T, name string) {
	py, why := findPython()
	require.Empty(t, why)
	require.Equal(t, stored, py.Minor, "the answers are CPython 3.13's")
	path := "testdata/" + name + ".txtar"
	archive, err := os.ReadFile(path)
	if name == corpus && *update == "scripts" {
		g := &generator{rnd: rand.New(rand.NewPCG(1, 0)), minor: stored}
		comment := "# SPDX-License-Identifier: MIT\n#\n# Random scripts, with what CPython 3.13 answers. See doc.go.\n\n"
		archive, err = []byte(writeArchive(comment, g.scripts(storedScripts))), nil
	}
	require.NoError(t, err)
	out, err := py.answer(string(archive))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, []byte(out), 0o666))
}
