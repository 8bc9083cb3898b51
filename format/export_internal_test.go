// SPDX-License-Identifier: MIT

package format

import (
	"testing"
	"time"
)

// SetStarted makes relativeCreated count from t until the test ends.
func SetStarted(tb testing.TB, t time.Time) {
	was := started
	started = t
	tb.Cleanup(func() { started = was })
}
