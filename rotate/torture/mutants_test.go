// SPDX-License-Identifier: MIT

package torture_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/rotate/torture"
)

var errDisk = errors.New("disk full")

// Each of these writers has one fault, and the checker says which.
func TestWritersWithAFaultAreCaught(t *testing.T) {
	t.Parallel()
	var held []byte
	for _, tt := range []struct {
		name  string
		plan  torture.Plan
		files torture.Files
		fault func(call int, p []byte, w io.Writer) (int, error) // now and then
		want  []string
	}{
		{"drops a line", torture.Plan{}, torture.Files{}, func(_ int, p []byte, _ io.Writer) (int, error) {
			return len(p), nil
		}, []string{"lost"}},
		{"doubles a line", torture.Plan{}, torture.Files{}, func(_ int, p []byte, w io.Writer) (int, error) {
			_, err := w.Write(p)
			return len(p), errors.Join(err, second(w.Write(p)))
		}, []string{"doubled"}},
		{"swaps two lines", torture.Plan{Goroutines: 1}, torture.Files{}, func(call int, p []byte, w io.Writer) (int, error) {
			if nowAndThen(call) {
				held = bytes.Clone(p)
				return len(p), nil
			}
			n, err := w.Write(p)
			err = errors.Join(err, second(w.Write(held)))
			held = nil
			return n, err
		}, []string{"disorder"}},
		{"tears a line", torture.Plan{}, torture.Files{}, func(_ int, p []byte, w io.Writer) (int, error) {
			half := len(p) / 2
			err := errors.Join(second(w.Write(p[:half])), second(w.Write([]byte{'\n'})), second(w.Write(p[half:])))
			return len(p), err
		}, []string{"lost", "torn"}},
		{"corrupts a byte", torture.Plan{}, torture.Files{}, func(_ int, p []byte, w io.Writer) (int, error) {
			p = bytes.Clone(p)
			p[len(p)-2] ^= 1
			return w.Write(p)
		}, []string{"lost", "torn"}},
		{"forgets a line break", torture.Plan{}, torture.Files{}, func(_ int, p []byte, w io.Writer) (int, error) {
			_, err := w.Write(p[:len(p)-1])
			return len(p), err
		}, []string{"torn"}},
		{"acknowledges a write that failed", torture.Plan{}, torture.Files{}, func(_ int, p []byte, w io.Writer) (int, error) {
			_ = second(w.Write(p[:len(p)/2]))
			return len(p), nil
		}, []string{"lost", "torn"}},
		{"says nothing of a short write", torture.Plan{}, torture.Files{}, func(_ int, p []byte, w io.Writer) (int, error) {
			n, err := w.Write(p)
			return n - 1, err
		}, []string{"count"}},
		{"rejects a line", torture.Plan{}, torture.Files{}, func(int, []byte, io.Writer) (int, error) {
			return 0, errDisk
		}, []string{"rejected"}},
		{"glues the next line to half of a rejected one", torture.Plan{}, torture.Files{MayReject: true},
			func(_ int, p []byte, w io.Writer) (int, error) {
				return 0, errors.Join(errDisk, second(w.Write(p[:len(p)/2])))
			}, []string{"torn"}},
		{"writes a rejected line twice", torture.Plan{}, torture.Files{MayReject: true},
			func(_ int, p []byte, w io.Writer) (int, error) {
				return 0, errors.Join(errDisk, second(w.Write(p)), second(w.Write(p)))
			}, []string{"doubled"}},
		{"goes on failing when all is well", torture.Plan{Time: time.Millisecond, Resume: time.Millisecond, Lines: 50}, torture.Files{MayReject: true},
			func(int, []byte, io.Writer) (int, error) { return 0, errDisk }, []string{"stuck"}},
		{"fills a segment too much", torture.Plan{}, torture.Files{MaxBytes: maxBytes - 100}, nil, []string{"large"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			forGood := slices.Contains(tt.want, "stuck")
			tt.plan.Open = opener(openSteady, func(call int, p []byte, w io.Writer) (int, error) {
				if tt.fault != nil && (nowAndThen(call) || held != nil || forGood && call > 50) {
					return tt.fault(call, p, w)
				}
				return w.Write(p)
			})
			log := torture.Run(t, tt.plan)
			tt.files.Paths = segments(log.Dir)
			report := log.Check(tt.files)
			require.Equal(t, tt.want, report.Kinds(), "%v", report.Err())
			require.ErrorContains(t, report.Err(), tt.want[0])
		})
	}
}

func second(_ int, err error) error { return err }

