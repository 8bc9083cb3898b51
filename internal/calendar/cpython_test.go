// SPDX-License-Identifier: MIT

package calendar_test

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// goldens returns the lines of a file in testdata without its comments.
func goldens(t *testing.T, name string) (lines []string) {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(line, "#") {
			lines = append(lines, strings.TrimSuffix(line, "\n"))
		}
	}
	return lines
}

func parseInt(t *testing.T, s string) int64 {
	t.Helper()
	n, err := strconv.ParseInt(s, 10, 64)
	require.NoError(t, err)
	return n
}

// given returns a parameter that is a dash where there is none.
func given(s string) string { return strings.TrimPrefix(s, "-") }

// TestNextIsCPythonsComputeRollover takes what CPython's own test expects.
func TestNextIsCPythonsComputeRollover(t *testing.T) {
	lines := goldens(t, "vectors.tsv")
	require.Len(t, lines, 212)
	for _, line := range lines {
		f := strings.Split(line, "\t")
		loc := location(t, f[3])
		s := newSchedule(t, f[0], int(parseInt(t, f[1])), given(f[2]), loc)
		next := s.Next(time.Unix(parseInt(t, f[4]), 0))
		require.Equal(t, time.Unix(parseInt(t, f[5]), 0).In(loc), next, line)
	}
}

// TestScenariosOfCPython takes handlers through a few days, a record every step. last is when
// CPython 3.13 wants to end the file that is open in the end. It does so for H in local time as 3.11 does:
// 3.13 never rotates again after the clocks are changed.
func TestScenariosOfCPython(t *testing.T) {
	const newYork = "America/New_York"
	tests := []struct {
		name, zone, begin string
		when              string
		interval          int
		at                string
		steps             string // one, and the number of records, or each
		first, last       string
		names             string // of the backups
	}{
		{"H fall back", newYork, "2023-11-04 22:10", "H", 1, "", "30m*20", "2023-11-04 23:10:00 EDT", "2023-11-05 07:10:00 EST",
			"2023-11-04_22 2023-11-04_23 2023-11-05_00 2023-11-05_01 2023-11-05_01 2023-11-05_02 2023-11-05_03 2023-11-05_04 2023-11-05_05"},
		{"H spring forward", newYork, "2024-03-09 22:10", "H", 1, "", "30m*18", "2024-03-09 23:10:00 EST", "2024-03-10 08:10:00 EDT",
			"2024-03-09_22 2024-03-09_23 2024-03-10_00 2024-03-10_01 2024-03-10_03 2024-03-10_04 2024-03-10_05 2024-03-10_06"},
		{"midnight fall back", newYork, "2023-11-03 12:00", "midnight", 1, "", "6h*18", "2023-11-04 00:00:00 EDT", "2023-11-08 00:00:00 EST",
			"2023-11-03 2023-11-04 2023-11-05 2023-11-06"},
		{"midnight spring", newYork, "2024-03-08 12:00", "midnight", 1, "", "6h*18", "2024-03-09 00:00:00 EST", "2024-03-13 00:00:00 EDT",
			"2024-03-08 2024-03-09 2024-03-10 2024-03-11"},
		{"midnight interval=2", "UTC", "2024-01-01 12:00", "midnight", 2, "", "12h*12", "2024-01-03 00:00:00 UTC", "2024-01-09 00:00:00 UTC",
			"2024-01-01 2024-01-03 2024-01-05"},
		{"midnight started at its time", "UTC", "2024-01-01 12:00", "midnight", 1, "12:00", "12h*6", "2024-01-02 12:00:00 UTC", "2024-01-04 12:00:00 UTC",
			"2024-01-01 2024-01-02"},
		{"W0", "UTC", "2024-01-01 12:00", "W0", 1, "", "24h*20", "2024-01-02 00:00:00 UTC", "2024-01-23 00:00:00 UTC",
			"2023-12-26 2024-01-02 2024-01-09"},
		{"W2 06:30", "UTC", "2024-01-01 12:00", "W2", 1, "06:30", "24h*20", "2024-01-03 06:30:00 UTC", "2024-01-24 06:30:00 UTC",
			"2023-12-27 2024-01-03 2024-01-10"},
		{"D", "UTC", "2024-01-01 12:00", "D", 1, "", "12h*12", "2024-01-02 12:00:00 UTC", "2024-01-07 12:00:00 UTC",
			"2024-01-01 2024-01-02 2024-01-03 2024-01-04 2024-01-05"},
		{"S after a gap", "UTC", "2024-01-01 12:00", "S", 10, "", "0s 1s 2s 100s 101s", "2024-01-01 12:00:10 UTC", "2024-01-01 12:01:50 UTC",
			"2024-01-01_12-00-00"},
		{"M", "UTC", "2024-01-01 12:00", "M", 1, "", "0s 30s 59s 60s 61s 120s 600s", "2024-01-01 12:01:00 UTC", "2024-01-01 12:11:00 UTC",
			"2024-01-01_12-00 2024-01-01_12-01 2024-01-01_12-02"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			begin, err := time.ParseInLocation("2006-01-02 15:04", tt.begin, location(t, tt.zone))
			require.NoError(t, err)
			s := newSchedule(t, tt.when, tt.interval, tt.at, begin.Location())
			const layout = "2006-01-02 15:04:05 MST"
			opened, next := begin, s.Next(begin)
			require.Equal(t, tt.first, next.Format(layout))
			var names []string
			suffix := strings.NewReplacer("%Y", "2006", "%m", "01", "%d", "02", "%H", "15", "%M", "04", "%S", "05").Replace(s.Suffix())
			for _, step := range steps(t, tt.steps) {
				if now := begin.Add(step); !now.Before(next) {
					names = append(names, s.Start(opened).Format(suffix))
					opened, next = now, s.Next(now)
				}
			}
			require.Equal(t, tt.last, next.Format(layout))
			require.Equal(t, strings.Fields(tt.names), names)
		})
	}
}

