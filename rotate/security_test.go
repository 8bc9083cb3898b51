// SPDX-License-Identifier: MIT

//go:build unix

package rotate_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/rotate"
)

// A victim is a file that somebody who may write to the directory of a log wants to have changed.
type victim struct {
	path string
	info fs.FileInfo
}

func newVictim(t *testing.T) *victim {
	v := &victim{path: filepath.Join(t.TempDir(), "victim")}
	require.NoError(t, os.WriteFile(v.path, []byte("victim\n"), 0o640))
	var err error
	v.info, err = os.Stat(v.path)
	require.NoError(t, err)
	return v
}

// requireSame requires that the victim is what it was, except for the number of its names.
func (v *victim) requireSame(t *testing.T) {
	t.Helper()
	text, err := os.ReadFile(v.path)
	require.NoError(t, err)
	require.Equal(t, "victim\n", string(text))
	info, err := os.Stat(v.path)
	require.NoError(t, err)
	require.True(t, os.SameFile(v.info, info))
	require.Equal(t, v.info.Mode(), info.Mode())
	require.Equal(t, v.info.ModTime(), info.ModTime())
	was, is := v.info.Sys().(*syscall.Stat_t), info.Sys().(*syscall.Stat_t)
	require.Equal(t, []uint32{was.Uid, was.Gid}, []uint32{is.Uid, is.Gid})
}

// The ways to plant something.
var traps = map[string]func(t *testing.T, name string, v *victim){
	"link":      func(t *testing.T, name string, v *victim) { require.NoError(t, os.Symlink(v.path, name)) },
	"hard link": func(t *testing.T, name string, v *victim) { require.NoError(t, os.Link(v.path, name)) },
	"directory": func(t *testing.T, name string, _ *victim) { require.NoError(t, os.Mkdir(name, 0o700)) },
	"pipe":      func(t *testing.T, name string, _ *victim) { require.NoError(t, syscall.Mkfifo(name, 0o600)) },
	"dangling link": func(t *testing.T, name string, v *victim) {
		require.NoError(t, os.Symlink(v.path+"-new", name))
		t.Cleanup(func() { require.NoFileExists(t, v.path+"-new") })
	},
	"link to a neighbour": func(t *testing.T, name string, v *victim) {
		neighbour := filepath.Join(filepath.Dir(name), "neighbour")
		require.NoError(t, os.Rename(v.path, neighbour))
		v.path = neighbour
		require.NoError(t, os.Symlink("neighbour", name))
	},
	"socket": func(t *testing.T, name string, _ *victim) {
		fd, err := syscall.Socket(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
		require.NoError(t, err)
		defer syscall.Close(fd)
		t.Chdir(filepath.Dir(name)) // its path may be short only
		require.NoError(t, syscall.Bind(fd, &syscall.SockaddrUnix{Name: filepath.Base(name)}))
	},
}

// lumberjack overwrites what a planted app-….log.gz leads to, and gives it away.
func TestWhatIsPlantedChangesNoOtherFile(t *testing.T) {
	inMemory(t)
	for trap, plant := range traps {
		for _, name := range []string{"app.log.1", "app.log.2", "app.log.1.gz", "app.log.1.gz.tmp", "app.log.1.tmp", ".app.log.birth", "app.log.2026"} {
			t.Run(trap+" "+name, func(t *testing.T) {
				v, dir := newVictim(t), t.TempDir()
				path := filepath.Join(dir, "app.log")
				plant(t, filepath.Join(dir, name), v)
				for _, opts := range []rotate.Options{
					{MaxBytes: 10, BackupCount: 2, Compress: rotate.Gzip},
					{Suffix: "%Y", MaxBytes: 10, MaxTotalBytes: 50, Compress: rotate.Gzip},
					{When: "S", Interval: 1000, MaxBytes: 10, BackupCount: 1},
				} {
					f := open(t, path, quietly(opts))
					put(t, f, "one line", "two lines", "three lines", "four lines")
					require.NoError(t, f.Rotate())
					require.NoError(t, f.Reopen())
					put(t, f, "five lines")
					require.NoError(t, f.Close())
					v.requireSame(t)
				}
			})
		}
	}
}

// What has the name of a backup and is a second name of something else is not distinguished from a backup: it may be renamed
// and removed, but is never written to.
func TestWhatIsPlantedAsTheFileIsRefused(t *testing.T) {
	for _, trap := range []string{"link", "link to a neighbour", "directory", "socket", "pipe"} {
		t.Run(trap, func(t *testing.T) {
			v, dir := newVictim(t), t.TempDir()
			path := filepath.Join(dir, "app.log")
			traps[trap](t, path, v)
			before := directory(t, dir)
			_, err := rotate.Open(path, &rotate.Options{MaxBytes: 10, BackupCount: 2})
			require.Error(t, err)
			require.Equal(t, before, directory(t, dir))
			v.requireSame(t)
		})
		t.Run(trap+" while it is open", func(t *testing.T) {
			v, dir := newVictim(t), t.TempDir()
			path := filepath.Join(dir, "app.log")
			f := open(t, path, quietly(rotate.Options{MaxBytes: 100, BackupCount: 2, Watch: true}))
			put(t, f, "before")
			require.NoError(t, os.Rename(path, path+"-1"))
			traps[trap](t, path, v)
			put(t, f, "after") // to the file that was renamed
			require.Error(t, f.Reopen())
			require.NoError(t, f.Close())
			v.requireSame(t)
			text, err := os.ReadFile(path + "-1")
			require.NoError(t, err)
			require.Equal(t, "before\nafter\n", string(text))
		})
	}
}

func TestALinkIsFollowedOnlyIfThatIsAskedFor(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(dir, "real"), 0o700))
	path := filepath.Join(dir, "app.log")
	require.NoError(t, os.WriteFile(filepath.Join(dir, "real", "data.log"), []byte("old\n"), 0o600))
	require.NoError(t, os.Symlink("real/data.log", path))

	require.ErrorContains(t, rotate.Check(path, nil), "FollowSymlink")
	_, err := rotate.Open(path, nil)
	require.ErrorContains(t, err, "FollowSymlink")

	f := open(t, path, &rotate.Options{MaxBytes: 10, BackupCount: 2, FollowSymlink: true})
	put(t, f, "one line", "two lines")
	require.NoError(t, f.Close())
	require.Equal(t, "-- data.log --\ntwo lines\n-- data.log.1 --\none line\n-- data.log.2 --\nold\n", directory(t, filepath.Join(dir, "real")))
	require.Equal(t, "-- app.log --\n(L---------)\n-- real --\n(d---------)\n", directory(t, dir))
}

