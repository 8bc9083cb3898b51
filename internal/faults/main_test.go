// SPDX-License-Identifier: MIT

package main

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// The defects are tried a part at a time. That all of them apply is known each time.
func TestEachFaultAppliesToTheSource(t *testing.T) {
	for _, f := range choose(nil) {
		text, err := f.apply(filepath.Join("..", "..", filepath.FromSlash(f.file)))
		if err != nil {
			t.Errorf("%s: %v", f.name, err)
			continue
		}
		require.NotEmpty(t, text)
	}
}

func TestPartsHoldEachFaultOnce(t *testing.T) {
	all := choose(nil)
	seen := map[string]int{}
	for _, part := range []string{"1/3", "2/3", "3/3"} {
		some, err := share(all, part)
		require.NoError(t, err)
		for _, f := range some {
			seen[f.name+f.file+f.new]++
		}
	}
	require.Len(t, seen, len(all))
	for name, n := range seen {
		require.Equal(t, 1, n, name)
	}
}
