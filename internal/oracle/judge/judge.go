// SPDX-License-Identifier: MIT

// Package judge is what the comparisons with CPython share: finding and running a Python, the format of archives,
// comparing and counting, making shorter what fails, and the check that each difference is documented. It is for tests only.
package judge

import "slices"

// A Case is a script as far as a step at which CPython and its twin differ.
type Case struct {
	Steps []*Step // the last is the one
	Minor int     // of CPython's version
}

// Now returns the step.
func (c *Case) Now() *Step { return c.Steps[len(c.Steps)-1] }

// Met reports whether a fact is among those that the step has.
func (c *Case) Met(fact string) bool { return slices.Contains(c.Now().Facts, fact) }

// Ever reports whether a step does something.
func (c *Case) Ever(does func(*Step) bool) bool { return slices.ContainsFunc(c.Steps, does) }
