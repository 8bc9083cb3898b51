// SPDX-License-Identifier: MIT

package torture_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/rotate/torture"
)

// A naive rotator does what widely used ones do: it closes the file, renames it to the time in milliseconds, and
// opens it anew, without O_APPEND.
type naive struct {
	path   string
	max    int64
	append int // os.O_APPEND for a better one

	mu      sync.Mutex
	sealed  bool // the directory is read-only
	refused int  // renames
	f       *os.File
	size    int64
}

func newNaive(dir string, max int64) *naive {
	return &naive{path: filepath.Join(dir, "app.log"), max: max}
}

func (n *naive) Write(p []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.f == nil || n.size+int64(len(p)) > n.max {
		if err := n.rotate(); err != nil {
			return 0, err
		}
	}
	written, err := n.f.Write(p)
	n.size += int64(written)
	return written, err
}

func (n *naive) rotate() error {
	if n.f != nil {
		n.f.Close()
		n.f = nil
	}
	if n.sealed {
		n.refused++
		return errors.New("rename: permission denied")
	}
	backup := n.path + "." + time.Now().UTC().Format("2006-01-02T15-04-05.000")
	if err := os.Rename(n.path, backup); err != nil && !os.IsNotExist(err) {
		return err
	}
	var err error
	n.f, err = os.OpenFile(n.path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC|n.append, 0o600)
	n.size = 0
	return err
}

func (n *naive) Close() error {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.f.Close()
}

func (n *naive) seal(sealed bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.sealed = sealed
}

// is asks for something under the lock.
func (n *naive) is(so func() bool) func() bool {
	return func() bool {
		n.mu.Lock()
		defer n.mu.Unlock()
		return so()
	}
}

func naiveFiles(t *testing.T, dir string) torture.Files {
	t.Helper()
	backups, err := filepath.Glob(filepath.Join(dir, "app.log.*"))
	require.NoError(t, err)
	slices.Sort(backups)
	return torture.Files{Paths: append(backups, filepath.Join(dir, "app.log"))}
}

// Two rotations in a millisecond have one name, and the second one overwrites the first. With a fake clock
// no disk is too slow for that.
func TestARenameThatOverwritesIsCaught(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		log := torture.Run(t, torture.Plan{
			Bytes: short, Pause: 4 * time.Millisecond,
			Open: func(dir string) (io.WriteCloser, error) { return newNaive(dir, 200), nil },
		})
		report := log.Check(naiveFiles(t, log.Dir))
		require.Equal(t, []string{"lost"}, report.Kinds(), "%v", report.Err())
		require.EqualValues(t, log.Acked-report.Lines, report.Count("lost"))
		require.EqualValues(t, 4*1000, log.Acked)
		require.Greater(t, report.Lines, log.Acked/2)
	})
}

// Who closes the file before the rename has none when the rename fails, and rejects lines that there was room for.
func TestARotationThatFailsClosedIsCaught(t *testing.T) {
	t.Parallel()
	opened := make(chan *naive, 1)
	log := torture.Run(t, torture.Plan{
		Bytes: short, Lines: 100,
		Open: func(dir string) (io.WriteCloser, error) {
			n := newNaive(dir, 20<<10)
			opened <- n
			return n, nil
		},
		Outside: []func(context.Context){func(context.Context) {
			n := <-opened
			n.seal(true)
			until(n.is(func() bool { return n.refused > 100 }))
			n.seal(false)
		}},
	})
	report := log.Check(naiveFiles(t, log.Dir))
	require.Equal(t, []string{"rejected"}, report.Kinds(), "%v", report.Err())
	require.ErrorContains(t, report.Err(), "rename: permission denied")
	require.Greater(t, log.Rejected, int64(100))
	require.Equal(t, log.Offered, log.Acked+log.Rejected)
}

// Who cuts a file that is written without O_APPEND makes a hole in it.
func TestAFileThatWasCutIsCaught(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		append int
		want   []string
	}{
		{"without O_APPEND", 0, []string{"torn"}},
		{"with O_APPEND", os.O_APPEND, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			log := torture.Run(t, torture.Plan{
				Lines: 100, Bytes: short,
				Open: func(dir string) (io.WriteCloser, error) {
					n := newNaive(dir, 1<<40)
					n.append = tt.append
					return n, nil
				},
				Inside: []func(context.Context, io.WriteCloser){func(_ context.Context, w io.WriteCloser) {
					n := w.(*naive)
					until(n.is(func() bool { return n.size > 1000 }))
					copyTruncate(n)
				}},
			})
			report := log.Check(naiveFiles(t, log.Dir))
			require.Equal(t, tt.want, report.Kinds(), "%v", report.Err())
			if tt.want != nil {
				require.ErrorContains(t, report.Err(), " NUL bytes, and then ")
				require.ErrorContains(t, report.Err(), "1 whole lines")
			}
		})
	}
}

// copyTruncate is logrotate's, but for the moment between copy and cut in which a line may be lost.
func copyTruncate(n *naive) {
	n.mu.Lock()
	defer n.mu.Unlock()
	content, err := os.ReadFile(n.path)
	if err == nil {
		err = errors.Join(os.WriteFile(n.path+".1", content, 0o600), os.Truncate(n.path, 0))
	}
	if err != nil {
		panic(err)
	}
}

// A file that somebody removed takes lines that nobody will ever read.
func TestAFileThatWasRemovedIsCaught(t *testing.T) {
	t.Parallel()
	log := torture.Run(t, torture.Plan{
		Lines: 100, Open: openShared,
		Inside: []func(context.Context, io.WriteCloser){func(_ context.Context, w io.WriteCloser) {
			time.Sleep(5 * time.Millisecond)
			_ = os.Remove(w.(*os.File).Name())
		}},
	})
	report := log.Check(naiveFiles(t, log.Dir))
	require.Equal(t, []string{"lost", "unreadable"}, report.Kinds())
	require.True(t, strings.HasPrefix(report.Err().Error(), "torture: "))
}
