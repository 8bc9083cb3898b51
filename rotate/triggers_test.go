// SPDX-License-Identifier: MIT

package rotate_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/rotate"
)

func TestCronRotatesWhenItWouldRunItsCommand(t *testing.T) {
	s := scenario{
		zone: "America/New_York", start: "2024-03-09 23:30", every: time.Hour, lines: 8,
		opts: rotate.Options{Cron: "30 2 * * *"}, // is skipped on that day: at half past three
		want: `
			a.log 10T03:30EDT 10T04:30EDT 10T05:30EDT 10T06:30EDT 10T07:30EDT
			a.log.2024-03-09_02-30 09T23:30EST 10T00:30EST 10T01:30EST`,
	}
	require.Equal(t, listing(s.want), s.run(t))
	s = scenario{
		zone: "UTC", start: "2024-03-01 22:00", every: time.Hour, lines: 4,
		opts: rotate.Options{Cron: "@daily", Suffix: "%Y%m%d"},
		want: `
			a.log 02T00:00UTC 02T01:00UTC
			a.log.20240301 01T22:00UTC 01T23:00UTC`,
	}
	require.Equal(t, listing(s.want), s.run(t))
}

func TestOnOpenRotatesWhatAnEarlierRunHasLeft(t *testing.T) {
	for _, test := range []struct {
		name  string
		opts  rotate.Options
		runs  [][]string
		after string // the first Open, before its lines
		want  string
	}{
		{
			"each run has a file", rotate.Options{OnOpen: true, BackupCount: 9},
			[][]string{{"1", "2"}, {"3"}, {"4"}}, "a.log", "a.log 4\na.log.1 3\na.log.2 1 2",
		},
		{"an empty file is not rotated", rotate.Options{OnOpen: true, BackupCount: 9}, [][]string{{}, {}, {"3"}}, "a.log", "a.log 3"},
		{
			"nor one with only a header", rotate.Options{OnOpen: true, BackupCount: 9, Header: "#header"},
			[][]string{{}, {}, {"3"}, {"4"}}, "a.log #header", "a.log #header 4\na.log.1 #header 3",
		},
		{
			"with the first line", rotate.Options{OnOpen: true, BackupCount: 9, Delay: true},
			[][]string{{"1"}, {}, {"3"}}, "", "a.log 3\na.log.1 1",
		},
		{"no number twice", rotate.Options{OnOpen: true, Suffix: "%Y"}, [][]string{{"1"}, {"2"}, {"3"}}, "a.log", "a.log 3\na.log.2000 1\na.log.2000.1 2"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			synctest.Test(t, func(t *testing.T) {
				opts := test.opts
				opts.Location = time.UTC
				for i, lines := range test.runs {
					f := open(t, filepath.Join(dir, "a.log"), &opts)
					if i == 0 {
						require.Equal(t, listing(test.after), directory(t, dir))
					}
					put(t, f, lines...)
					require.NoError(t, f.Close())
				}
			})
			require.Equal(t, listing(test.want), directory(t, dir))
		})
	}
}

func TestShouldRotateIsToldWhatIsSo(t *testing.T) {
	dir := t.TempDir()
	var told []rotate.Current
	start := time.Date(2024, 1, 1, 12, 0, 0, 0, time.UTC)
	synctest.Test(t, func(t *testing.T) {
		sleepUntil(start)
		f := open(t, filepath.Join(dir, "a.log"), &rotate.Options{
			BackupCount: 5, Header: "#",
			ShouldRotate: func(c rotate.Current) bool {
				c.Since, c.Now = c.Since.UTC().Round(0), c.Now.UTC().Round(0)
				told = append(told, c)
				return c.Lines == 2
			},
		})
		for _, line := range []string{"a", "bb", "ccc", "dddd"} {
			put(t, f, line)
			time.Sleep(time.Second)
		}
	})
	at := func(sec int) time.Time { return start.Add(time.Duration(sec) * time.Second) }
	require.Equal(t, []rotate.Current{ // it is not asked about an empty file
		{Size: 4, Lines: 1, Next: 3, Since: at(0), Now: at(1)},
		{Size: 7, Lines: 2, Next: 4, Since: at(0), Now: at(2)},
		{Size: 6, Lines: 1, Next: 5, Since: at(2), Now: at(3)},
	}, told)
	require.Equal(t, listing("a.log # ccc dddd\na.log.1 # a bb"), directory(t, dir))
}

// A function may forget what it was asked for: what it says counts the first time.
func TestShouldRotateIsAskedOnceBeforeALine(t *testing.T) {
	for _, watch := range []bool{false, true} {
		dir := t.TempDir()
		wanted, asked := false, 0
		f := open(t, filepath.Join(dir, "a.log"), &rotate.Options{
			BackupCount: 5, Watch: watch,
			ShouldRotate: func(rotate.Current) bool {
				defer func() { wanted = false }()
				asked++
				return wanted
			},
		})
		put(t, f, "a")
		wanted = true
		put(t, f, "b", "c")
		require.Equal(t, 2, asked)
		require.Equal(t, listing("a.log b c\na.log.1 a"), directory(t, dir))
	}
}

