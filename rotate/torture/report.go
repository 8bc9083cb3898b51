// SPDX-License-Identifier: MIT

package torture

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// The kinds of violations. The package's documentation says what they mean.
const (
	kindLost       = "lost"
	kindDoubled    = "doubled"
	kindTorn       = "torn"
	kindDisorder   = "disorder"
	kindStray      = "stray"
	kindUnreadable = "unreadable"
	kindLarge      = "large"
	kindEmpty      = "empty"
	kindMode       = "mode"
	kindEvents     = "events"
	kindRejected   = "rejected"
	kindStuck      = "stuck"
	kindCount      = "count"
	kindForeign    = "foreign"
	kindLeftover   = "leftover"
	kindGoroutine  = "goroutine"
	kindDescriptor = "descriptor"
)

// A Violation is one thing that a writer must not do.
type Violation struct {
	Kind   string // as in the package's documentation
	Path   string // empty if it concerns no file
	Offset int64  // in the file, after decompression
	Detail string
}

func (v Violation) String() string {
	if v.Path == "" {
		return v.Kind + ": " + v.Detail
	}
	return fmt.Sprintf("%s: %s at byte %d: %s", v.Kind, v.Path, v.Offset, v.Detail)
}

// A Report is what was found in the files of a writer.
type Report struct {
	Segments   int
	Bytes      int64 // in all segments, after decompression
	Lines      int64 // of the run, each time they were found
	Unacked    int64 // of these, lines that were not acknowledged
	Fragments  int64 // isolated beginnings of lines that were not acknowledged
	Violations []Violation

	seed uint64
}

// Count returns how many violations there are of a kind.
func (r *Report) Count(kind string) int { return r.counts()[kind] }

// Kinds returns the kinds of violations that were found, sorted.
func (r *Report) Kinds() []string { return slices.Sorted(maps.Keys(r.counts())) }

func (r *Report) counts() map[string]int {
	counts := map[string]int{}
	for _, v := range r.Violations {
		counts[v.Kind]++
	}
	return counts
}

// perKind is how many violations of a kind are printed.
const perKind = 3

// Err returns nil if there is no violation, and else an error with how many there are of each kind, and the first ones.
func (r *Report) Err() error {
	if len(r.Violations) == 0 {
		return nil
	}
	counts := r.counts()
	var b strings.Builder
	b.WriteString("torture:")
	for _, kind := range r.Kinds() {
		fmt.Fprintf(&b, " %d %s,", counts[kind], kind)
	}
	fmt.Fprintf(&b, " in %d segments of %d bytes with %d lines, SLOGX_SEED=%d", r.Segments, r.Bytes, r.Lines, r.seed)
	printed := map[string]int{}
	for _, v := range r.Violations {
		if printed[v.Kind]++; printed[v.Kind] <= perKind {
			b.WriteString("\n" + v.String())
		}
	}
	return errors.New(b.String())
}
