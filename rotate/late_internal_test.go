// SPDX-License-Identifier: MIT

package rotate

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// A signal may be on its way while the file is closed.
func TestASignalAfterCloseDoesNothing(t *testing.T) {
	for name, opts := range map[string]Options{
		"rotate": {RotateOn: []os.Signal{syscall.SIGHUP}},
		"reopen": {ReopenOn: []os.Signal{syscall.SIGHUP}},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.log")
			opts.BackupCount = 3
			opts.OnError = func(err error) { t.Errorf("OnError: %v", err) }
			c, err := openWith(path, &opts, realSystem())
			require.NoError(t, err)
			_, err = c.write([]byte("one\n"))
			require.NoError(t, err)
			require.NoError(t, c.release(t.Context()))
			before := c.stats()
			c.onSignal(syscall.SIGHUP)
			require.Equal(t, before, c.stats())
			require.False(t, c.isOpen, "nobody would close it")
			require.NoFileExists(t, path+".1")
		})
	}
}

// With Delay, such a line is the first for which the file is opened.
func TestALateLineDoesNotRotateAsOnOpenAsks(t *testing.T) {
	for name, delay := range map[string]bool{"opened": false, "not opened yet": true} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.log")
			if delay {
				require.NoError(t, os.WriteFile(path, []byte("one\n"), 0o600))
			}
			opts := &Options{OnOpen: true, Delay: delay, BackupCount: 3, OnError: func(err error) { t.Errorf("OnError: %v", err) }}
			c, err := openWith(path, opts, realSystem())
			require.NoError(t, err)
			f := &File{core: c}
			if !delay {
				_, err = f.Write([]byte("one\n"))
				require.NoError(t, err)
			}
			require.NoError(t, f.Close())
			for _, line := range []string{"two\n", "three\n"} {
				_, err = f.Write([]byte(line))
				require.NoError(t, err)
			}
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			require.Equal(t, "one\ntwo\nthree\n", string(text))
			require.NoFileExists(t, path+".1")
			require.Zero(t, f.Stats().Rotations)
		})
	}
}
