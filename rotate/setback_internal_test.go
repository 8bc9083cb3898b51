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
	c, err := openWith(path, &Options{Engine: "lumberjack", MaxBytes: 4}, realSystem())
	require.NoError(t, err)
	_, err = c.write([]byte("one\n"))
	require.NoError(t, err)
	const ahead = 20
	names := map[string]bool{}
	for n := range ahead {
		name := filepath.Join(filepath.Dir(path), jackNames{time.Local}.Name("a.log", Backup{Time: time.Now().Add(time.Duration(n) * time.Millisecond)}))
		names[name] = true
		require.NoError(t, os.WriteFile(name, []byte("before\n"), 0o600))
	}
	_, err = c.write([]byte("two\n"))
	require.NoError(t, err)
	require.NoError(t, c.release(t.Context()))
	for name := range names {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		require.Equal(t, "before\n", string(text))
	}
}
