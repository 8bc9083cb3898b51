// SPDX-License-Identifier: MIT

package config_test

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/config"
	"github.com/slogx/slogx/tree"
)

// rootAt is a document that gives the root a level.
func rootAt(level string) string { return "version: 1\nroot: {level: " + level + "}\n" }

func put(t *testing.T, path, text string) {
	t.Helper()
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
}

// replace puts another file in the place of one.
func replace(t *testing.T, path, text string) {
	t.Helper()
	put(t, path+"~", text)
	require.NoError(t, os.Rename(path+"~", path))
}

// A watch is a file that is watched, by a clock of its own.
type watch struct {
	t      *testing.T
	tree   *tree.Tree
	path   string
	loaded atomic.Int32 // calls of Apply

	mu   sync.Mutex
	told []string // what OnReload was called with
}

// watching runs test in a bubble, with a file that is watched.
func watching(t *testing.T, text string, test func(w *watch)) {
	synctest.Test(t, func(t *testing.T) {
		w := &watch{t: t, tree: newTree(t), path: filepath.Join(t.TempDir(), "logging.yaml")}
		put(t, w.path, text)
		w.start()
		test(w)
	})
}

func (w *watch) start() {
	require.NoError(w.t, config.Watch(w.t.Context(), w.tree, w.path, &config.WatchOptions{
		Apply: func(c *config.Config) error {
			w.loaded.Add(1)
			return c.Apply(w.tree)
		},
		OnReload: func(err error) {
			if err == nil {
				err = errors.New("ok")
			}
			w.mu.Lock()
			defer w.mu.Unlock()
			w.told = append(w.told, strings.ReplaceAll(err.Error(), w.path, "FILE"))
		},
	}))
}

// looks waits until the file has been looked at n times.
func (w *watch) looks(n int) {
	time.Sleep(time.Duration(n) * time.Second)
	synctest.Wait()
}

// requireTold checks what OnReload was called with from the beginning, in parts, and the root's level.
func (w *watch) requireTold(level slog.Level, want ...string) {
	w.t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	require.Len(w.t, w.told, len(want), "%q", w.told)
	for i := range want {
		require.Contains(w.t, w.told[i], want[i])
	}
	require.Equal(w.t, level, w.tree.Node("").Level().Level())
}

func TestWatchFindsEachWayToChangeAFile(t *testing.T) {
	for name, change := range map[string]func(t *testing.T, path, text string){
		"in place":             put,
		"another in its place": replace,
		"moved away, then again": func(t *testing.T, path, text string) {
			require.NoError(t, os.Rename(path, path+".bak"))
			put(t, path, text)
		},
		"same size, time and file": func(t *testing.T, path, text string) {
			info, err := os.Stat(path)
			require.NoError(t, err)
			put(t, path, text)
			require.NoError(t, os.Chtimes(path, time.Time{}, info.ModTime()))
			now, err := os.Stat(path)
			require.NoError(t, err)
			require.Equal(t, []any{info.Size(), info.ModTime()}, []any{now.Size(), now.ModTime()})
		},
		"older": func(t *testing.T, path, text string) {
			replace(t, path, text)
			require.NoError(t, os.Chtimes(path, time.Time{}, time.Unix(1, 0)))
		},
	} {
		t.Run(name, func(t *testing.T) {
			watching(t, rootAt("ERROR"), func(w *watch) {
				w.looks(5)
				w.requireTold(slog.LevelError)
				change(t, w.path, rootAt("DEBUG"))
				w.looks(1)
				w.requireTold(slog.LevelError) // it may be half a file
				w.looks(1)
				w.requireTold(slog.LevelDebug, "ok")
				w.looks(5)
				w.requireTold(slog.LevelDebug, "ok")
				require.EqualValues(t, 2, w.loaded.Load())
			})
		})
	}
}

// A ConfigMap is a directory with links: logging.yaml -> ..data/logging.yaml, and ..data -> ..1. An update makes ..2,
// and turns ..data in one step.
func TestWatchFollowsTheLinksOfAConfigMap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		w := &watch{t: t, tree: newTree(t), path: filepath.Join(dir, "logging.yaml")}
		turn := func(version, level string) {
			require.NoError(t, os.Mkdir(filepath.Join(dir, version), 0o700))
			put(t, filepath.Join(dir, version, "logging.yaml"), rootAt(level))
			require.NoError(t, os.Chtimes(filepath.Join(dir, version, "logging.yaml"), time.Time{}, time.Unix(1, 0)))
			require.NoError(t, os.Symlink(version, filepath.Join(dir, "..tmp")))
			require.NoError(t, os.Rename(filepath.Join(dir, "..tmp"), filepath.Join(dir, "..data")))
		}
		turn("..1", "ERROR")
		require.NoError(t, os.Symlink(filepath.Join("..data", "logging.yaml"), w.path))
		w.start()
		turn("..2", "DEBUG")
		require.NoError(t, os.RemoveAll(filepath.Join(dir, "..1")))
		w.looks(2)
		w.requireTold(slog.LevelDebug, "ok")
		turn("..3", "ALERT")
		w.looks(2)
		w.requireTold(slog.Level(14), "ok", "ok")
	})
}

func TestWatchLoadsNoFileThatIsBeingWritten(t *testing.T) {
	watching(t, rootAt("ERROR"), func(w *watch) {
		text := rootAt("DEBUG") + "loggers:\n  a: {level: INFO}\n  b: {level: INFO}\n"
		written := ""
		for line := range strings.Lines(text) { // each time a document by itself, or a mistake
			written += line
			put(t, w.path, written)
			w.looks(1)
			w.requireTold(slog.LevelError)
		}
		w.looks(1)
		w.requireTold(slog.LevelDebug, "ok")
		require.Equal(t, slog.LevelInfo, w.tree.Node("b").Level().Level())
		require.EqualValues(t, 2, w.loaded.Load())
	})
}

