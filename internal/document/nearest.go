// SPDX-License-Identifier: MIT

package document

// Nearest returns the known word that somebody may have meant who wrote word, "" if none is near:
// two letters that are wrong, missing, too many or swapped, one in a word of up to four.
func Nearest(word string, known []string) string {
	best, least := "", 3
	if len(word) <= 4 {
		least = 2
	}
	for _, k := range known {
		if d := distance([]rune(word), []rune(k), least); d < least && d < len(k) {
			best, least = k, d
		}
	}
	return best
}

// distance returns how many changes make b of a, or at least limit if there are as many.
func distance(a, b []rune, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	var before []int // two rows ago
	last := make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range a {
		row := make([]int, len(b)+1)
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(row[j]+1, last[j+1]+1, last[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
