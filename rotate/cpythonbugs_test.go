// SPDX-License-Identifier: MIT

package rotate_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/rotate"
)

// Each test here is for a case in which CPython loses lines or stops to rotate, and has the right answer.

// gh-88352: up to 3.12.1 Python removes the backup of the first of two hours of the same name, and 3.13 does not
// rotate any more after it.
func TestTheHourThatComesTwiceKeepsItsLines(t *testing.T) {
	s := scenario{
		zone: "America/New_York", start: "2023-11-04 22:10", every: 30 * time.Minute, lines: 20,
		opts: rotate.Options{When: "H"},
		want: `
			a.log 05T06:10EST 05T06:40EST
			a.log.2023-11-04_22 04T22:10EDT 04T22:40EDT
			a.log.2023-11-04_23 04T23:10EDT 04T23:40EDT
			a.log.2023-11-05_00 05T00:10EDT 05T00:40EDT
			a.log.2023-11-05_01 05T01:10EDT 05T01:40EDT
			a.log.2023-11-05_01.1 05T01:10EST 05T01:40EST
			a.log.2023-11-05_02 05T02:10EST 05T02:40EST
			a.log.2023-11-05_03 05T03:10EST 05T03:40EST
			a.log.2023-11-05_04 05T04:10EST 05T04:40EST
			a.log.2023-11-05_05 05T05:10EST 05T05:40EST`,
	}
	require.Equal(t, listing(s.want), s.run(t))
}

// 3.13 gives the last hour before the change the name of the hour after it, and does not rotate any more then.
func TestTheHourThatIsSkippedGivesItsNameToNone(t *testing.T) {
	s := scenario{
		zone: "America/New_York", start: "2024-03-09 22:10", every: 30 * time.Minute, lines: 18,
		opts: rotate.Options{When: "H"},
		want: `
			a.log 10T07:10EDT 10T07:40EDT
			a.log.2024-03-09_22 09T22:10EST 09T22:40EST
			a.log.2024-03-09_23 09T23:10EST 09T23:40EST
			a.log.2024-03-10_00 10T00:10EST 10T00:40EST
			a.log.2024-03-10_01 10T01:10EST 10T01:40EST
			a.log.2024-03-10_03 10T03:10EDT 10T03:40EDT
			a.log.2024-03-10_04 10T04:10EDT 10T04:40EDT
			a.log.2024-03-10_05 10T05:10EDT 10T05:40EDT
			a.log.2024-03-10_06 10T06:10EDT 10T06:40EDT`,
	}
	require.Equal(t, listing(s.want), s.run(t))
}

// 3.13 takes a backup of that name for its own, and does not rotate any more.
func TestRotationGoesOnWhereANameIsTaken(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a.log.2024-01-01"), []byte("of somebody else\n"), 0o600))
	synctest.Test(t, func(t *testing.T) {
		start := time.Date(2024, 1, 1, 12, 0, 0, 0, time.UTC)
		sleepUntil(start)
		f := open(t, filepath.Join(dir, "a.log"), &rotate.Options{When: "midnight", Location: time.UTC})
		for i := range 4 {
			sleepUntil(start.AddDate(0, 0, i))
			put(t, f, fmt.Sprintf("day-%d", i+1))
		}
	})
	require.Equal(t, listing(`
		a.log day-4
		a.log.2024-01-01 of:somebody:else
		a.log.2024-01-01.1 day-1
		a.log.2024-01-02 day-2
		a.log.2024-01-03 day-3`), strings.ReplaceAll(directory(t, dir), "of somebody else", "of:somebody:else"))
}

