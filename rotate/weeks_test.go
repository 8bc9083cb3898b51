// SPDX-License-Identifier: MIT

package rotate_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/rotate"
)

// A week ends with its day if no time is given, and else at that time of its day. In these weeks
// clocks are put back, on a Sunday at two.
func TestEachDayMayEndTheWeek(t *testing.T) {
	loc := location(t, "America/New_York")
	first := time.Date(2024, 10, 23, 0, 0, 0, 0, loc)
	for weekday := range 7 {
		for _, at := range []string{"", "06:30"} {
			when := fmt.Sprintf("W%d", weekday)
			t.Run(when+at, func(t *testing.T) {
				want, dir := map[string]string{}, t.TempDir()
				synctest.Test(t, func(t *testing.T) {
					sleepUntil(first)
					f := open(t, filepath.Join(dir, "a.log"), &rotate.Options{When: when, At: at, Location: loc})
					for hour := range 24 * 24 { // by the clocks: one hour comes twice
						now := first.Add(time.Duration(hour) * time.Hour)
						sleepUntil(now)
						put(t, f, now.Format(time.RFC3339))
						want["a.log."+weekOf(now, weekday, at)] += now.Format(time.RFC3339) + "\n"
					}
					require.NoError(t, f.Close())
				})
				last := "a.log." + weekOf(first.Add(24*24*time.Hour-time.Hour), weekday, at)
				want["a.log"] = want[last]
				delete(want, last)
				require.Equal(t, want, sorted(directory(t, dir)))
			})
		}
	}
}

// weekOf returns the day on which the week began: it goes back day by day until there is one.
func weekOf(now time.Time, weekday int, at string) string {
	ends, clock := time.Weekday((weekday+2)%7), "00:00" // the day after, of which Sunday is 0
	if at != "" {
		ends, clock = time.Weekday((weekday+1)%7), at
	}
	for day := now; ; day = day.AddDate(0, 0, -1) {
		if day.Weekday() == ends && (day != now || now.Format("15:04") >= clock) {
			return day.Format(time.DateOnly)
		}
	}
}
