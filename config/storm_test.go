// SPDX-License-Identifier: MIT

package config_test

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/config"
	"github.com/slogx/slogx/rotate/torture"
	"github.com/slogx/slogx/tree"
)

// storm are two documents between which a program changes. Whichever holds, a line of each logger goes to one file:
//
//   - a and b share a handler, or have one each
//   - b's file rotates, or not; c's is opened with mode w, or to append
//   - d has a handler, or is left out, and its lines go to the root's
//   - e has a file that is dropped by the other document
//   - f has a file for each logger, which rotates, or not
//   - layouts and levels differ
var storm = [2]string{`
version: 1
formatters:
  f: {format: "%(levelname)s <%(message)s>"}
  g: {format: "{name}: <{message}>", style: "{"}
filters:
  few: {class: slogx.filter.LevelRange, min: INFO}
handlers:
  shared: {class: logging.handlers.RotatingFileHandler, filename: DIR/shared.log, maxBytes: 60000, backupCount: 1000, formatter: f}
  w: {class: logging.FileHandler, filename: DIR/w.log, mode: w, formatter: g, filters: [few]}
  d: {class: slogx.rotate.File, filename: DIR/d.log, maxBytes: 30000, suffix: "%Y-%m-%d_%H-%M-%S", formatter: g, level: INFO}
  e: {class: logging.FileHandler, filename: DIR/e.log, delay: true}
  f: {class: logging.FileHandler, filename: "DIR/f-{logger}.log"}
  root: {class: logging.FileHandler, filename: DIR/root.log, formatter: f}
loggers:
  s.a: {handlers: [shared], propagate: no, level: INFO}
  s.b: {handlers: [shared], propagate: no}
  s.c: {handlers: [w], propagate: no, level: DEBUG}
  s.d: {handlers: [d], propagate: no}
  s.e: {handlers: [e], propagate: no}
  s.f: {handlers: [f], propagate: no}
root: {level: DEBUG, handlers: [root]}
`, `
version: 1
formatters:
  f: {format: "%(name)-10s%(levelno)s %(asctime)s <%(message)s>"}
handlers:
  a: {class: logging.FileHandler, filename: DIR/a.log, formatter: f}
  b: {class: logging.FileHandler, filename: DIR/shared.log}
  c: {class: logging.handlers.WatchedFileHandler, filename: DIR/w.log, formatter: f, level: ERROR}
  f: {class: logging.handlers.RotatingFileHandler, filename: "DIR/f-{logger}.log", maxBytes: 60000, backupCount: 1000, formatter: f}
  root: {class: logging.FileHandler, filename: DIR/root.log}
loggers:
  s.a: {handlers: [a], propagate: no, level: ERROR}
  s.b: {handlers: [b], propagate: no}
  s.c: {handlers: [c], propagate: no}
  s.f: {handlers: [f], propagate: no}
root: {level: ERROR, handlers: [root]}
`}

// stormIn returns the documents for files in a directory.
func stormIn(dir string) (texts [2]string) {
	for i := range storm {
		texts[i] = strings.ReplaceAll(storm[i], "DIR", filepath.ToSlash(dir))
	}
	return texts
}

func parsed(t *testing.T, text string) *config.Config {
	t.Helper()
	c, err := config.Parse([]byte(text), ".yaml")
	require.NoError(t, err)
	return c
}

// A storming counts what its goroutines log until it ends.
type storming struct {
	writers sync.WaitGroup
	stop    chan struct{}
	lines   atomic.Int64
}

// logInto has 8 goroutines log.
func logInto(tr *tree.Tree) *storming {
	s := &storming{stop: make(chan struct{})}
	for g := range 8 {
		s.writers.Go(func() {
			ctx := context.Background()
			var loggers []*slog.Logger
			for _, name := range []string{"s.a", "s.b", "s.c", "s.d", "s.e", "s.f", "other"} {
				loggers = append(loggers, tr.Logger(name).With("g", g))
			}
			for i := 0; ; i++ {
				select {
				case <-s.stop:
					return
				default:
				}
				loggers[i%len(loggers)].Log(ctx, slog.LevelError, fmt.Sprint("line ", s.lines.Add(1)))
				loggers[i%len(loggers)].Log(ctx, slog.LevelDebug, "perhaps")
				time.Sleep(200 * time.Microsecond) // enough, and the files stay small
			}
		})
	}
	return s
}

