// SPDX-License-Identifier: MIT

package rotate_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/internal/testhelp"
	"github.com/slogx/slogx/rotate"
)

// A thing is what lies in a directory, and if it is a backup, its place among them: the oldest has the lowest.
type thing struct {
	name     string
	backup   bool
	order    int // two files of one backup have the same
	size     int
	modified time.Time
	ended    time.Time // what its age counts from
}

// survivors is the model: it returns the names of what is left.
func survivors(things []thing, o rotate.Options, now time.Time) []string {
	var backups [][]thing // newest first
	slices.SortStableFunc(things, func(a, b thing) int { return cmp.Compare(b.order, a.order) })
	var left []string
	for _, th := range things {
		switch n := len(backups); {
		case !th.backup:
			left = append(left, th.name)
		case n > 0 && backups[n-1][0].order == th.order:
			backups[n-1] = append(backups[n-1], th)
		default:
			backups = append(backups, []thing{th})
		}
	}
	tooOld := func(b []thing) bool {
		return !slices.ContainsFunc(b, func(th thing) bool { return now.Sub(th.ended) <= o.MaxAge })
	}
	for o.MaxAge > 0 && len(backups) > 0 && tooOld(backups[len(backups)-1]) {
		backups = backups[:len(backups)-1]
	}
	bytes := 0
	for i, b := range backups {
		for _, th := range b {
			bytes += th.size
		}
		if o.BackupCount > 0 && i >= o.BackupCount || o.MaxTotalBytes > 0 && i > 0 && int64(bytes) > o.MaxTotalBytes {
			break
		}
		for _, th := range b {
			left = append(left, th.name)
		}
	}
	slices.Sort(left)
	return left
}

// strange are names that are near those of backups of app.log.
var strange = []string{
	"app.access.log", "app.access.log.1", "app.log.bak", "app.log.01", "app.log.0", "app.log.1.gz.bak", "app.log.old.1", "app.log.1.zst", "APP.LOG.1",
	"app.log.2024-02-30", "app.log.2024-01-01.0", "app.log.2024-01-01.bak", "app.2024-01-01.log", "app-2024-01-01.log", "app-2024-01-01T00-00-00.000.log.bz2",
	"app.log1", ".app.log.1", "app.log.1.1.1", "app.log.gz", "app.log.tmp", "app.log.1.tmp", "app.error.log.2024-01-01", "app.log.-1", "app.log.1 ",
}

// clutter fills a directory: with strange names, and directories and links of good ones.
func clutter(t *testing.T, dir string, random *rand.Rand, good func(int) string) (things []thing) {
	for _, name := range strange {
		if random.IntN(2) == 0 {
			require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(name), 0o600))
			things = append(things, thing{name: name})
		}
	}
	if runtime.GOOS == "windows" {
		return things
	}
	for i := 100; i < 104; i++ {
		name := good(i)
		if i%2 == 0 {
			require.NoError(t, os.Mkdir(filepath.Join(dir, name), 0o700))
		} else {
			require.NoError(t, os.Symlink("app.access.log", filepath.Join(dir, name)))
		}
		things = append(things, thing{name: name})
	}
	return things
}

func TestRetentionIsThatOfTheModel(t *testing.T) {
	inMemory(t)
	now := time.Date(2024, 5, 6, 15, 4, 5, 0, time.UTC)
	today := now.Truncate(24 * time.Hour)
	dayOf := func(i int) time.Time { return today.AddDate(0, 0, -i) }
	kinds := []struct {
		opts  rotate.Options
		name  func(i int) string    // the higher, the older
		ended func(i int) time.Time // nil: when it was changed
	}{
		{opts: rotate.Options{MaxBytes: 1e6}, name: func(i int) string { return fmt.Sprintf("app.log.%d", i+1) }},
		{
			opts:  rotate.Options{When: "midnight"},
			name:  func(i int) string { return "app.log." + dayOf(i+1).Format(time.DateOnly) },
			ended: dayOf,
		},
		{
			opts: rotate.Options{MaxBytes: 1e6, Suffix: "%d-%b-%Y"},
			name: func(i int) string {
				if name := "app.log." + dayOf(i/3).Format("02-Jan-2006"); i%3 == 2 {
					return name
				} else {
					return fmt.Sprintf("%s.%d", name, (2-i%3)*9) // 9 and 18: not the order of the letters
				}
			},
		},
	}
	for seed := range uint64(45) {
		kind := kinds[seed%3]
		t.Run(fmt.Sprintf("%d", seed), func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 0))
			dir := t.TempDir()
			things := clutter(t, dir, random, kind.name)
			for i := range random.IntN(14) {
				things = append(things, lay(t, dir, random, now, -i, kind.name(i), kind.ended)...)
			}
			for i := range random.IntN(3) { // lumberjack was here before
				at := now.AddDate(-1, 0, -i)
				things = append(things, lay(t, dir, random, now, -1000-i, "app-"+at.Format("2006-01-02T15-04-05.000")+".log", nil)...)
			}
			opts := kind.opts
			opts.Location = time.UTC
			opts.BackupCount = random.IntN(3) * random.IntN(6)
			opts.MaxAge = time.Duration(random.IntN(2)*random.IntN(9*24)) * time.Hour
			opts.MaxTotalBytes = int64(random.IntN(2) * random.IntN(9) * 50)
			synctest.Test(t, func(t *testing.T) { // so that no backup gets too old meanwhile
				sleepUntil(now)
				require.NoError(t, open(t, filepath.Join(dir, "app.log"), &opts).Close())
			})
			want := append(survivors(things, opts, now), "app.log")
			slices.Sort(want)
			require.Equal(t, want, namesIn(t, dir), "%+v", opts)
		})
	}
}

