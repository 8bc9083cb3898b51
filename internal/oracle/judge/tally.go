// SPDX-License-Identifier: MIT

package judge

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
)

// A Tally counts what was compared. The zero Tally is ready for use.
type Tally struct {
	Scripts, Steps, Lines int
	Different             int // lines in which CPython and its twin differ
	Forked                int // scripts that have such lines
	Untold                int // steps of which the twin does not tell what they must show

	shown, alone map[string]int // how often a difference showed, and did so by itself
}

// count adds lines that differ because of the named differences.
func (t *Tally) count(names []string, lines int) {
	if t.shown == nil {
		t.shown, t.alone = map[string]int{}, map[string]int{}
	}
	t.Different += lines
	for _, name := range names {
		t.shown[name] += lines
	}
	if len(names) == 1 {
		t.alone[names[0]] += lines
	}
}

// Unneeded returns the names, sorted, of the differences that never showed by themselves: the same
// would have passed without their predicates.
func (t *Tally) Unneeded(names iter.Seq[string]) (unneeded []string) {
	for name := range names {
		if t.alone[name] == 0 {
			unneeded = append(unneeded, name)
		}
	}
	slices.Sort(unneeded)
	return unneeded
}

// String returns the counts in a line.
func (t *Tally) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d scripts, %d steps, %d lines, of which %d (%.1f %%) in %d scripts differ on purpose, %d steps not told:",
		t.Scripts, t.Steps, t.Lines, t.Different, 100*float64(t.Different)/float64(max(1, t.Lines)), t.Forked, t.Untold)
	for _, name := range slices.Sorted(maps.Keys(t.shown)) {
		fmt.Fprintf(&b, " %s %d (%d alone)", name, t.shown[name], t.alone[name])
	}
	return b.String()
}
