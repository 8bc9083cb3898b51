// SPDX-License-Identifier: MIT

package rotate

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// rotateABit writes some lines by way of a shim, and waits each time for what follows.
func rotateABit(t *testing.T, path string, sys *faultFS, opts *Options) {
	c, err := openWith(path, opts, sys.system())
	require.NoError(t, err)
	f := &File{core: c}
	for range 5 {
		require.NoError(t, c.work.wait(context.Background()))
		_, err := f.Write([]byte("a line\n"))
		require.NoError(t, err)
	}
	require.NoError(t, c.work.wait(context.Background()))
	require.NoError(t, f.Sync())
	require.NoError(t, f.Close())
}

// What a power failure leaves is decided by the order: the compressed file is on the disk before it has its name, and has
// its name on the disk before the source is removed. lumberjack syncs nothing.
func TestACompressedBackupIsOnTheDiskBeforeItsSourceIsRemoved(t *testing.T) {
	sys := newFaultFS(time.Now)
	rotateABit(t, filepath.Join(t.TempDir(), "app.log"), sys, &Options{MaxBytes: 10, BackupCount: 2, Compress: Gzip})
	want := []string{
		"create app.log.1.gz.tmp", "write app.log.1.gz.tmp", "sync app.log.1.gz.tmp", "close app.log.1.gz.tmp",
		"rename app.log.1.gz.tmp app.log.1.gz", "sync .", "remove app.log.1",
	}
	got := slices.DeleteFunc(slices.Clone(sys.ops), func(op string) bool { return !slices.Contains(want, op) })
	require.Equal(t, want, slices.Compact(got)[:len(want)])
}

// The shim proves nothing about what does not go through it: the system must see the changes that the shim counts, in
// the same order, and no other.
func TestNoChangePassesByTheShim(t *testing.T) {
	const inChild = "SLOGX_ROTATE_TRACED"
	if dir := os.Getenv(inChild); dir != "" {
		traced(t, dir)
		return
	}
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skipf("what the system sees cannot be told: %v", err)
	}
	dir := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(dir, "logs"), 0o700))
	cmd := exec.Command(strace, "-f", "-y", "-s", "200", "-e", "trace=file,desc", "-o", filepath.Join(dir, "trace"),
		os.Args[0], "-test.run=^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), inChild+"="+dir, "GORACE="+os.Getenv("GORACE")+" atexit_sleep_ms=0") // or it sleeps for a second at its end
	if out, err := cmd.CombinedOutput(); err != nil {
		if strings.Contains(string(out), "ptrace") {
			t.Skipf("strace: %s", out)
		}
		require.NoError(t, err, "%s", out)
	}
	trace, err := os.ReadFile(filepath.Join(dir, "trace"))
	require.NoError(t, err)
	counted, err := os.ReadFile(filepath.Join(dir, "counted"))
	require.NoError(t, err)
	want := strings.Split(string(counted), "\n")
	require.Greater(t, len(want), 100)
	require.Equal(t, want, changes(string(trace), filepath.Join(dir, "logs")))
}

// traced is what is watched. It leaves what the shim has counted.
func traced(t *testing.T, dir string) {
	sys := newFaultFS(time.Now)
	sys.syncs = true
	rotateABit(t, filepath.Join(dir, "logs", "a.log"), sys, &Options{
		MaxBytes: 10, BackupCount: 2, Compress: Gzip, Mode: 0o640, Owner: &Owner{os.Getuid(), os.Getgid()},
	})
	rotateABit(t, filepath.Join(dir, "logs", "b.log"), sys, &Options{Suffix: "%Y", MaxBytes: 10, BackupCount: 2, Header: "#"})
	sys.plain = true // with a small file beside it
	rotateABit(t, filepath.Join(dir, "logs", "c.log"), sys, &Options{When: "H", MaxBytes: 10, MaxTotalBytes: 20})
	var counted []string
	for _, op := range sys.ops {
		what, _, _ := strings.Cut(op, " ")
		switch what {
		case "xattr":
			counted = append(counted, what)
		case "create", "rename", "remove", "chmod", "chown", "truncate", "sync", "chtimes", "write":
			counted = append(counted, op)
		}
	}
	text := strings.Join(slices.Compact(counted), "\n")
	require.NoError(t, os.WriteFile(filepath.Join(dir, "counted"), []byte(text), 0o600))
}

var (
	traceCall = regexp.MustCompile(`^\d+ +(\w+)\((.*)`)
	traceDir  = regexp.MustCompile(`^\d+<([^>]*)>, "([^"]*)"(?:, \d+<([^>]*)>, "([^"]*)")?`)
	traceFile = regexp.MustCompile(`^\d+<([^>]*)>`)
)

// changes returns the changes to a directory that strace has seen, as the shim names them.
func changes(trace, dir string) []string {
	var list []string
	for line := range strings.Lines(trace) {
		m := traceCall.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		call, args := strings.TrimRight(m[1], "2346"), m[2] // fstat64, fchown32, renameat2
		if strings.HasSuffix(call, "xattr") {
			list = append(list, "xattr")
			continue
		}
		if !strings.Contains(args, dir) {
			continue
		}
		if change := changeOf(call, args, dir); change != "" {
			list = append(list, change)
		}
	}
	return slices.Compact(list)
}

// changeOf returns "" for a call that changes nothing.
func changeOf(call, args, dir string) string {
	at := traceDir.FindStringSubmatch(args)
	name := ""
	if f := traceFile.FindStringSubmatch(args); f != nil {
		name, _ = filepath.Rel(dir, f[1])
	}
	switch {
	case call == "openat" && at != nil && strings.Contains(args, "O_CREAT"):
		return "create " + at[2]
	case strings.HasPrefix(call, "renameat") && at != nil && at[1] == dir && at[3] == dir:
		return "rename " + at[2] + " " + at[4]
	case call == "unlinkat" && at != nil:
		return "remove " + at[2]
	case call == "utimensat" && at != nil:
		return "chtimes " + at[2]
	}
	switch call {
	case "fchmod", "fchown", "fsync":
		return call[1:] + " " + name
	case "ftruncate":
		return "truncate " + name
	case "write":
		return "write " + name
	case "openat", "close", "read", "pread", "newfstatat", "fstatat", "fstat", "lstat", "stat", "statx", "getdents", "fcntl",
		"epoll_ctl", "lseek", "_llseek", "readlinkat", "readlink", "execve", "getcwd", "flock", "fstatfs", "ioctl":
		if strings.Contains(args, "O_CREAT") || strings.Contains(args, "O_TRUNC") {
			return call + "(" + args
		}
		return ""
	default:
		return call + "(" + args
	}
}
