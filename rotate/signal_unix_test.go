// SPDX-License-Identifier: MIT

//go:build unix

package rotate_test

import (
	"context"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/internal/testhelp"
	"github.com/slogx/slogx/rotate"
)

// kill sends a signal to this process, which must have been asked for: others end it.
func kill(t *testing.T, s syscall.Signal) { require.NoError(t, syscall.Kill(os.Getpid(), s)) }

func TestSignalsRotateAndReopen(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.log")
	rotations := make(chan rotate.Event, 9)
	f := open(t, path, &rotate.Options{
		BackupCount: 5, RotateOn: []os.Signal{syscall.SIGUSR1, syscall.SIGUSR2}, ReopenOn: []os.Signal{syscall.SIGHUP},
		OnRotate: func(_ context.Context, e rotate.Event) { rotations <- e },
	})
	for _, s := range []syscall.Signal{syscall.SIGUSR1, syscall.SIGUSR2} {
		put(t, f, s.String())
		kill(t, s)
		e := <-rotations
		require.Equal(t, "signal", e.Reason)
		require.Equal(t, path+".1", e.Path)
	}
	put(t, f, "moved")
	require.NoError(t, os.Rename(path, filepath.Join(dir, "moved")))
	kill(t, syscall.SIGHUP)
	require.Eventually(t, func() bool { _, err := os.Stat(path); return err == nil }, testhelp.Patience, time.Millisecond)
	put(t, f, "last")
	require.NoError(t, f.Close())
	require.Equal(t, "-- a.log --\nlast\n-- a.log.1 --\nuser defined signal 2\n-- a.log.2 --\nuser defined signal 1\n-- moved --\nmoved\n",
		directory(t, dir))
}

// SIGHUP may stand for both: the file is opened anew, and that one is rotated.
func TestOneSignalForBoth(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.log")
	rotations := make(chan rotate.Event, 9)
	f := open(t, path, &rotate.Options{
		BackupCount: 5, RotateOn: []os.Signal{syscall.SIGHUP}, ReopenOn: []os.Signal{syscall.SIGHUP},
		OnRotate: func(_ context.Context, e rotate.Event) { rotations <- e },
	})
	put(t, f, "1")
	require.NoError(t, os.Rename(path, filepath.Join(dir, "moved")))
	require.NoError(t, os.WriteFile(path, []byte("2\n"), 0o600))
	kill(t, syscall.SIGHUP)
	require.EqualValues(t, 2, (<-rotations).Bytes)
	put(t, f, "3")
	require.NoError(t, f.Close())
	require.Equal(t, listing("a.log 3\na.log.1 2\nmoved 1"), directory(t, dir))
}

func TestWhatGoesWrongOnASignalIsReported(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "logs", "a.log")
	require.NoError(t, os.Mkdir(filepath.Dir(path), 0o700))
	errs := make(chan error, 9)
	f := open(t, path, &rotate.Options{ReopenOn: []os.Signal{syscall.SIGHUP}, OnError: func(err error) { errs <- err }})
	put(t, f, "1")
	require.NoError(t, os.Rename(filepath.Dir(path), filepath.Join(dir, "moved")))
	kill(t, syscall.SIGHUP)
	require.ErrorContains(t, <-errs, "reopen on hangup: ")
	put(t, f, "2")
	require.NoError(t, f.Close())
	require.Equal(t, listing("a.log 1 2"), directory(t, filepath.Join(dir, "moved")))
}
