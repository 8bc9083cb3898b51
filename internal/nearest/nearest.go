// SPDX-License-Identifier: MIT

// Package nearest finds the known name that a mistyped one was meant to be.
package nearest

import (
	"slices"
	"strings"
)

// few is how many known names are listed where none is near.
const few = 12

// Hint returns the end of a message: the known names that are like the given one, or else all of them if they
// are few, or nothing.
func Hint(name string, known []string) string {
	if near := Names(name, known); len(near) > 0 {
		return "; did you mean " + strings.Join(near, " or ") + "?"
	}
	if len(known) == 0 || len(known) > few {
		return ""
	}
	return "; known: " + strings.Join(known, ", ")
}

// Names returns the known names with the fewest typing errors to name, in order, and none if there are
// more than one in four characters and one. Case and the characters that separate words do not matter.
func Names(name string, known []string) (near []string) {
	const longest = 64 // who wrote a longer one did not mistype a name
	name = fold(name)
	if name == "" || len(name) > longest {
		return nil
	}
	least := 1 + len(name)/4
	for _, k := range known {
		d := distance(name, fold(k))
		if d > least || d == max(len(name), len(k)) {
			continue
		}
		if d < least {
			least, near = d, nil
		}
		near = append(near, k)
	}
	slices.Sort(near)
	return near
}

var separators = strings.NewReplacer("_", "", "-", "", ".", "", " ", "")

func fold(s string) string { return separators.Replace(strings.ToLower(s)) }

// distance is the number of bytes to insert, to remove or to change to make b of a (Levenshtein's).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		corner := row[0] // of the row above, one to the left
		row[0] = i + 1
		for j := range len(b) {
			above := row[j+1]
			if a[i] == b[j] {
				row[j+1] = corner
			} else {
				row[j+1] = 1 + min(corner, above, row[j])
			}
			corner = above
		}
	}
	return row[len(b)]
}
