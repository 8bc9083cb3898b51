// SPDX-License-Identifier: MIT

package rotate_test

import (
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	_ "time/tzdata"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/rotate"
)

// sleepUntil lets the clock of a bubble go on.
func sleepUntil(t time.Time) { time.Sleep(time.Until(t)) }

func location(t *testing.T, name string) *time.Location {
	loc, err := time.LoadLocation(name)
	require.NoError(t, err)
	return loc
}

// A scenario is a run in which a line is written every so often: the time of day at which that is.
type scenario struct {
	name  string
	zone  string
	start string
	every time.Duration
	lines int
	at    []int // seconds after the start, in place of every and lines
	opts  rotate.Options
	want  string // for each file its name and its lines, all in one line
}

// run returns what lies in the directory at the end.
func (s *scenario) run(t *testing.T) string {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		opts := s.opts
		opts.Location = location(t, s.zone)
		start, err := time.ParseInLocation("2006-01-02 15:04", s.start, opts.Location)
		require.NoError(t, err)
		sleepUntil(start)
		f := open(t, filepath.Join(dir, "a.log"), &opts)
		for i := range max(s.lines, len(s.at)) {
			at := start.Add(time.Duration(i) * s.every)
			if s.at != nil {
				at = start.Add(time.Duration(s.at[i]) * time.Second)
			}
			sleepUntil(at)
			put(t, f, at.Format("02T15:04MST"))
		}
		require.NoError(t, f.Close())
	})
	return directory(t, dir)
}

// listing is what directory returns, written with a line for each file.
func listing(files string) string {
	var b strings.Builder
	for line := range strings.Lines(files) {
		if fields := strings.Fields(line); len(fields) > 0 {
			b.WriteString("-- " + fields[0] + " --\n")
			for _, line := range fields[1:] {
				b.WriteString(line + "\n")
			}
		}
	}
	return b.String()
}

// The cases are those that CPython 3.13 was asked for, with its answers.
func TestRotationByTimeIsPythons(t *testing.T) {
	for _, test := range []scenario{
		{
			name: "midnight, clock set back", zone: "America/New_York", start: "2023-11-03 12:00", every: 6 * time.Hour, lines: 18,
			opts: rotate.Options{When: "midnight"},
			want: `
				a.log 07T05:00EST 07T11:00EST 07T17:00EST
				a.log.2023-11-03 03T12:00EDT 03T18:00EDT
				a.log.2023-11-04 04T00:00EDT 04T06:00EDT 04T12:00EDT 04T18:00EDT
				a.log.2023-11-05 05T00:00EDT 05T05:00EST 05T11:00EST 05T17:00EST 05T23:00EST
				a.log.2023-11-06 06T05:00EST 06T11:00EST 06T17:00EST 06T23:00EST`,
		},
		{
			name: "midnight, clock put forward", zone: "America/New_York", start: "2024-03-08 12:00", every: 6 * time.Hour, lines: 18,
			opts: rotate.Options{When: "MIDNIGHT"},
			want: `
				a.log 12T01:00EDT 12T07:00EDT 12T13:00EDT 12T19:00EDT
				a.log.2024-03-08 08T12:00EST 08T18:00EST
				a.log.2024-03-09 09T00:00EST 09T06:00EST 09T12:00EST 09T18:00EST
				a.log.2024-03-10 10T00:00EST 10T07:00EDT 10T13:00EDT 10T19:00EDT
				a.log.2024-03-11 11T01:00EDT 11T07:00EDT 11T13:00EDT 11T19:00EDT`,
		},
		{
			name: "midnight, every second", zone: "UTC", start: "2024-01-01 12:00", every: 12 * time.Hour, lines: 12,
			opts: rotate.Options{When: "midnight", Interval: 2},
			want: `
				a.log 07T00:00UTC
				a.log.2024-01-01 01T12:00UTC 02T00:00UTC 02T12:00UTC
				a.log.2024-01-03 03T00:00UTC 03T12:00UTC 04T00:00UTC 04T12:00UTC
				a.log.2024-01-05 05T00:00UTC 05T12:00UTC 06T00:00UTC 06T12:00UTC`,
		},
		{
			name: "at noon, started just then", zone: "UTC", start: "2024-01-01 12:00", every: 12 * time.Hour, lines: 6,
			opts: rotate.Options{When: "midnight", At: "12:00"},
			want: `
				a.log 03T12:00UTC 04T00:00UTC
				a.log.2024-01-01 01T12:00UTC 02T00:00UTC
				a.log.2024-01-02 02T12:00UTC 03T00:00UTC`,
		},
		{
			name: "W0", zone: "UTC", start: "2024-01-01 12:00", every: 24 * time.Hour, lines: 20,
			opts: rotate.Options{When: "W0"},
			want: `
				a.log 16T12:00UTC 17T12:00UTC 18T12:00UTC 19T12:00UTC 20T12:00UTC
				a.log.2023-12-26 01T12:00UTC
				a.log.2024-01-02 02T12:00UTC 03T12:00UTC 04T12:00UTC 05T12:00UTC 06T12:00UTC 07T12:00UTC 08T12:00UTC
				a.log.2024-01-09 09T12:00UTC 10T12:00UTC 11T12:00UTC 12T12:00UTC 13T12:00UTC 14T12:00UTC 15T12:00UTC`,
		},
		{
			name: "W2 at half past six", zone: "UTC", start: "2024-01-01 12:00", every: 24 * time.Hour, lines: 20,
			opts: rotate.Options{When: "w2", At: "06:30"},
			want: `
				a.log 17T12:00UTC 18T12:00UTC 19T12:00UTC 20T12:00UTC
				a.log.2023-12-27 01T12:00UTC 02T12:00UTC
				a.log.2024-01-03 03T12:00UTC 04T12:00UTC 05T12:00UTC 06T12:00UTC 07T12:00UTC 08T12:00UTC 09T12:00UTC
				a.log.2024-01-10 10T12:00UTC 11T12:00UTC 12T12:00UTC 13T12:00UTC 14T12:00UTC 15T12:00UTC 16T12:00UTC`,
		},
		{
			name: "D, two backups", zone: "UTC", start: "2024-01-01 12:00", every: 12 * time.Hour, lines: 12,
			opts: rotate.Options{When: "D", BackupCount: 2},
			want: `
				a.log 06T12:00UTC 07T00:00UTC
				a.log.2024-01-04 04T12:00UTC 05T00:00UTC
				a.log.2024-01-05 05T12:00UTC 06T00:00UTC`,
		},
		{
			name: "S, idle", zone: "UTC", start: "2024-01-01 12:00", at: []int{0, 1, 2, 100, 101},
			opts: rotate.Options{When: "S", Interval: 10},
			want: `
				a.log 01T12:01UTC 01T12:01UTC
				a.log.2024-01-01_12-00-00 01T12:00UTC 01T12:00UTC 01T12:00UTC`,
		},
		{
			name: "H, counted from the creation of the file", zone: "UTC", start: "2024-01-01 12:00", at: []int{2400, 3599, 3600, 4200, 7200},
			opts: rotate.Options{When: "h"},
			want: `
				a.log 01T14:00UTC
				a.log.2024-01-01_12 01T12:40UTC 01T12:59UTC
				a.log.2024-01-01_13 01T13:00UTC 01T13:10UTC`,
		},
		{
			name: "M", zone: "UTC", start: "2024-01-01 12:00", at: []int{0, 30, 59, 60, 61, 120, 600},
			opts: rotate.Options{When: "M"},
			want: `
				a.log 01T12:10UTC
				a.log.2024-01-01_12-00 01T12:00UTC 01T12:00UTC 01T12:00UTC
				a.log.2024-01-01_12-01 01T12:01UTC 01T12:01UTC
				a.log.2024-01-01_12-02 01T12:02UTC`,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			require.Equal(t, listing(test.want), test.run(t))
		})
	}
}

