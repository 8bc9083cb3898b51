// SPDX-License-Identifier: MIT

package judge

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	// Random is the archive of random scripts.
	Random = "random"

	storedMinor = 13 // of the CPython whose answers are stored
)

// An Oracle compares with CPython what Go does with the scripts of a language, that of the package's doc.go.
// C is what predicates are asked about.
type Oracle[C any] struct {
	Probe   string   // what a Python must be able to run
	Windows string   // why scripts cannot run on Windows; "" means that they can
	Goldens []string // archives that hold what is known to be easily got wrong
	Stored  int      // number of the random scripts that are stored
	AtLeast int      // of those that are compared, without which a comparison says too little

	// Generate returns what makes random scripts for a version of Python.
	Generate func(rnd *rand.Rand, minor int) func(number int) *Script

	Run    func(*testing.T, *Script) [][]string // returns what can be seen of each step
	Same   func(a, b string) bool               // compares lines; nil means that they must be equal
	Untold string                               // what the twin answers where it cannot tell; "" means that it always can

	// Differences and Older have predicates by the names of deliberate differences: whether what docs/python.md says of it
	// holds, so that it may show. Older are those that only versions before the one whose answers are stored have.
	Differences, Older map[string]func(C) bool
	Case               func(Case) C

	Needed func(s *Script, i int) bool // reports whether a script does not run without a step; nil means that it does
	Less   func(*Step) []string        // returns texts for a step that have one thing less; nil means that there are none

	update *string
}

// New returns the oracle with its flag -update, for a variable of the package of tests.
func New[C any](o Oracle[C]) *Oracle[C] {
	o.update = flag.String("update", "",
		"answers: have CPython 3.13 answer the stored scripts again; scripts: make the random ones anew, too")
	return &o
}

// CompareGoldens compares what is easily got wrong with what CPython does.
func (o *Oracle[C]) CompareGoldens(t *testing.T) *Tally {
	t.Helper()
	o.prepare(t, o.Goldens...)
	tally := new(Tally)
	for _, name := range o.Goldens {
		for _, s := range o.Load(t, name) {
			t.Run(name+"/"+s.Name, func(t *testing.T) {
				if _, err := o.compare(t, tally, s); err != nil {
					t.Fatal(err)
				}
			})
		}
	}
	t.Log(tally)
	return tally
}

// CompareRandom compares the stored random scripts with what CPython does.
func (o *Oracle[C]) CompareRandom(t *testing.T) *Tally {
	t.Helper()
	o.prepare(t, Random)
	return o.compareAll(t, o.Load(t, Random))
}

// CompareLive compares fresh random scripts with what a Python on this machine does.
func (o *Oracle[C]) CompareLive(t *testing.T) *Tally {
	t.Helper()
	py, why := Find(o.Probe)
	if why != "" {
		t.Skip(why)
	}
	seed, n, err := live(o.AtLeast)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("Python 3.%d, SLOGX_SEED=%d", py.Minor, seed)
	scripts, err := py.scripts(o.generate(seed, py.Minor, 100_000, n))
	if err != nil {
		t.Fatal(err)
	}
	return o.compareAll(t, scripts)
}

// prepare has stored archives renewed if the flag says so.
func (o *Oracle[C]) prepare(t *testing.T, names ...string) {
	if runtime.GOOS == "windows" && o.Windows != "" {
		t.Skip(o.Windows)
	}
	for _, name := range names {
		if err := o.renew(name); err != nil {
			t.Fatal(err)
		}
	}
}

func path(name string) string { return "testdata/" + name + ".txtar" }

// Load returns the scripts of a stored archive.
func (o *Oracle[C]) Load(t *testing.T, name string) []*Script {
	text, err := os.ReadFile(path(name))
	scripts := readArchive(string(text), storedMinor)
	if err != nil || len(scripts) == 0 {
		t.Fatalf("%s: %d scripts: %v", path(name), len(scripts), err)
	}
	return scripts
}

