// SPDX-License-Identifier: MIT

package rotate_test

import (
	"cmp"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/rotate"
	"github.com/slogx/slogx/rotate/torture"
)

// A subject is a file that is tortured, and what is known of it besides its lines.
type subject struct {
	root, dir, path string // root holds dir
	opts            rotate.Options
	before          *torture.Snapshot
	plan            torture.Plan
	files           torture.Files // what differs from what check fills in

	mayFail  bool         // rotations may
	rejected atomic.Int64 // lines

	mu     sync.Mutex
	events []rotate.Event
	errs   []error
	stats  rotate.Stats // of all that were closed
}

func newSubject(t *testing.T, opts rotate.Options) *subject {
	t.Helper()
	if torture.Long(0) == 0 {
		inMemory(t)
	}
	s := &subject{root: t.TempDir(), opts: opts}
	s.dir = filepath.Join(s.root, "log")
	s.path = filepath.Join(s.dir, "app.log")
	require.NoError(t, os.Mkdir(s.dir, 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(s.root, "app.log.1"), []byte("not in the directory\n"), 0o600))
	s.plan = torture.Plan{Dir: s.dir, Open: s.open}
	return s
}

// A writer is a File that counts what it has acknowledged.
type writer struct {
	*rotate.File

	s            *subject
	lines, bytes atomic.Int64
}

func (s *subject) open(dir string) (io.WriteCloser, error) { return s.openWith(dir, s.opts) }

func (s *subject) openWith(dir string, opts rotate.Options) (*writer, error) {
	opts.OnError = s.fail
	if opts.Engine == "" {
		opts.OnRotate = s.onRotate
	}
	f, err := rotate.Open(filepath.Join(dir, "app.log"), &opts)
	return &writer{File: f, s: s}, err
}

func (s *subject) fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.mayFail {
		s.errs = append(s.errs, err)
	}
}

func (s *subject) onRotate(_ context.Context, e rotate.Event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.events = append(s.events, e)
}

func (w *writer) Write(p []byte) (int, error) {
	n, err := w.File.Write(p)
	if err == nil {
		w.lines.Add(1)
		w.bytes.Add(int64(n))
	} else {
		w.s.rejected.Add(1)
	}
	return n, err
}

// Close reports also what was reported, and what was counted wrong: in a child nobody else would.
func (w *writer) Close() error {
	err := w.File.Close()
	w.s.mu.Lock()
	defer w.s.mu.Unlock()
	got := w.Stats()
	if lines, bytes := w.lines.Load(), w.bytes.Load(); got.Lines != lines || got.Bytes != bytes {
		err = errors.Join(err, fmt.Errorf("%d lines of %d bytes were acknowledged, and Stats are %+v", lines, bytes, got))
	}
	w.s.stats.Lines += got.Lines
	w.s.stats.Rotations += got.Rotations
	errs := w.s.errs
	w.s.errs = nil
	return errors.Join(append(errs, err)...)
}

// pester has something done every millisecond while lines are written, so many times at most.
func pester(times int, do func(*writer) error) func(context.Context, io.WriteCloser) {
	return func(ctx context.Context, w io.WriteCloser) {
		for i := 0; i < times && ctx.Err() == nil; i++ {
			if err := do(w.(*writer)); err != nil {
				w.(*writer).s.fail(err)
			}
			time.Sleep(time.Millisecond)
		}
	}
}

var pests = []func(context.Context, io.WriteCloser){
	pester(25, func(w *writer) error { return w.Rotate() }),
	pester(1000, func(w *writer) error { return w.Reopen() }),
	pester(1000, func(w *writer) error { return w.Sync() }),
}

// run writes the lines of the plan, and checks all that is left of them.
func (s *subject) run(t *testing.T) *torture.Log {
	t.Helper()
	s.before = torture.Snap(s.root)
	log := torture.Run(t, s.plan)
	s.check(t, log)
	return log
}

func (s *subject) check(t *testing.T, log *torture.Log) {
	t.Helper()
	f := s.files
	if f.Paths == nil {
		f.Paths = s.segments(t)
	}
	if f.Before == nil {
		f.Before = s.before
	}
	f.Ours = append(f.Ours, s.ours()...)
	f.MaxBytes, f.Header = max(0, s.opts.MaxBytes-1), s.opts.Header
	if s.plan.Processes == 0 && s.files.Paths == nil && !f.Expired {
		s.requireEvents(t, f.Paths[:len(f.Paths)-1], &f)
	}
	report := log.Check(f)
	total.add(log, report)
	require.NoError(t, report.Err())
	require.Equal(t, log.Offered, log.Acked+log.Rejected+log.Unknown)
	if s.plan.Processes == 0 {
		require.Equal(t, log.Acked, s.stats.Lines)
	}
}

// ours are the files that may lie there after Close: a note, where there are no extended attributes.
func (s *subject) ours() []string { return []string{filepath.Join(s.dir, ".app.log.birth")} }

// requireEvents requires that the rotations that were reported are the backups, in their order.
func (s *subject) requireEvents(t *testing.T, backups []string, f *torture.Files) {
	t.Helper()
	var sizes, reported []int64
	for _, path := range backups {
		sizes = append(sizes, unpackedSize(t, path))
	}
	f.Events = []string{}
	if s.opts.TakeOver { // each File has its own
		slices.SortStableFunc(s.events, func(a, b rotate.Event) int { return a.To.Compare(b.To) })
	}
	for i, e := range s.events {
		reported = append(reported, e.Bytes)
		require.False(t, i > 0 && e.To.Before(s.events[i-1].To), "%+v", e)
		f.Events = append(f.Events, e.Path)
	}
	require.Equal(t, sizes, reported)
	require.EqualValues(t, len(backups), s.stats.Rotations)
	if s.opts.TakeOver || s.opts.Suffix == "" && s.opts.When == "" { // it was compressed by another, or its number has gone up since
		f.Events = nil
	}
}

func unpackedSize(t *testing.T, path string) int64 {
	t.Helper()
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		r, err = gzip.NewReader(f)
		require.NoError(t, err)
	}
	n, err := io.Copy(io.Discard, r)
	require.NoError(t, err)
	return n
}

var backupName = regexp.MustCompile(
	`^app\.log\.(?:([1-9][0-9]{0,4})|([0-9]{4}-[0-9]{2}-[0-9]{2}(?:_[0-9-]{2,8})?)(?:\.([1-9][0-9]*))?)(\.gz)?$`)

// segments returns the backups, from the oldest to the newest, and the file. Who compresses must have compressed them all.
func (s *subject) segments(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(s.dir)
	require.NoError(t, err)
	type backup struct {
		name, date string
		n          int
	}
	var found []backup
	for _, e := range entries {
		m := backupName.FindStringSubmatch(e.Name())
		if m == nil || !e.Type().IsRegular() {
			continue
		}
		if _, err := time.Parse(time.DateOnly, cmp.Or(m[2], time.DateOnly)[:10]); err != nil {
			continue
		}
		require.Equal(t, s.opts.Compress != nil, m[4] != "", e.Name())
		number, _ := strconv.Atoi(m[1])
		n, _ := strconv.Atoi(m[3])
		found = append(found, backup{e.Name(), m[2], n - number})
	}
	slices.SortFunc(found, func(a, b backup) int { return cmp.Or(cmp.Compare(a.date, b.date), a.n-b.n) })
	var paths []string
	for _, b := range found {
		paths = append(paths, filepath.Join(s.dir, b.name))
	}
	return append(paths, s.path)
}
