// SPDX-License-Identifier: MIT

package rotate

import (
	"context"
	"os"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// Where the directory cannot be looked into after a rotation, as without a descriptor, OnRotate is called later, and
// in the order of the rotations.
func TestOnRotateIsToldLaterWhatItCouldNotBeToldAtOnce(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.log")
	var bare atomic.Bool
	sys := realSystem()
	sys.folder = func(dir string) (folder, error) {
		if bare.Load() {
			return nil, syscall.EMFILE
		}
		return openFolder(dir)
	}
	var told []string
	c, err := openWith(path, &Options{
		MaxBytes: 4, BackupCount: 9, Suffix: "%Y", OnError: func(error) {},
		OnRotate: func(_ context.Context, e Event) {
			text, err := os.ReadFile(e.Path)
			if err != nil {
				t.Error(err)
			}
			told = append(told, string(text))
		},
	}, sys)
	require.NoError(t, err)
	put := func(lines ...string) {
		for _, line := range lines {
			_, err := c.write([]byte(line + "\n"))
			require.NoError(t, err)
		}
		require.NoError(t, c.work.wait(t.Context()))
	}
	bare.Store(true)
	put("one", "two", "six")
	require.Empty(t, told)
	bare.Store(false)
	put("ten")
	require.Equal(t, []string{"one\n", "two\n", "six\n"}, told)
	bare.Store(true)
	put("end")
	bare.Store(false)
	require.NoError(t, c.release(t.Context()))
	require.Equal(t, []string{"one\n", "two\n", "six\n", "ten\n"}, told)
}

// A directory that somebody has moved away leaves OnRotate without a path, not without a call.
func TestOnRotateIsToldOfAFileInADirectoryThatIsGone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "logs")
	require.NoError(t, os.Mkdir(dir, 0o700))
	var told []string
	c, err := openWith(filepath.Join(dir, "a.log"), &Options{
		BackupCount: 9, OnError: func(error) {}, OnRotate: func(_ context.Context, e Event) { told = append(told, e.Path) },
	}, realSystem())
	require.NoError(t, err)
	_, err = c.write([]byte("one\n"))
	require.NoError(t, err)
	require.NoError(t, os.Rename(dir, dir+"-1"))
	require.NoError(t, c.do("rotate", c.rotateNowLocked))
	require.NoError(t, c.release(t.Context()))
	require.Equal(t, []string{""}, told)
}
