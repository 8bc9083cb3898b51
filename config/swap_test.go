// SPDX-License-Identifier: MIT

package config_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/config"
	"github.com/slogx/slogx/rotate"
	"github.com/slogx/slogx/rotate/torture"
	"github.com/slogx/slogx/slogxtest"
	"github.com/slogx/slogx/tree"
)

// recorders registers a class whose handlers record under the id that they have in the document, and count how often they are closed.
func recorders(name string) (of func(id string) *recorder) {
	var mu sync.Mutex
	all := map[string]*recorder{}
	of = func(id string) *recorder {
		mu.Lock()
		defer mu.Unlock()
		if all[id] == nil {
			all[id] = &recorder{Recorder: slogxtest.NewRecorder(nil)}
		}
		return all[id]
	}
	config.Register(name, func(a *config.Args) (slog.Handler, error) { return of(a.ID()), nil })
	return of
}

type recorder struct {
	*slogxtest.Recorder
	closed atomic.Int32
}

func (r *recorder) Close() error {
	r.closed.Add(1)
	return nil
}

func TestOneStepForThoseWhoLog(t *testing.T) {
	of := recorders("swap_test.step")
	documents := [2]*config.Config{
		parsed(t, `{version: 1, handlers: {a: {(): swap_test.step}}, loggers: {x: {level: ERROR, handlers: [a], propagate: no}}}`),
		parsed(t, `{version: 1, handlers: {b: {(): swap_test.step}}, loggers: {x: {level: DEBUG}}, root: {handlers: [b]}}`),
	}
	tr := tree.New(&tree.Options{
		OnError:    func(err error) { t.Error(err) },
		LastResort: slog.NewTextHandler(failingWriter{t}, nil),
	})
	require.NoError(t, documents[0].Apply(tr))
	var writers sync.WaitGroup
	for g := range 8 {
		writers.Go(func() {
			for i := range 300 {
				tr.Logger("x").Error(fmt.Sprint(g, " ", i))
			}
		})
	}
	for i := range 300 {
		require.NoError(t, documents[(i+1)%2].Apply(tr))
	}
	writers.Wait()
	seen := map[string]int{}
	for _, m := range append(of("a").Messages(), of("b").Messages()...) {
		seen[m]++
	}
	require.Len(t, seen, 8*300)
	require.Equal(t, 8*300, of("a").Len()+of("b").Len(), "a line came twice")
}

// failingWriter fails the test that somebody writes in.
type failingWriter struct{ t *testing.T }

func (w failingWriter) Write(p []byte) (int, error) {
	w.t.Errorf("the last resort got %q", p)
	return len(p), nil
}

func TestHandlersAreClosedOnceWhenTheyAreReplaced(t *testing.T) {
	of := recorders("swap_test.close")
	tr := newTree(t)
	mine, yours := &recorder{Recorder: slogxtest.NewRecorder(nil)}, &recorder{Recorder: slogxtest.NewRecorder(nil)}
	tr.Node("a").AddHandler(mine)
	tr.Node("other").AddHandler(yours)
	apply(t, tr, `{version: 1, handlers: {h: {(): swap_test.close}, i: {(): swap_test.close}},
loggers: {a: {handlers: [h, i, h]}, b: {handlers: [h]}}, root: {handlers: [h]}}`)
	require.Equal(t, []int32{1, 0, 0, 0}, []int32{mine.closed.Load(), yours.closed.Load(), of("h").closed.Load(), of("i").closed.Load()})
	require.Len(t, tr.Node("a").Handlers(), 2, "a handler that is named twice is there once")
	apply(t, tr, `{version: 1, handlers: {j: {(): swap_test.close}}, loggers: {a: {handlers: [j]}}}`)
	require.Equal(t, []int32{1, 1, 0}, []int32{of("h").closed.Load(), of("i").closed.Load(), of("j").closed.Load()})
	require.Zero(t, yours.closed.Load())
	require.Empty(t, tr.Node("").Handlers(), "the root's handlers were the document's")
	require.Len(t, tr.Node("other").Handlers(), 1)
	require.NoError(t, tr.Shutdown(context.Background()))
	require.Equal(t, []int32{1, 1}, []int32{of("j").closed.Load(), yours.closed.Load()})
}

// rotating is a document with one rotating file.
func rotating(dir string, maxBytes int) string {
	return inDir(fmt.Sprintf(`{version: 1, handlers: {h: {class: slogx.rotate.File, filename: "DIR/a", maxBytes: %d, backupCount: 9}}, root: {handlers: [h]}}`, maxBytes), dir)
}

