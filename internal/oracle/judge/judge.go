// SPDX-License-Identifier: MIT

// Package judge is what the comparisons with CPython share: finding and running a Python, the format of archives,
// counting what was compared, and the check that each difference is documented. It is for tests only.
package judge

import (
	"cmp"
	"iter"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Live returns what fresh random scripts are made from: a seed, and how many there are to be.
// SLOGX_SEED repeats a run that failed, and SLOGX_SCRIPTS asks for more than usual.
func Live(usual int) (seed uint64, scripts int, err error) {
	seed, err = strconv.ParseUint(cmp.Or(os.Getenv("SLOGX_SEED"), strconv.FormatInt(time.Now().UnixNano(), 10)), 10, 64)
	if err != nil {
		return 0, 0, err
	}
	scripts, err = strconv.Atoi(cmp.Or(os.Getenv("SLOGX_SCRIPTS"), strconv.Itoa(usual)))
	return seed, scripts, err
}

// Undocumented returns the names, sorted, that have no row in the tables of deliberate differences on a page.
func Undocumented(page string, names iter.Seq[string]) (missing []string, err error) {
	text, err := os.ReadFile(page)
	if err != nil {
		return nil, err
	}
	_, tables, _ := strings.Cut(string(text), "## Deliberate differences")
	for name := range names {
		if !strings.Contains(tables, "\n| `"+name+"` |") {
			missing = append(missing, name)
		}
	}
	slices.Sort(missing)
	return missing, nil
}