// With two handlers, as with two processes, Python 3.11 loses lines at midnight, and in 3.13 the second one goes on to
// write into the file of the first day for ever. In one process there are no two here.
func TestTwoWritersOfAPathAreOne(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		start := time.Date(2024, 1, 1, 12, 0, 0, 0, time.UTC)
		sleepUntil(start)
		opts := &rotate.Options{When: "midnight", Location: time.UTC, BackupCount: 5}
		var files []*rotate.File
		for range 2 {
			f, err := rotate.Open(filepath.Join(dir, "a.log"), opts)
			require.NoError(t, err)
			files = append(files, f)
		}
		for i := range 3 {
			sleepUntil(start.AddDate(0, 0, i))
			put(t, files[0], fmt.Sprintf("%d-one", i+1))
			put(t, files[1], fmt.Sprintf("%d-two", i+1))
		}
		require.NoError(t, files[0].Close())
		put(t, files[1], "3-three")
		require.NoError(t, files[1].Close())
	})
	require.Equal(t, listing(`
		a.log 3-one 3-two 3-three
		a.log.2024-01-01 1-one 1-two
		a.log.2024-01-02 2-one 2-two`), directory(t, dir))
}

// gh-84649: a program that is started again more often than its files are long has Python never rotate.
func TestRestartsMoreOftenThanThePeriodStillRotate(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		start := time.Date(2024, 1, 1, 12, 0, 0, 0, time.UTC)
		for i := range 20 {
			now := start.Add(time.Duration(i) * 5 * time.Hour)
			sleepUntil(now)
			restart(t, filepath.Join(dir, "a.log"), &rotate.Options{When: "D", Location: time.UTC}, now.Format("02T15:04"))
		}
	})
	require.Equal(t, listing(`
		a.log 04T15:00 04T20:00 05T01:00 05T06:00 05T11:00
		a.log.2024-01-01 01T12:00 01T17:00 01T22:00 02T03:00 02T08:00
		a.log.2024-01-02 02T13:00 02T18:00 02T23:00 03T04:00 03T09:00
		a.log.2024-01-03 03T14:00 03T19:00 04T00:00 04T05:00 04T10:00`), directory(t, dir))
}

// gh-90221, gh-88916: Python takes files for backups that are none, and removes them.
func TestWhatIsNoBackupIsNotRemoved(t *testing.T) {
	dir := t.TempDir()
	strangers := []string{
		"a.2024-01-01", "a.b.2024-01-01", "a.log.2001-01-01.bak", "a.log.2001-01-01_00-00-00", "a.log.2001-1-1", "b.a.log.2001-01-01",
		"a.log.2001-02-30", "a.log.2001-01-01.gz.bak", "A.log.2001-01-01", "a.log.2001-01-01.01", "a.log.2001-01-01.0", "a.log.1",
	}
	for _, name := range strangers {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte("keep\n"), 0o600))
	}
	synctest.Test(t, func(t *testing.T) {
		start := time.Date(2024, 1, 1, 12, 0, 0, 0, time.UTC)
		sleepUntil(start)
		f := open(t, filepath.Join(dir, "a.log"), &rotate.Options{When: "midnight", Location: time.UTC, BackupCount: 1})
		for i := range 4 {
			sleepUntil(start.AddDate(0, 0, i))
			put(t, f, fmt.Sprintf("day-%d", i+1))
		}
	})
	want := "a.log day-4\na.log.2024-01-03 day-3\n"
	for _, name := range strangers {
		want += name + " keep\n"
	}
	require.Equal(t, sorted(listing(want)), sorted(directory(t, dir)))
}

// gh-116263: up to 3.12 a line that is longer than maxBytes makes an empty backup first.
func TestNoEmptyBackups(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		start := time.Date(2024, 1, 1, 12, 0, 0, 0, time.UTC)
		sleepUntil(start)
		f := open(t, filepath.Join(dir, "a.log"), &rotate.Options{When: "midnight", MaxBytes: 5, Location: time.UTC})
		require.NoError(t, f.Rotate())
		sleepUntil(start.AddDate(0, 0, 2))
		put(t, f, "0123456789")
		require.NoError(t, f.Rotate())
		require.NoError(t, f.Rotate())
	})
	require.Equal(t, listing("a.log\na.log.2024-01-03 0123456789"), directory(t, dir))
}

// sorted sorts the files of a directory, which are apart by the lines that have their names.
func sorted(files string) map[string]string {
	m := map[string]string{}
	for _, file := range strings.Split(files, "-- ")[1:] {
		if name, content, ok := strings.Cut(file, " --\n"); ok {
			m[name] = content
		}
	}
	return m
}