func TestRotationByCall(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.log")
	f := open(t, path, &rotate.Options{BackupCount: 2})
	require.NoError(t, f.Rotate()) // empty
	put(t, f, "1")
	require.NoError(t, f.Rotate())
	require.NoError(t, f.Rotate())
	put(t, f, "2")
	require.NoError(t, f.Sync())
	require.NoError(t, f.Rotate())
	require.NoError(t, f.Close())
	require.EqualError(t, f.Rotate(), "rotate: rotate "+path+": file already closed")
	require.EqualError(t, f.Reopen(), "rotate: reopen "+path+": file already closed")
	require.EqualError(t, f.Sync(), "rotate: sync "+path+": file already closed")
	require.Equal(t, listing("a.log\na.log.1 2\na.log.2 1"), directory(t, dir))
}

func TestRotateByCallOpensAFileThatWasDelayed(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.log")
	require.NoError(t, os.WriteFile(path, []byte("old\n"), 0o600))
	f := open(t, path, &rotate.Options{BackupCount: 2, Delay: true})
	require.NoError(t, f.Sync())
	require.NoError(t, f.Rotate())
	require.NoError(t, f.Close())
	require.Equal(t, listing("a.log\na.log.1 old"), directory(t, dir))
}

func TestRotateByCallKeepsWhatWouldBeLost(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.log")
	f := open(t, path, nil)
	put(t, f, "1")
	require.EqualError(t, f.Rotate(), "rotate: rotate "+path+": no backup is kept: set BackupCount, MaxAge, MaxTotalBytes or Suffix")
	put(t, f, "2")
	require.Equal(t, listing("a.log 1 2"), directory(t, dir))
}

func TestReopenFollowsARename(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.log")
	f := open(t, path, nil)
	put(t, f, "1")
	require.NoError(t, os.Rename(path, filepath.Join(dir, "moved")))
	require.NoError(t, f.Reopen())
	put(t, f, "2")
	require.NoError(t, f.Reopen()) // there is no other
	put(t, f, "3")
	require.NoError(t, f.Close())
	require.Equal(t, listing("a.log 2 3\nmoved 1"), directory(t, dir))
}

func TestAHeaderIsTheFirstLineOfEachFile(t *testing.T) {
	dir := t.TempDir()
	// A file that is shorter than a header is not empty for that.
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a.log"), []byte("1\n"), 0o600))
	f := open(t, filepath.Join(dir, "a.log"), &rotate.Options{MaxBytes: 12, BackupCount: 9, Header: "header"})
	require.NoError(t, f.Rotate())
	put(t, f, "2", "3", "long-long-long", "4")
	require.NoError(t, f.Close())
	require.Equal(t, listing("a.log header 4\na.log.1 header long-long-long\na.log.2 header 2 3\na.log.3 1"),
		directory(t, dir))
	require.EqualValues(t, 4, f.Stats().Lines)
	require.EqualValues(t, 2+2+15+2, f.Stats().Bytes)
	require.EqualValues(t, 9, f.Stats().Size)
}

func TestStatsAreExact(t *testing.T) {
	dir := t.TempDir()
	var errs collector
	path := filepath.Join(dir, "a.log")
	f := open(t, path, &rotate.Options{MaxBytes: 10, BackupCount: 3, OnError: errs.add})
	for i := range 10 {
		put(t, f, fmt.Sprintf("%d234", i))
	}
	require.NoError(t, f.Close())
	require.Equal(t, rotate.Stats{Lines: 10, Bytes: 50, Rotations: 9, Size: 5, Backups: 3}, f.Stats())
	require.NoError(t, os.RemoveAll(dir))
	require.Equal(t, -1, f.Stats().Backups)
}

func TestALineCostsNoAllocation(t *testing.T) {
	line := append(bytes.Repeat([]byte("x"), 127), '\n')
	for name, opts := range map[string]rotate.Options{
		"plain":         {},
		"size":          {MaxBytes: 1 << 40, BackupCount: 3},
		"time":          {When: "midnight"},
		"cron":          {Cron: "@daily", MaxBytes: 1 << 40},
		"H":             {When: "H", Interval: 1000, Suffix: "%F"},
		"should rotate": {BackupCount: 1, ShouldRotate: func(rotate.Current) bool { return false }},
	} {
		t.Run(name, func(t *testing.T) {
			f := open(t, filepath.Join(t.TempDir(), "a.log"), &opts)
			put(t, f, "first")
			require.Zero(t, testing.AllocsPerRun(200, func() {
				if _, err := f.Write(line); err != nil {
					t.Error(err)
				}
			}))
		})
	}
}
