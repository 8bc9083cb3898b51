// SPDX-License-Identifier: MIT

package rotate_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/internal/testhelp"
	"github.com/slogx/slogx/rotate"
	"github.com/slogx/slogx/rotate/torture"
)

// With a clock that stands still while lines are written, hundreds of rotations have one time, whatever the layout.
func TestTortureWithinAMillisecond(t *testing.T) {
	for _, opts := range []rotate.Options{
		{Suffix: "%Y-%m-%d", MaxBytes: 200}, {When: "S", MaxBytes: 200}, {BackupCount: 90_000, MaxBytes: 2000},
	} {
		t.Run(opts.Suffix+opts.When, func(t *testing.T) {
			s := newSubject(t, opts)
			synctest.Test(t, func(t *testing.T) {
				s.plan.Lines = 150
				s.run(t)
			})
			require.Greater(t, s.stats.Rotations, int64(25))
			require.Equal(t, s.events[0].To, s.events[len(s.events)-1].To)
		})
	}
}

// With a clock that jumps over periods, a file is rotated for its time and for its size.
func TestTortureOverDays(t *testing.T) {
	s := newSubject(t, rotate.Options{When: "midnight", MaxBytes: 4000, Location: time.UTC})
	synctest.Test(t, func(t *testing.T) {
		s.plan.Pause, s.plan.Lines = 4*time.Hour, 200
		s.run(t)
	})
	reasons := map[string]int{}
	for _, e := range s.events {
		reasons[e.Reason]++
	}
	require.Greater(t, reasons["time"], 10)
	require.Greater(t, reasons["size"], 10)
	require.Len(t, reasons, 2)
}

// moveAway renames the file as logrotate does, whenever there are lines in it, and returns the new names.
// then is done after each time.
func (s *subject) moveAway(times int, then func() error) (moved []string) {
	for len(moved) < times {
		time.Sleep(time.Millisecond)
		name := filepath.Join(s.dir, fmt.Sprintf("moved-%03d", len(moved)))
		info, err := os.Stat(s.path)
		if err != nil || info.Size() == 0 || os.Rename(s.path, name) != nil {
			continue
		}
		moved = append(moved, name)
		if err := then(); err != nil {
			s.fail(err)
		}
	}
	return moved
}

func TestTortureByLogrotate(t *testing.T) {
	for _, tt := range []struct {
		name  string
		opts  rotate.Options
		times int
		then  func(*rotate.File) error
	}{
		{"watched", rotate.Options{Watch: true}, 20, nil},
		{"told", rotate.Options{}, 20, (*rotate.File).Reopen},
		{"missed after a tenth of a second", rotate.Options{}, 2, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newSubject(t, tt.opts)
			var moved []string
			s.plan.Lines, s.plan.Inside = 300, []func(context.Context, io.WriteCloser){func(_ context.Context, w io.WriteCloser) {
				moved = s.moveAway(tt.times, func() error {
					if tt.then == nil {
						return nil
					}
					return tt.then(w.(*writer).File)
				})
			}}
			s.before = torture.Snap(s.root)
			log := torture.Run(t, s.plan)
			s.files.Paths = moved
			if _, err := os.Stat(s.path); err == nil { // else no line has come since
				s.files.Paths = append(moved, s.path)
			}
			s.check(t, log)
			require.Len(t, moved, tt.times)
		})
	}
}

// Who has a file rotated by two programs gets files in no order, but each line.
func TestTortureByLogrotateAndRotations(t *testing.T) {
	s := newSubject(t, rotate.Options{Suffix: "%Y-%m-%d", MaxBytes: 4 << 10, Watch: true})
	s.mayFail = true
	var moved []string
	s.plan.Lines, s.plan.Inside = 300, pests[:1]
	s.plan.Outside = []func(context.Context){func(context.Context) { moved = s.moveAway(20, func() error { return nil }) }}
	log := torture.Run(t, s.plan)
	report := log.Check(torture.Files{Paths: append(moved, s.segments(t)...)})
	require.Subset(t, []string{"disorder", "empty"}, report.Kinds(), "%v", report.Err())
	require.Equal(t, log.Offered, log.Acked)
}

func TestTortureByAFunctionThatIsAsked(t *testing.T) {
	s := newSubject(t, rotate.Options{Suffix: "%Y-%m-%d", ShouldRotate: func(c rotate.Current) bool { return c.Lines == 10 }})
	s.plan.Lines = 250
	log := s.run(t)
	require.Len(t, s.events, int(log.Acked-1)/10)
	for _, e := range s.events {
		require.Equal(t, "asked", e.Reason)
		text, err := os.ReadFile(e.Path)
		require.NoError(t, err)
		require.Equal(t, 10, strings.Count(string(text), "\n"))
	}
}

