// SPDX-License-Identifier: MIT

//go:build unix

package rotate_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
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

// A signal that nobody listens to any more ends the program, as it would without this package.
func TestSignalsAreNotListenedToAfterClose(t *testing.T) {
	const inChild = "SLOGX_ROTATE_SIGNALLED"
	if path := os.Getenv(inChild); path != "" {
		opts := &rotate.Options{BackupCount: 1, RotateOn: []os.Signal{syscall.SIGTERM}, ReopenOn: []os.Signal{syscall.SIGTERM}}
		f, err := rotate.Open(path, opts)
		require.NoError(t, err)
		require.NoError(t, f.Close())
		fmt.Println("closed")
		_, _ = os.Stdin.Read(make([]byte, 1)) // until the signal, or the end of the parent
		return
	}
	ctx, cancel := context.WithTimeout(t.Context(), testhelp.Patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0], "-test.run=^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), inChild+"="+filepath.Join(t.TempDir(), "a.log"))
	stdin, err := cmd.StdinPipe()
	require.NoError(t, err)
	defer stdin.Close()
	stdout, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	said, err := bufio.NewReader(stdout).ReadString('\n')
	require.NoError(t, err)
	require.Equal(t, "closed", strings.TrimSpace(said))
	require.NoError(t, cmd.Process.Signal(syscall.SIGTERM))
	var exit *exec.ExitError
	require.ErrorAs(t, cmd.Wait(), &exit)
	require.Equal(t, syscall.SIGTERM, exit.Sys().(syscall.WaitStatus).Signal())
}
