// SPDX-License-Identifier: MIT

package layouts_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
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

// findPython returns a Python that can change its time zone, or says why there is none.
func findPython() (python, string) {
	py, why := judge.Find("import time; time.tzset()")
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
	if py, why := findPython(); why != "" {
		t.Logf("not made shorter: %s", why)
	} else {
		s = shorten(t, py, s)
	}
	err := new(tally).compare(s)
	var b strings.Builder
	for _, st := range s.steps {
		fmt.Fprintln(&b, st.text)
	}
	return fmt.Sprintf("the script:\n%s%v", &b, err)
}

// shorten leaves out what can be left out while the script does not come out as it must.
func shorten(t *testing.T, py python, s *script) *script {
	for {
		answered, err := py.scripts(shorter(s))
		require.NoError(t, err)
		i := slices.IndexFunc(answered, func(c *script) bool { return new(tally).compare(c) != nil })
		if i < 0 {
			return s
		}
		s = answered[i]
	}
}

// shorter returns the scripts that have one thing less: a step, an attribute, a piece of a text.
func shorter(s *script) (found []*script) {
	for i, st := range s.steps {
		if strings.HasPrefix(st.text, "start ") { // without it, times are not those of the script
			continue
		}
		rest := slices.Delete(slices.Clone(s.steps), i, i+1)
		found = append(found, &script{name: s.name, steps: rest})
		words := st.words()
		for j, word := range words {
			if j > 4 {
				found = append(found, s.with(i, slices.Delete(slices.Clone(words), j, j+1)))
			}
			for _, less := range shorterTexts(word) {
				changed := slices.Clone(words)
				changed[j] = less
				found = append(found, s.with(i, changed))
			}
		}
	}
	return found
}

// with returns a script with other words for a step.
func (s *script) with(i int, words []string) *script {
	steps := slices.Clone(s.steps)
	steps[i] = &step{text: strings.Join(words, " ")}
	return &script{name: s.name, steps: steps}
}

// pieceRE finds what may be left out of a text: a field, a directive or a character.
var pieceRE = regexp.MustCompile(`%\([^()]*\)[-+ #0]*[0-9]*\.?[0-9]*[a-zA-Z]|%[-_0^#]*[0-9]*:?[a-zA-Z]|\$\{\w+\}|\$\w+|\{[^{}]*\}|(?s:.)`)

func shorterTexts(word string) (found []string) {
	key, value, isAttr := strings.Cut(word, "=\"")
	switch {
	case word[0] == '"':
		key, value = "", word
	case isAttr:
		key, value = key+"=", `"`+value
	default:
		return nil
	}
	text := unquote(value)
	for _, at := range pieceRE.FindAllStringIndex(text, -1) {
		found = append(found, key+quote(text[:at[0]]+text[at[1]:]))
	}
	return found
}

const storedScripts = 1100

// renew does what the flag -update says with a stored archive.
func renew(t *testing.T, name string) {
	py, why := findPython()
	require.Empty(t, why)
	require.Equal(t, 13, py.Minor, "the answers are CPython 3.13's")
	path := "testdata/" + name + ".txtar"
	archive, err := os.ReadFile(path)
	if name == corpus && *update == "scripts" {
		g := &generator{rnd: rand.New(rand.NewPCG(1, 0))}
		comment := "# SPDX-License-Identifier: MIT\n#\n# Random scripts, with what CPython 3.13 answers. See doc.go.\n\n"
		archive, err = []byte(writeArchive(comment, g.scripts(storedScripts))), nil
	}
	require.NoError(t, err)
	out, err := py.answer(string(archive))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, []byte(out), 0o666))
}
