// SPDX-License-Identifier: MIT

//go:build linux

package rotate_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/rotate"
)

// inChild runs a test once more, in a process of its own, whose limits it may change. It returns false in the child.
// The race detector would have that sleep for a second at its end.
func inChild(t *testing.T) bool {
	const mark = "SLOGX_ROTATE_CHILD"
	if os.Getenv(mark) == t.Name() {
		return false
	}
	cmd := exec.Command(os.Args[0], "-test.v", "-test.run=^"+strings.ReplaceAll(t.Name(), "/", "$/^")+"$")
	cmd.Env = append(os.Environ(), mark+"="+t.Name(), "GORACE="+os.Getenv("GORACE")+" atexit_sleep_ms=0")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	require.Contains(t, string(out), "--- PASS: "+t.Name()+" ", "it was not run")
	return true
}

// smallDisk mounts a disk of 256 KiB.
func smallDisk(t *testing.T) string {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=256k,mode=0700"); err != nil {
		t.Skipf("a disk that can be filled cannot be mounted: %v", err)
	}
	t.Cleanup(func() { require.NoError(t, syscall.Unmount(dir, syscall.MNT_DETACH)) })
	return dir
}

// fill writes to a file until there is no room, and returns what makes room again.
func fill(t *testing.T, path string) (empty func()) {
	f, err := os.Create(path)
	require.NoError(t, err)
	defer f.Close()
	for err == nil {
		_, err = f.Write(make([]byte, 4096))
	}
	require.ErrorIs(t, err, syscall.ENOSPC)
	return func() { require.NoError(t, os.Remove(path)) }
}

// Every line is longer than what is left of a page, so that the system takes a part of it. zap's buffered writer refused all
// lines after the first error, and lumberjack glued the next line to the half of one.
func TestADiskThatIsFullTearsNoLine(t *testing.T) {
	for _, opts := range []rotate.Options{
		{}, {MaxBytes: 9000, BackupCount: 50}, {Suffix: "%Y-%m-%d", MaxBytes: 9000, Header: "# header", Compress: rotate.Gzip, BackupCount: 50},
		{Engine: "lumberjack"}, {Engine: "lumberjack", MaxBytes: 9000},
	} {
		t.Run(fmt.Sprint(opts.Engine, opts.MaxBytes, opts.Header), func(t *testing.T) {
			dir := smallDisk(t)
			f := open(t, filepath.Join(dir, "app.log"), quietly(opts))
			acked := map[string]bool{}
			write := func() error {
				line := fmt.Sprintf("%04d%s", len(acked), strings.Repeat("x", 2996))
				n, err := f.Write([]byte(line + "\n"))
				acked[line] = err == nil
				require.True(t, n == 0 || n == len(line)+1)
				return err
			}
			for range 5 {
				require.NoError(t, write())
				empty := fill(t, filepath.Join(dir, "filler"))
				failures := 0
				for i := 0; i < 10 || failures == 0 && i < 1000; i++ { // what is compressed meanwhile makes some room
					if err := write(); err != nil {
						require.ErrorIs(t, err, syscall.ENOSPC)
						failures++
					}
				}
				require.Positive(t, failures)
				empty()
				require.NoError(t, write(), "there is room again")
				require.NoError(t, write())
			}
			require.NoError(t, f.Close())
			requireLines(t, dir, acked, opts.Engine == "lumberjack")
		})
	}
}

// requireLines requires that all acknowledged lines are there, whole and once, and of the others nothing, or if torn is set,
// parts that are lines of their own.
func requireLines(t *testing.T, dir string, acked map[string]bool, torn bool) {
	t.Helper()
	found := map[string]int{}
	var all strings.Builder
	for name, text := range unzipped(t, dir) {
		if strings.HasPrefix(name, "app") {
			all.WriteString(text)
		}
	}
	for line := range strings.Lines(all.String()) {
		found[strings.TrimSuffix(line, "\n")]++
	}
	for line, ok := range acked {
		if ok {
			require.Equal(t, 1, found[line], "%.4s", line)
		} else {
			require.Zero(t, found[line], "%.4s", line)
		}
		delete(found, line)
	}
	for line := range found {
		require.True(t, torn || strings.HasPrefix(line, "# "), "%.40q of %d bytes", line, len(line))
	}
}

func TestAFileThatMayNotGrowTearsNoLine(t *testing.T) {
	if inChild(t) {
		return
	}
	signal.Ignore(syscall.SIGXFSZ)
	dir := t.TempDir()
	f := open(t, filepath.Join(dir, "app.log"), nil)
	put(t, f, "before")
	setLimit(t, syscall.RLIMIT_FSIZE, 10)
	for range 3 {
		_, err := f.Write([]byte("too long\n"))
		require.ErrorIs(t, err, syscall.EFBIG)
	}
	setLimit(t, syscall.RLIMIT_FSIZE, 1<<40)
	put(t, f, "after")
	require.Equal(t, "-- app.log --\nbefore\nafter\n", directory(t, dir))
}

func setLimit(t *testing.T, resource int, n uint64) {
	var limit syscall.Rlimit
	require.NoError(t, syscall.Getrlimit(resource, &limit))
	limit.Cur = min(n, limit.Max)
	require.NoError(t, syscall.Setrlimit(resource, &limit))
}

