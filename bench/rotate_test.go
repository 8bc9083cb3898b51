// SPDX-License-Identifier: MIT

package bench

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/DeRuina/timberjack"
	"github.com/phuslu/log"
	"gopkg.in/natefinch/lumberjack.v2"

	"github.com/slogx/slogx/rotate"
)

// line is what each writer is given, 128 bytes.
var line = append(slices.Repeat([]byte("x"), 127), '\n')

// plain is a file under a mutex: what a line costs at least that is with the system when Write returns.
type plain struct {
	mu sync.Mutex
	f  *os.File
}

func (p *plain) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.f.Write(b)
}

func (p *plain) Close() error { return p.f.Close() }

// writers open a file for appending that is large enough not to be rotated.
var writers = []struct {
	name string
	open func(path string) (io.WriteCloser, error)
}{
	{"write", func(path string) (io.WriteCloser, error) {
		f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
		return &plain{f: f}, err
	}},
	{"slogx", rotates(&rotate.Options{MaxBytes: 1 << 40, BackupCount: 3})},
	{"slogx_midnight", rotates(&rotate.Options{When: "midnight", BackupCount: 3})},
	{"slogx_watch", rotates(&rotate.Options{Watch: true})},
	{"lumberjack", func(path string) (io.WriteCloser, error) {
		return &lumberjack.Logger{Filename: path, MaxSize: 1 << 20}, nil
	}},
	{"timberjack", func(path string) (io.WriteCloser, error) {
		return &timberjack.Logger{Filename: path, MaxSize: 1 << 20}, nil
	}},
	{"phuslu", func(path string) (io.WriteCloser, error) {
		// Without ProcessID it makes path a link, in a goroutine that nobody can wait for.
		return &log.FileWriter{Filename: path, MaxSize: 1 << 40, ProcessID: true}, nil
	}},
}

func rotates(opts *rotate.Options) func(string) (io.WriteCloser, error) {
	return func(path string) (io.WriteCloser, error) { return rotate.Open(path, opts) }
}

// TestEachWriterWritesTheSame keeps the comparison honest.
func TestEachWriterWritesTheSame(t *testing.T) {
	for _, w := range writers {
		path := filepath.Join(t.TempDir(), "app.log")
		out, err := w.open(path)
		if err != nil {
			t.Fatal(w.name, err)
		}
		for range 3 {
			if n, err := out.Write(line); n != len(line) || err != nil {
				t.Fatal(w.name, n, err)
			}
		}
		if err := out.Close(); err != nil {
			t.Fatal(w.name, err)
		}
		files, err := filepath.Glob(strings.TrimSuffix(path, ".log") + "*") // phuslu puts the time into the name
		if err != nil || len(files) != 1 {
			t.Fatal(w.name, files, err)
		}
		if text, err := os.ReadFile(files[0]); err != nil || string(text) != string(slices.Repeat(line, 3)) {
			t.Errorf("%s: wrote %q, %v", w.name, text, err)
		}
	}
}

func BenchmarkFile(b *testing.B) {
	for _, goroutines := range []int{1, 8} {
		for _, w := range writers {
			b.Run(w.name+"/"+strconv.Itoa(goroutines), func(b *testing.B) {
				out, err := w.open(filepath.Join(b.TempDir(), "app.log"))
				if err != nil {
					b.Fatal(err)
				}
				b.ReportAllocs()
				share(b, goroutines, func(int) {
					if _, err := out.Write(line); err != nil {
						b.Error(err)
					}
				})
				if err := out.Close(); err != nil {
					b.Fatal(err)
				}
			})
		}
	}
}

// share has goroutines do together what the benchmark is to do.
func share(b *testing.B, goroutines int, work func(goroutine int)) {
	var wg sync.WaitGroup
	b.ResetTimer()
	for g := range goroutines {
		wg.Go(func() {
			for i := g; i < b.N; i += goroutines {
				work(g)
			}
		})
	}
	wg.Wait()
	b.StopTimer()
}

// BenchmarkFileRotating has files of a mebibyte replaced and compressed all the time, and says how long the
// slowest lines take.
func BenchmarkFileRotating(b *testing.B) {
	for _, goroutines := range []int{1, 8} {
		b.Run(strconv.Itoa(goroutines), func(b *testing.B) {
			opts := &rotate.Options{MaxBytes: 1 << 20, Suffix: "%Y-%m-%d", BackupCount: 5, Compress: rotate.Gzip}
			out, err := rotate.Open(filepath.Join(b.TempDir(), "app.log"), opts)
			if err != nil {
				b.Fatal(err)
			}
			times := make([][]time.Duration, goroutines)
			share(b, goroutines, func(g int) {
				start := time.Now()
				if _, err := out.Write(line); err != nil {
					b.Error(err)
				}
				times[g] = append(times[g], time.Since(start))
			})
			all := slices.Concat(times...)
			slices.Sort(all)
			for _, percent := range []float64{50, 99, 99.9} {
				at := all[int(float64(len(all)-1)*percent/100)]
				b.ReportMetric(float64(at.Microseconds()), "p"+strconv.FormatFloat(percent, 'f', -1, 64)+"-µs")
			}
			b.ReportMetric(float64(out.Stats().Rotations), "rotations")
			if err := out.Close(); err != nil {
				b.Fatal(err)
			}
		})
	}
}
