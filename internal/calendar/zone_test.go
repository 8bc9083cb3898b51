// SPDX-License-Identifier: MIT

package calendar_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestDaysWhenClocksAreChanged has the period that a time lies in, and the end of a file that is opened then.
func TestDaysWhenClocksAreChanged(t *testing.T) {
	tests := []struct {
		name, zone, when, at string
		t, start, end, next  string // next is empty if it is end
	}{
		{
			"02:30 is skipped: not yet", "America/New_York", "midnight", "02:30",
			"2012-03-11T03:29:59-04:00", "2012-03-10T02:30:00-05:00", "2012-03-11T03:30:00-04:00",
			"2012-03-12T02:30:00-04:00", // Python's clocks show that it is over
		},
		{
			"02:30 is skipped: now", "America/New_York", "midnight", "02:30",
			"2012-03-11T03:30:00-04:00", "2012-03-11T03:30:00-04:00", "2012-03-12T02:30:00-04:00", "",
		},
		{
			"01:30 is shown twice: the first", "America/New_York", "midnight", "01:30",
			"2012-11-04T01:30:00-04:00", "2012-11-04T01:30:00-04:00", "2012-11-05T01:30:00-05:00", "",
		},
		{
			"01:30 is shown twice: between", "America/New_York", "midnight", "01:30",
			"2012-11-04T01:10:00-05:00", "2012-11-04T01:30:00-04:00", "2012-11-05T01:30:00-05:00",
			"2012-11-04T01:30:00-05:00", // Python's clocks show that it is to come
		},
		{
			"01:30 is shown twice: the second", "America/New_York", "midnight", "01:30",
			"2012-11-04T01:30:00-05:00", "2012-11-04T01:30:00-04:00", "2012-11-05T01:30:00-05:00", "",
		},
		{
			"half an hour forward", "Australia/Lord_Howe", "midnight", "02:15",
			"2023-10-01T02:44:59+11:00", "2023-09-30T02:15:00+10:30", "2023-10-01T02:45:00+11:00", "2023-10-02T02:15:00+11:00",
		},
		{
			"half an hour back", "Australia/Lord_Howe", "midnight", "01:45",
			"2023-04-02T01:35:00+10:30", "2023-04-02T01:45:00+11:00", "2023-04-03T01:45:00+10:30", "2023-04-02T01:45:00+10:30",
		},
		{
			"no midnight in Sao Paulo", "America/Sao_Paulo", "midnight", "",
			"2018-11-03T23:59:59-03:00", "2018-11-03T00:00:00-03:00", "2018-11-04T01:00:00-02:00", "",
		},
		{
			"no midnight in Beirut", "Asia/Beirut", "midnight", "00:00",
			"2022-03-27T01:00:00+03:00", "2022-03-27T01:00:00+03:00", "2022-03-28T00:00:00+03:00", "",
		},
		{
			"no half past midnight in Tehran", "Asia/Tehran", "midnight", "00:30",
			"2021-03-22T01:29:59+04:30", "2021-03-21T00:30:00+03:30", "2021-03-22T01:30:00+04:30", "2021-03-23T00:30:00+04:30",
		},
		{
			"the day before clocks are put forward over midnight", "America/Toronto", "midnight", "",
			"1919-03-30T12:00:00-05:00", "1919-03-30T00:00:00-05:00", "1919-03-31T00:30:00-04:00", "",
		},
		{
			"clocks put forward over midnight, at 23:30", "America/Toronto", "midnight", "",
			"1919-03-31T00:30:00-04:00", "1919-03-31T00:30:00-04:00", "1919-04-01T00:00:00-04:00", "",
		},
		{
			"two midnights in Havana", "America/Havana", "midnight", "",
			"2023-11-05T00:30:00-05:00", "2023-11-05T00:00:00-04:00", "2023-11-06T00:00:00-05:00", "",
		},
		{
			"back to the day before", "America/St_Johns", "midnight", "",
			"2010-11-06T23:30:00-03:30", "2010-11-07T00:00:00-02:30", "2010-11-08T00:00:00-03:30", "2010-11-07T00:00:00-03:30",
		},
		{
			"Apia has no 30 December", "Pacific/Apia", "midnight", "",
			"2011-12-29T23:59:59-10:00", "2011-12-29T00:00:00-10:00", "2011-12-31T00:00:00+14:00", "",
		},
		{
			"the day after", "Pacific/Apia", "midnight", "12:00",
			"2011-12-31T00:00:00+14:00", "2011-12-29T12:00:00-10:00", "2011-12-31T12:00:00+14:00", "",
		},
		{
			"a week that ends on no day", "Pacific/Apia", "W4", "06:00",
			"2011-12-31T05:59:59+14:00", "2011-12-23T06:00:00-10:00", "2011-12-31T06:00:00+14:00", "2012-01-06T06:00:00+14:00",
		},
		{
			"a day twice in Kwajalein", "Pacific/Kwajalein", "midnight", "12:00",
			"1969-09-30T12:00:00-12:00", "1969-09-30T12:00:00+11:00", "1969-10-01T12:00:00-12:00", "",
		},
		{
			"the last day of a leap year far ahead", "America/New_York", "midnight", "19:00",
			"2096-12-31T12:00:00-05:00", "2096-12-30T19:00:00-05:00", "2096-12-31T19:00:00-05:00", "",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newSchedule(t, tt.when, 1, tt.at, location(t, tt.zone))
			now := instant(t, tt.t)
			start, end := s.Period(now)
			require.Equal(t, tt.start, start.Format(time.RFC3339))
			require.Equal(t, tt.end, end.Format(time.RFC3339))
			if tt.next == "" {
				tt.next = tt.end
			}
			require.Equal(t, tt.next, s.Next(now).Format(time.RFC3339))
		})
	}
}

// zones are those whose clocks are changed in odd ways.
var zones = []string{
	"UTC", "America/New_York", "Europe/London", "Europe/Dublin", "Africa/Casablanca", "Africa/El_Aaiun",
	"Australia/Lord_Howe", "Asia/Tehran", "America/Sao_Paulo", "America/St_Johns", "America/Havana", "America/Toronto",
	"Asia/Beirut", "Asia/Kathmandu", "Pacific/Chatham", "Antarctica/Troll", "Europe/Amsterdam", "Africa/Monrovia",
	"Pacific/Apia", "Pacific/Kwajalein", "Asia/Manila", "America/Juneau", "Pacific/Enderbury", "America/Caracas",
	"Asia/Pyongyang", "Antarctica/Casey", "America/Nuuk", "Asia/Gaza",
}