// /dev/stdout of a container is a link to a pipe.
func TestALinkToAPipeIsFollowedAndNeverRotated(t *testing.T) {
	r, w, err := os.Pipe()
	require.NoError(t, err)
	defer r.Close()
	defer w.Close()
	dir := t.TempDir()
	path := filepath.Join(dir, "app.log")
	require.NoError(t, os.Symlink(fmt.Sprintf("/dev/fd/%d", w.Fd()), path))
	f := open(t, path, &rotate.Options{MaxBytes: 10, BackupCount: 2, OnOpen: true})
	put(t, f, "one line", "two lines")
	require.NoError(t, f.Close())
	var read [100]byte
	n, err := r.Read(read[:])
	require.NoError(t, err)
	require.Equal(t, "one line\ntwo lines\n", string(read[:n]))
	require.Equal(t, "-- app.log --\n(L---------)\n", directory(t, dir))
}

func TestADirectoryThatEverybodyMayWriteToIsRefusedForRoot(t *testing.T) {
	for _, test := range []struct {
		mode    fs.FileMode
		refused bool
	}{{0o777, true}, {0o702, true}, {0o777 | fs.ModeSticky, false}, {0o770, false}} {
		t.Run(fmt.Sprint(test.mode), func(t *testing.T) {
			dir := t.TempDir()
			require.NoError(t, os.Chmod(dir, test.mode))
			path := filepath.Join(dir, "app.log")
			check := rotate.Check(path, nil)
			f, err := rotate.Open(path, nil)
			require.Equal(t, check, err)
			require.Equal(t, test.refused && os.Geteuid() == 0, err != nil)
			if err == nil {
				require.NoError(t, f.Close())
			}
		})
	}
}