// Python was not asked for these: some of them it cannot do, and others it gets wrong.
func TestRotationByTimeInOddZones(t *testing.T) {
	for _, test := range []scenario{
		{
			name: "half an hour back", zone: "Australia/Lord_Howe", start: "2024-04-06 21:00", every: 6 * time.Hour, lines: 9,
			opts: rotate.Options{When: "midnight"},
			want: `
				a.log 08T02:30+1030 08T08:30+1030 08T14:30+1030 08T20:30+1030
				a.log.2024-04-06 06T21:00+11
				a.log.2024-04-07 07T02:30+1030 07T08:30+1030 07T14:30+1030 07T20:30+1030`,
		},
		{
			name: "half an hour forward", zone: "Australia/Lord_Howe", start: "2024-10-05 23:00", every: 30 * time.Minute, lines: 8,
			opts: rotate.Options{When: "midnight", At: "02:15"}, // is skipped: 02:45 by then
			want: `
				a.log 06T03:00+11
				a.log.2024-10-05 05T23:00+1030 05T23:30+1030 06T00:00+1030 06T00:30+1030 06T01:00+1030 06T01:30+1030 06T02:30+11`,
		},
		{
			name: "a day that is skipped", zone: "Pacific/Apia", start: "2011-12-28 12:00", every: 12 * time.Hour, lines: 7,
			opts: rotate.Options{When: "midnight"},
			want: `
				a.log 01T00:00+14 01T12:00+14
				a.log.2011-12-28 28T12:00-10
				a.log.2011-12-29 29T00:00-10 29T12:00-10
				a.log.2011-12-31 31T00:00+14 31T12:00+14`,
		},
		{
			name: "leap day", zone: "UTC", start: "2024-02-28 12:00", every: 12 * time.Hour, lines: 5,
			opts: rotate.Options{When: "midnight"},
			want: `
				a.log 01T00:00UTC 01T12:00UTC
				a.log.2024-02-28 28T12:00UTC
				a.log.2024-02-29 29T00:00UTC 29T12:00UTC`,
		},
		{
			name: "no midnight that day", zone: "America/Sao_Paulo", start: "2018-11-03 23:30", every: 30 * time.Minute, lines: 3,
			opts: rotate.Options{When: "midnight"},
			want: `
				a.log 04T01:00-02 04T01:30-02
				a.log.2018-11-03 03T23:30-03`,
		},
		{
			name: "asleep for weeks", zone: "America/New_York", start: "2024-03-01 12:00", at: []int{0, 20 * 86400, 20*86400 + 1, 50 * 86400},
			opts: rotate.Options{When: "midnight"},
			want: `
				a.log 20T13:00EDT
				a.log.2024-03-01 01T12:00EST
				a.log.2024-03-21 21T13:00EDT 21T13:00EDT`,
		},
		{
			name: "cron on weekdays", zone: "Europe/Berlin", start: "2024-03-29 05:00", every: 12 * time.Hour, lines: 8,
			opts: rotate.Options{Cron: "0 6 * * mon-fri"},
			want: `
				a.log 01T06:00CEST 01T18:00CEST
				a.log.2024-03-28_06-00 29T05:00CET
				a.log.2024-03-29_06-00 29T17:00CET 30T05:00CET 30T17:00CET 31T06:00CEST 31T18:00CEST`,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			require.Equal(t, listing(test.want), test.run(t))
		})
	}
}
