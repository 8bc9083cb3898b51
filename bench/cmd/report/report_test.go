// SPDX-License-Identifier: MIT

package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/slogx/slogx/bench"
)

// sample is a report with numbers that nobody measured.
func sample() report {
	around := func(center float64) []float64 {
		var times []float64
		for i := range 12 {
			times = append(times, center+float64(i-6)/100)
		}
		return times
	}
	five := &section{Scenario: bench.Scenario{Name: "five", About: "Five.", Peer: "phuslu"}}
	for name, center := range map[string]float64{"slogx %": 140, "slogx json": 200, "phuslu": 200} {
		five.rows = append(five.rows, newRow(name, 0, around(center)))
	}
	slices.SortFunc(five.rows, func(a, b *row) int { return strings.Compare(b.name, a.name) })
	lookUp := &section{Scenario: bench.Scenario{Name: "look up", About: "Found.", Peer: "loggo", Axis: "loggers"}}
	for _, at := range []int{1, 1000, bench.Million} {
		lookUp.rows = append(lookUp.rows, newRow("slogx", at, around(13)), newRow("loggo", at, around(26)))
	}
	return report{five, lookUp}
}

func TestTheReportTellsMediansRatiosAndBudgets(t *testing.T) {
	text := sample().markdown("commit c", 12, 20)
	for _, want := range []string{
		"`go run ./cmd/report -count 12 -time 20ns`: commit c\n",
		"`go run ./cmd/report -only '^look up$' -count 12 -time 20ns`: commit c\n",
		"| five attributes in `%`, beside phuslu's handler | 0.72 × | 0.65 | 0.70 × | met | 0.70 × | met |\n",
		"| the same in JSON | 0.67 × | 0.6 | 1.00 × | **missed by 49 %** | 1.00 × | **missed by 49 %** |\n",
		"| `GetLogger` of a known name | 12 ns | 8 | 13 ns | **missed by 8 %** | 12.9 ns | **missed by 8 %** |\n",
		"| **slogx %** | 140 ns | ± 0% | 140 ns | 0.70 | 0 | 0 |\n",
		"| **slogx json** | 200 ns | ± 0% | 200 ns | ~ 1.00 | 0 | 0 |\n",
		"| loggers | 1 | 1000 | 1000000 |\n",
		"| **slogx** | 13.0 ns ± 0% | 13.0 ns ± 0% | 13.0 ns ± 0% |\n",
		"![Finding a logger by its name](performance/loggers-look-up.svg)",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

func TestPicturesAreDrawnOfWhatWasMeasured(t *testing.T) {
	dir := t.TempDir()
	if err := sample().plot(dir); err != nil {
		t.Fatal(err)
	}
	for _, p := range plots {
		if text, err := os.ReadFile(filepath.Join(dir, p.file+".svg")); err != nil || !strings.Contains(string(text), "</svg>") {
			t.Errorf("%s: %v, %d bytes", p.file, err, len(text))
		}
	}
}

func TestOnlyWhatStandsBetweenTheMarksIsWrittenAnew(t *testing.T) {
	path := filepath.Join(t.TempDir(), "performance.md")
	for _, text := range []string{"old\n", ""} {
		if err := os.WriteFile(path, []byte("before\n"+begin+text+end+"after\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := replace(path, "new\n"); err != nil {
			t.Fatal(err)
		}
		if got, _ := os.ReadFile(path); string(got) != "before\n"+begin+"new\n"+end+"after\n" {
			t.Errorf("%q", got)
		}
	}
	if err := os.WriteFile(path, []byte("before\n"+begin), 0o600); err != nil {
		t.Fatal(err)
	}
	if replace(path, "new\n") == nil {
		t.Error("a document without an end is written")
	}
}

// Where there is no Python, its rows are left out, also those of the first line.
func TestNoPythonIsNoMistake(t *testing.T) {
	t.Setenv("SLOGX_PYTHON", "")
	t.Setenv("PATH", t.TempDir())
	if p := findPython(); p != nil {
		t.Errorf("found %v", *p)
	}
}
