// SPDX-License-Identifier: MIT

package nearest_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/internal/nearest"
)

func TestNames(t *testing.T) {
	known := []string{"format", "datefmt", "style", "class", "id", "maxBytes", "ERR", "ERROR"}
	for name, want := range map[string][]string{
		"fromat": {"format"}, "foramt": {"format"}, "datefmat": {"datefmt"}, "styl": {"style"}, "clas": {"class"},
		"max_bytes": {"maxBytes"}, "MAXBYTES": {"maxBytes"}, "maxByte": {"maxBytes"}, "eror": {"ERR", "ERROR"},
		"errr": {"ERR", "ERROR"}, "formatters": nil, "ab": nil, "x": nil, "": nil, "level": nil,
		strings.Repeat("format", 12): nil,
	} {
		require.Equal(t, want, nearest.Names(name, known), name)
	}
}

func TestHint(t *testing.T) {
	known := []string{"maxBytes", "backupCount", "encoding"}
	for name, want := range map[string]string{
		"maxbyts": "; did you mean maxBytes?",
		"colour":  "; known: maxBytes, backupCount, encoding",
		"":        "; known: maxBytes, backupCount, encoding",
	} {
		require.Equal(t, want, nearest.Hint(name, known), name)
	}
	require.Equal(t, "; did you mean ab or ac?", nearest.Hint("a", []string{"ac", "ab", "xyz"}))
	require.Empty(t, nearest.Hint("x", nil))
	require.Empty(t, nearest.Hint("zzzzzz", make([]string, 13)))
}
