// SPDX-License-Identifier: MIT

//go:build unix

package rotate

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// With Watch each line takes the long way, and with When each is due: neither may move what is no file.
func TestWhatIsNoFileIsNotRotatedWhateverIsDue(t *testing.T) {
	for name, plant := range map[string]func(path string) error{
		"a pipe":             func(path string) error { return syscall.Mkfifo(path, 0o600) },
		"a link to a device": func(path string) error { return os.Symlink(os.DevNull, path) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "a.log")
			require.NoError(t, plant(path))
			reader, err := os.OpenFile(path, os.O_RDWR, 0)
			require.NoError(t, err)
			defer reader.Close()
			before, err := os.Lstat(path)
			require.NoError(t, err)

			w := &watchmaker{now: time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)}
			c, err := openWith(path, &Options{
				Watch: true, When: "midnight", MaxBytes: 6, BackupCount: 3, OnOpen: true, Location: time.UTC,
				ShouldRotate: func(Current) bool { return true }, OnError: func(err error) { t.Errorf("OnError: %v", err) },
			}, w.system())
			require.NoError(t, err)
			require.NoError(t, c.work.wait(t.Context())) // which asks for the time, too
			for range 4 {
				_, err := c.write([]byte("line\n"))
				require.NoError(t, err)
				w.now = w.now.Add(day24)
			}
			require.Error(t, c.do("rotate", c.rotateNowLocked))
			require.Zero(t, c.stats().Rotations)
			require.Zero(t, c.stats().Failures)
			require.NoError(t, c.release(t.Context()))
			after, err := os.Lstat(path)
			require.NoError(t, err)
			require.True(t, os.SameFile(before, after))
			entries, err := os.ReadDir(dir)
			require.NoError(t, err)
			require.Len(t, entries, 1)
		})
	}
}
