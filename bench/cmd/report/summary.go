// SPDX-License-Identifier: MIT

package main

import (
	"slices"

	"golang.org/x/perf/benchmath"

	"github.com/slogx/slogx/bench"
	"github.com/slogx/slogx/bench/measure"
)

// A row is what is told of a case.
type row struct {
	name   string
	at     int
	sample *benchmath.Sample
	benchmath.Summary
	least               float64 // the fastest turn
	allocs, bytes, held float64
	foreign             bool // not measured in turns with the others, and not in Go
}

// A section is what is told of a scenario.
type section struct {
	bench.Scenario
	rows []*row
}

// confidence is that of benchstat.
const confidence = 0.95

func newRow(name string, at int, times []float64) *row {
	sample := benchmath.NewSample(times, &benchmath.DefaultThresholds)
	return &row{name: name, at: at, sample: sample, Summary: benchmath.AssumeNothing.Summary(sample, confidence), least: slices.Min(times)}
}

func newSection(s bench.Scenario, results []measure.Result) *section {
	sec := &section{Scenario: s}
	for _, r := range results {
		row := newRow(r.Case.Name, r.Case.At, r.Times)
		row.allocs, row.bytes, row.held = r.Allocs, r.Bytes, r.Held
		sec.rows = append(sec.rows, row)
	}
	return sec
}

// find returns the row of a name at a place; nil if there is none.
func (s *section) find(name string, at int) *row {
	for _, r := range s.rows {
		if r.name == name && r.at == at {
			return r
		}
	}
	return nil
}

// beside returns how many times as long as the section's peer a row takes, and whether the two differ beyond chance.
func (s *section) beside(r *row) (ratio float64, differs bool) {
	peer := s.find(s.Peer, r.at)
	if peer == nil || peer.Center == 0 {
		return 0, false
	}
	test := benchmath.AssumeNothing.Compare(peer.sample, r.sample)
	return r.Center / peer.Center, test.P < test.Alpha
}

// A report is all that was measured.
type report []*section

func (r report) section(name string) *section {
	for _, s := range r {
		if s.Name == name {
			return s
		}
	}
	return nil
}

// row returns a row of a section; nil if there is none, as when only some scenarios were measured.
func (r report) row(scenario, name string, at int) *row {
	if s := r.section(scenario); s != nil {
		return s.find(name, at)
	}
	return nil
}