// The same for what happens to segments after they were written.
func TestSegmentsWithAFaultAreCaught(t *testing.T) {
	t.Parallel()
	plan := torture.Plan{Open: open, Goroutines: 1, Lines: 500, Bytes: short}
	stranger := torture.Run(t, plan)
	for _, tt := range []struct {
		name string
		harm func(t *testing.T, f *torture.Files)
		want []string
	}{
		{"cuts the tail of a segment", func(t *testing.T, f *torture.Files) {
			rewrite(t, f.Paths[2], func(b []byte) []byte { return b[:len(b)-10] })
		}, []string{"lost", "torn"}},
		{"cuts the last line break", func(t *testing.T, f *torture.Files) {
			rewrite(t, f.Paths[2], func(b []byte) []byte { return b[:len(b)-1] })
		}, []string{"torn"}},
		{"flips a digit of a head", func(t *testing.T, f *torture.Files) {
			rewrite(t, f.Paths[1], func(b []byte) []byte { b[4] ^= 1; return b })
		}, []string{"lost", "torn"}},
		{"adds an empty line", func(t *testing.T, f *torture.Files) {
			f.MaxBytes++ // the segment may be full to the byte
			rewrite(t, f.Paths[1], func(b []byte) []byte { return append(b, '\n') })
		}, []string{"torn"}},
		{"loses a segment", func(t *testing.T, f *torture.Files) {
			require.NoError(t, os.Remove(f.Paths[3]))
			f.Paths = segments(filepath.Dir(f.Paths[0]))
		}, []string{"events", "lost"}},
		{"a segment cannot be read", func(t *testing.T, f *torture.Files) {
			require.NoError(t, os.Remove(f.Paths[3]))
		}, []string{"lost", "unreadable"}},
		{"has a segment twice", func(t *testing.T, f *torture.Files) {
			f.Paths = slices.Insert(f.Paths, 3, f.Paths[2])
			f.Events = nil
		}, []string{"doubled"}},
		{"has a segment too early", func(t *testing.T, f *torture.Files) {
			f.Paths[2], f.Paths[3] = f.Paths[3], f.Paths[2]
			f.Events = f.Paths[:len(f.Paths)-1]
		}, []string{"disorder"}},
		{"reports rotations in another order", func(t *testing.T, f *torture.Files) {
			f.Events[2], f.Events[3] = f.Events[3], f.Events[2]
		}, []string{"events"}},
		{"does not report a rotation", func(t *testing.T, f *torture.Files) { f.Events = f.Events[1:] }, []string{"events"}},
		{"has a segment of another run", func(t *testing.T, f *torture.Files) {
			f.Paths, f.Events = slices.Insert(f.Paths, 2, segments(stranger.Dir)[1]), nil
		}, []string{"stray"}},
		{"leaves an empty segment", func(t *testing.T, f *torture.Files) {
			empty := filepath.Join(t.TempDir(), "empty")
			require.NoError(t, os.WriteFile(empty, nil, 0o640))
			require.NoError(t, os.Chmod(empty, 0o640))
			f.Paths, f.Events = slices.Insert(f.Paths, 2, empty), nil
		}, []string{"empty"}},
		{"changes the mode of a segment", func(t *testing.T, f *torture.Files) {
			require.NoError(t, os.Chmod(f.Paths[1], 0o644))
		}, []string{"mode"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			log := torture.Run(t, plan)
			paths := segments(log.Dir)
			files := torture.Files{Paths: paths, MaxBytes: maxBytes, Mode: 0o640, Events: slices.Clone(paths[:len(paths)-1])}
			require.NoError(t, log.Check(files).Err())
			tt.harm(t, &files)
			report := log.Check(files)
			require.Equal(t, tt.want, report.Kinds(), "%v", report.Err())
		})
	}
}

func rewrite(t *testing.T, path string, change func([]byte) []byte) {
	t.Helper()
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, change(content), 0o640))
}

// The same for what lies beside the log, and what Close leaves behind.
func TestHarmToOthersIsCaught(t *testing.T) {
	leaks := []string{"descriptor", "goroutine"}
	if runtime.GOOS != "linux" { // the system does not tell which descriptors are open
		leaks = leaks[1:]
	}
	for _, tt := range []struct {
		name string
		harm func(t *testing.T, dir string)
		want []string
	}{
		{"deletes a neighbour's file", func(t *testing.T, dir string) {
			require.NoError(t, os.Remove(filepath.Join(dir, "app.access.log")))
		}, []string{"foreign"}},
		{"changes a neighbour's mode", func(t *testing.T, dir string) {
			require.NoError(t, os.Chmod(filepath.Join(dir, "app.log.bak"), 0o400))
		}, []string{"foreign"}},
		{"changes a byte of a neighbour's, and its time back", func(t *testing.T, dir string) {
			path := filepath.Join(dir, "app.log.1x")
			info, err := os.Stat(path)
			require.NoError(t, err)
			rewrite(t, path, func(b []byte) []byte { b[0] ^= 1; return b })
			require.NoError(t, os.Chtimes(path, info.ModTime(), info.ModTime()))
		}, []string{"foreign"}},
		{"removes a file far below", func(t *testing.T, dir string) {
			require.NoError(t, os.Remove(filepath.Join(dir, "app.log.d", "deep", "x")))
		}, []string{"foreign"}},
		{"leaves a temporary file", func(t *testing.T, dir string) {
			require.NoError(t, os.WriteFile(filepath.Join(dir, "app.log.000001.gz.tmp"), nil, 0o600))
		}, []string{"leftover"}},
		{"leaks a goroutine and a descriptor", func(t *testing.T, dir string) {
			f, err := os.Open(dir)
			require.NoError(t, err)
			stop := make(chan struct{})
			t.Cleanup(func() { close(stop); f.Close() })
			go func() { <-stop }()
		}, leaks},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if slices.Contains(tt.want, "goroutine") {
				torture.ExpectLeaks(t)
			}
			dir := t.TempDir()
			neighbours(t, dir)
			before := torture.Snap(dir)
			var once atomic.Bool
			log := torture.Run(t, torture.Plan{
				Dir: dir, Open: open, Goroutines: 2, Lines: 100,
				Inside: []func(context.Context, io.WriteCloser){func(context.Context, io.WriteCloser) {
					if !once.Swap(true) {
						tt.harm(t, dir)
					}
				}},
			})
			report := log.Check(torture.Files{Paths: segments(dir), Before: before})
			require.Equal(t, tt.want, report.Kinds(), "%v", report.Err())
		})
	}
}