func TestModesHoldWhateverTheUmask(t *testing.T) {
	inMemory(t)
	defer syscall.Umask(syscall.Umask(0))
	for _, mask := range []int{0, 0o022, 0o077} {
		for _, mode := range []fs.FileMode{0, 0o600, 0o640, 0o666} {
			t.Run(fmt.Sprintf("umask %03o mode %v", mask, mode), func(t *testing.T) {
				syscall.Umask(mask)
				dir := filepath.Join(t.TempDir(), "a", "b")
				path := filepath.Join(dir, "app.log")
				f := open(t, path, &rotate.Options{MaxBytes: 10, BackupCount: 3, Mode: mode, DirMode: 0o750, Compress: rotate.Gzip})
				put(t, f, "one line", "two lines", "three lines")
				require.NoError(t, f.Close())
				want := mode
				if mode == 0 {
					want = 0o666 &^ fs.FileMode(mask)
				}
				for _, name := range []string{"app.log", "app.log.1.gz", "app.log.2.gz"} {
					info, err := os.Lstat(filepath.Join(dir, name))
					require.NoError(t, err)
					require.Equal(t, want, info.Mode(), name)
				}
				for _, made := range []string{dir, filepath.Dir(dir)} {
					info, err := os.Stat(made)
					require.NoError(t, err)
					require.Equal(t, 0o750|fs.ModeDir, info.Mode())
				}
			})
		}
	}
}

func TestNamesAreTakenAsTheyAre(t *testing.T) {
	inMemory(t)
	for _, base := range []string{"*", "[a-z]?*.log", " a b ", "100%Y%d.log", "a\nb", "-rf", "日志", "$(id)", strings.Repeat("n", 240)} {
		t.Run(base, func(t *testing.T) {
			dir := t.TempDir()
			require.NoError(t, os.WriteFile(filepath.Join(dir, "a.log.1"), []byte("another's"), 0o600))
			for _, suffix := range []string{"", "%Y"} {
				f := open(t, filepath.Join(dir, base), &rotate.Options{MaxBytes: 10, BackupCount: 1, Suffix: suffix, Compress: rotate.Gzip})
				put(t, f, "one line", "two lines", "three lines")
				require.NoError(t, f.Close())
				text, err := os.ReadFile(filepath.Join(dir, base))
				require.NoError(t, err)
				require.Equal(t, "three lines\n", string(text))
			}
			text, err := os.ReadFile(filepath.Join(dir, "a.log.1"))
			require.NoError(t, err)
			require.Equal(t, "another's", string(text))
		})
	}
}

// With the longest of names there is no room for that of a backup: lines go on to the file.
func TestANameWithoutRoomForBackupsLosesNoLine(t *testing.T) {
	for _, length := range []int{250, 252, 253, 255} { // .1 fits, .1.gz does not; and so on
		t.Run(fmt.Sprint(length), func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, strings.Repeat("n", length))
			f := open(t, path, quietly(rotate.Options{MaxBytes: 10, BackupCount: 9, Compress: rotate.Gzip}))
			put(t, f, "one line", "two lines", "three lines")
			require.NoError(t, f.Close())
			text := directory(t, dir)
			for _, line := range []string{"one line\n", "two lines\n", "three lines\n"} {
				if !strings.Contains(text, ".gz") {
					require.Equal(t, 1, strings.Count(text, line), text)
				}
			}
			require.NotContains(t, text, ".tmp")
		})
	}
	_, err := rotate.Open(filepath.Join(t.TempDir(), strings.Repeat("n", 256)), nil)
	require.ErrorIs(t, err, syscall.ENAMETOOLONG)
}

// What a backup would be called if it were compressed does not matter where it is not.
func TestANameWithRoomForItsBackupsOnlyIsRotated(t *testing.T) {
	dir := t.TempDir()
	base := strings.Repeat("n", 255-len(".2006"))
	f := open(t, filepath.Join(dir, base), &rotate.Options{MaxBytes: 2, Suffix: "%Y"})
	put(t, f, "1", "2")
	require.NoError(t, f.Close())
	require.Len(t, namesIn(t, dir), 2)
}

func TestAPathThatIsNoFileNameIsRefused(t *testing.T) {
	dir := t.TempDir()
	for _, path := range []string{"", "a\x00b", dir + "/", dir + "/..", dir + "/.", dir} {
		_, err := rotate.Open(path, nil)
		require.Error(t, err, "%q", path)
		require.Error(t, rotate.Check(path, nil), "%q", path)
	}
	f := open(t, dir+"/x/../app.log", nil) // means what it meant before there was a directory x
	require.Equal(t, filepath.Join(dir, "app.log"), f.Name())
}
