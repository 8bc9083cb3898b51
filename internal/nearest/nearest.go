// SPDX-License-Identifier: MIT

// Package nearest finds the known name that a mistyped one was meant to be.
package nearest

import (
	"fmt"
	"strings"
)

// Hint returns the end of a message: the known name that is like the given one, or else the known names if they
// are few, or nothing.
func Hint(name string, known []string) string {
	if best, ok := Name(name, known); ok {
		return fmt.Sprintf("; did you mean %s?", best)
	}
	if len(known) == 0 || len(known) > 12 {
		return ""
	}
	return "; known: " + strings.Join(known, ", ")
}

// Name returns the known name that is most like the given one, if one is. Case and the characters
// that separate words do not matter.
func Name(name string, known []string) (best string, ok bool) {
	least := len(name)/3 + 1
	for _, k := range known {
		if d := distance(fold(name), fold(k)); d < least {
			best, least, ok = k, d, true
		}
	}
	return best, ok
}

var separators = strings.NewReplacer("_", "", "-", "", ".", "", " ", "")

func fold(s string) string { return separators.Replace(strings.ToLower(s)) }

// distance is the number of characters to insert, to remove or to change to make b of a.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		left, above := i+1, row[0] // of this row, and of the one before
		row[0] = left
		for j := range len(b) {
			corner := above
			if a[i] != b[j] {
				corner = 1 + min(above, left, row[j+1])
			}
			above, left = row[j+1], corner
			row[j+1] = corner
		}
	}
	return row[len(b)]
}
