// SPDX-License-Identifier: MIT

package rotate

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// A scenario is a file in whose life each operation fails once.
type scenario struct {
	name    string
	opts    Options
	every   time.Duration // between lines
	moves   bool          // somebody renames the file in the middle
	closing bool          // as on Windows
	plain   bool          // the file system has no extended attributes
	torn    bool          // the last process died in the middle of a line
}

func scenarios() []scenario {
	all := Options{MaxBytes: 48, BackupCount: 7, OnOpen: true, Header: "#header", Mode: 0o640, Compress: stored{}}
	if os.Geteuid() == 0 {
		all.Owner = &Owner{12345, 12346}
	}
	size := Options{MaxBytes: 48, BackupCount: 4} // two lines a file, and half a one
	both := Options{When: "midnight", MaxBytes: 40, BackupCount: 8}
	return []scenario{
		{name: "numbers", opts: size, torn: true},
		{name: "numbers, moved", opts: Options{MaxBytes: 40, BackupCount: 99}, moves: true},
		{name: "watched", opts: Options{Watch: true}, moves: true},
		{name: "hours, compressed", opts: Options{When: "H", BackupCount: 4, Compress: stored{}}, every: 35 * time.Minute},
		{name: "midnight and size", opts: both, every: 9 * time.Hour},
		{
			name: "days by suffix, no attributes", opts: Options{Suffix: "%Y-%m-%d", MaxBytes: 40, BackupCount: 8},
			every: 9 * time.Hour, plain: true,
		},
		{name: "all", opts: all},
		{name: "numbers, as on Windows", opts: size, torn: true, closing: true},
		{name: "midnight and size, as on Windows", opts: both, every: 9 * time.Hour, closing: true},
		{name: "all, as on Windows", opts: all, closing: true},
	}
}

// stored is a codec that compresses nothing: gzip takes half a megabyte for each backup.
type stored struct{}

func (stored) Suffix() string { return ".z" }

func (stored) NewWriter(w io.Writer) (io.WriteCloser, error) { return unclosed{w}, nil }

type unclosed struct{ io.Writer }

func (unclosed) Close() error { return nil }

// forever is a number of operations that no scenario has, also where an int has 32 bits.
const forever = 1 << 30

// The kinds of faults. An outage is longer than any rotation; after a crash nothing is done any more.
var faultKinds = []struct {
	name  string
	fault fault
}{
	{"once", fault{count: 1}},
	{"late", fault{count: 1, late: true, half: true}},
	{"twice", fault{count: 2, half: true}},
	{"outage", fault{count: 25, half: true}},
	{"crash", fault{count: forever, half: true}},
}

var faultErrors = []syscall.Errno{syscall.EACCES, syscall.ENOSPC, syscall.EMFILE, syscall.EIO}

// Each operation fails once. Of the other kinds every fifth one is tried, and all with SLOGX_FAULTS=all.
func TestNoFailureOfAnOperationLosesALine(t *testing.T) {
	for _, s := range scenarios() {
		for i, kind := range faultKinds {
			stride := 5
			if i == 0 || os.Getenv("SLOGX_FAULTS") == "all" {
				i, stride = 0, 1
			}
			t.Run(s.name+"/"+kind.name, func(t *testing.T) {
				t.Parallel()
				root := fastDir(t)
				for at := 1 + i%stride; ; at += stride {
					f := kind.fault
					f.at, f.errno = at, faultErrors[at%len(faultErrors)]
					if !runFault(t, root, s, f) {
						require.Greater(t, at, 20)
						break
					}
				}
			})
		}
	}
}

