// SPDX-License-Identifier: MIT

package rotate_test

import (
	"cmp"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
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

// What is promised of a log writer under torture, and where it is checked. "every run" is subject.check.
//
//	each acknowledged line is there exactly once         every run; Stats.Lines and Stats.Bytes: writer.Close
//	no line is torn                                      every run; TestTortureOnAFullDisk
//	lines of a goroutine are in their order              every run, over the segments from the oldest to the newest
//	lines without acknowledgement are never doubled      every run; there are such in TestTortureKilled, TestTortureOnAFullDisk
//	files of others do not change                        TestTortureKeepsOnlySoMany; every run for what lies beside the directory
//	limits of retention hold, the newest are kept        TestTortureKeepsOnlySoMany
//	no file is too large, and none empty                 every run
//	Close leaves no goroutine, descriptor, other file    every run, in children, too; all is compressed: subject.segments
//	errors are counted, and there is none without cause  every run; writer.Close; TestTortureOnAFullDisk
//	all goes on when a fault is over                     TestTortureOnAFullDisk
//	modes are what was asked for                         TestTortureUnderUmasks
//	events are the segments, in their order              every run in this process: subject.requireEvents

// A subject is a file that is tortured, and what is known of it besides its lines.
type subject struct {
	root, dir, path string // root holds dir
	opts            rotate.Options
	before          *torture.Snapshot
	plan            torture.Plan
	files           torture.Files // what differs from what check fills in

	mayFail bool // rotations may

	mu     sync.Mutex
	events []rotate.Event
	errs   []error
	stats  rotate.Stats // of all that were closed
}

func newSubject(t *testing.T, opts rotate.Options) *subject {
	t.Helper()
	if _, set := os.LookupEnv("TMPDIR"); !set && torture.Long(0) == 0 { // it is set for children
		if _, err := os.Stat("/dev/shm"); err == nil { // fsync takes its time on a disk
			t.Setenv("TMPDIR", "/dev/shm")
		}
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
	f.Ours = append(f.Ours, filepath.Join(s.dir, ".app.log.birth")) // where there are no extended attributes
	f.MaxBytes, f.Header = max(0, s.opts.MaxBytes-1), s.opts.Header
	if s.plan.Processes == 0 && s.files.Paths == nil && !f.Expired {
		s.requireEvents(t, f.Paths[:len(f.Paths)-1], &f)
	}
	report := log.Check(f)
	require.NoError(t, report.Err())
	require.Equal(t, log.Offered, log.Acked+log.Rejected+log.Unknown)
	total.add(log, report)
	if s.plan.Processes == 0 {
		require.Equal(t, log.Acked, s.stats.Lines)
	}
}

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

// A cell is one of the matrix.
type cell struct {
	name string
	opts rotate.Options
	plan torture.Plan
}

func (c cell) subject(t *testing.T) *subject {
	t.Helper()
	s := newSubject(t, c.opts)
	c.plan.Dir, c.plan.Open = s.plan.Dir, s.plan.Open
	s.plan = c.plan
	return s
}

// A load are the lines for a size, so many that there are some dozens of rotations: the time that numbers take is quadratic.
type load struct {
	size  int64
	lines int
	bytes func(*rand.Rand) int
	pause time.Duration
}

var loads = []load{
	{200, 120, func(r *rand.Rand) int { return r.IntN(60) + 300*(r.IntN(50)/49) }, 0},
	{4 << 10, 600, nil, 0},
	{1 << 20, 600, func(r *rand.Rand) int { return r.IntN(4 << 10) }, 2 * time.Millisecond},
}

// cells returns a third of the matrix, in which each pair of values is, and in a long run all of it.
func cells(third int) (chosen []cell) {
	many, all := 1, torture.Long(0) > 0
	if all {
		many = 3
	}
	for i, goroutines := range []int{1, 8} {
		for j, load := range loads {
			for k, names := range []rotate.Options{{BackupCount: 90_000}, {Suffix: "%Y-%m-%d"}, {When: "S"}} {
				for l, codec := range []rotate.Codec{nil, rotate.Gzip} {
					if !all && (i+j+k+l)%3 != third {
						continue
					}
					names.MaxBytes, names.Compress = load.size, codec
					plan := torture.Plan{
						Goroutines: goroutines, Lines: many * load.lines / goroutines, Bytes: load.bytes, Pause: load.pause, Inside: pests,
					}
					name := fmt.Sprintf("%d goroutines, %d bytes, %s%s, gzip %t", goroutines, load.size, names.Suffix, names.When, codec != nil)
					chosen = append(chosen, cell{name, names, plan})
				}
			}
		}
	}
	return chosen
}

// rounds does the tests once, or again and again as long as the flag -torture says. The name of each is its own.
func rounds(t *testing.T, round func(t *testing.T)) {
	t.Helper()
	end := time.Now().Add(torture.Long(0))
	for i := 0; i == 0 || time.Now().Before(end) && !t.Failed(); i++ {
		t.Run(fmt.Sprint(i), round)
	}
	total.log(t)
}

// total is what was done and found so far.
var total totals

type totals struct{ lines, segments, kills, violations int64 }

func (n *totals) add(log *torture.Log, r *torture.Report) {
	n.lines += log.Acked
	n.segments += int64(r.Segments)
	n.kills += int64(log.Kills)
	n.violations += int64(len(r.Violations))
}

func (n *totals) log(t *testing.T) {
	if torture.Long(0) > 0 {
		t.Logf("so far: %d lines acknowledged, %d segments, %d kills, %d violations", n.lines, n.segments, n.kills, n.violations)
	}
}

func TestTorture(t *testing.T) {
	rounds(t, func(t *testing.T) {
		for _, c := range cells(0) {
			t.Run(c.name, func(t *testing.T) {
				c.plan.Pause = 0
				c.subject(t).run(t)
			})
		}
	})
}

func TestTortureKilled(t *testing.T) {
	kills := 2
	if torture.Long(0) > 0 {
		kills = 10
	}
	rounds(t, func(t *testing.T) {
		for _, c := range cells(1) {
			t.Run(c.name, func(t *testing.T) {
				c.plan.Processes, c.plan.Kills = 1, kills
				require.Equal(t, kills, c.subject(t).run(t).Kills)
			})
		}
	})
}
