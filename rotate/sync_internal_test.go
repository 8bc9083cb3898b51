// SPDX-License-Identifier: MIT

package rotate

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// What a power cut leaves no test can see: that the system is asked is all there is to know.
func TestSyncHasTheSystemWriteTheFileToTheDisk(t *testing.T) {
	sys := newFaultFS(time.Now)
	c, err := openWith(filepath.Join(t.TempDir(), "a.log"), nil, sys.system())
	require.NoError(t, err)
	f := &File{core: c}
	_, err = f.Write([]byte("one\n"))
	require.NoError(t, err)
	sys.arm(fault{})
	require.NoError(t, f.Sync())
	require.Equal(t, []string{"sync a.log"}, sys.ops)
	sys.arm(fault{at: 1, count: 1, errno: syscall.EIO})
	require.ErrorIs(t, f.Sync(), syscall.EIO)
	require.NoError(t, f.Close())
}

// In the bubble no time passes, so that nothing else has the path looked at.
func TestThePathIsLookedAtRightAfterALineThatFailed(t *testing.T) {
	if isWindows {
		t.Skip("a file that is open cannot be renamed")
	}
	path := filepath.Join(t.TempDir(), "a.log")
	synctest.Test(t, func(t *testing.T) {
		sys := newFaultFS(time.Now)
		c, err := openWith(path, nil, sys.system())
		require.NoError(t, err)
		_, err = c.write([]byte("one\n"))
		require.NoError(t, err)
		sys.arm(fault{at: 1, count: 1, errno: syscall.ENOSPC})
		_, err = c.write([]byte("two\n"))
		require.ErrorIs(t, err, syscall.ENOSPC)
		require.NoError(t, os.Rename(path, path+"-1"))
		_, err = c.write([]byte("two\n"))
		require.NoError(t, err)
		require.NoError(t, c.release(t.Context()))
	})
	for name, want := range map[string]string{path + "-1": "one\n", path: "two\n"} {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		require.Equal(t, want, string(text))
	}
}
