// SPDX-License-Identifier: MIT

package rotate

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A time with a monotonic reading is compared by that, and so is never before one that was taken earlier.
func TestTheClockThatFilesGoByCanBeSetBack(t *testing.T) {
	require.NotContains(t, realSystem().now().String(), " m=")
}
