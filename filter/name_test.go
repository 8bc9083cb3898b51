// SPDX-License-Identifier: MIT

package filter_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/levels"
)

func TestNamePassesTheLoggerAndThoseBelow(t *testing.T) {
	for _, tt := range []struct {
		name, logger string
		want         bool
	}{
		{"A.B", "A.B", true},
		{"A.B", "A.B.C", true},
		{"A.B", "A.B.C.D", true},
		{"A.B", "A.B.", true},
		{"A.B", "A.BB", false},
		{"A.B", "A", false},
		{"A.B", "", false},
		{"A.B", "B", false},
		{"A.B", "a.b", false},
		{"A.B", "X.A.B", false},
		{"A.B", "A.BB.C", false},
		{"A.", "A.", true},
		{"A.", "A.B", false}, // as in Python: the next character is B
		{"A.", "A..B", true},
		{"", "", true},
		{"", "A.B", true},
		{"root", "", true},
		{"root", "root", true},
		{"root", "root.x", true},
		{"root", "rooted", false},
		{"root", "A", false},
		{"r", "", false},
		{".", "..", true},
		{"中文", "中文.日志", true},
		{"中文", "中文日志", false},
	} {
		t.Run(fmt.Sprintf("%q for %q", tt.name, tt.logger), func(t *testing.T) {
			f := filter.Name(tt.name)
			require.Equal(t, tt.want, f.Filter(t.Context(), &filter.Record{Logger: tt.logger}))
			pass, sure := f.(filter.Predictor).Predict(tt.logger, levels.Debug)
			require.True(t, sure)
			require.Equal(t, tt.want, pass)
		})
	}
}

func TestNamesCanBeComparedAndPrinted(t *testing.T) {
	require.Equal(t, filter.Name("a"), filter.Name("a"))
	require.True(t, filter.Name("a") == filter.Name("a"))
	require.False(t, filter.Name("a") == filter.Name("b"))
	require.Equal(t, `Name("a\n")`, fmt.Sprint(filter.Name("a\n")))
}
