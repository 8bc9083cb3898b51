// SPDX-License-Identifier: MIT

package rotate

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A time with a monotonic reading is compared by that, and so is never before one that was taken earlier.
func TestTheClockThatFilesGoByCanBeSetBack(t *testing.T) {
	require.NotContains(t, realSystem().now().String(), " m=")
}

func TestAnEmptyFileBeginsAnewWhenTheClockIsSetBack(t *testing.T) {
	wrong := time.Date(2099, 1, 1, 12, 0, 0, 0, time.UTC)
	right := time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	dir := t.TempDir()
	p := &program{
		watchmaker: &watchmaker{now: wrong}, path: filepath.Join(dir, "a.log"),
		opts: Options{When: "midnight", Location: time.UTC},
	}
	p.open(t)
	p.now = right
	p.line(t)
	p.now = right.Add(day24)
	p.line(t)
	p.close(t)
	require.FileExists(t, p.path+".2026-03-04")
	require.NoFileExists(t, p.path+".2099-01-01") // which would be the newest for ever
}

// lumberjack renames over the backup that has the name of the millisecond: one of before the clock was set back, perhaps.
func TestABackupOfLumberjackIsNotReplacedWhenTheClockIsSetBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.log")
	s, err := newSettings("a.log", &Options{Engine: "lumberjack", Location: time.UTC}, realSystem())
	require.NoError(t, err)
	start := time.Date(2026, 3, 4, 12, 0, 0, 100_000_000, time.UTC)
	for _, name := range []string{"100.log", "102.log.gz", "103.log"} { // lumberjack may take a millisecond more for 101
		require.NoError(t, os.WriteFile(filepath.Join(filepath.Dir(path), "a-2026-03-04T12-00-00."+name), nil, 0o600))
	}
	now := start
	newJack(s, path).awaitName(func() time.Time { return now }, func(d time.Duration) { now = now.Add(d) })
	require.Equal(t, start.Add(4*time.Millisecond), now)
}

// A file system's clock lags behind: what was written just after midnight bears a time just before it.
func TestAFileThatWasBegunJustAfterMidnightIsOfThatDay(t *testing.T) {
	midnight := time.Date(2026, 3, 4, 0, 0, 0, 0, time.UTC)
	p := &program{
		watchmaker: &watchmaker{now: midnight.Add(time.Millisecond), bare: true}, path: filepath.Join(t.TempDir(), "a.log"),
		opts: Options{When: "midnight", Location: time.UTC},
	}
	p.open(t)
	p.line(t)
	p.close(t)
	lagging := midnight.Add(-3 * time.Millisecond)
	require.NoError(t, os.Chtimes(p.path, lagging, lagging))
	p.open(t)
	p.now = midnight.Add(time.Hour)
	p.line(t)
	p.close(t)
	require.Empty(t, p.rotated)
}
