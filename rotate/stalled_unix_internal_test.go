// SPDX-License-Identifier: MIT

//go:build unix

package rotate

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/internal/testhelp"
)

// A pipe that nobody reads holds up a line. It must not hold up the end of the program, nor other files.
func TestALineThatIsHeldUpHoldsUpNothingElse(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.log")
	require.NoError(t, syscall.Mkfifo(path, 0o600))
	reader, err := os.OpenFile(path, os.O_RDWR, 0)
	require.NoError(t, err)
	f, err := Open(path, &Options{ReopenOn: []os.Signal{syscall.SIGHUP}})
	require.NoError(t, err)
	line := strings.Repeat("x", 1<<20) + "\n"
	written := make(chan error)
	go func() {
		_, err := f.Write([]byte(line))
		written <- err
	}()
	for f.core.mu.TryLock() {
		f.core.mu.Unlock()
		runtime.Gosched()
	}

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var shut error
	testhelp.InTime(t, func() { shut = f.Shutdown(ctx) })
	require.ErrorIs(t, shut, context.Canceled)
	other, err := Open(filepath.Join(dir, "b.log"), nil)
	require.NoError(t, err)
	require.NoError(t, other.Close())

	text := make([]byte, len(line))
	_, err = io.ReadFull(reader, text)
	require.NoError(t, err)
	require.Equal(t, line, string(text))
	require.NoError(t, <-written)
	again, err := Open(path, nil) // waits until the other is closed
	require.NoError(t, err)
	f.core.mu.Lock()
	require.False(t, f.core.isOpen)
	f.core.mu.Unlock()
	require.NoError(t, again.Close())
	require.NoError(t, reader.Close())
}