// renew does what the flag -update says with a stored archive.
func (o *Oracle[C]) renew(name string) error {
	if *o.update == "" {
		return nil
	}
	py, why := Find(o.Probe)
	if why != "" || py.Minor != storedMinor {
		return fmt.Errorf("the answers are those of CPython 3.%d, not 3.%d: %s", storedMinor, py.Minor, why)
	}
	archive, err := os.ReadFile(path(name))
	if name == Random && *o.update == "scripts" {
		comment := "# SPDX-License-Identifier: MIT\n#\n# Random scripts, with what CPython 3.13 answers. See doc.go.\n\n"
		archive, err = []byte(writeArchive(comment, o.generate(1, storedMinor, 0, o.Stored))), nil
	}
	if err != nil {
		return err
	}
	out, err := py.answer(string(archive))
	if err != nil {
		return err
	}
	return os.WriteFile(path(name), []byte(out), 0o666)
}

// generate returns random scripts, whose numbers begin with first.
func (o *Oracle[C]) generate(seed uint64, minor, first, n int) (scripts []*Script) {
	script := o.Generate(rand.New(rand.NewPCG(seed, 0)), minor)
	for i := range n {
		s := script(first + i)
		s.Name = strconv.Itoa(first + i)
		scripts = append(scripts, s)
	}
	return scripts
}

// compareAll compares random scripts, and makes the first that fails as short as it can.
func (o *Oracle[C]) compareAll(t *testing.T, scripts []*Script) *Tally {
	t.Helper()
	tally := new(Tally)
	for _, s := range scripts {
		if _, err := o.compare(t, tally, s); err != nil {
			t.Fatalf("%s: %v\n%s", s.Name, err, o.explain(t, s))
		}
	}
	t.Log(tally)
	if tally.Scripts < o.AtLeast {
		t.Fatalf("%d scripts say too little, want %d", tally.Scripts, o.AtLeast)
	}
	return tally
}

// compare runs a script. Where it does not come out as it must, it returns an error, and the number of steps as far as there.
func (o *Oracle[C]) compare(t *testing.T, tally *Tally, s *Script) (steps int, err error) {
	tally.Scripts++
	seen, forks := o.Run(t, s), false
	for i, st := range s.Steps {
		if err := o.compareStep(tally, &Case{s.Steps[:i+1], s.Minor}, seen[i]); err != nil {
			return i + 1, fmt.Errorf("step %d: %s: %w", i+1, st, err)
		}
		forks = forks || st.Forks
	}
	if forks {
		tally.Forked++
	}
	return len(s.Steps), nil
}

// compareStep compares what was seen of the last step.
func (o *Oracle[C]) compareStep(tally *Tally, c *Case, seen []string) error {
	st, same := c.Now(), o.Same
	lines := max(len(st.Plain), len(st.Twin))
	tally.Steps++
	tally.Lines += lines
	if st.Forks {
		names := o.holding(c)
		if len(names) == 0 {
			return fmt.Errorf("no predicate holds, and the twin answers otherwise:\n\t%s\n\t~%s",
				strings.Join(st.Plain, "\n\t"), strings.Join(st.Twin, "\n\t~"))
		}
		tally.count(names, lines)
		if o.Untold != "" && slices.Equal(st.Twin, []string{o.Untold}) {
			tally.Untold++
			return nil
		}
	}
	if same == nil {
		same = func(a, b string) bool { return a == b }
	}
	if !slices.EqualFunc(st.Wanted(), seen, same) {
		return fmt.Errorf("want\n\t%s\ngot\n\t%s", strings.Join(st.Wanted(), "\n\t"), strings.Join(seen, "\n\t"))
	}
	return nil
}

// holding returns the names of the differences that may show at a step.
func (o *Oracle[C]) holding(c *Case) (names []string) {
	asked := o.Case(*c)
	for _, known := range []map[string]func(C) bool{o.Differences, o.Older} {
		for name, holds := range known {
			if holds(asked) {
				names = append(names, name)
			}
		}
	}
	return names
}

// RequireDocumented fails the test where the name of a difference has no row in the tables of deliberate differences on a page.
func (o *Oracle[C]) RequireDocumented(t *testing.T, page string) {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	_, tables, _ := strings.Cut(string(text), "## Deliberate differences")
	for _, known := range []map[string]func(C) bool{o.Differences, o.Older} {
		for name := range known {
			if !strings.Contains(tables, "\n| `"+name+"` |") {
				t.Errorf("%s has no row for %s", page, name)
			}
		}
	}
}
