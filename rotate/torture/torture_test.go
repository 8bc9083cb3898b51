// SPDX-License-Identifier: MIT

package torture_test

import (
	"compress/gzip"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/rotate/torture"
)

var open = opener(openSteady, nil)

// rotating rotates the writer as fast as it goes.
func rotating(ctx context.Context, w io.WriteCloser) {
	s := w.(*steady)
	for ctx.Err() == nil {
		err := s.locked(func() error {
			if s.size == 0 {
				return nil
			}
			return s.rotate()
		})
		if err != nil {
			panic(err)
		}
		time.Sleep(100 * time.Microsecond)
	}
}

func TestASteadyWriterPasses(t *testing.T) {
	for _, tt := range []struct {
		name string
		plan torture.Plan
		want int64 // lines
		more bool
	}{
		{"one goroutine", torture.Plan{Goroutines: 1}, 1000, false},
		{"many goroutines", torture.Plan{Goroutines: 32, Lines: 50}, 32 * 50, false},
		{"restarts", torture.Plan{Lines: 100, Restarts: 7}, 4 * 100, false},
		{"empty payloads", torture.Plan{Bytes: func(*rand.Rand) int { return 0 }}, 4 * 1000, false},
		{"long lines", torture.Plan{Lines: 30, Bytes: func(r *rand.Rand) int { return r.IntN(1 << 16) }}, 4 * 30, false},
		{"for some time", torture.Plan{Lines: 10, Time: torture.Long(50 * time.Millisecond)}, 4 * 10, true},
		{"rotations", torture.Plan{Lines: 100, Inside: []func(context.Context, io.WriteCloser){rotating}, Restarts: 2}, 4 * 100, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.plan.Dir, tt.plan.Open = t.TempDir(), open
			neighbours(t, tt.plan.Dir)
			before := torture.Snap(tt.plan.Dir)
			log := torture.Run(t, tt.plan)
			paths := segments(tt.plan.Dir)
			report := log.Check(torture.Files{
				Paths: paths, MaxBytes: maxBytes, Mode: 0o640, Events: paths[:len(paths)-1], Before: before,
			})
			require.NoError(t, report.Err())
			if tt.more {
				require.Greater(t, log.Acked, tt.want)
			} else {
				require.Equal(t, tt.want, log.Acked)
			}
			require.Equal(t, log.Offered, log.Acked)
			require.Equal(t, log.Acked, report.Lines)
			require.Greater(t, report.Segments, 1)
		})
	}
}

func TestLinesAreMadeAgainFromTheSeed(t *testing.T) {
	t.Parallel()
	var logs [2][]byte
	for i := range logs {
		log := torture.Run(t, torture.Plan{Open: open, Goroutines: 1, Lines: 20, Seed: 7, Bytes: short})
		require.EqualValues(t, 7, log.Seed)
		var err error
		logs[i], err = os.ReadFile(filepath.Join(log.Dir, "app.log"))
		require.NoError(t, err)
	}
	require.Equal(t, string(logs[0]), string(logs[1]))
	require.Equal(t, strings.ToValidUTF8(string(logs[0]), "?"), string(logs[0]))
}

func TestCompressedSegmentsAreRead(t *testing.T) {
	t.Parallel()
	log := torture.Run(t, torture.Plan{Open: open, Lines: 300})
	paths := segments(log.Dir)
	for i, path := range paths[:len(paths)-1] {
		content, err := os.ReadFile(path)
		require.NoError(t, err)
		if i%2 == 0 {
			paths[i] += ".gz"
			require.NoError(t, os.WriteFile(paths[i], packed(t, content), 0o600))
		} else {
			paths[i] += ".reversed"
			require.NoError(t, os.WriteFile(paths[i], reversed(content), 0o600))
		}
	}
	files := torture.Files{Paths: paths, MaxBytes: maxBytes, Unpack: map[string]func(io.Reader) (io.Reader, error){
		".reversed": func(r io.Reader) (io.Reader, error) {
			content, err := io.ReadAll(r)
			return strings.NewReader(string(reversed(content))), err
		},
	}}
	require.NoError(t, log.Check(files).Err())

	require.NoError(t, os.Truncate(paths[0], 100))
	require.Subset(t, log.Check(files).Kinds(), []string{"lost", "unreadable"})
}

