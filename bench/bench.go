// SPDX-License-Identifier: MIT

// Package bench compares slogx with the libraries that a reader would compare it with: the same records, on one machine, in turns.
//
// It is a module of its own, so that no peer ever gets into the go.sum of a program that uses slogx.
//
//	go run ./cmd/report         measures everything in turns and writes docs/performance.md
//	go run ./cmd/guard          fails if slogx has become slower beside its peers
//	go test -bench 'Each/five'  is one scenario as Go's benchmarks
package bench

import (
	"errors"
	"io"
	"os"
	"regexp"
	"strconv"
)

// A Scenario is one thing that several libraries do.
type Scenario struct {
	Name  string // "five"
	About string // what is measured, as a sentence
	Peer  string // the case that others are compared with
	Axis  string // what Case.At counts; empty if the scenario is one measurement for each case

	// Lines is the number of lines that each operation writes, all of which match Want.
	Lines int
	Want  []*regexp.Regexp

	Cases []Case
}

// A Case is a library in a scenario.
type Case struct {
	Name string // "slogx json"
	At   int    // where it stands on the scenario's axis

	// New makes ready what is measured. The loop that it returns does it n times.
	New func(e *Env) (loop func(n int))

	// Per is the number of things that one turn of the loop does; 0 is one.
	Per int

	// Hold returns something that is to be weighed, of as many names as Per says.
	Hold func(names []string) any
}

// Label names a case within its scenario, as benchstat likes it.
func (c *Case) Label(s *Scenario) string {
	if s.Axis == "" {
		return c.Name
	}
	return c.Name + "/" + s.Axis + "=" + strconv.Itoa(c.At)
}

// An Env is what a case needs of the world around it.
type Env struct {
	Out     io.Writer // what lines go to, unless they go to files
	dir     string
	closers []func() error
}

// Dir returns a directory that is removed in the end.
func (e *Env) Dir() string {
	if e.dir == "" {
		e.dir = must(os.MkdirTemp("", "slogx-bench-"))
		e.closers = append(e.closers, func() error { return os.RemoveAll(e.dir) })
	}
	return e.dir
}

// Defer has f called in the end, before what was deferred earlier.
func (e *Env) Defer(f func() error) { e.closers = append(e.closers, f) }

// Close undoes what the case has done.
func (e *Env) Close() error {
	var errs []error
	for len(e.closers) > 0 {
		last := len(e.closers) - 1
		errs = append(errs, e.closers[last]())
		e.closers = e.closers[:last]
	}
	return errors.Join(errs...)
}

// Scenarios returns all of them.
func Scenarios() []Scenario {
	var all []Scenario
	for _, group := range [][]Scenario{handlerScenarios(), callScenarios(), treeScenarios(), fileScenarios(), setupScenarios()} {
		all = append(all, group...)
	}
	return all
}

// must is for what cannot fail on a machine that can run benchmarks.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
