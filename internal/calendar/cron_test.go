// SPDX-License-Identifier: MIT

package calendar_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/internal/calendar"
)

// next returns the first n times that a schedule fires after t.
func next(s *calendar.Schedule, t time.Time, n int) (times []string) {
	for range n {
		t = s.Next(t)
		times = append(times, t.Format("Mon 2006-01-02 15:04 MST"))
	}
	return times
}

func TestCron(t *testing.T) {
	tests := []struct {
		expr string
		want []string // from Monday, 2024-01-01 12:00 on
	}{
		{"* * * * *", []string{"Mon 2024-01-01 12:01 UTC", "Mon 2024-01-01 12:02 UTC"}},
		{"*/25 * * * *", []string{"Mon 2024-01-01 12:25 UTC", "Mon 2024-01-01 12:50 UTC", "Mon 2024-01-01 13:00 UTC"}},
		{"0 0 * * *", []string{"Tue 2024-01-02 00:00 UTC", "Wed 2024-01-03 00:00 UTC"}},
		{"\t59  23 31 12 * ", []string{"Tue 2024-12-31 23:59 UTC", "Wed 2025-12-31 23:59 UTC"}},
		{"5,1-10/4,1 12 * * *", []string{"Mon 2024-01-01 12:01 UTC", "Mon 2024-01-01 12:05 UTC", "Mon 2024-01-01 12:09 UTC", "Tue 2024-01-02 12:01 UTC"}},
		{"30 2 * * MON-wed,5", []string{"Tue 2024-01-02 02:30 UTC", "Wed 2024-01-03 02:30 UTC", "Fri 2024-01-05 02:30 UTC", "Mon 2024-01-08 02:30 UTC"}},
		{"0 0 * * 7", []string{"Sun 2024-01-07 00:00 UTC", "Sun 2024-01-14 00:00 UTC"}},
		{"0 0 * * 0", []string{"Sun 2024-01-07 00:00 UTC", "Sun 2024-01-14 00:00 UTC"}},
		{"0 0 * * fri-Sun", []string{"Fri 2024-01-05 00:00 UTC", "Sat 2024-01-06 00:00 UTC", "Sun 2024-01-07 00:00 UTC", "Fri 2024-01-12 00:00 UTC"}},
		{"0 0 * * sun-mon", []string{"Sun 2024-01-07 00:00 UTC", "Mon 2024-01-08 00:00 UTC", "Sun 2024-01-14 00:00 UTC"}},
		{"0 0 1 jan,JUL-sep *", []string{"Mon 2024-07-01 00:00 UTC", "Thu 2024-08-01 00:00 UTC", "Sun 2024-09-01 00:00 UTC", "Wed 2025-01-01 00:00 UTC"}},
		{"0 0 31 * *", []string{"Wed 2024-01-31 00:00 UTC", "Sun 2024-03-31 00:00 UTC", "Fri 2024-05-31 00:00 UTC"}},
		{"0 0 29 2 *", []string{"Thu 2024-02-29 00:00 UTC", "Tue 2028-02-29 00:00 UTC"}},
		{"0 0 29 2 */7", []string{"Sun 2032-02-29 00:00 UTC", "Sun 2060-02-29 00:00 UTC"}},
		// One of the days is enough if neither begins with a star, and both are needed if one does.
		{"0 0 13 * fri", []string{"Fri 2024-01-05 00:00 UTC", "Fri 2024-01-12 00:00 UTC", "Sat 2024-01-13 00:00 UTC", "Fri 2024-01-19 00:00 UTC"}},
		{"0 0 */10 * fri", []string{"Fri 2024-03-01 00:00 UTC", "Fri 2024-05-31 00:00 UTC", "Fri 2024-06-21 00:00 UTC"}},
		{"0 0 1-7 * */6", []string{"Sat 2024-01-06 00:00 UTC", "Sun 2024-01-07 00:00 UTC", "Sat 2024-02-03 00:00 UTC"}},
		{"0 0 31 2 1", []string{"Mon 2024-02-05 00:00 UTC", "Mon 2024-02-12 00:00 UTC"}},
		{"@hourly", []string{"Mon 2024-01-01 13:00 UTC", "Mon 2024-01-01 14:00 UTC"}},
		{"@Daily", []string{"Tue 2024-01-02 00:00 UTC"}},
		{" @midnight ", []string{"Tue 2024-01-02 00:00 UTC"}},
		{"@weekly", []string{"Sun 2024-01-07 00:00 UTC"}},
		{"@monthly", []string{"Thu 2024-02-01 00:00 UTC"}},
		{"@yearly", []string{"Wed 2025-01-01 00:00 UTC"}},
		{"@annually", []string{"Wed 2025-01-01 00:00 UTC"}},
	}
	for _, tt := range tests {
		s := newCron(t, tt.expr, time.UTC)
		require.Equal(t, tt.want, next(s, instant(t, "2024-01-01T12:00:00.5Z"), len(tt.want)), tt.expr)
	}
}

