// SPDX-License-Identifier: MIT

package levels

import "testing"

// Restore undoes at the end of the test what the test registers.
func Restore(t *testing.T) {
	before := current.Load()
	t.Cleanup(func() { current.Store(before) })
}
