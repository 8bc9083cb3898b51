// SPDX-License-Identifier: MIT

package nearest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/internal/nearest"
)

func TestHint(t *testing.T) {
	known := []string{"maxBytes", "backupCount", "encoding"}
	for _, test := range []struct{ name, want string }{
		{"maxbytes", "; did you mean maxBytes?"},
		{"max_bytes", "; did you mean maxBytes?"},
		{"maxByte", "; did you mean maxBytes?"},
		{"backupCuont", "; did you mean backupCount?"},
		{"colour", "; known: maxBytes, backupCount, encoding"},
		{"", "; known: maxBytes, backupCount, encoding"},
	} {
		require.Equal(t, test.want, nearest.Hint(test.name, known), test.name)
	}
	require.Empty(t, nearest.Hint("x", nil))
	require.Empty(t, nearest.Hint("zzzzzz", make([]string, 13)))
}

func TestName(t *testing.T) {
	for _, test := range []struct {
		name, want string
		ok         bool
	}{
		{"abcdef", "abcdef", true}, {"abcdeg", "abcdef", true}, {"bcdef", "abcdef", true}, {"xabcdef", "abcdef", true},
		{"abdcef", "abcdef", true}, {"uvwxyz", "", false},
	} {
		best, ok := nearest.Name(test.name, []string{"qqqqqq", "abcdef"})
		require.Equal(t, test.ok, ok, test.name)
		require.Equal(t, test.want, best, test.name)
	}
}