// few reports whether hardly anything was logged by now, so that reloads are to go on.
func (s *storming) few() bool { return s.lines.Load() <= 1000 }

// end stops the goroutines, and returns how many lines there are to be.
func (s *storming) end() int {
	close(s.stop)
	s.writers.Wait()
	return int(s.lines.Load())
}

// requireLines requires that the files of a directory hold each line once, and whole.
func requireLines(t *testing.T, dir string, lines int) {
	t.Helper()
	found := make([]int, lines+1)
	for file, text := range filesOf(t, dir) {
		for line := range strings.Lines(text) {
			n, whole := lineNumber(line)
			require.True(t, whole && n <= lines, "%s: %q", file, line)
			found[n]++
		}
	}
	wrong := 0
	for n, times := range found[1:] {
		if times != 1 {
			wrong++
			t.Logf("line %d: %d times", n+1, times)
		}
	}
	require.Zero(t, wrong, "lines that were lost or doubled, of %d", lines)
}

// lineNumber returns the number of a line as one of the layouts prints it; 0 for one that need not be there.
func lineNumber(line string) (n int, whole bool) {
	message, g := line, 0
	if _, inside, ok := strings.Cut(line, "<"); ok {
		message = strings.TrimSuffix(inside, ">\n") + "\n"
	}
	if _, err := fmt.Sscanf(message, "line %d g=%d", &n, &g); err == nil {
		return n, message == fmt.Sprintf("line %d g=%d\n", n, g)
	}
	_, err := fmt.Sscanf(message, "perhaps g=%d", &g)
	return 0, err == nil && message == fmt.Sprintf("perhaps g=%d\n", g)
}

// A record sees one document or the other, whole, and its line is lost by neither.
func TestReloadsLoseAndDoubleNothing(t *testing.T) {
	for name, reload := range map[string]func(*testing.T, *tree.Tree, string, *storming){
		"one after the other": func(t *testing.T, tr *tree.Tree, dir string, s *storming) { reloadBy(t, tr, dir, s, 1000, 0) },
		"two at once": func(t *testing.T, tr *tree.Tree, dir string, s *storming) {
			var both sync.WaitGroup
			for i := range 2 {
				both.Go(func() { reloadBy(t, tr, dir, s, 500, i) })
			}
			both.Wait()
		},
		"by Watch": reloadByWatch,
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			before := torture.Snap()
			tr := tree.New(&tree.Options{OnError: func(err error) { t.Errorf("OnError: %v", err) }})
			require.NoError(t, parsed(t, stormIn(dir)[1]).Apply(tr))
			s := logInto(tr)
			lines := 0
			func() {
				defer func() { lines = s.end() }() // also if a requirement fails
				reload(t, tr, dir, s)
			}()
			require.NoError(t, tr.Shutdown(context.Background()))
			requireLines(t, dir, lines)
			requireNothingLeft(t, before)
		})
	}
}

// requireNothingLeft requires that no goroutine and no descriptor is left since the snapshot.
func requireNothingLeft(t *testing.T, before *torture.Snapshot) {
	t.Helper()
	require.NoError(t, new(torture.Log).Check(torture.Files{Before: before}).Err())
}

// reloadBy applies the documents in turn, so many times at least.
func reloadBy(t *testing.T, tr *tree.Tree, dir string, s *storming, times, first int) {
	texts := stormIn(dir)
	documents := [2]*config.Config{parsed(t, texts[0]), parsed(t, texts[1])}
	for i := 0; i < times || s.few(); i++ {
		if err := documents[(i+first)%2].Apply(tr); err != nil {
			t.Error(err)
			return
		}
	}
}

// reloadByWatch changes a file 200 times at least, and every tenth time to a mistake.
func reloadByWatch(t *testing.T, tr *tree.Tree, dir string, s *storming) {
	path := filepath.Join(t.TempDir(), "logging.yaml")
	put(t, path, stormIn(dir)[1])
	told := make(chan error)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	require.NoError(t, config.Watch(ctx, tr, path, &config.WatchOptions{
		Interval: 100 * time.Microsecond,
		OnReload: func(err error) { told <- err },
	}))
	for i := 0; i < 200 || s.few(); i++ {
		text := stormIn(dir)[i%2]
		if i%10 == 9 {
			replace(t, path, text+"odd_handlers: [")
			require.Error(t, <-told)
		}
		replace(t, path, text)
		require.NoError(t, <-told)
	}
}
