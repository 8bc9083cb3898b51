// SPDX-License-Identifier: MIT

package calendar_test

import (
	"math"
	"strconv"
	"testing"
	"time"
	_ "time/tzdata" // the zones must not depend on the machine having any

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/internal/calendar"
)

func location(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	require.NoError(t, err)
	return loc
}

func newSchedule(t testing.TB, when string, interval int, at string, loc *time.Location) *calendar.Schedule {
	t.Helper()
	s, err := calendar.New(when, interval, at, loc)
	require.NoError(t, err)
	return s
}

func newCron(t testing.TB, expr string, loc *time.Location) *calendar.Schedule {
	t.Helper()
	s, err := calendar.Cron(expr, loc)
	require.NoError(t, err)
	return s
}

func instant(t testing.TB, rfc3339 string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339Nano, rfc3339)
	require.NoError(t, err)
	return at
}

func TestNewRefuses(t *testing.T) {
	const (
		period   = ", want S, M, H, D, midnight, or W0 (Monday) to W6"
		daytime  = ", want HH:MM or HH:MM:SS, from 00:00 to 23:59:59"
		daysOnly = ", want it with midnight and W0 to W6 only"
	)
	tests := []struct {
		when     string
		interval int
		at       string
		want     string
	}{
		{"", 1, "", `unknown period ""` + period},
		{"X", 1, "", `unknown period "X"` + period},
		{"W", 1, "", `unknown period "W"` + period},
		{"W7", 1, "", `unknown period "W7"` + period},
		{"W-1", 1, "", `unknown period "W-1"` + period},
		{"W00", 1, "", `unknown period "W00"` + period},
		{" h", 1, "", `unknown period " h"` + period},
		{"H", -1, "", "interval -1, want 1 or more, or 0 for 1"},
		{"midnight", math.MinInt, "", "interval " + strconv.Itoa(math.MinInt) + ", want 1 or more, or 0 for 1"},
		{"D", 106752, "", "interval 106752 of D, want 292 years at most"},
		{"midnight", 106752, "", "interval 106752 of midnight, want 292 years at most"},
		{"w6", 15251, "", "interval 15251 of w6, want 292 years at most"},
		{"H", 1, "00:00", `time of day "00:00" with H` + daysOnly},
		{"d", 1, "12:00", `time of day "12:00" with d` + daysOnly},
		{"midnight", 1, "24:00", `time of day "24:00"` + daytime},
		{"midnight", 1, "12:60", `time of day "12:60"` + daytime},
		{"midnight", 1, "12:00:60", `time of day "12:00:60"` + daytime},
		{"midnight", 1, "1:30", `time of day "1:30"` + daytime},
		{"midnight", 1, "01:3", `time of day "01:3"` + daytime},
		{"midnight", 1, "01:30:5", `time of day "01:30:5"` + daytime},
		{"midnight", 1, "1:30:5.5", `time of day "1:30:5.5"` + daytime},
		{"midnight", 1, "01:30:00.5", `time of day "01:30:00.5"` + daytime},
		{"midnight", 1, "-1:30", `time of day "-1:30"` + daytime},
		{"midnight", 1, " 01:30", `time of day " 01:30"` + daytime},
		{"W0", 1, "0130", `time of day "0130"` + daytime},
	}
	for _, tt := range tests {
		s, err := calendar.New(tt.when, tt.interval, tt.at, time.UTC)
		require.EqualError(t, err, tt.want)
		require.Nil(t, s)
	}
}

func TestKindsOfSchedules(t *testing.T) {
	tests := []struct {
		when    string
		suffix  string
		aligned bool
	}{
		{"S", "%Y-%m-%d_%H-%M-%S", false},
		{"m", "%Y-%m-%d_%H-%M", false},
		{"h", "%Y-%m-%d_%H", false},
		{"D", "%Y-%m-%d", false},
		{"Midnight", "%Y-%m-%d", true},
		{"w0", "%Y-%m-%d", true},
		{"W6", "%Y-%m-%d", true},
	}
	for _, tt := range tests {
		s := newSchedule(t, tt.when, 1, "", time.UTC)
		require.Equal(t, tt.suffix, s.Suffix(), tt.when)
		require.Equal(t, tt.aligned, s.Aligned(), tt.when)
	}
	s := newCron(t, "@hourly", nil)
	require.Equal(t, "%Y-%m-%d_%H-%M", s.Suffix())
	require.True(t, s.Aligned())
}

