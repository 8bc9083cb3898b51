// SPDX-License-Identifier: MIT

//go:build unix

package rotate_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/pprof"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/internal/testhelp"
	"github.com/slogx/slogx/rotate"
)

const writers = 4

// A traffic is what several goroutines write while something happens to the file.
type traffic struct {
	window atomic.Int64 // odd while logrotate's copytruncate says that lines may be lost
	mu     sync.Mutex
	safe   map[string]bool // of each acknowledged line, whether it was written outside of every window
}

// write has goroutines write, and calls disturb meanwhile, each time after some more lines.
func (tr *traffic) write(t *testing.T, f *rotate.File, times int, disturb func(i int)) {
	tr.safe = map[string]bool{}
	progress := make(chan struct{}, times)
	var group sync.WaitGroup
	defer group.Wait()
	for w := range writers {
		group.Go(func() {
			for i := range times * 100 {
				line := fmt.Sprintf("writer %d line %05d", w, i)
				before := tr.window.Load()
				_, err := f.Write([]byte(line + "\n"))
				after := tr.window.Load()
				if err == nil {
					tr.mu.Lock()
					tr.safe[line] = before == after && before%2 == 0
					tr.mu.Unlock()
				} else if !errors.Is(err, os.ErrNotExist) { // moved again while it was opened anew
					t.Error(err)
				}
				if w == 0 && i%100 == 50 {
					progress <- struct{}{}
				}
			}
		})
	}
	for i := range times {
		<-progress
		disturb(i)
	}
}

// requireAll requires all safe lines once, and no line twice or out of the order of its writer.
func (tr *traffic) requireAll(t *testing.T, texts ...string) (lost int) {
	found := map[string]int{}
	last := map[string]string{}
	for line := range strings.Lines(strings.Join(texts, "")) {
		line = strings.TrimSuffix(line, "\n")
		_, written := tr.safe[line]
		require.True(t, written, line)
		found[line]++
		require.Less(t, last[line[:8]], line)
		last[line[:8]] = line
	}
	for line, safe := range tr.safe {
		require.LessOrEqual(t, found[line], 1, line)
		if found[line] == 0 {
			require.False(t, safe, "%s: lost outside of the window", line)
			lost++
		}
	}
	return lost
}

// logrotate's "create": it renames the file, and creates another one.
func TestLogrotatesCreateLosesNoLine(t *testing.T) {
	forEngines(t, func(t *testing.T, engine, _, path string) {
		f := open(t, path, &rotate.Options{Engine: engine, Watch: true})
		var tr traffic
		var names []string
		note := func() { // lumberjack renames a file itself that appears while it looks
			own, err := filepath.Glob(strings.TrimSuffix(path, ".log") + "-*.log")
			require.NoError(t, err)
			for _, name := range own {
				if !slices.Contains(names, name) {
					names = append(names, name)
				}
			}
		}
		tr.write(t, f, 20, func(i int) {
			defer note()
			name := fmt.Sprintf("%s-%02d", path, i)
			err := os.Rename(path, name)
			if engine == "lumberjack" && errors.Is(err, fs.ErrNotExist) {
				return
			}
			require.NoError(t, err)
			note()
			names = append(names, name)
			created, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
			if err == nil { // else a line was faster
				require.NoError(t, created.Close())
			}
		})
		require.NoError(t, f.Close())
		note()
		require.Zero(t, tr.requireAll(t, readAll(t, append(names, path)...)...))
	})
}

func readAll(t *testing.T, paths ...string) (texts []string) {
	for _, path := range paths {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Zero(t, bytes.Count(text, []byte{0}), path)
		texts = append(texts, string(text))
	}
	return texts
}

// logrotate's "copytruncate": "there is a very small time slice between copying the file and truncating it".
func TestLogrotatesCopytruncateLosesOnlyWhatItSays(t *testing.T) {
	forEngines(t, func(t *testing.T, engine, _, path string) {
		f := open(t, path, &rotate.Options{Engine: engine})
		var tr traffic
		var copies []string
		tr.write(t, f, 20, func(int) {
			src, err := os.Open(path)
			require.NoError(t, err)
			tr.window.Add(1)
			text, err := io.ReadAll(src)
			require.NoError(t, err)
			require.NoError(t, os.Truncate(path, 0))
			tr.window.Add(1)
			require.NoError(t, src.Close())
			copies = append(copies, string(text[:bytes.LastIndexByte(text, '\n')+1]))
			require.Zero(t, bytes.Count(text, []byte{0}))
		})
		require.NoError(t, f.Close())
		lost := tr.requireAll(t, append(copies, readAll(t, path)...)...)
		t.Logf("%d of %d lines lost in the window", lost, len(tr.safe))
	})
}

// lumberjack keeps a goroutine for each Logger; there is no more than one for each that was opened.
func TestGoroutinesAfterClose(t *testing.T) {
	for engine, perOpen := range map[string]int{"file": 0, "lumberjack": 1} {
		t.Run(engine, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "app.log")
			before := goroutines()
			for range 10 {
				f := open(t, path, &rotate.Options{Engine: engine, MaxBytes: 10, BackupCount: 2})
				put(t, f, "one line", "two lines")
				require.NoError(t, f.Close())
			}
			// A goroutine that has done its last work still has to return.
			require.Eventually(t, func() bool { return goroutines()-before <= 10*perOpen }, testhelp.Patience, time.Millisecond)
		})
	}
}

// goroutines counts those of rotate and of lumberjack.
func goroutines() int {
	var b bytes.Buffer
	_ = pprof.Lookup("goroutine").WriteTo(&b, 2)
	n := 0
	for stack := range strings.SplitSeq(b.String(), "\n\n") {
		if strings.Contains(stack, "created by github.com/slogx/slogx/rotate.") || strings.Contains(stack, "created by gopkg.in/natefinch/lumberjack") {
			n++
		}
	}
	return n
}

// With names in local time that it read as UTC, lumberjack kept a day for 15 hours in Los Angeles, and for 31 in Shanghai.
func TestMaxAgeIsRightInEveryZone(t *testing.T) {
	for _, zone := range []string{"America/Los_Angeles", "Asia/Shanghai", "UTC"} {
		t.Run(zone, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "app.log")
			backup := path + ".2024-01-01"
			require.NoError(t, os.WriteFile(backup, []byte("old\n"), 0o600))
			synctest.Test(t, func(t *testing.T) {
				opts := &rotate.Options{When: "midnight", Location: location(t, zone), MaxAge: 24 * time.Hour}
				end := time.Date(2024, 1, 3, 0, 0, 0, 0, opts.Location)
				sleepUntil(end)
				require.NoError(t, open(t, path, opts).Close())
				require.FileExists(t, backup)
				time.Sleep(time.Second)
				require.NoError(t, open(t, path, opts).Close())
				require.NoFileExists(t, backup)
			})
		})
	}
}
