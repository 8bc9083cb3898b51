// SPDX-License-Identifier: MIT

package judge

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A Tally counts what was compared. The zero Tally is ready for use.
type Tally struct {
	Scripts, Steps, Lines int
	Different             int            // lines in which CPython and its twin differ
	Shown, Alone          map[string]int // how often a difference showed, and did so by itself
}

// Count adds lines that differ because of the named differences.
func (t *Tally) Count(names []string, lines int) {
	if t.Shown == nil {
		t.Shown, t.Alone = map[string]int{}, map[string]int{}
	}
	t.Different += lines
	for _, name := range names {
		t.Shown[name] += lines
	}
	if len(names) == 1 {
		t.Alone[names[0]] += lines
	}
}

// String returns the counts in a line.
func (t *Tally) String() string { return t.With("") }

// With is String with more to say of the lines.
func (t *Tally) With(more string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d scripts, %d steps, %d lines, of which %d (%.1f %%) differ on purpose%s:",
		t.Scripts, t.Steps, t.Lines, t.Different, 100*float64(t.Different)/float64(max(1, t.Lines)), more)
	for _, name := range slices.Sorted(maps.Keys(t.Shown)) {
		fmt.Fprintf(&b, " %s %d (%d alone)", name, t.Shown[name], t.Alone[name])
	}
	return b.String()
}
