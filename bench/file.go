// SPDX-License-Identifier: MIT

package bench

import (
	"bufio"
	"bytes"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/DeRuina/timberjack"
	phuslu "github.com/phuslu/log"
	"go.uber.org/zap/zapcore"
	"gopkg.in/natefinch/lumberjack.v2"

	"github.com/slogx/slogx/rotate"
)

// line is what each file is given, 128 bytes.
var line = append(bytes.Repeat([]byte("x"), 127), '\n')

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

func openPlain(path string) (io.WriteCloser, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	return &plain{f: f}, err
}

// A file writer opens a path; a megabytes of 0 is a file that is not replaced.
type fileWriter struct {
	name string
	open func(path string, megabytes int) (io.WriteCloser, error)
}

func rotating(opts rotate.Options) func(string, int) (io.WriteCloser, error) {
	return func(path string, megabytes int) (io.WriteCloser, error) {
		opts := opts
		if opts.When == "" && !opts.Watch {
			opts.MaxBytes = int64(unlimited(megabytes)) << 20
		}
		return rotate.Open(path, &opts)
	}
}

var fileWriters = []fileWriter{
	{"write(2)", func(path string, _ int) (io.WriteCloser, error) { return openPlain(path) }},
	{"slogx", rotating(rotate.Options{BackupCount: 3})},
	{"lumberjack", func(path string, megabytes int) (io.WriteCloser, error) {
		return &lumberjack.Logger{Filename: path, MaxSize: unlimited(megabytes), MaxBackups: 3}, nil
	}},
	{"timberjack", func(path string, megabytes int) (io.WriteCloser, error) {
		return &timberjack.Logger{Filename: path, MaxSize: unlimited(megabytes), MaxBackups: 3}, nil
	}},
	{"phuslu", openPhuslu},
}

// openPhuslu has ProcessID set: without it, path becomes a link, in a goroutine that nobody can wait for.
func openPhuslu(path string, megabytes int) (io.WriteCloser, error) {
	return &phuslu.FileWriter{Filename: path, MaxSize: int64(unlimited(megabytes)) << 20, MaxBackups: 3, ProcessID: true}, nil
}

// unlimited has 0 mean what it means elsewhere: a terabyte.
func unlimited(megabytes int) int {
	if megabytes == 0 {
		return 1 << 20
	}
	return megabytes
}

// fileScenarios are lines that go to files.
func fileScenarios() []Scenario {
	return []Scenario{
		{
			Name: "file", Axis: "goroutines", Peer: "write(2)", Lines: 1, Want: wants("x{127}"),
			About: "A line of 128 bytes to a file that rotates by size and has not reached it. The line is with the system when Write returns.",
			Cases: append(writes(0, fileWriters), writes(0, []fileWriter{
				{"slogx midnight", rotating(rotate.Options{When: "midnight", BackupCount: 3})},
				{"slogx watch", rotating(rotate.Options{Watch: true})},
			})...),
		}, {
			Name: "rotating", Axis: "goroutines", Peer: "lumberjack", Lines: 1, Want: wants("x{127}"),
			About: "The same to files that are replaced at 10 MiB, of which three old ones are kept.",
			Cases: writes(10, fileWriters[1:]),
		}, {
			Name: "log file", Peer: "phuslu", Lines: 1, Want: says(fiveFields),
			About: "log.Info with five attributes, to a file.",
			Cases: []Case{
				logFile("slogx", one("slogx %").new, direct),
				logFile("slogx json", one("slogx json").new, direct),
				logFile("phuslu", one("phuslu").new, func(path string) (io.WriteCloser, error) { return openPhuslu(path, 0) }),
				logFile("slog json", one("slog json").new, openPlain),
				logFile("zap json", one("zap json").new, openPlain),
			},
		}, {
			Name: "log file, buffered", Peer: "phuslu async", Lines: 1, Want: says(fiveFields),
			About: "The same through a buffer of 256 KiB, or a goroutine: what a crash may lose.",
			Cases: []Case{
				logFile("slogx", one("slogx %").new, buffered),
				logFile("slogx json", one("slogx json").new, buffered),
				logFile("phuslu async", one("phuslu").new, async),
				{Name: "zap buffered", New: zapBuffered},
			},
		},
	}
}

func direct(path string) (io.WriteCloser, error) {
	return rotate.Open(path, &rotate.Options{MaxBytes: 1 << 40, BackupCount: 3})
}

// buffer is what buffered writers collect before they write.
const buffer = 256 << 10

// A flushed writer is closed with what it has buffered.
type flushed struct {
	*bufio.Writer
	file io.Closer
}

func (f flushed) Close() error {
	if err := f.Flush(); err != nil {
		return err
	}
	return f.file.Close()
}

func buffered(path string) (io.WriteCloser, error) {
	f, err := direct(path)
	return flushed{bufio.NewWriterSize(f, buffer), f}, err
}

// async is phuslu's writer in a goroutine of its own, which writes as many lines at once as are waiting.
func async(path string) (io.WriteCloser, error) {
	return &phuslu.AsyncWriter{ChannelSize: 4096, Writer: &phuslu.FileWriter{Filename: path, ProcessID: true}}, nil
}

func zapBuffered(e *Env) func(int) {
	f := must(openPlain(filepath.Join(e.Dir(), "app.log")))
	w := &zapcore.BufferedWriteSyncer{WS: zapcore.AddSync(f), Size: buffer}
	e.Defer(f.Close)
	e.Defer(w.Stop)
	h := zapHandler(w, zapcore.NewJSONEncoder, false)
	return viaSlog("", func(io.Writer) slog.Handler { return named(h) }).five(nil)
}

func logFile(name string, handler func(io.Writer) slog.Handler, open func(path string) (io.WriteCloser, error)) Case {
	return Case{Name: name, New: func(e *Env) func(int) {
		f := must(open(filepath.Join(e.Dir(), "app.log")))
		e.Defer(f.Close)
		return viaSlog(name, func(w io.Writer) slog.Handler { return named(handler(w)) }).five(f)
	}}
}

func writes(megabytes int, writers []fileWriter) (cases []Case) {
	for _, goroutines := range []int{1, 8} {
		for _, w := range writers {
			cases = append(cases, Case{Name: w.name, At: goroutines, New: func(e *Env) func(int) {
				f := must(w.open(filepath.Join(e.Dir(), "app.log"), megabytes))
				e.Defer(f.Close)
				loop := func(n int) {
					for range n {
						if _, err := f.Write(line); err != nil {
							panic(err)
						}
					}
				}
				return share(goroutines, func(int) func(int) { return loop })
			}})
		}
	}
	return slices.Clip(cases)
}