// lay lays a backup into a directory: a file, a compressed one, or both. Its time is any one of the last days.
func lay(t *testing.T, dir string, random *rand.Rand, now time.Time, order int, name string, ended func(int) time.Time) (things []thing) {
	forms := [][]string{{""}, {".gz"}, {"", ".gz"}}
	for _, form := range forms[random.IntN(3)] {
		th := thing{name: name + form, backup: true, order: order, size: 1 + random.IntN(100)}
		th.modified = now.Add(-time.Duration(random.IntN(10*24*3600)) * time.Second)
		th.ended = th.modified
		if ended != nil {
			th.ended = ended(-order)
		}
		path := filepath.Join(dir, th.name)
		require.NoError(t, os.WriteFile(path, []byte(strings.Repeat("x", th.size)), 0o600))
		require.NoError(t, os.Chtimes(path, th.modified, th.modified))
		things = append(things, th)
	}
	if ended != nil && order <= -1000 {
		panic("lumberjack's have the time of their change")
	}
	return things
}

func namesIn(t *testing.T, dir string) (names []string) {
	for _, e := range testhelp.ReadDir(t, dir) {
		names = append(names, e.Name())
	}
	return names
}

// A name may leave out a part of the time: a day that began at six in the evening has its date only.
func TestNoBackupIsTooOldBeforeItsTime(t *testing.T) {
	for name, opts := range map[string]rotate.Options{
		"D":                  {When: "D", MaxAge: 12 * time.Hour},
		"H, named by day":    {When: "H", Suffix: "%F", MaxAge: 6 * time.Hour},
		"cron, named by day": {Cron: "0 * * * *", Suffix: "%F", MaxAge: 6 * time.Hour},
		"midnight":           {When: "midnight", MaxAge: 18*time.Hour + time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "app.log")
			synctest.Test(t, func(t *testing.T) {
				start := time.Date(2024, 1, 1, 18, 0, 0, 0, time.UTC)
				sleepUntil(start)
				opts.Location = time.UTC
				f := open(t, path, &opts)
				put(t, f, "one")
				require.NoError(t, os.Chtimes(path, start, time.Now()))
				sleepUntil(start.Add(24 * time.Hour)) // the line is old, but for the period
				require.NoError(t, os.Chtimes(path, start, start.Add(23*time.Hour)))
				put(t, f, "two")
			})
			require.Equal(t, listing("app.log two\napp.log.2024-01-01 one"), directory(t, dir))
		})
	}
}

func TestOldBackupsOfLumberjackAreRemovedAndNoneIsMade(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"app-2024-01-01T00-00-00.000.log", "app-2024-01-02T00-00-00.000.log.gz", "app-2024-01-03T00-00-00.000.log", "ap-2024-01-01T00-00-00.000.log"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte("old\n"), 0o600))
	}
	f := open(t, filepath.Join(dir, "app.log"), &rotate.Options{MaxBytes: 2, BackupCount: 4, Compress: rotate.Gzip})
	require.Equal(t, 3, f.Stats().Backups)
	put(t, f, "1", "2", "3")
	require.NoError(t, f.Close())
	require.Equal(t, []string{
		"ap-2024-01-01T00-00-00.000.log", "app-2024-01-02T00-00-00.000.log.gz", "app-2024-01-03T00-00-00.000.log",
		"app.log", "app.log.1.gz", "app.log.2.gz",
	}, namesIn(t, dir))
	require.Equal(t, 4, f.Stats().Backups)
}
