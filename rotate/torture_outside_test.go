// SPDX-License-Identifier: MIT

package rotate_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

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
func (s *subject) moveAway(times int, ctx context.Context) (moved []string) {
	for len(moved) < times && ctx.Err() == nil {
		time.Sleep(time.Millisecond)
		name := filepath.Join(s.dir, fmt.Sprintf("moved-%03d", len(moved)))
		info, err := os.Stat(s.path)
		if err != nil || info.Size() == 0 {
			continue
		}
		if err := os.Rename(s.path, name); err == nil {
			moved = append(moved, name)
		}
	}
	return moved
}

func TestTortureByLogrotate(t *testing.T) {
	for _, tt := range []struct {
		name string
		opts rotate.Options
		pest []func(context.Context, io.WriteCloser)
	}{
		{"watched", rotate.Options{Watch: true}, nil},
		{"told", rotate.Options{}, pests[1:2]},
		{"neither", rotate.Options{}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newSubject(t, tt.opts)
			times := 20
			if tt.name == "neither" {
				times = 2 // each is noticed after a tenth of a second
			}
			var moved []string
			s.plan.Lines, s.plan.Inside = 300, tt.pest
			s.plan.Outside = []func(context.Context){func(context.Context) { moved = s.moveAway(times, t.Context()) }}
			s.before = torture.Snap(s.root)
			log := torture.Run(t, s.plan)
			s.files.Paths = moved
			if _, err := os.Stat(s.path); err == nil { // else no line has come since
				s.files.Paths = append(moved, s.path)
			}
			s.check(t, log)
			require.Len(t, moved, times)
		})
	}
}

// Who has a file rotated by two programs gets files in no order, but each line.
func TestTortureByLogrotateAndRotations(t *testing.T) {
	s := newSubject(t, rotate.Options{Suffix: "%Y-%m-%d", MaxBytes: 4 << 10, Watch: true})
	s.mayFail = true
	var moved []string
	s.plan.Lines, s.plan.Inside = 300, pests[:1]
	s.plan.Outside = []func(context.Context){func(context.Context) { moved = s.moveAway(20, t.Context()) }}
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
			s.plan.Lines, s.plan.Inside, s.plan.Restarts = 100, pests, 2
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

// A closing writer is closed while lines are written. Those that come later are appended.
func TestTortureByClose(t *testing.T) {
	for _, codec := range []rotate.Codec{nil, rotate.Gzip} {
		t.Run(fmt.Sprint(codec != nil), func(t *testing.T) {
			s := newSubject(t, rotate.Options{Suffix: "%Y-%m-%d", Compress: codec, Header: "# header"})
			s.files.MayBeEmpty = true
			s.plan.Lines, s.plan.Inside = 300, []func(context.Context, io.WriteCloser){func(ctx context.Context, w io.WriteCloser) {
				for range 10 {
					if err := w.(*writer).Rotate(); err != nil {
						s.fail(err)
					}
					time.Sleep(time.Millisecond)
				}
				if err := w.(*writer).File.Close(); err != nil {
					s.fail(err)
				}
			}}
			s.run(t)
		})
	}
}

// A crowd are several Files of one path. A line goes to any of those that were opened last.
type crowd struct {
	s *subject

	mu    sync.Mutex
	files []*writer
}

func (c *crowd) add(opts rotate.Options) error {
	w, err := c.s.openWith(c.s.dir, opts)
	if err == nil {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.files = append(c.files, w)
	}
	return err
}

func (c *crowd) Write(p []byte) (int, error) {
	c.mu.Lock()
	w := c.files[max(0, len(c.files)-1-rand.IntN(3))]
	c.mu.Unlock()
	return w.File.Write(p)
}

// Close closes all, and adds up what those that are not the same say.
func (c *crowd) Close() error {
	var all []error
	seen := map[rotate.Stats]bool{}
	for _, w := range c.files {
		all = append(all, w.File.Close())
	}
	for _, w := range c.files {
		if stats := w.Stats(); !seen[stats] || c.s.opts.TakeOver {
			seen[stats] = true
			c.s.stats.Lines += stats.Lines
			c.s.stats.Rotations += stats.Rotations
		}
	}
	return errors.Join(append(all, c.s.errs...)...)
}

// open opens the path, and again and again while lines are written.
func (c *crowd) open(times int, opts func(i int) rotate.Options) {
	c.s.plan.Open = func(string) (io.WriteCloser, error) { return c, c.add(opts(0)) }
	c.s.plan.Inside = []func(context.Context, io.WriteCloser){func(ctx context.Context, _ io.WriteCloser) {
		for i := range times {
			time.Sleep(time.Millisecond)
			if err := c.add(opts(i + 1)); err != nil {
				c.s.fail(err)
			}
		}
	}}
}

// Those who take over one after the other lose no line of those before them.
func TestTortureByTakeOver(t *testing.T) {
	for _, opts := range []rotate.Options{
		{Suffix: "%Y-%m-%d"}, {Suffix: "%Y-%m-%d", Compress: rotate.Gzip}, {BackupCount: 90_000}, {BackupCount: 90_000, Compress: rotate.Gzip},
	} {
		t.Run(fmt.Sprint(opts.Suffix, opts.Compress != nil), func(t *testing.T) {
			opts.TakeOver, opts.MaxBytes = true, 4<<10
			s := newSubject(t, opts)
			c := &crowd{s: s}
			c.open(15, func(i int) rotate.Options {
				opts.Header = "# header"[:i%2*8]
				return opts
			})
			s.opts.Header = "# header"
			s.plan.Lines = 200
			s.run(t)
			require.Len(t, c.files, 16)
		})
	}
}

// Without functions in their options, Files of one path are one.
func TestTortureOfASharedPath(t *testing.T) {
	s := newSubject(t, rotate.Options{Suffix: "%Y-%m-%d", MaxBytes: 4 << 10})
	var files [3]*rotate.File
	var turn sync.Mutex
	s.plan.Open = func(string) (_ io.WriteCloser, err error) {
		for i := range files {
			var e error
			files[i], e = rotate.Open(s.path, &s.opts)
			err = errors.Join(err, e)
		}
		return several{files[:]}, err
	}
	s.plan.Lines, s.plan.Inside = 600, []func(context.Context, io.WriteCloser){func(context.Context, io.WriteCloser) {
		for i := range 30 {
			time.Sleep(time.Millisecond)
			turn.Lock()
			if err := errors.Join(files[i%2].Rotate(), files[i%2+1].Sync()); err != nil {
				s.fail(err)
			}
			turn.Unlock()
		}
	}}
	s.before = torture.Snap(s.root)
	log := torture.Run(t, s.plan)
	report := log.Check(torture.Files{Paths: s.segments(t), MaxBytes: s.opts.MaxBytes - 1, Before: s.before})
	require.NoError(t, errors.Join(append(s.errs, report.Err())...))
	for _, f := range files {
		require.Equal(t, log.Acked, f.Stats().Lines)
	}
}

// several Files are written to by turns, and those but the last are closed early.
type several struct{ files []*rotate.File }

func (s several) Write(p []byte) (int, error) { return s.files[rand.IntN(len(s.files))].Write(p) }

func (s several) Close() error {
	var errs []error
	for _, f := range s.files {
		errs = append(errs, f.Close())
	}
	return errors.Join(errs...)
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
	}, 10*time.Second, time.Millisecond)
	return paths
}