func TestAFileWhoseOptionsDidNotChangeGoesOn(t *testing.T) {
	dir := t.TempDir()
	tr := newTree(t)
	lines := func(opts rotate.Options) int64 {
		f, err := rotate.Open(filepath.Join(dir, "a"), &opts)
		require.NoError(t, err, "it is open with these options")
		defer f.Close()
		return f.Stats().Lines
	}
	for i := range 3 {
		apply(t, tr, rotating(dir, 1000))
		tr.Logger("").Error("one")
		require.Equal(t, int64(i+1), lines(rotate.Options{MaxBytes: 1000, BackupCount: 9}))
	}
	apply(t, tr, rotating(dir, 20))
	_, err := rotate.Open(filepath.Join(dir, "a"), &rotate.Options{MaxBytes: 1000, BackupCount: 9})
	require.ErrorIs(t, err, rotate.ErrInUse)
	tr.Logger("").Error("two 89")
	tr.Logger("").Error("three")
	require.NoError(t, tr.Shutdown(context.Background()))
	require.Equal(t, map[string]string{"a": "three\n", "a.1": "one\none\none\ntwo 89\n"}, filesOf(t, dir))
}

func TestModeWEmptiesAFileOnlyWhenItIsOpened(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "a"), "old\n")
	document := inDir(`{version: 1, handlers: {h: {class: logging.FileHandler, filename: "DIR/a", mode: w}}, root: {handlers: [h]}}`, dir)
	tr := newTree(t)
	for range 3 {
		apply(t, tr, document)
		tr.Logger("").Error("m")
	}
	apply(t, tr, strings.Replace(document, "mode: w", "mode: a", 1))
	tr.Logger("").Error("a")
	apply(t, tr, document)
	tr.Logger("").Error("w")
	require.Equal(t, map[string]string{"a": "m\nm\nm\na\nw\n"}, filesOf(t, dir))
	apply(t, tr, "version: 1")
	apply(t, tr, document)
	require.Equal(t, map[string]string{"a": ""}, filesOf(t, dir), "it had been closed")
}

func TestTwoHandlersMayHaveOneFile(t *testing.T) {
	dir := t.TempDir()
	document := inDir(`{version: 1, handlers: {a: {class: logging.FileHandler, filename: "DIR/f"}, b: {class: logging.FileHandler, filename: "DIR/../DIRBASE/f"}},
root: {handlers: [a, b]}}`, dir)
	document = strings.Replace(document, filepath.ToSlash(dir)+"BASE", filepath.Base(dir), 1)
	tr := newTree(t)
	apply(t, tr, document)
	tr.Logger("").Error("m")
	require.Equal(t, map[string]string{"f": "m\nm\n"}, filesOf(t, dir))
	before := tr.String()
	c := parsed(t, strings.Replace(document, "b: {class: logging.FileHandler", "b: {class: logging.handlers.WatchedFileHandler", 1))
	require.EqualError(t, c.Apply(tr), "config: handlers.b (line 1): the handler a has the same file, with other options")
	require.Equal(t, before, tr.String())
	tr.Logger("").Error("n")
	require.Equal(t, map[string]string{"f": "m\nm\nn\nn\n"}, filesOf(t, dir))
}

func TestTwoHandlersOfOneFileAreToldApartBeforeItIsOpened(t *testing.T) {
	dir := t.TempDir()
	logs := filepath.Join(dir, "logs")
	require.NoError(t, os.Mkdir(logs, 0o700))
	require.NoError(t, os.Symlink(logs, filepath.Join(dir, "link")))
	tr := newTree(t)
	two := func(a, b string) string {
		return inDir("{version: 1, handlers: {a: {class: logging.FileHandler, filename: DIR/logs/f"+a+"}, "+
			"b: {class: logging.FileHandler, filename: DIR/link/f"+b+"}}, root: {handlers: [a, b]}}", dir)
	}
	require.EqualError(t, parsed(t, two("", ", mode: w")).Apply(tr),
		"config: handlers.b (line 1): the handler a has the same file, with other options")
	require.Empty(t, filesOf(t, logs))
	for _, mode := range []string{"", ", mode: w", ", mode: w"} { // what is open already is not emptied
		apply(t, tr, two(mode, mode))
		tr.Logger("").Error("m")
	}
	require.Equal(t, map[string]string{"f": "m\nm\nm\nm\nm\nm\n"}, filesOf(t, logs))
}

func TestADocumentThatCannotBeOpenedLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "old"), "old\n")
	before := torture.Snap()
	tr := tree.New(nil)
	c := parsed(t, inDir(`
version: 1
handlers:
  a: {class: logging.FileHandler, filename: DIR/old, mode: w}
  b: {class: logging.FileHandler, filename: DIR/new}
  c: {class: logging.FileHandler, filename: DIR/missing/c}
  d: {class: logging.FileHandler, filename: DIR/missing/d}
loggers: {x: {level: DEBUG, handlers: [a, b]}}
root: {handlers: [c, d]}
`, dir))
	text := tr.String()
	called := false
	err := c.Apply(tr, func(*tree.Batch) { called = true })
	require.Error(t, err)
	require.Regexp(t, `^config: handlers.c \(line 6\): rotate: open .*\nhandlers.d \(line 7\): rotate: open .*$`, err.Error())
	require.Equal(t, err.Error(), c.Check().Error())
	require.False(t, called)
	require.Equal(t, text, tr.String())
	require.Equal(t, map[string]string{"old": "old\n"}, filesOf(t, dir))
	requireNothingLeft(t, before)
}

