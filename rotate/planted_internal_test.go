// SPDX-License-Identifier: MIT

package rotate

import (
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A plantedFolder has somebody be faster: where the note of the time was removed, another file lies at once.
type plantedFolder struct {
	folder

	sidecar string // its path
}

func (p plantedFolder) remove(name string) error {
	err := p.folder.remove(name)
	if name == filepath.Base(p.sidecar) {
		if err := os.WriteFile(p.sidecar, []byte("another's\n"), 0o600); err != nil {
			return err
		}
	}
	return err
}

func TestTheNoteOfTheTimeIsWrittenToNoFileThatIsThere(t *testing.T) {
	dir := t.TempDir()
	sidecar := filepath.Join(dir, ".a.log.birth")
	sys := realSystem()
	sys.folder = func(dir string) (folder, error) {
		f, err := openFolder(dir)
		return plantedFolder{bareFolder{f}, sidecar}, err
	}
	var errs []error
	opts := &Options{Suffix: "%Y", MaxBytes: 100, Location: time.UTC, OnError: func(err error) { errs = append(errs, err) }}
	c, err := openWith(filepath.Join(dir, "a.log"), opts, sys)
	require.NoError(t, err)
	_, err = c.write([]byte("one\n"))
	require.NoError(t, err)
	require.NoError(t, c.release(t.Context()))
	text, err := os.ReadFile(sidecar)
	require.NoError(t, err)
	require.Equal(t, "another's\n", string(text))
	require.Len(t, errs, 1)
	require.ErrorIs(t, errs[0], fs.ErrExist)
}

// A stickyFolder is a stuck one that cannot give up a name, either, which was reserved.
type stickyFolder struct{ stuckFolder }

func (s stickyFolder) remove(name string) error {
	if s.stuck.Load() {
		return syscall.EACCES
	}
	return s.stuckFolder.remove(name)
}

// Else an empty file would move up with the backups, and push out one of them.
func TestANameThatARotationLeftReservedIsNoBackupForTheNext(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.log")
	var stuck atomic.Bool
	sys := realSystem()
	sys.folder = func(dir string) (folder, error) {
		f, err := openFolder(dir)
		return stickyFolder{stuckFolder{f, &stuck}}, err
	}
	c, err := openWith(path, &Options{BackupCount: 9, OnError: func(error) {}}, sys)
	require.NoError(t, err)
	require.NoError(t, c.work.wait(t.Context())) // which would remove such names, too
	_, err = c.write([]byte("one\n"))
	require.NoError(t, err)
	stuck.Store(true)
	require.Error(t, c.do("rotate", c.rotateNowLocked))
	info, err := os.Lstat(path + ".1")
	require.NoError(t, err)
	require.Zero(t, info.Size())
	stuck.Store(false)
	require.NoError(t, c.do("rotate", c.rotateNowLocked))
	require.NoError(t, c.release(t.Context()))
	text, err := os.ReadFile(path + ".1")
	require.NoError(t, err)
	require.Equal(t, "one\n", string(text))
	require.NoFileExists(t, path+".2")
}