func TestWatchTellsABadVersionOnceAndKeepsTheLastGoodOne(t *testing.T) {
	watching(t, rootAt("ERROR"), func(w *watch) {
		const mistake = "config: FILE: root.level (line 2)"
		put(t, w.path, rootAt("LOUD"))
		w.looks(10)
		w.requireTold(slog.LevelError, mistake)
		put(t, w.path, rootAt("LOUDER"))
		w.looks(10)
		w.requireTold(slog.LevelError, mistake, mistake)
		require.EqualValues(t, 1, w.loaded.Load())

		put(t, w.path, rootAt("ERROR")) // what is loaded
		w.looks(10)
		w.requireTold(slog.LevelError, mistake, mistake, "ok")
		require.EqualValues(t, 1, w.loaded.Load())

		put(t, w.path, rootAt("LOUDER")) // a new mistake, though an old one
		w.looks(10)
		put(t, w.path, rootAt("DEBUG"))
		w.looks(10)
		w.requireTold(slog.LevelDebug, mistake, mistake, "ok", mistake, "ok")
		require.EqualValues(t, 2, w.loaded.Load())
	})
}

func TestWatchDoesNotReloadWhatIsLoaded(t *testing.T) {
	watching(t, rootAt("ERROR"), func(w *watch) {
		for i := range 3 {
			require.NoError(t, os.Chtimes(w.path, time.Time{}, time.Unix(int64(i), 0)))
			w.looks(3)
		}
		replace(t, w.path, rootAt("ERROR"))
		w.looks(3)
		put(t, w.path, rootAt("DEBUG")) // and back, before it counts
		w.looks(1)
		put(t, w.path, rootAt("ERROR"))
		w.looks(3)
		w.requireTold(slog.LevelError)
		require.EqualValues(t, 1, w.loaded.Load())
	})
}

func TestWatchTakesUpAFileThatWasMissing(t *testing.T) {
	watching(t, rootAt("ERROR"), func(w *watch) {
		require.NoError(t, os.Remove(w.path))
		w.looks(1)
		put(t, w.path, rootAt("ERROR")) // an editor was at work
		w.looks(3)
		w.requireTold(slog.LevelError)

		const missing = "no such file or directory"
		require.NoError(t, os.Rename(w.path, w.path+".bak"))
		w.looks(10)
		w.requireTold(slog.LevelError, missing)
		require.NoError(t, os.Rename(w.path+".bak", w.path))
		w.looks(10)
		w.requireTold(slog.LevelError, missing, "ok")
		require.EqualValues(t, 1, w.loaded.Load())

		require.NoError(t, os.Remove(w.path))
		w.looks(10)
		put(t, w.path, rootAt("DEBUG"))
		w.looks(10)
		w.requireTold(slog.LevelDebug, missing, "ok", missing, "ok")

		require.NoError(t, os.Remove(w.path))
		require.NoError(t, os.Mkdir(w.path, 0o700))
		w.looks(10)
		require.NoError(t, os.Remove(w.path))
		put(t, w.path, "")
		require.NoError(t, os.Truncate(w.path, 16<<20+1))
		w.looks(10)
		w.requireTold(slog.LevelDebug, missing, "ok", missing, "ok", "not a regular file", "more than")
	})
}

// A document that is right may ask for what is not there yet.
func TestWatchTriesAgainWhatIsSavedAgain(t *testing.T) {
	watching(t, rootAt("ERROR"), func(w *watch) {
		dir := filepath.Join(t.TempDir(), "logs")
		put(t, w.path, `
version: 1
handlers: {f: {class: logging.FileHandler, filename: '`+filepath.ToSlash(dir)+`/app.log'}}
root: {level: INFO, handlers: [f]}
`)
		w.looks(10)
		w.requireTold(slog.LevelError, "app.log")
		require.NoError(t, os.Mkdir(dir, 0o700))
		w.looks(10)
		w.requireTold(slog.LevelError, "app.log")
		require.NoError(t, os.Chtimes(w.path, time.Time{}, time.Unix(1, 0)))
		w.looks(10)
		w.requireTold(slog.LevelInfo, "app.log", "ok")
		require.FileExists(t, filepath.Join(dir, "app.log"))
	})
}

// failingClose is a handler that cannot be closed.
type failingClose struct{ slog.Handler }

func (failingClose) Close() error { return errors.New("the disk is full") }

// An error of applying does not say that nothing has changed: that of closing what was before does not.
func TestWatchKnowsThatAnErrorMayComeAfterTheChange(t *testing.T) {
	config.Register("watch_test.failing", func(*config.Args) (slog.Handler, error) { return failingClose{slog.DiscardHandler}, nil })
	with := rootAt("ERROR") + "handlers: {h: {class: watch_test.failing}}\nloggers: {a: {handlers: [h]}}\n"
	watching(t, with, func(w *watch) {
		put(t, w.path, rootAt("DEBUG"))
		w.looks(3)
		w.requireTold(slog.LevelDebug, "the disk is full")
		put(t, w.path, with)
		w.looks(3)
		w.requireTold(slog.LevelError, "the disk is full", "ok")
		put(t, w.path, rootAt("ERROR"))
		w.looks(3)
	})
}
