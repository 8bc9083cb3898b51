// SPDX-License-Identifier: MIT

package rotate

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// A windowsFolder refuses what Windows refuses: to cut a file that was opened for appending, and to have a
// directory written to the disk.
type windowsFolder struct{ folder }

func (w windowsFolder) open(name string, flag int, mode fs.FileMode) (file, error) {
	f, err := w.folder.open(name, flag, mode)
	if err == nil && flag&os.O_APPEND != 0 {
		f = appendedFile{f}
	}
	return f, err
}

func (windowsFolder) sync() error { return &fs.PathError{Op: "sync", Path: ".", Err: syscall.EINVAL} }

type appendedFile struct{ file }

func (appendedFile) Truncate(int64) error { return syscall.EACCES }

func windowsSystem() system {
	sys := realSystem()
	sys.closeFirst = true
	sys.folder = func(dir string) (folder, error) {
		f, err := openFolder(dir)
		return windowsFolder{f}, err
	}
	return sys
}

func TestTruncateDoesNotNeedToCutAnAppendedFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.log")
	require.NoError(t, os.WriteFile(path, []byte("old\n"), 0o600))
	c, err := openWith(path, &Options{Truncate: true}, windowsSystem())
	require.NoError(t, err)
	_, err = c.write([]byte("new\n"))
	require.NoError(t, err)
	require.NoError(t, c.release(t.Context()))
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "new\n", string(text))
}

// Where a directory cannot be written to the disk, a compressed backup's source is removed all the same.
func TestBackupsAreCompressedWhereADirectoryCannotBeSynced(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.log")
	opts := &Options{MaxBytes: 4, BackupCount: 3, Compress: Gzip, OnError: func(err error) { t.Errorf("OnError: %v", err) }}
	c, err := openWith(path, opts, windowsSystem())
	require.NoError(t, err)
	for _, line := range []string{"aaa\n", "bbb\n"} {
		_, err = c.write([]byte(line))
		require.NoError(t, err)
	}
	require.NoError(t, c.release(t.Context()))
	require.FileExists(t, path+".1.gz")
	require.NoFileExists(t, path+".1")
}