func packed(t *testing.T, content []byte) []byte {
	t.Helper()
	var b strings.Builder
	w := gzip.NewWriter(&b)
	_, err := w.Write(content)
	require.NoError(t, errors.Join(err, w.Close()))
	return []byte(b.String())
}

func reversed(b []byte) []byte {
	r := make([]byte, 0, len(b))
	for i := len(b) - 1; i >= 0; i-- {
		r = append(r, b[i])
	}
	return r
}

// With a fake clock a run lasts years.
func TestRunWithAFakeClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		log := torture.Run(t, torture.Plan{
			Open: open, Goroutines: 2, Lines: 20, Pause: 10 * 24 * time.Hour, Time: 365 * 24 * time.Hour, Bytes: short,
			Outside: []func(context.Context){func(context.Context) { time.Sleep(2 * 365 * 24 * time.Hour) }},
		})
		require.Greater(t, time.Since(begin), 2*365*24*time.Hour)
		require.NoError(t, log.Check(torture.Files{Paths: segments(log.Dir)}).Err())
	})
}

func TestLinesBeforeThoseThatAreKeptMayBeGone(t *testing.T) {
	t.Parallel()
	log := torture.Run(t, torture.Plan{Open: open, Goroutines: 1})
	files := torture.Files{Paths: segments(log.Dir)[5:]}
	require.Equal(t, []string{"lost"}, log.Check(files).Kinds())
	files.Expired = true
	require.NoError(t, log.Check(files).Err())

	require.NoError(t, os.Truncate(files.Paths[2], 0))
	require.Equal(t, []string{"empty", "lost"}, log.Check(files).Kinds())
}

func TestHeadersAreNoLines(t *testing.T) {
	t.Parallel()
	log := torture.Run(t, torture.Plan{Open: open, Lines: 100})
	files := torture.Files{Paths: segments(log.Dir)}
	for _, path := range files.Paths {
		content, err := os.ReadFile(path)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(path, append([]byte("# a header\n"), content...), 0o600))
	}
	require.Equal(t, []string{"torn"}, log.Check(files).Kinds())
	files.Header = "# a header"
	require.NoError(t, log.Check(files).Err())
}

// until waits until it is so.
func until(so func() bool) {
	for !so() {
		time.Sleep(time.Millisecond)
	}
}

// A line that was rejected may be there whole, in part on a line of its own, or not at all.
func TestWhatMayBecomeOfRejectedLines(t *testing.T) {
	t.Parallel()
	var failing atomic.Bool
	var failed atomic.Int64
	log := torture.Run(t, torture.Plan{
		Goroutines: 2, Lines: 200, Resume: time.Second,
		Open: opener(openSteady, func(call int, p []byte, w io.Writer) (int, error) {
			if failing.Load() {
				failed.Add(1)
				part := map[int]string{0: "", 1: string(p), 2: string(p[:len(p)-1]) + "\n", 3: string(p[:len(p)/2]) + "\n"}[call%4]
				_, err := io.WriteString(w, part)
				return 0, errors.Join(errors.New("disk full"), err)
			}
			return w.Write(p)
		}),
		Outside: []func(context.Context){func(context.Context) {
			failing.Store(true)
			until(func() bool { return failed.Load() > 20 })
			failing.Store(false)
		}},
	})
	report := log.Check(torture.Files{Paths: segments(log.Dir), MayReject: true})
	require.NoError(t, report.Err())
	require.Positive(t, log.Rejected)
	require.Positive(t, report.Unacked)
	require.Positive(t, report.Fragments)
	require.Equal(t, log.Offered, log.Acked+log.Rejected)
	require.NotEmpty(t, log.Outages)
	for _, o := range log.Outages {
		require.Greater(t, o.Next, o.Last, o.String())
		require.Equal(t, "disk full", o.Err)
	}
	require.Equal(t, []string{"rejected"}, log.Check(torture.Files{Paths: segments(log.Dir)}).Kinds())
}
