// SPDX-License-Identifier: MIT

package format_test

import (
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slogx/slogx/format"
	"github.com/stretchr/testify/require"
)

func asctime(t *testing.T, opts *format.Options, times ...time.Time) []string {
	l, err := format.Percent("%(asctime)s", opts)
	require.NoError(t, err)
	var got []string
	for _, tm := range times {
		got = append(got, string(l.Append(nil, &format.Record{Record: slog.NewRecord(tm, 0, "", 0)})))
	}
	return got
}

func location(t *testing.T, name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Skipf("no time zones on this machine: %v", err)
	}
	return loc
}

func TestAsctime(t *testing.T) {
	require.Equal(t, []string{
		"2023-11-14 22:13:20,123", "2023-11-14 22:13:20,999", "2023-11-14 22:13:21,000", "2023-11-14 22:13:20,000",
		"1969-12-31 23:59:59,999", "0044-03-15 12:00:00,001", "10000-01-01 00:00:00,000", "",
	}, asctime(t, utc,
		theTime, time.Unix(1700000000, 999999999), time.Unix(1700000001, 0), time.Unix(1700000000, 0),
		time.Unix(-1, 999000000), time.Date(44, 3, 15, 12, 0, 0, 1e6, time.UTC), time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), time.Time{}))
}

func TestAsctimeOverDST(t *testing.T) {
	// The hour from 2:00 comes twice: the texts are the same, the seconds are not.
	berlin := location(t, "Europe/Berlin")
	first := time.Date(2023, 10, 29, 0, 59, 59, 0, time.UTC)
	opts := &format.Options{Location: berlin, DateFormat: "%H:%M:%S %z"}
	require.Equal(t, []string{"02:59:59 +0200", "02:00:00 +0100", "02:59:59 +0100", "02:59:59 +0200"},
		asctime(t, opts, first, first.Add(time.Second), first.Add(time.Hour), first))
}

func TestAsctimeIsLocalWhateverZoneTheRecordHas(t *testing.T) {
	was := time.Local
	defer func() { time.Local = was }()
	l := format.MustPercent("%(asctime)s", &format.Options{DateFormat: "%H:%M"})
	r := &format.Record{Record: slog.NewRecord(theTime.UTC(), 0, "", 0)}
	for zone, want := range map[int]string{0: "22:13", 3600: "23:13", -5 * 3600: "17:13"} {
		time.Local = time.FixedZone("X", zone)
		require.Equal(t, want, string(l.Append(nil, r)))
	}
}

func TestDateFormat(t *testing.T) {
	for format_, want := range map[string]string{
		"%Y/%m/%d %I:%M:%S %p": "2023/11/14 10:13:20 PM",
		"%H:%M:%S.%f":          "22:13:20.123456",
		"%s %Z":                "1700000000 UTC",
		"%H:%M:%S.%3f":         "22:13:20.123",
		"%9f %S":               "123456789 20",
		"%3f %6f %f":           "123 123456 123456",
		"%-f %3f":              "123456 123",
		"%%f %%3f":             "%f %3f",
		format.RFC3339:         "2023-11-14T22:13:20+00:00",
		format.RFC3339Milli:    "2023-11-14T22:13:20.123+00:00",
		"plain":                "plain",
		"%":                    "%",
	} {
		fraction := theTime.Truncate(time.Second).Add(123456789)
		later := fraction.Add(100*time.Millisecond + time.Microsecond)
		opts := &format.Options{Location: time.UTC, DateFormat: format_}
		got := asctime(t, opts, fraction, later, fraction)
		require.Equal(t, asctime(t, opts, later)[0], got[1], format_)
		require.Equal(t, want, got[0], format_)
		require.Equal(t, strings.Contains(want, "123"), got[0] != got[1], format_)
		require.Equal(t, got[0], got[2], format_)
	}
	require.Equal(t, "[2023-11 ]", "["+string(format.MustPercent("%(asctime)-8.7s", utc).Append(nil, theRecord(t)))+"]")
}

func TestAsctimeIsSharedByGoroutines(t *testing.T) {
	l := format.MustPercent("%(asctime)s %(message)s", utc)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for j := range 2000 {
				tm := time.Unix(int64(i*j%7), int64(j%1000)*1e6)
				got := string(l.Append(nil, &format.Record{Record: slog.NewRecord(tm, 0, "", 0)}))
				if want := tm.UTC().Format("2006-01-02 15:04:05,000 "); got != want {
					t.Errorf("%q, not %q", got, want)
				}
			}
		})
	}
	wg.Wait()
}

func TestZeroTime(t *testing.T) {
	l := format.MustPercent("[%(asctime)s][%(created)d][%(msecs)d][%(relativeCreated)d]", nil)
	require.Equal(t, "[][0][0][0]", string(l.Append(nil, &format.Record{})))
}

func TestFarTimes(t *testing.T) {
	format.SetStarted(t, time.Unix(1_700_000_000, 0))
	l := format.MustPercent("%(created).1f %(relativeCreated).0f", nil)
	for year, want := range map[int]string{
		1: "-62135596799.5 -63835596799500", 1600: "-11676095999.5 -13376095999500",
		2024: "1704067200.5 4067200500", 9999: "253370764800.5 251670764800500",
	} {
		r := &format.Record{Record: slog.NewRecord(time.Date(year, 1, 1, 0, 0, 0, 5e8, time.UTC), 0, "", 0)}
		require.Equal(t, want, string(l.Append(nil, r)))
	}
}
