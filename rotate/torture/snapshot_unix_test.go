// SPDX-License-Identifier: MIT

//go:build unix

package torture_test

import (
	"net"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/rotate/torture"
)

// What lies beside a log may be anything, and is looked at without being opened if it is no file.
func TestASnapshotKnowsAllKindsOfFiles(t *testing.T) {
	for _, tt := range []struct {
		name string
		harm func(dir string) error
	}{
		{"link", func(dir string) error {
			return replace(os.Symlink("elsewhere", filepath.Join(dir, "new")), dir, "link")
		}},
		{"dangling", func(dir string) error { return os.WriteFile(filepath.Join(dir, "nowhere"), nil, 0o600) }},
		{"socket", func(dir string) error { return os.Remove(filepath.Join(dir, "socket")) }},
		{"fifo", func(dir string) error { return os.Chmod(filepath.Join(dir, "fifo"), 0o644) }},
		{"directory", func(dir string) error { return os.Chmod(filepath.Join(dir, "d"), 0o711) }},
		{"time", func(dir string) error {
			return os.Chtimes(filepath.Join(dir, "target"), time.Unix(1, 0), time.Unix(1, 0))
		}},
		{"replaced by a link", func(dir string) error {
			return replace(os.Symlink("elsewhere", filepath.Join(dir, "new")), dir, "target")
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir, err := os.MkdirTemp("", "") // the path of a socket must be short
			require.NoError(t, err)
			t.Cleanup(func() { os.RemoveAll(dir) })
			require.NoError(t, os.WriteFile(filepath.Join(dir, "target"), []byte("x"), 0o600))
			require.NoError(t, os.Symlink("target", filepath.Join(dir, "link")))
			require.NoError(t, os.Symlink("nowhere", filepath.Join(dir, "dangling")))
			require.NoError(t, os.Mkdir(filepath.Join(dir, "d"), 0o755))
			require.NoError(t, syscall.Mkfifo(filepath.Join(dir, "fifo"), 0o640))
			socket, err := net.Listen("unix", filepath.Join(dir, "socket"))
			require.NoError(t, err)
			t.Cleanup(func() { socket.Close() })

			log := torture.Run(t, torture.Plan{Open: open, Lines: 1, Goroutines: 1})
			files := torture.Files{Paths: segments(log.Dir), Before: torture.Snap(dir)}
			require.NoError(t, log.Check(files).Err())
			require.NoError(t, tt.harm(dir))
			report := log.Check(files)
			require.Subset(t, []string{"foreign", "leftover"}, report.Kinds())
			require.Len(t, report.Violations, 1, "%v", report.Err())
			require.ErrorContains(t, report.Err(), dir)
		})
	}
}

// replace renames what was just made.
func replace(made error, dir, name string) error {
	if made != nil {
		return made
	}
	return os.Rename(filepath.Join(dir, "new"), filepath.Join(dir, name))
}