// neighbours lays files that no rotation may touch, some of them where backups would go.
func neighbours(t *testing.T, dir string, names ...string) {
	t.Helper()
	for _, name := range append(names, "app.access.log", "app.access.log.1", "app.log.bak", "app.log.1.tmp", "app.log.01", "app.log.0",
		"app.log.100000", "app.log.1.zst", "app.log.1.gz.bak", "app.log1", "xapp.log.1", "app.log.2026-02-30", "app.log.2026-1-1",
		"app.log.2026-01-01.0", "app.log.2026-01-01.01", "app.log.2026-01-01T00", "[a]pp.log.1", "app-2026-01-01.log") {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte("of "+name+"\n"), 0o604))
	}
	require.NoError(t, os.Mkdir(filepath.Join(dir, "app.log.3"), 0o755))
	require.NoError(t, os.Mkdir(filepath.Join(dir, "app.log.2020-01-01"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "app.log.3", "app.log.1"), nil, 0o600))
	require.NoError(t, os.Symlink("app.access.log", filepath.Join(dir, "app.log.5.gz")))
}

func TestTortureKeepsOnlySoMany(t *testing.T) {
	for _, opts := range []rotate.Options{
		{BackupCount: 4}, {BackupCount: 4, Compress: rotate.Gzip},
		{BackupCount: 12, Suffix: "%Y-%m-%d"}, {BackupCount: 1, When: "S", Compress: rotate.Gzip},
		{MaxTotalBytes: 5000}, {MaxTotalBytes: 20_000, Suffix: "%Y-%m-%d"},
	} {
		t.Run(fmt.Sprint(opts.BackupCount, opts.MaxTotalBytes, opts.Suffix, opts.Compress != nil), func(t *testing.T) {
			opts.MaxBytes = 1000
			s := newSubject(t, opts)
			neighbours(t, s.dir)
			s.plan.Lines, s.plan.Inside, s.plan.Restarts = 60, pests, 2
			s.plan.Bytes = func(r *rand.Rand) int { return r.IntN(160) } // a longer one alone may be too much
			s.files.Expired = true
			s.run(t)
			backups := s.segments(t)
			backups = backups[:len(backups)-1]
			var size int64
			for _, path := range backups {
				info, err := os.Stat(path)
				require.NoError(t, err)
				size += info.Size()
			}
			if opts.BackupCount > 0 {
				require.Len(t, backups, opts.BackupCount)
			} else {
				require.LessOrEqual(t, size, opts.MaxTotalBytes)
				require.Greater(t, size, opts.MaxTotalBytes/2)
			}
		})
	}
}

// What lumberjack does after Close, it does on its own: one goroutine stays, and compresses.
func TestTortureOfLumberjack(t *testing.T) {
	for _, tt := range []struct {
		goroutines int
		codec      rotate.Codec
		backups    int
	}{{1, nil, 0}, {8, nil, 0}, {8, rotate.Gzip, 0}, {8, nil, 5}} {
		t.Run(fmt.Sprint(tt.goroutines, tt.codec != nil, tt.backups), func(t *testing.T) {
			s := newSubject(t, rotate.Options{Engine: "lumberjack", MaxBytes: 4 << 10, Compress: tt.codec, BackupCount: tt.backups})
			s.plan.Goroutines, s.plan.Lines, s.plan.Inside = tt.goroutines, 1500/tt.goroutines, pests
			log := torture.Run(t, s.plan)
			paths := s.jacks(t)
			report := log.Check(torture.Files{Paths: paths, MaxBytes: s.opts.MaxBytes - 1, Expired: tt.backups > 0})
			require.NoError(t, report.Err())
			require.Equal(t, log.Acked, s.stats.Lines)
			if tt.backups > 0 {
				require.Len(t, paths, tt.backups+1)
			} else {
				require.EqualValues(t, len(paths), s.stats.Rotations+1)
			}
		})
	}
}

// jacks waits until all is done, and returns the segments.
func (s *subject) jacks(t *testing.T) (paths []string) {
	t.Helper()
	require.Eventually(t, func() bool {
		plain, err := filepath.Glob(filepath.Join(s.dir, "app-*.log"))
		require.NoError(t, err)
		packed, err := filepath.Glob(filepath.Join(s.dir, "app-*.log.gz"))
		require.NoError(t, err)
		paths = append(append(plain, packed...), s.path)
		slices.Sort(paths[:len(paths)-1])
		return (s.opts.Compress == nil || len(plain) == 0) && (s.opts.BackupCount == 0 || len(plain) <= s.opts.BackupCount)
	}, testhelp.Patience, time.Millisecond)
	return paths
}
