// SPDX-License-Identifier: MIT

package config_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/config"
	"github.com/slogx/slogx/tree"
)

func TestWatchReturnsTheFirstErrorAndWatchesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // which fails if a goroutine is left
		path := filepath.Join(t.TempDir(), "logging.yaml")
		tr := newTree(t)
		watch := func(opts *config.WatchOptions) error { return config.Watch(context.Background(), tr, path, opts) }
		require.ErrorIs(t, watch(nil), os.ErrNotExist)
		put(t, path, rootAt("LOUD"))
		require.ErrorContains(t, watch(nil), path+": root.level (line 2)")
		put(t, path, rootAt("DEBUG"))
		require.ErrorContains(t, watch(&config.WatchOptions{Interval: -1}), "-1ns is negative")
		no := errors.New("no")
		require.ErrorIs(t, watch(&config.WatchOptions{Apply: func(*config.Config) error { return no }}), no)
		path = filepath.Dir(path)
		require.ErrorContains(t, watch(nil), "not a regular file")
		require.Equal(t, slog.LevelInfo, tr.Node("").Level().Level())
	})
}

func TestWatchEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		path := filepath.Join(t.TempDir(), "logging.yaml")
		var calls atomic.Int32
		put(t, path, rootAt("ERROR"))
		tr := newTree(t)
		require.NoError(t, config.Watch(ctx, tr, path, &config.WatchOptions{
			Interval: time.Minute,
			OnReload: func(error) { calls.Add(1); cancel() },
		}))
		for _, level := range []string{"DEBUG", "INFO"} {
			put(t, path, rootAt(level))
			time.Sleep(2 * time.Minute)
			synctest.Wait()
		}
		require.EqualValues(t, 1, calls.Load())
		require.Equal(t, slog.LevelDebug, tr.Node("").Level().Level())
	})
}

// OnReload may do what it likes: nothing is locked, and nobody else calls it meanwhile.
func TestWatchCallsOnReloadAloneAndWithoutALock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "logging.yaml")
		put(t, path, rootAt("ERROR"))
		tr := newTree(t)
		var times []time.Duration
		start := time.Now()
		require.NoError(t, config.Watch(t.Context(), tr, path, &config.WatchOptions{OnReload: func(error) {
			if len(times) < 6 {
				put(t, path, rootAt("DEBUG")+strings.Repeat("#", len(times)))
			}
			require.NoError(t, config.Load(tr, path))
			tr.Logger("").Info("reloaded")
			times = append(times, time.Since(start))
			time.Sleep(time.Minute)
			times = append(times, time.Since(start))
		}}))
		put(t, path, rootAt("INFO"))
		time.Sleep(time.Hour)
		synctest.Wait()
		require.Len(t, times, 8)
		require.IsIncreasing(t, times)
	})
}

func TestWatchReportsToTheTree(t *testing.T) {
	config.Register("watch_test.panics", func(*config.Args) (slog.Handler, error) { panic("oh") })
	synctest.Test(t, func(t *testing.T) {
		var reported []string
		tr := tree.New(&tree.Options{OnError: func(err error) { reported = append(reported, err.Error()) }})
		path := filepath.Join(t.TempDir(), "logging.yaml")
		put(t, path, rootAt("ERROR")+"odd: 1\n")
		require.NoError(t, config.Watch(t.Context(), tr, path, nil))
		for _, text := range []string{
			rootAt("LOUD"), rootAt("ERROR"), rootAt("ERROR") + "handlers: {h: {class: watch_test.panics}}\nloggers: {a: {handlers: [h]}}\n",
		} {
			put(t, path, text)
			time.Sleep(3 * time.Second)
			synctest.Wait()
		}
		require.Len(t, reported, 3, "%q", reported)
		require.Contains(t, reported[0], "config: odd (line 3)")
		require.Contains(t, reported[1], "root.level (line 2)")
		require.Contains(t, reported[2], "panic: oh")
	})
}

// A panic of what the program gives is no end of it either.
func TestWatchReturnsPanicsAsErrors(t *testing.T) {
	path := filepath.Join(t.TempDir(), "logging.yaml")
	put(t, path, rootAt("ERROR"))
	err := config.Watch(t.Context(), newTree(t), path, &config.WatchOptions{Apply: func(*config.Config) error { panic("oh") }})
	require.ErrorContains(t, err, "panic: oh")
}

func TestWatchStaysWithTheFileWhereverTheProgramGoes(t *testing.T) {
	dir, elsewhere := t.TempDir(), t.TempDir()
	t.Chdir(dir)
	synctest.Test(t, func(t *testing.T) {
		put(t, "logging.yaml", rootAt("ERROR"))
		w := &watch{t: t, tree: newTree(t), path: "logging.yaml"}
		w.start()
		require.NoError(t, os.Chdir(elsewhere))
		put(t, filepath.Join(dir, "logging.yaml"), rootAt("DEBUG"))
		w.looks(3)
		w.requireTold(slog.LevelDebug, "ok")
	})
}