// fastDir returns a directory in memory, where there is one.
func fastDir(t *testing.T) string {
	dir, err := os.MkdirTemp("/dev/shm", "slogx-rotate-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(dir)) })
	return dir
}

// A life is what happened to a file in a scenario.
type life struct {
	scenario

	*testing.T

	dir, path string
	sys       *faultFS
	fault     fault
	next      int
	acked     []string
	refused   []string

	mu       sync.Mutex
	reported []error // to OnError
	returned []error // by calls
}

// runFault plays a scenario with a fault, and reports whether it came to it.
func runFault(t *testing.T, root string, s scenario, f fault) (came bool) {
	dir, err := os.MkdirTemp(root, "")
	require.NoError(t, err)
	before := plant(t, dir)
	start := time.Now()
	synctest.Test(t, func(t *testing.T) {
		bubble := time.Now()
		l := &life{scenario: s, T: t, dir: dir, path: filepath.Join(dir, "app.log"), fault: f}
		l.sys = newFaultFS(func() time.Time { return start.Add(time.Since(bubble)) })
		l.sys.closing, l.sys.plain = s.closing, s.plain
		l.opts.OnError = l.report
		came = l.play()
	})
	require.Equal(t, before, strangers(t, dir), "what is none of ours was touched")
	require.NoError(t, os.RemoveAll(dir))
	return came
}

// seeded is the number of lines that were written before the fault. Only they may be removed by retention.
const seeded = 5

func (l *life) report(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.reported = append(l.reported, err)
}

// returns takes note of an error that a call returned.
func (l *life) returns(err error) {
	if err != nil {
		l.returned = append(l.returned, err)
	}
}

func (l *life) play() (came bool) {
	f := l.open()
	l.write(f, seeded)
	require.NoError(l, f.Close())
	require.Empty(l, l.returned)
	require.Empty(l, l.reported)
	if l.torn {
		l.tear()
	}

	l.sys.arm(l.fault)
	c, err := openWith(l.path, &l.opts, l.sys.system())
	l.returns(err)
	f = &File{core: c}
	if err == nil {
		l.live(f)
	}
	failed := l.sys.failed
	if l.fault.count < forever {
		l.sys.disarm()
	}
	if err == nil {
		l.recover(f)
	}
	l.sys.disarm()
	l.heal()
	l.judge(failed)
	return len(failed) > 0
}

func (l *life) open() *File {
	c, err := openWith(l.path, &l.opts, l.sys.system())
	require.NoError(l, err, l)
	return &File{core: c}
}

// live does what a program does in which something fails.
func (l *life) live(f *File) {
	l.write(f, 2)
	if l.moves {
		_ = os.Rename(l.path, filepath.Join(l.dir, "moved")) // not there if a rotation failed half-way
	}
	l.write(f, 1)
	time.Sleep(2 * followInterval)
	l.write(f, 1)
	l.returns(f.Reopen())
	l.write(f, 1)
	if l.opts.MaxBytes > 0 {
		l.returns(f.Rotate())
	}
	l.returns(f.Sync())
	synctest.Wait()
}

// write writes lines, one after the other has had all its consequences.
func (l *life) write(f *File, n int) {
	for range n {
		time.Sleep(l.every)
		line := fmt.Sprintf("%04d abcdefghijklm", l.next)
		l.next++
		_, err := f.Write([]byte(line + "\n"))
		if err == nil {
			l.acked = append(l.acked, line)
		} else {
			l.refused = append(l.refused, line)
		}
		l.returns(err)
		_ = os.Chtimes(l.path, time.Time{}, l.sys.now()) // the system's clock is none of the bubble's
		synctest.Wait()
	}
}

// tear leaves half a line at the end of the file.
func (l *life) tear() {
	f, err := os.OpenFile(l.path, os.O_WRONLY|os.O_APPEND, 0)
	require.NoError(l, err)
	_, err = f.WriteString(tornLine)
	require.NoError(l, err)
	require.NoError(l, f.Close())
}

const tornLine = "half"

// recover goes on after a fault, or after a crash ends what cannot do any harm.
func (l *life) recover(f *File) {
	if l.fault.count == forever {
		_ = f.Close()
		require.Empty(l, l.sys.open(), l)
		return
	}
	time.Sleep(2 * maxBackOff) // until the next try
	synctest.Wait()
	before, errs, refused := f.Stats(), len(l.reported), len(l.refused)
	l.write(f, 3)
	require.Equal(l, refused, len(l.refused), "%v: lines are refused after the fault", l)
	require.Equal(l, before.Failures, f.Stats().Failures, l)
	require.Empty(l, l.reported[errs:], "%v: errors after the fault", l)
	if l.opts.MaxBytes > 0 || l.opts.When != "" {
		require.Greater(l, f.Stats().Rotations, before.Rotations, "%v: no rotation after the fault", l)
	}
	stats := f.Stats()
	require.NoError(l, f.Close())
	require.Equal(l, stats.Errors, int64(len(l.reported)), l)
	require.LessOrEqual(l, stats.Failures, stats.Errors, l)
	require.Empty(l, l.sys.open(), l)
}

// heal opens the file once more, as the next process does.
func (l *life) heal() {
	if l.fault.count == 1 && !l.fault.late {
		l.tidied()
	}
	f := l.open()
	synctest.Wait()
	errs := len(l.reported)
	refused := len(l.refused)
	l.write(f, 1)
	require.Equal(l, refused, len(l.refused), l)
	require.NoError(l, f.Close())
	require.Empty(l, l.reported[errs:], l)
	require.Empty(l, l.sys.open(), l)
	l.tidied()
}

// String says in a failure what it was about.
func (l *life) String() string {
	entries, _ := os.ReadDir(l.dir)
	var b strings.Builder
	fmt.Fprintf(&b, "fault %+v: %v\nreturned %v\nreported %v\n", l.fault, l.sys.failed, l.returned, l.reported)
	for _, e := range entries {
		if slices.Contains(planted, e.Name()) {
			continue
		}
		text, _ := os.ReadFile(filepath.Join(l.dir, e.Name()))
		fmt.Fprintf(&b, "-- %s --\n%.200q\n", e.Name(), text)
	}
	return b.String()
}