// log4j2 #1261: "Once the file rollover fails the Appender is essentially dead".
func TestWithoutDescriptorsLinesGoOn(t *testing.T) {
	for _, opts := range []rotate.Options{
		{MaxBytes: 20, BackupCount: 9}, {Suffix: "%Y", MaxBytes: 20, Compress: rotate.Gzip}, {Engine: "lumberjack", MaxBytes: 20},
	} {
		t.Run(fmt.Sprint(opts.Engine, opts.Suffix), func(t *testing.T) {
			if inChild(t) {
				return
			}
			if opts.Engine == "lumberjack" { // it has a goroutine that does not end, and none before it rotates
				withoutDescriptors(t, opts)
				return
			}
			synctest.Test(t, func(t *testing.T) { // where it is not yet time for a second try
				withoutDescriptors(t, opts)
			})
		})
	}
}

func withoutDescriptors(t *testing.T, opts rotate.Options) {
	dir := t.TempDir()
	f := open(t, filepath.Join(dir, "app.log"), quietly(opts))
	put(t, f, "line 1", "line 2")
	if opts.Engine == "" {
		synctest.Wait() // until nothing in the background has one to give back
	}
	release := exhaust(t)
	lines := map[string]bool{"line 1": true, "line 2": true}
	for i := 3; i < 9; i++ {
		line := fmt.Sprint("line ", i)
		_, err := f.Write([]byte(line + "\n"))
		lines[line] = err == nil
		require.True(t, err == nil || opts.Engine == "lumberjack" && errors.Is(err, syscall.EMFILE), err)
	}
	require.Equal(t, opts.Engine != "lumberjack", f.Stats().Failures == 1, "%+v", f.Stats())
	release()
	put(t, f, "line 9")
	require.NoError(t, f.Rotate())
	require.NoError(t, f.Close())
	lines["line 9"] = true
	requireLines(t, dir, lines, false)
}

// exhaust uses up all descriptors that the process may have.
func exhaust(t *testing.T) (release func()) {
	setLimit(t, syscall.RLIMIT_NOFILE, 64)
	var fds []int
	for {
		fd, err := syscall.Open("/dev/null", syscall.O_RDONLY, 0)
		if err != nil {
			require.ErrorIs(t, err, syscall.EMFILE)
			return func() {
				for _, fd := range fds {
					require.NoError(t, syscall.Close(fd))
				}
			}
		}
		fds = append(fds, fd)
	}
}

// immutable has no name in a directory change, also for root.
func immutable(t *testing.T, dir string) (mutable func()) {
	set := func(flag string, mode os.FileMode) {
		if os.Geteuid() != 0 {
			require.NoError(t, os.Chmod(dir, mode))
		} else if out, err := exec.Command("chattr", flag, dir).CombinedOutput(); err != nil {
			t.Skipf("chattr %s: %v: %s", flag, err, out)
		}
	}
	set("+i", 0o500)
	t.Cleanup(func() { set("-i", 0o700) })
	return func() { set("-i", 0o700) }
}

// lumberjack refused 1952 of 1952 lines.
func TestARefusedRenameRefusesNoLine(t *testing.T) {
	forEngines(t, func(t *testing.T, engine, dir, path string) {
		f := open(t, path, quietly(rotate.Options{Engine: engine, MaxBytes: 14, BackupCount: 9}))
		put(t, f, "line 1")
		mutable := immutable(t, dir)
		put(t, f, "line 2", "line 3", "line 4")
		require.Error(t, f.Rotate())
		require.NoError(t, f.Reopen())
		put(t, f, "line 5")
		require.Zero(t, f.Stats().Rotations)
		require.Positive(t, f.Stats().Failures)
		mutable()
		require.NoError(t, f.Rotate())
		put(t, f, "line 6")
		require.NoError(t, f.Close())
		files := directory(t, dir)
		require.Contains(t, files, " --\nline 1\nline 2\nline 3\nline 4\nline 5\n")
		require.Contains(t, files, "-- app.log --\nline 6\n")
		require.Equal(t, 2, strings.Count(files, "-- app"))
	})
}

// asNobody gives up what root may do, in a child, while f runs. The directory is nobody's.
func asNobody(t *testing.T, dir string, f func()) {
	if os.Geteuid() != 0 {
		f()
		return
	}
	require.NoError(t, os.Chmod(filepath.Dir(dir), 0o711))
	require.NoError(t, os.Chown(dir, 65534, -1))
	require.NoError(t, syscall.Setreuid(-1, 65534))
	f()
	require.NoError(t, syscall.Setreuid(-1, 0))
}

// lumberjack: "just ignore it and open a new log file".
func TestAFileThatCannotBeOpenedIsNotRotated(t *testing.T) {
	for _, engine := range engines {
		t.Run(engine, func(t *testing.T) {
			if inChild(t) {
				return
			}
			dir := t.TempDir()
			path := filepath.Join(dir, "app.log")
			require.NoError(t, os.WriteFile(path, []byte("old\n"), 0o400))
			var err error
			asNobody(t, dir, func() {
				_, err = rotate.Open(path, &rotate.Options{Engine: engine, MaxBytes: 100, BackupCount: 2})
			})
			require.ErrorIs(t, err, os.ErrPermission)
			require.Equal(t, "-- app.log --\nold\n", directory(t, dir))
		})
	}
}