func TestCronStart(t *testing.T) {
	tests := []struct{ expr, t, want string }{
		{"@hourly", "2024-01-01T12:59:59Z", "2024-01-01T12:00:00Z"},
		{"@hourly", "2024-01-01T12:00:00Z", "2024-01-01T12:00:00Z"},
		{"30 12 * * *", "2024-01-01T12:30:00Z", "2024-01-01T12:30:00Z"},
		{"30 12 * * *", "2024-01-01T12:29:59Z", "2023-12-31T12:30:00Z"},
		{"0 9,17 * * 1-5", "2024-01-08T08:00:00Z", "2024-01-05T17:00:00Z"},
		{"0 0 29 2 *", "2024-02-28T23:59:59Z", "2020-02-29T00:00:00Z"},
		{"0 0 29 2 *", "1904-02-28T00:00:00Z", "1896-02-29T00:00:00Z"},
		{"0 0 30 1,4 *", "2024-04-29T00:00:00Z", "2024-01-30T00:00:00Z"},
	}
	for _, tt := range tests {
		s := newCron(t, tt.expr, time.UTC)
		require.Equal(t, tt.want, s.Start(instant(t, tt.t)).Format(time.RFC3339), tt.expr)
	}
}

func TestCronWhereClocksAreChanged(t *testing.T) {
	tests := []struct {
		name, expr, zone, t string
		want                []string
	}{
		{
			"a fixed time that is skipped", "30 2 * * *", "America/New_York", "2024-03-09T12:00:00-05:00",
			[]string{"Sun 2024-03-10 03:30 EDT", "Mon 2024-03-11 02:30 EDT"},
		},
		{
			"two that meet", "0 2,3 * * *", "America/New_York", "2024-03-09T12:00:00-05:00",
			[]string{"Sun 2024-03-10 03:00 EDT", "Mon 2024-03-11 02:00 EDT"},
		},
		{
			"two that cross", "30,10 2,3 * * *", "America/New_York", "2024-03-09T12:00:00-05:00",
			[]string{"Sun 2024-03-10 03:10 EDT", "Sun 2024-03-10 03:30 EDT", "Mon 2024-03-11 02:10 EDT"},
		},
		{
			"a fixed time that is shown twice", "30 1 * * *", "America/New_York", "2024-11-02T12:00:00-04:00",
			[]string{"Sun 2024-11-03 01:30 EDT", "Mon 2024-11-04 01:30 EST"},
		},
		{
			"fixed hours", "0 0-23 * * *", "America/New_York", "2024-11-03T00:30:00-04:00",
			[]string{"Sun 2024-11-03 01:00 EDT", "Sun 2024-11-03 02:00 EST"},
		},
		{
			"every hour forward", "0 * * * *", "America/New_York", "2024-03-10T00:30:00-05:00",
			[]string{"Sun 2024-03-10 01:00 EST", "Sun 2024-03-10 03:00 EDT"},
		},
		{
			"every hour back", "0 * * * *", "America/New_York", "2024-11-03T00:30:00-04:00",
			[]string{"Sun 2024-11-03 01:00 EDT", "Sun 2024-11-03 01:00 EST", "Sun 2024-11-03 02:00 EST"},
		},
		{
			"every second hour forward", "0 */2 * * *", "America/New_York", "2024-03-10T00:30:00-05:00",
			[]string{"Sun 2024-03-10 04:00 EDT", "Sun 2024-03-10 06:00 EDT"},
		},
		{
			"every few minutes of an hour", "*/30 1 * * *", "America/New_York", "2024-11-03T00:30:00-04:00",
			[]string{"Sun 2024-11-03 01:00 EDT", "Sun 2024-11-03 01:30 EDT", "Sun 2024-11-03 01:00 EST", "Sun 2024-11-03 01:30 EST"},
		},
		{
			"every hour half an hour back", "0 * * * *", "Australia/Lord_Howe", "2023-04-02T00:30:00+11:00",
			[]string{"Sun 2023-04-02 01:00 +11", "Sun 2023-04-02 02:00 +1030"},
		},
		{
			"a day that is skipped", "0 12 30 12 *", "Pacific/Apia", "2011-12-29T12:00:00-10:00",
			[]string{"Sat 2011-12-31 12:00 +14", "Sun 2012-12-30 12:00 +14"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newCron(t, tt.expr, location(t, tt.zone))
			require.Equal(t, tt.want, next(s, instant(t, tt.t), len(tt.want)))
			for at, n := instant(t, tt.t), 0; n < len(tt.want); n++ {
				end := s.Next(at)
				require.Equal(t, end, s.Start(end))
				require.Equal(t, s.Start(at), s.Start(end.Add(-1)))
				at = end
			}
		})
	}
}

