// SPDX-License-Identifier: MIT

package main

import (
	"testing"

	"github.com/slogx/slogx/bench"
	"github.com/slogx/slogx/bench/measure"
)

func TestGuardSeesWhoIsSlower(t *testing.T) {
	l := limit{scenario: "five", name: "ours", peer: "theirs", ratio: 0.98}
	results := func(allocs float64, times ...float64) []measure.Result {
		return []measure.Result{
			{Case: &bench.Case{Name: "theirs"}, Times: []float64{250, 200, 900}, Allocs: 7},
			{Case: &bench.Case{Name: "ours"}, Times: times, Allocs: allocs},
		}
	}
	for name, c := range map[string]struct {
		results []measure.Result
		fails   bool
	}{
		"as usual":                       {results(0, 150, 145), false},
		"some turns are disturbed":       {results(0, 3000, 195, 700), false},
		"every turn is slower":           {results(0, 197, 210), true},
		"an allocation":                  {results(1, 145), true},
		"a case that nobody measured":    {results(0, 145)[:1], true},
		"a peer that nobody measured":    {results(0, 145)[1:], true},
		"the peer was disturbed, not we": {results(0, 195, 195), false},
	} {
		t.Run(name, func(t *testing.T) {
			said, complaint := l.judge(c.results)
			if (complaint != nil) != c.fails {
				t.Errorf("%s: %v", said, complaint)
			}
		})
	}
}
