// SPDX-License-Identifier: MIT

//go:build unix

package rotate_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/rotate"
)

// What other programs do to a file and its directory while it is written to. Both engines must cope.

var engines = []string{"file", "lumberjack"}

// forEngines runs a test for each engine, in a bubble, with a directory and the path of a file in it.
func forEngines(t *testing.T, test func(t *testing.T, engine, dir, path string)) {
	for _, engine := range engines {
		t.Run(engine, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "logs")
			require.NoError(t, os.Mkdir(dir, 0o700))
			test(t, engine, dir, filepath.Join(dir, "app.log"))
		})
	}
}

// quietly returns options without which errors beside the lines would fail the test.
func quietly(o rotate.Options) *rotate.Options {
	o.OnError = func(error) {}
	return &o
}

func TestAFileThatWasRenamedKeepsItsLines(t *testing.T) {
	forEngines(t, func(t *testing.T, engine, dir, path string) {
		f := open(t, path, &rotate.Options{Engine: engine, Watch: true})
		put(t, f, "before")
		require.NoError(t, os.Rename(path, path+"-1"))
		put(t, f, "after")
		require.Equal(t, "-- app.log --\nafter\n-- app.log-1 --\nbefore\n", directory(t, dir))
	})
}

func TestAFileThatWasRenamedIsMissedWithinATenthOfASecond(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "app.log")
	synctest.Test(t, func(t *testing.T) {
		f := open(t, path, nil)
		put(t, f, "before")
		require.NoError(t, os.Rename(path, path+"-1"))
		time.Sleep(99 * time.Millisecond)
		put(t, f, "not yet")
		time.Sleep(2 * time.Millisecond)
		put(t, f, "after")
		require.NoError(t, f.Close())
	})
	require.Equal(t, "-- app.log --\nafter\n-- app.log-1 --\nbefore\nnot yet\n", directory(t, dir))
}

func TestAFileThatWasRemovedIsCreatedAnew(t *testing.T) {
	forEngines(t, func(t *testing.T, engine, dir, path string) {
		f := open(t, path, &rotate.Options{Engine: engine, Watch: true, MaxBytes: 20, BackupCount: 3})
		put(t, f, "before")
		require.NoError(t, os.Remove(path))
		put(t, f, "after", "more")
		require.Equal(t, "-- app.log --\nafter\nmore\n", directory(t, dir))
	})
}

// lumberjack wrote on at the old offset: 99,900 NUL bytes before the next line.
func TestAFileThatWasEmptiedBeginsAnew(t *testing.T) {
	forEngines(t, func(t *testing.T, engine, dir, path string) {
		f := open(t, path, &rotate.Options{Engine: engine, MaxBytes: 2000, BackupCount: 30})
		for i := range 150 { // over a rotation, after which lumberjack does not append
			put(t, f, fmt.Sprintf("%015d", i))
		}
		require.NoError(t, os.Truncate(path, 0))
		put(t, f, "after")
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, "after\n", string(text))
	})
}

// lumberjack refuses such a line.
func TestALineThatIsLongerThanMaxBytesIsWrittenWhole(t *testing.T) {
	forEngines(t, func(t *testing.T, engine, _, path string) {
		f := open(t, path, &rotate.Options{Engine: engine, MaxBytes: 100, BackupCount: 3})
		long := strings.Repeat("x", 2<<20)
		put(t, f, "short", long)
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, long+"\n", string(text))
	})
}

func TestATornLastLineIsEnded(t *testing.T) {
	forEngines(t, func(t *testing.T, engine, dir, path string) {
		require.NoError(t, os.WriteFile(path, []byte("whole\nha"), 0o600))
		put(t, open(t, path, &rotate.Options{Engine: engine}), "next")
		require.Equal(t, "-- app.log --\nwhole\nha\nnext\n", directory(t, dir))
	})
}

// lumberjack lost 637 of 1000 lines here: backups of the same millisecond have the same name. timberjack lost 97 % of them
// with a name that has seconds.
func TestRotationsThatAreFasterThanTheirNamesLoseNothing(t *testing.T) {
	inMemory(t)
	for _, opts := range []rotate.Options{
		{Engine: "lumberjack", MaxBytes: 2},
		{Suffix: "%Y"}, {Suffix: "%Y-%m-%dT%H-%M-%S"}, {BackupCount: 1000},
	} {
		t.Run(opts.Engine+opts.Suffix, func(t *testing.T) {
			dir := t.TempDir()
			f := open(t, filepath.Join(dir, "app.log"), &opts)
			const n = 100
			for i := range n {
				put(t, f, fmt.Sprintf("line %03d", i))
				require.NoError(t, f.Rotate())
			}
			text := directory(t, dir)
			for i := range n {
				require.Equal(t, 1, strings.Count(text, fmt.Sprintf("line %03d\n", i)), i)
			}
		})
	}
}