func TestPlainPeriodsBeginWithTheFile(t *testing.T) {
	tests := []struct {
		when     string
		interval int
		want     time.Duration
	}{
		{"S", 0, time.Second},
		{"S", 10, 10 * time.Second},
		{"M", 1, time.Minute},
		{"H", 3, 3 * time.Hour},
		{"D", 1, 24 * time.Hour},
		{"D", 106751, 106751 * 24 * time.Hour},
	}
	loc := location(t, "America/New_York")
	begun := instant(t, "2024-03-09T22:10:00.123456789-05:00") // a day of 24 hours ends at 23:10
	for _, tt := range tests {
		s := newSchedule(t, tt.when, tt.interval, "", loc)
		start, end := s.Period(begun)
		require.Equal(t, begun.In(loc), start)
		require.Equal(t, begun.In(loc).Add(tt.want), end, tt.when)
		require.Equal(t, end, s.Next(begun))
	}
}

func TestTimesAreInTheZoneAndHaveNoMonotonicPart(t *testing.T) {
	loc := location(t, "Australia/Lord_Howe")
	schedules := []*calendar.Schedule{newCron(t, "@hourly", loc)}
	for _, when := range []string{"S", "M", "H", "D", "midnight", "W3"} {
		schedules = append(schedules, newSchedule(t, when, 1, "", loc))
	}
	now := time.Now()
	for _, s := range schedules {
		start, end := s.Period(now)
		for _, at := range []time.Time{start, end, s.Next(now), s.Start(now)} {
			require.Same(t, loc, at.Location())
			require.NotContains(t, at.String(), "m=")
		}
	}
	require.Same(t, time.Local, newSchedule(t, "midnight", 1, "", nil).Next(now).Location())
	require.Same(t, time.Local, newCron(t, "@daily", nil).Next(now).Location())
}

func TestIntervalsCountDaysOfTheCalendar(t *testing.T) {
	loc := location(t, "America/New_York")
	tests := []struct {
		when, at       string
		interval       int
		t, start, next string
	}{
		{"midnight", "", 2, "2024-03-09T12:00:00-05:00", "2024-03-09T00:00:00-05:00", "2024-03-11T00:00:00-04:00"},
		{"midnight", "06:30", 400, "2024-01-01T06:29:59-05:00", "2023-12-31T06:30:00-05:00", "2025-02-03T06:30:00-05:00"},
		{"midnight", "", 1, "2024-02-28T23:59:59.9-05:00", "2024-02-28T00:00:00-05:00", "2024-02-29T00:00:00-05:00"},
		{"W0", "", 1, "2024-01-01T12:00:00-05:00", "2023-12-26T00:00:00-05:00", "2024-01-02T00:00:00-05:00"},
		{"W0", "00:00", 1, "2024-01-01T12:00:00-05:00", "2024-01-01T00:00:00-05:00", "2024-01-08T00:00:00-05:00"},
		{"W6", "", 2, "2024-03-09T12:00:00-05:00", "2024-03-04T00:00:00-05:00", "2024-03-18T00:00:00-04:00"},
		{"W3", "23:59:59", 1, "2024-01-04T23:59:59-05:00", "2024-01-04T23:59:59-05:00", "2024-01-11T23:59:59-05:00"},
	}
	for _, tt := range tests {
		s := newSchedule(t, tt.when, tt.interval, tt.at, loc)
		start, end := s.Period(instant(t, tt.t))
		require.Equal(t, tt.start, start.Format(time.RFC3339))
		require.Equal(t, tt.next, end.Format(time.RFC3339))
		require.Equal(t, end, s.Next(instant(t, tt.t)))
	}
}

func BenchmarkPeriod(b *testing.B) {
	loc := location(b, "America/New_York")
	schedules := map[string]*calendar.Schedule{
		"midnight": newSchedule(b, "midnight", 1, "", loc),
		"W6":       newSchedule(b, "W6", 1, "02:30", loc),
		"hourly":   newCron(b, "@hourly", loc),
		"leap day": newCron(b, "0 0 29 2 *", loc),
		"rarest":   newCron(b, "0 0 29 2 */7", loc),
	}
	for year, now := range map[string]string{"2024": "2024-02-28T12:34:56Z", "2094": "2094-02-28T12:34:56Z"} {
		for name, s := range schedules {
			b.Run(name+" in "+year, func(b *testing.B) {
				at := instant(b, now)
				b.ReportAllocs()
				for b.Loop() {
					s.Period(at)
				}
			})
		}
	}
}
