// SPDX-License-Identifier: MIT

package torture

import "testing"

// ExpectLeaks has a test that expects leaks not wait long for them to end.
func ExpectLeaks(t *testing.T) {
	before := polls
	polls = 10
	t.Cleanup(func() { polls = before })
}