// A directory that was removed takes the file with it: then a line must not be acknowledged.
func TestWithoutADirectoryALineIsAnError(t *testing.T) {
	forEngines(t, func(t *testing.T, engine, dir, path string) {
		f := open(t, path, quietly(rotate.Options{Engine: engine, Watch: true, MaxBytes: 10, BackupCount: 2}))
		put(t, f, "before")
		require.NoError(t, os.RemoveAll(dir))
		if engine == "file" { // lumberjack makes the directory
			for range 3 {
				n, err := f.Write([]byte("lost\n"))
				require.Zero(t, n)
				require.ErrorIs(t, err, os.ErrNotExist)
			}
			require.NoError(t, os.Mkdir(dir, 0o700))
		}
		put(t, f, "after")
		require.Equal(t, "-- app.log --\nafter\n", directory(t, dir))
	})
}

func TestADirectoryThatWasMovedKeepsItsLines(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "logs")
	path, moved := filepath.Join(dir, "app.log"), dir+"-1"
	require.NoError(t, os.Mkdir(dir, 0o700))
	f := open(t, path, quietly(rotate.Options{Watch: true}))
	put(t, f, "before")
	require.NoError(t, os.Rename(dir, moved))
	put(t, f, "without a place")
	require.Equal(t, "-- app.log --\nbefore\nwithout a place\n", directory(t, moved))

	require.NoError(t, os.Mkdir(dir, 0o700))
	put(t, f, "after")
	require.Equal(t, "-- app.log --\nafter\n", directory(t, dir))

	require.NoError(t, os.RemoveAll(dir)) // and now by a link
	require.NoError(t, os.Symlink(moved, dir))
	put(t, f, "by a link")
	require.Equal(t, "-- app.log --\nbefore\nwithout a place\nby a link\n", directory(t, moved))
}

// The directory is held open: that another one took its place must not have a rotation mix the two.
func TestADirectoryThatWasReplacedIsLeftAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "logs")
	path, moved := filepath.Join(dir, "app.log"), dir+"-1"
	require.NoError(t, os.Mkdir(dir, 0o700))
	f := open(t, path, &rotate.Options{MaxBytes: 1000, BackupCount: 2})
	put(t, f, "before")
	require.NoError(t, os.Rename(dir, moved))
	require.NoError(t, os.Mkdir(dir, 0o700))
	require.NoError(t, os.WriteFile(path, []byte("another's\n"), 0o600))
	require.NoError(t, f.Rotate())
	put(t, f, "after")
	require.NoError(t, f.Close())
	require.Equal(t, "-- app.log --\nbefore\n", directory(t, moved))
	require.Equal(t, "-- app.log --\nafter\n-- app.log.1 --\nanother's\n", directory(t, dir))
}

// CPython's bpo-45401: a handler that rotates /dev/null replaces it for the whole system.
func TestWhatIsNoFileIsNeverRotated(t *testing.T) {
	t.Run("a link to a device", func(t *testing.T) {
		dir := t.TempDir()
		path := filepath.Join(dir, "app.log")
		f := open(t, path, &rotate.Options{MaxBytes: 10, BackupCount: 2, Watch: true})
		put(t, f, "before")
		require.NoError(t, os.Remove(path))
		require.NoError(t, os.Symlink("/dev/null", path))
		put(t, f, "nowhere", "nowhere", "nowhere")
		require.Error(t, f.Rotate())
		require.NoError(t, f.Close())
		require.Equal(t, "-- app.log --\n(L---------)\n", directory(t, dir))
		info, err := os.Lstat("/dev/null")
		require.NoError(t, err)
		require.Equal(t, os.ModeDevice|os.ModeCharDevice, info.Mode().Type())
	})
	t.Run("a pipe", func(t *testing.T) {
		dir := t.TempDir()
		path := filepath.Join(dir, "app.log")
		require.NoError(t, syscall.Mkfifo(path, 0o600))
		_, err := rotate.Open(path, nil)
		require.ErrorIs(t, err, syscall.ENXIO, "without a reader it is an error, and no wait")

		r, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
		require.NoError(t, err)
		defer r.Close()
		f := open(t, path, &rotate.Options{MaxBytes: 10, BackupCount: 2})
		put(t, f, "one line", "another line")
		var read [100]byte
		n, err := r.Read(read[:])
		require.NoError(t, err)
		require.Equal(t, "one line\nanother line\n", string(read[:n]))
		require.Equal(t, "-- app.log --\n(p---------)\n", directory(t, dir))
	})
	t.Run("a pipe in its place", func(t *testing.T) {
		dir := t.TempDir()
		path := filepath.Join(dir, "app.log")
		f := open(t, path, quietly(rotate.Options{MaxBytes: 10, BackupCount: 2, Watch: true}))
		put(t, f, "before")
		require.NoError(t, os.Rename(path, path+"-1"))
		require.NoError(t, syscall.Mkfifo(path, 0o600))
		put(t, f, "nobody reads", "the pipe")
		require.Equal(t, "-- app.log --\n(p---------)\n-- app.log-1 --\nbefore\nnobody reads\nthe pipe\n", directory(t, dir))
	})
}
