// SPDX-License-Identifier: MIT

package tree

import (
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// recordOf returns a record with n attributes, added one by one.
func recordOf(n int) slog.Record {
	r := slog.NewRecord(time.Time{}, slog.LevelInfo, "m", 0)
	for i := range n {
		r.AddAttrs(slog.Int("k", i))
	}
	return r
}

func keysOf(r slog.Record) (keys string) {
	r.Attrs(func(a slog.Attr) bool {
		keys += a.Key
		return true
	})
	return keys
}

// disturbed adds to two copies of a record, and reports whether the second addition met the first.
func disturbed(r slog.Record) bool {
	a, b := r, r
	a.AddAttrs(slog.Int("a", 1))
	want := keysOf(r) + "b"
	b.AddAttrs(slog.Int("b", 1))
	return keysOf(b) != want || keysOf(a) == keysOf(b)
}

func TestCopiesOfARecordShareNoAttributesUpToInlineAttrs(t *testing.T) {
	for n := range inlineAttrs + 1 {
		require.False(t, disturbed(recordOf(n)), "%d attributes", n)
	}
	sharing := false
	for n := inlineAttrs + 1; n < inlineAttrs+8; n++ { // whether there is room behind them is slog's business
		sharing = sharing || disturbed(recordOf(n))
		require.False(t, disturbed(recordOf(n).Clone()), "%d attributes, cloned", n)
	}
	require.True(t, sharing, fmt.Sprintf("copies of records with more than %d attributes share nothing", inlineAttrs))
}
