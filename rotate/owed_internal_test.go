// SPDX-License-Identifier: MIT

package rotate

import (
	"context"
	"os"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A stuckFolder renames nothing while it is stuck.
type stuckFolder struct {
	folder

	stuck *atomic.Bool
}

func (s stuckFolder) rename(from, to string) error {
	if s.stuck.Load() {
		return syscall.EACCES
	}
	return s.folder.rename(from, to)
}

func stuckSystem(stuck *atomic.Bool) system {
	sys := realSystem()
	sys.folder = func(dir string) (folder, error) {
		f, err := openFolder(dir)
		return stuckFolder{f, stuck}, err
	}
	return sys
}

// What is asked for once is tried again, too, as nobody asks for it a second time.
func TestARotationThatWasAskedForOnceIsTriedAgain(t *testing.T) {
	asked := false
	for reason, test := range map[string]struct {
		opts Options
		ask  func(c *core)
	}{
		byOpen:   {Options{OnOpen: true}, func(*core) {}},
		bySignal: {Options{RotateOn: []os.Signal{syscall.SIGHUP}}, func(c *core) { c.onSignal(syscall.SIGHUP) }},
		byOption: {
			Options{ShouldRotate: func(Current) bool { defer func() { asked = false }(); return asked }},
			func(*core) { asked = true },
		},
	} {
		t.Run(reason, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.log")
			var reasons []string
			require.NoError(t, os.WriteFile(path, []byte("old\n"), 0o600))
			var stuck atomic.Bool
			stuck.Store(true)
			sys, passed := stuckSystem(&stuck), atomic.Int64{}
			sys.now = func() time.Time { return time.Unix(passed.Load(), 0) }
			opts := test.opts
			opts.BackupCount, opts.OnError = 3, func(error) {}
			opts.OnRotate = func(_ context.Context, e Event) { reasons = append(reasons, e.Reason) }
			c, err := openWith(path, &opts, sys)
			require.NoError(t, err)
			test.ask(c)
			line := func(text string) {
				_, err := c.write([]byte(text + "\n"))
				require.NoError(t, err)
			}
			line("first")
			require.Equal(t, int64(1), c.stats().Failures)
			stuck.Store(false)
			line("too early")
			passed.Store(1)
			line("new")
			line("more")
			require.NoError(t, c.release(t.Context()))
			old, err := os.ReadFile(path + ".1")
			require.NoError(t, err)
			require.Equal(t, "old\nfirst\ntoo early\n", string(old))
			now, err := os.ReadFile(path)
			require.NoError(t, err)
			require.Equal(t, "new\nmore\n", string(now))
			require.Equal(t, []string{reason}, reasons)
		})
	}
}

// The first wait is a second, and the longest a minute; what succeeds makes the next one short again.
func TestARotationThatFailsIsTriedAgainAfterTwiceTheTime(t *testing.T) {
	var stuck atomic.Bool
	stuck.Store(true)
	sys, passed := stuckSystem(&stuck), atomic.Int64{}
	sys.now = func() time.Time { return time.Unix(passed.Load(), 0) }
	opts := &Options{MaxBytes: 4, BackupCount: 1, OnError: func(error) {}}
	c, err := openWith(filepath.Join(t.TempDir(), "a.log"), opts, sys)
	require.NoError(t, err)
	tries := func(until int64) (at []int64) {
		for from := passed.Load(); passed.Load() <= from+until; passed.Add(1) {
			before := c.stats().Failures
			_, err := c.write([]byte("one\n"))
			require.NoError(t, err)
			if c.stats().Failures > before {
				at = append(at, passed.Load()-from)
			}
		}
		return at
	}
	require.Equal(t, []int64{1, 2, 4, 8, 16, 32, 64, 124, 184}, tries(200)) // the first line finds the file empty
	stuck.Store(false)
	passed.Add(int64(maxBackOff / time.Second))
	require.Empty(t, tries(0))
	stuck.Store(true)
	require.Equal(t, []int64{0, 1, 3}, tries(5))
	require.NoError(t, c.release(t.Context()))
}
