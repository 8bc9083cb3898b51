// SPDX-License-Identifier: MIT

package slogx_test

import (
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const cpythonsTests = "\n## CPython's own tests\n"

// TestPythonPage fails where docs/python.md names a test that is not there, or does not say of each
// test of CPython's what becomes of it.
func TestPythonPage(t *testing.T) {
	page, list := read(t, "docs/python.md"), read(t, "testdata/test_logging.txt")
	faults := append(strangeTests(page, testsOfModule(t)), tableFaults(page, list)...)
	require.Empty(t, faults, strings.Join(faults, "\n"))
}

func TestPythonPageCatches(t *testing.T) {
	const list = "# made by hand\nATest test_a test_b\nBTest test_a\n"
	const page = "\n## Deliberate differences\n\n| name | why |\n| --- | --- |\n| ^known^ | so |\n" + cpythonsTests + `
| TestCase | tests | slogx |
| --- | --- | --- |
| ^ATest^ | ^test_b^ | none: a reason |
| ^ATest^ ^BTest^ | ^test_a^ | different: ^known^; ^TestReal^ |

## Levels
`
	for _, tt := range []struct{ name, old, new, want string }{
		{"nothing", "", "", ""},
		{"a test that is gone", "TestReal", "TestGone", "TestGone: no such test"},
		{"an example that is gone", "^TestReal^", "^ExampleX_y^", "ExampleX_y: no such test"},
		{"a method that is missing", " ^test_b^ ", " ", "ATest.test_b: 0 times in the table"},
		{"a class that is missing", " ^BTest^", "", "BTest.test_a: 0 times in the table"},
		{"a method that is there twice", "^test_b^", "^test_b^ ^test_a^", "ATest.test_a: 2 times in the table"},
		{"a method in another class", "^test_b^", "^test_b^ ^test_c^", "ATest.test_c: not one of CPython's"},
		{"a class of no such name", "^BTest^", "^BTest^ ^CTest^", "CTest.test_a: not one of CPython's"},
		{"a row that says nothing", "none: a reason", "", `[ATest]: "" is neither`},
		{"a difference that is not told", "^known^; ", "^unknown^; ", "[ATest BTest]: no difference unknown"},
		{"no table", cpythonsTests, "\n", "no section"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			broken := strings.ReplaceAll(strings.Replace(page, tt.old, tt.new, 1), "^", "`")
			faults := append(strangeTests(broken, map[string]bool{"TestReal": true}), tableFaults(broken, list)...)
			if tt.want == "" {
				require.Empty(t, faults)
				return
			}
			require.Contains(t, strings.Join(faults, "\n"), tt.want)
		})
	}
}

var (
	testFunc   = regexp.MustCompile(`(?m)^func ((?:Test|Fuzz|Example)\w*)\(`)
	testName   = regexp.MustCompile("`((?:Test|Fuzz|Example)[A-Z_]\\w*)`")
	quoted     = regexp.MustCompile("`(\\w+)`")
	different  = regexp.MustCompile("different: ((?:`\\w+` ?)+)")
	whatBecame = regexp.MustCompile("^(`(Test|Fuzz|Example)|(different|not yet): `|none: .)")
)

// testsOfModule returns the names of all tests, fuzz tests and examples of this module.
func testsOfModule(t *testing.T) map[string]bool {
	names := map[string]bool{}
	fsys := os.DirFS(root)
	err := fs.WalkDir(fsys, root, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && isForeign(name):
			return fs.SkipDir
		case entry.IsDir() || !strings.HasSuffix(name, "_test.go"):
			return nil
		}
		text, err := fs.ReadFile(fsys, name)
		for _, m := range testFunc.FindAllSubmatch(text, -1) {
			names[string(m[1])] = true
		}
		return err
	})
	require.NoError(t, err)
	return names
}

// strangeTests returns a line for each test that the page names and that is not there.
func strangeTests(page string, tests map[string]bool) (faults []string) {
	for _, name := range names(testName, page) {
		if !tests[name] {
			faults = append(faults, name+": no such test")
		}
	}
	return faults
}

// A tableRow says of methods of CPython's test classes what became of them.
type tableRow struct {
	classes, methods []string
	became           string
}

// tableRows returns the rows of the table in a section.
func tableRows(section string) (rows []tableRow) {
	for line := range strings.Lines(section) {
		if cells := strings.Split(line, "|"); len(cells) == 5 && strings.HasPrefix(cells[1], " `") {
			rows = append(rows, tableRow{names(quoted, cells[1]), names(quoted, cells[2]), strings.TrimSpace(cells[3])})
		}
	}
	return rows
}

// faults returns what is wrong with the row. differences is where their names are explained.
func (r tableRow) faults(differences string) (faults []string) {
	if !whatBecame.MatchString(r.became) {
		faults = append(faults, fmt.Sprintf("%s: %q is neither a test nor a reason", r.classes, r.became))
	}
	for _, m := range different.FindAllString(r.became, -1) {
		for _, name := range names(quoted, m) {
			if !strings.Contains(differences, "\n| `"+name+"` |") {
				faults = append(faults, fmt.Sprintf("%s: no difference %s", r.classes, name))
			}
		}
	}
	return faults
}

// tableFaults compares the table of CPython's tests with the list of them.
func tableFaults(page, list string) (faults []string) {
	before, section, found := strings.Cut(page, cpythonsTests)
	if !found {
		return []string{"no section" + cpythonsTests}
	}
	section, _, _ = strings.Cut(section, "\n## ")
	_, differences, _ := strings.Cut(before, "\n## Deliberate differences\n")
	times := map[string]int{}
	for _, r := range tableRows(section) {
		faults = append(faults, r.faults(differences)...)
		for _, class := range r.classes {
			for _, method := range r.methods {
				times[class+"."+method]++
			}
		}
	}
	for _, method := range methods(list) {
		if n := times[method]; n != 1 {
			faults = append(faults, fmt.Sprintf("%s: %d times in the table", method, n))
		}
		delete(times, method)
	}
	for method := range times {
		faults = append(faults, method+": not one of CPython's")
	}
	return faults
}

// methods reads a list of classes, each on a line with its methods. Lines with # are comments.
func methods(list string) (methods []string) {
	for line := range strings.Lines(list) {
		fields := strings.Fields(line)
		if len(fields) == 0 || strings.HasPrefix(line, "#") {
			continue
		}
		for _, method := range fields[1:] {
			methods = append(methods, fields[0]+"."+method)
		}
	}
	return methods
}

// names returns what the pattern's group matches.
func names(pattern *regexp.Regexp, text string) (names []string) {
	for _, m := range pattern.FindAllStringSubmatch(text, -1) {
		names = append(names, m[1])
	}
	return names
}