// What another entry of the same logger has replaced is not opened: nobody would close it.
func TestAnEntryThatIsReplacedOpensNothing(t *testing.T) {
	dir := t.TempDir()
	before := torture.Snap()
	c := parsed(t, inDir(`
version: 1
handlers: {a: {class: logging.FileHandler, filename: DIR/a}, b: {class: logging.FileHandler, filename: DIR/b}}
loggers: {"": {handlers: [a]}}
root: {handlers: [b]}
`, dir))
	require.Equal(t, `[root (line 5): the same logger stands at loggers[""], too: this one counts handlers.a (line 3): no logger uses this handler: it is not opened]`,
		fmt.Sprint(c.Warnings()))
	tr := tree.New(nil)
	require.NoError(t, c.Apply(tr))
	tr.Logger("").Error("m")
	require.NoError(t, tr.Shutdown(context.Background()))
	require.Equal(t, map[string]string{"b": "m\n"}, filesOf(t, dir))
	requireNothingLeft(t, before)
}

// odd is a handler that cannot be compared.
type odd struct {
	slog.Handler
	_ []int
}

func TestHandlersThatCannotBeComparedAreReplaced(t *testing.T) {
	closed := 0
	made := odd{Handler: closing{slog.DiscardHandler, func() { closed++ }}}
	config.Register("swap_test.odd", func(*config.Args) (slog.Handler, error) { return oddCloser{made}, nil })
	tr := newTree(t)
	for range 2 {
		require.NoError(t, config.Apply(tr, map[string]any{
			"version": 1, "handlers": map[string]any{"h": map[string]any{"()": "swap_test.odd"}},
			"loggers": map[string]any{"a": map[string]any{"handlers": []any{"h", oddCloser{made}}}},
		}))
		require.Len(t, tr.Node("a").Handlers(), 2)
	}
	require.Equal(t, 2, closed)
	apply(t, tr, "{version: 1, incremental: true, handlers: {h: {level: ERROR}}}")
	apply(t, tr, "{version: 1, loggers: {b: {}}}")
	require.Empty(t, tr.Node("a").Handlers())
	require.Equal(t, 4, closed)
}

type oddCloser struct{ odd }

func (o oddCloser) Close() error { return o.Handler.(closing).Close() }

func TestOneDocumentForSeveralTrees(t *testing.T) {
	dir := t.TempDir()
	c := parsed(t, rotating(dir, 1000))
	first, second := newTree(t), newTree(t)
	require.NoError(t, c.Apply(first))
	require.NoError(t, c.Apply(second))
	first.Logger("").Error("one")
	require.NoError(t, first.Shutdown(context.Background()))
	second.Logger("").Error("two")
	require.NoError(t, c.Apply(first))
	first.Logger("").Error("three")
	require.Equal(t, map[string]string{"a": "one\ntwo\nthree\n"}, filesOf(t, dir))
}

func TestFurtherChangesAreMadeInTheSameStep(t *testing.T) {
	tr := newTree(t)
	of := recorders("swap_test.also")
	c := parsed(t, "{version: 1, handlers: {h: {(): swap_test.also}}, loggers: {a: {level: ERROR}}, root: {handlers: [h]}}")
	var levelThen slog.Level
	require.NoError(t, c.Apply(tr, func(b *tree.Batch) {
		levelThen = tr.Node("a").EffectiveLevel()
		b.SetLevel(tr.Node("a"), slog.LevelDebug)
	}, func(b *tree.Batch) { b.SetPropagate(tr.Node("x"), false) }))
	require.Equal(t, slog.LevelInfo, levelThen, "nothing has changed yet")
	require.Equal(t, slog.LevelDebug, tr.Node("a").EffectiveLevel(), "the last change counts")
	require.False(t, tr.Node("x").Propagate())
	tr.Logger("a").Debug("m")
	require.Equal(t, []string{"m"}, of("h").Messages())
}

func TestWhatFailsToCloseIsToldAndTheDocumentHolds(t *testing.T) {
	config.Register("swap_test.failing", func(*config.Args) (slog.Handler, error) { return failingClose{slog.DiscardHandler}, nil })
	tr := tree.New(nil)
	apply(t, tr, "{version: 1, handlers: {h: {(): swap_test.failing}}, root: {handlers: [h]}}")
	err := parsed(t, "{version: 1, root: {level: ERROR}}").Apply(tr)
	require.ErrorContains(t, err, "the disk is full")
	require.Equal(t, slog.LevelError, tr.Node("").EffectiveLevel())
}