// steps reads a step and how often it is made, or the times since the beginning.
func steps(t *testing.T, s string) (all []time.Duration) {
	t.Helper()
	each, count, ok := strings.Cut(s, "*")
	for text := range strings.FieldsSeq(each) {
		d, err := time.ParseDuration(text)
		require.NoError(t, err)
		all = append(all, d)
	}
	if ok {
		step := all[0]
		all = all[:0]
		for i := range parseInt(t, count) {
			all = append(all, time.Duration(i)*step)
		}
	}
	return all
}

// TestPeriodsAreThoseOfZoneinfo goes through ten years. CPython 3.13 goes wrong in them where daylight saving
// is not an hour forward, and where there is no midnight.
func TestPeriodsAreThoseOfZoneinfo(t *testing.T) {
	lines := goldens(t, "periods.txt")
	require.Len(t, lines, 9*4)
	for _, line := range lines {
		f := strings.Fields(line)
		t.Run(strings.Join(f[:3], " "), func(t *testing.T) {
			s := newSchedule(t, f[1], 1, given(f[2]), location(t, f[0]))
			start := parseInt(t, f[3])
			for _, run := range f[4:] {
				delta, count, ok := strings.Cut(run, "*")
				if !ok {
					count = "1"
				}
				for range parseInt(t, count) {
					end := start + parseInt(t, delta)
					for _, sec := range []int64{start, start + 1, (start + end) / 2, end - 1} {
						gotStart, gotEnd := s.Period(time.Unix(sec, 999_999_999))
						if gotStart.Unix() != start || gotEnd.Unix() != end {
							require.Equal(t, [...]int64{start, end}, [...]int64{gotStart.Unix(), gotEnd.Unix()}, "%v", time.Unix(sec, 0).UTC())
						}
					}
					start = end
				}
			}
		})
	}
}
