// SPDX-License-Identifier: MIT

// Command guard fails if slogx has become slower beside its peers, or allocates where it did not.
//
//	go run ./cmd/guard    in the directory bench
//
// It knows no time of any machine: it compares the fastest turn of slogx with the fastest turn of a peer, taken by turns on this one.
// A limit is what is usual and a third; what is above it is measured twice more, as others may use the machine.
package main

import (
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/slogx/slogx/bench"
	"github.com/slogx/slogx/bench/measure"
)

// A limit is what a case may cost beside a peer of the same scenario.
type limit struct {
	scenario, name string
	at             int
	peer           string
	ratio          float64
	allocs         float64
}

// tries is how often a ratio is measured before it counts as too high.
const tries = 3

func main() {
	if err := run(measure.Options{Rounds: 15, Time: 4 * time.Millisecond}); err != nil {
		fmt.Fprintln(os.Stderr, "guard:", err)
		os.Exit(1)
	}
}

func run(opts measure.Options) error {
	scenarios := bench.Scenarios()
	slower := 0
	for _, l := range limits {
		i := slices.IndexFunc(scenarios, func(s bench.Scenario) bool { return s.Name == l.scenario })
		if i < 0 {
			return fmt.Errorf("there is no scenario %q", l.scenario)
		}
		var complaint error
		for range tries {
			results, err := measure.Run(&scenarios[i], func(c *bench.Case) bool { return c.At == l.at && (c.Name == l.name || c.Name == l.peer) }, opts)
			if err != nil {
				return err
			}
			var said string
			said, complaint = l.judge(results)
			fmt.Printf("%-10s %-24s %s\n", l.scenario, l.name, said)
			if complaint == nil {
				break
			}
		}
		if complaint != nil {
			fmt.Fprintln(os.Stderr, "guard:", complaint)
			slower++
		}
	}
	if slower > 0 {
		return fmt.Errorf("%d of %d limits are exceeded", slower, len(limits))
	}
	return nil
}

// judge compares the two results with the limit, and says what they are.
func (l *limit) judge(results []measure.Result) (said string, complaint error) {
	fastest := func(name string) (time, allocs float64, err error) {
		for _, r := range results {
			if r.Case.Name == name {
				return slices.Min(r.Times), r.Allocs, nil
			}
		}
		return 0, 0, fmt.Errorf("%s: there is no case %q", l.scenario, name)
	}
	ours, allocs, err := fastest(l.name)
	if err != nil {
		return err.Error(), err
	}
	theirs, _, err := fastest(l.peer)
	if err != nil {
		return err.Error(), err
	}
	ratio := ours / theirs
	said = fmt.Sprintf("%.2f × %s, at most %.2f; %.0f allocations, at most %.0f", ratio, l.peer, l.ratio, allocs, l.allocs)
	if ratio > l.ratio || allocs > l.allocs {
		return said, fmt.Errorf("%s: %s takes %s", l.scenario, l.name, said)
	}
	return said, nil
}
