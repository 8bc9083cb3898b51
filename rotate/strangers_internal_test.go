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

// A strangersFolder is one whose files belong to somebody else: their modes cannot be changed.
type strangersFolder struct{ folder }

func (s strangersFolder) open(name string, flag int, mode fs.FileMode) (file, error) {
	f, err := s.folder.open(name, flag, mode)
	if err != nil || flag&os.O_CREATE != 0 {
		return f, err
	}
	return strangersFile{f}, nil
}

type strangersFile struct{ file }

func (strangersFile) Chmod(fs.FileMode) error { return syscall.EPERM }

// logrotate's create leaves an empty file of root: it is written all the same, as one that has lines is.
func TestAnEmptyFileOfSomebodyElseIsWritten(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.log")
	require.NoError(t, os.WriteFile(path, nil, 0o600))
	sys := realSystem()
	sys.folder = func(dir string) (folder, error) {
		f, err := openFolder(dir)
		return strangersFolder{f}, err
	}
	var errs []error
	c, err := openWith(path, &Options{Mode: 0o640, Watch: true, OnError: func(err error) { errs = append(errs, err) }}, sys)
	require.NoError(t, err)
	line := func(text string) {
		_, err := c.write([]byte(text + "\n"))
		require.NoError(t, err)
	}
	line("1")
	require.NoError(t, os.Rename(path, path+".1"))
	require.NoError(t, os.WriteFile(path, nil, 0o600))
	line("2")
	require.NoError(t, c.release(t.Context()))
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "2\n", string(text))
	require.Len(t, errs, 2)
	require.ErrorIs(t, errs[1], fs.ErrPermission)
}
