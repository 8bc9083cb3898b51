// SPDX-License-Identifier: MIT

//go:build !race

package filter_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/filter"
)

func TestRedactAllocatesNothingWhereThereIsNothingToRedact(t *testing.T) {
	for name, opts := range map[string]*filter.RedactOptions{"keys": manyKeys, "patterns": twoTexts} {
		require.Zero(t, testing.AllocsPerRun(100, handle(t, filter.Redact(opts))), name)
	}
}