func TestCronRefuses(t *testing.T) {
	const (
		five   = " fields, want 5: minute, hour, day of month, month, day of week"
		macros = "want @hourly, @daily, @midnight, @weekly, @monthly, @yearly or @annually"
	)
	tests := []struct{ expr, want string }{
		{"", "0" + five},
		{"* * * *", "4" + five},
		{"0 0 * * * *", "6" + five},
		{"@reboot", macros},
		{"@", macros},
		{"@daily @daily", macros},
		{"60 * * * *", `minute, column 1: "60", want *, or 0 to 59`},
		{"* 24 * * *", `hour, column 3: "24", want *, or 0 to 23`},
		{"* * 0 * *", `day of month, column 5: "0", want *, or 1 to 31`},
		{"* * L * *", `day of month, column 5: "L", want *, or 1 to 31`},
		{"* * ? * *", `day of month, column 5: "?", want *, or 1 to 31`},
		{"* * * 13 *", `month, column 7: "13", want *, or 1 to 12 or jan to dec`},
		{"* * * mon *", `month, column 7: "mon", want *, or 1 to 12 or jan to dec`},
		{"  *\t* * * 8", `day of week, column 11: "8", want *, or 0 to 7 or sun to sat`},
		{"* * * * fri#2", `day of week, column 9: "fri#2", want *, or 0 to 7 or sun to sat`},
		{"1,2,x * * * *", `minute, column 5: "x", want *, or 0 to 59`},
		{"1,,2 * * * *", `minute, column 3: "", want *, or 0 to 59`},
		{"+1 * * * *", `minute, column 1: "+1", want *, or 0 to 59`},
		{"-1 * * * *", `minute, column 1: "-1", want *, or 0 to 59`},
		{"1-2-3 * * * *", `minute, column 1: "1-2-3", want *, or 0 to 59`},
		{"*-5 * * * *", `minute, column 1: "*-5", want *, or 0 to 59`},
		{"1- * * * *", `minute, column 1: "1-", want *, or 0 to 59`},
		{"99999999999999999999 * * * *", `minute, column 1: "99999999999999999999", want *, or 0 to 59`},
		{"* 22-2 * * *", `hour, column 3: "22-2", want a range that begins with its lower end`},
		{"* * * nov-feb *", `month, column 7: "nov-feb", want a range that begins with its lower end`},
		{"5/10 * * * *", `minute, column 1: "5/10", want 5-59/10 or 5`},
		{"5/0 * * * *", `minute, column 1: "5/0", want a step from 1 to 59`},
		{"*/0 * * * *", `minute, column 1: "*/0", want a step from 1 to 59`},
		{"*/60 * * * *", `minute, column 1: "*/60", want a step from 1 to 59`},
		{"*/ * * * *", `minute, column 1: "*/", want a step from 1 to 59`},
		{"*/2/3 * * * *", `minute, column 1: "*/2/3", want a step from 1 to 59`},
		{"1-9/-2 * * * *", `minute, column 1: "1-9/-2", want a step from 1 to 59`},
		{"0 0 31 2 *", "no month has such a day"},
		{"0 0 30,31 feb */2", "no month has such a day"},
		{"0 0 31 4,6,9,11 *", "no month has such a day"},
	}
	for _, tt := range tests {
		s, err := calendar.Cron(tt.expr, time.UTC)
		require.ErrorContains(t, err, tt.want, tt.expr)
		require.Contains(t, err.Error(), "cron expression ")
		require.Nil(t, s)
	}
}
