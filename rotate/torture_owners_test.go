// SPDX-License-Identifier: MIT

package rotate_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/rotate"
	"github.com/slogx/slogx/rotate/torture"
)

// A file is closed while lines are written. Those that come later are appended.
func TestTortureByClose(t *testing.T) {
	for _, codec := range []rotate.Codec{nil, rotate.Gzip} {
		t.Run(fmt.Sprint(codec != nil), func(t *testing.T) {
			s := newSubject(t, rotate.Options{Suffix: "%Y-%m-%d", Compress: codec, Header: "# header"})
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
	report := log.Check(torture.Files{Paths: s.segments(t), MaxBytes: s.opts.MaxBytes - 1, Before: s.before, Ours: s.ours()})
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
