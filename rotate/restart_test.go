// SPDX-License-Identifier: MIT

package rotate_test

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/rotate"
)

// restart is one life of a program that writes lines. File times in a bubble are real: they are set as a
// real clock would have.
func restart(t *testing.T, path string, opts *rotate.Options, lines ...string) {
	t.Helper()
	f := open(t, path, opts)
	put(t, f, lines...)
	require.NoError(t, f.Close())
	require.NoError(t, os.Chtimes(path, time.Now(), time.Now()))
}

func TestAfterEachPointARestartGoesOnWithThePeriod(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("without extended attributes")
	}
	day := func(d, h, m, s int) time.Time { return time.Date(2024, 5, d, h, m, s, 0, time.UTC) }
	for _, test := range []struct {
		name string
		opts rotate.Options
		runs []time.Time // one line in each
		want string
	}{
		{
			"in the last second of a day", rotate.Options{When: "midnight"},
			[]time.Time{day(1, 23, 59, 59), day(2, 0, 0, 0), day(2, 0, 0, 1)},
			"a.log 02T00:00:00 02T00:00:01\na.log.2024-05-01 01T23:59:59",
		},
		{
			"days later", rotate.Options{When: "midnight"},
			[]time.Time{day(1, 12, 0, 0), day(9, 0, 0, 0), day(9, 12, 0, 0)},
			"a.log 09T00:00:00 09T12:00:00\na.log.2024-05-01 01T12:00:00",
		},
		{
			"each day, two days long", rotate.Options{When: "midnight", Interval: 2},
			[]time.Time{day(1, 12, 0, 0), day(2, 12, 0, 0), day(3, 12, 0, 0), day(4, 12, 0, 0), day(5, 12, 0, 0)},
			"a.log 05T12:00:00\na.log.2024-05-01 01T12:00:00 02T12:00:00\na.log.2024-05-03 03T12:00:00 04T12:00:00",
		},
		{
			"each half hour, an hour long", rotate.Options{When: "H"},
			[]time.Time{day(1, 12, 0, 0), day(1, 12, 30, 0), day(1, 13, 0, 0), day(1, 13, 30, 0), day(1, 14, 0, 0)},
			"a.log 01T14:00:00\na.log.2024-05-01_12 01T12:00:00 01T12:30:00\na.log.2024-05-01_13 01T13:00:00 01T13:30:00",
		},
		{
			"each hour, by cron", rotate.Options{Cron: "30 */2 * * *"},
			[]time.Time{day(1, 12, 0, 0), day(1, 13, 0, 0), day(1, 14, 0, 0), day(1, 15, 0, 0), day(1, 16, 0, 0)},
			"a.log 01T15:00:00 01T16:00:00\na.log.2024-05-01_10-30 01T12:00:00\na.log.2024-05-01_12-30 01T13:00:00 01T14:00:00",
		},
		{
			"with a line as long as a file", rotate.Options{When: "D", MaxBytes: 10},
			[]time.Time{day(1, 12, 0, 0), day(1, 13, 0, 0), day(2, 12, 0, 0), day(2, 13, 0, 0)},
			"a.log 02T13:00:00\na.log.2024-05-01 01T12:00:00\na.log.2024-05-01.1 01T13:00:00\na.log.2024-05-02 02T12:00:00",
		},
		{
			"by size, with names by time", rotate.Options{MaxBytes: 25, Suffix: "%Y-%m-%d"},
			[]time.Time{day(1, 12, 0, 0), day(2, 12, 0, 0), day(3, 12, 0, 0), day(4, 12, 0, 0), day(5, 12, 0, 0)},
			"a.log 05T12:00:00\na.log.2024-05-01 01T12:00:00 02T12:00:00\na.log.2024-05-03 03T12:00:00 04T12:00:00",
		},
	} {
		for _, delay := range []bool{false, true} {
			t.Run(test.name, func(t *testing.T) {
				dir := t.TempDir()
				synctest.Test(t, func(t *testing.T) {
					opts := test.opts
					opts.Location, opts.Delay = time.UTC, delay
					for _, at := range test.runs {
						sleepUntil(at)
						restart(t, filepath.Join(dir, "a.log"), &opts, at.Format("02T15:04:05"))
					}
				})
				require.Equal(t, listing(test.want), directory(t, dir))
			})
		}
	}
}

// A file that another program has begun, or that lay on a file system without extended attributes.
func TestAFileWithoutANoteOfItsTimeRotatesInTheEnd(t *testing.T) {
	for _, test := range []struct {
		name string
		opts rotate.Options
		want string
	}{
		{"D", rotate.Options{When: "D"}, "a.log 03T12\na.log.2024-05-01 old 02T00\na.log.2024-05-02 02T12 03T00"},
		{"midnight", rotate.Options{When: "midnight"}, "a.log 03T00 03T12\na.log.2024-05-01 old\na.log.2024-05-02 02T00 02T12"},
		{
			"every second midnight", rotate.Options{When: "midnight", Interval: 2},
			"a.log 03T00 03T12\na.log.2024-05-01 old 02T00 02T12",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "a.log")
			require.NoError(t, os.WriteFile(path, []byte("old\n"), 0o600))
			synctest.Test(t, func(t *testing.T) {
				start := time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)
				require.NoError(t, os.Chtimes(path, start, start))
				opts := test.opts
				opts.Location = time.UTC
				for i := range 4 {
					at := start.Add(time.Duration(i+1) * 12 * time.Hour)
					sleepUntil(at)
					restart(t, path, &opts, at.Format("02T15"))
				}
			})
			require.Equal(t, listing(test.want), directory(t, dir))
		})
	}
}
