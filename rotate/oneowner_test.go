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
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/rotate"
)

func TestAPathThatIsOpenIsSharedIfTheOptionsAreEqual(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "app.log")
	opts := &rotate.Options{MaxBytes: 20, BackupCount: 2}
	first, err := rotate.Open(path, opts)
	require.NoError(t, err)
	second, err := rotate.Open(filepath.Join(dir, "x", "..", "app.log"), &rotate.Options{MaxBytes: 20, BackupCount: 2, Engine: "file"})
	require.NoError(t, err)
	put(t, first, "line 1")
	put(t, second, "line 2")
	require.NoError(t, first.Close())
	require.NoError(t, first.Close())
	put(t, second, "line 3")
	put(t, first, "line 4") // after Close, while the other has it open
	require.Equal(t, int64(4), second.Stats().Lines)
	require.NoError(t, second.Close())
	put(t, second, "line 5") // when nobody has
	require.Equal(t, "-- app.log --\nline 3\nline 4\nline 5\n-- app.log.1 --\nline 1\nline 2\n", directory(t, dir))
}

func TestAPathThatIsOpenIsRefusedIfItsBackupsCouldMeet(t *testing.T) {
	numbers := rotate.Options{MaxBytes: 100, BackupCount: 2}
	for _, test := range []struct {
		name      string
		base      string
		opts      rotate.Options
		other     string
		otherOpts rotate.Options
		want      string // a part of the error; "" for none
	}{
		{"other options", "app.log", numbers, "app.log", rotate.Options{MaxBytes: 101, BackupCount: 2}, "other options"},
		{"other engine", "app.log", numbers, "app.log", rotate.Options{MaxBytes: 100, BackupCount: 2, Engine: "lumberjack"}, "other options"},
		{"a backup of it", "app.log", numbers, "app.log.1", rotate.Options{}, "name of a backup"},
		{"it is a backup", "app.log.1", rotate.Options{}, "app.log", numbers, "name of a backup"},
		{"a compressed backup of it", "app.log", numbers, "app.log.17.gz", rotate.Options{}, "name of a backup"},
		{"by time", "app.log", rotate.Options{When: "D"}, "app.log.2026-11-20.1", rotate.Options{}, "name of a backup"},
		{"of lumberjack", "app.log", numbers, "app-2026-11-20T10-00-00.000.log", rotate.Options{}, "name of a backup"},
		{"a neighbour", "app.log", numbers, "app.access.log", numbers, ""},
		{"a longer name", "app.log", numbers, "app.log.old", numbers, ""},
		{"not rotated", "app.log", rotate.Options{}, "app.log.1", rotate.Options{}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			f, err := rotate.Open(filepath.Join(dir, test.base), &test.opts)
			require.NoError(t, err)
			defer f.Close()
			put(t, f, "before")
			before := directory(t, dir)
			check := rotate.Check(filepath.Join(dir, test.other), &test.otherOpts)
			require.Equal(t, before, directory(t, dir))
			g, err := rotate.Open(filepath.Join(dir, test.other), &test.otherOpts)
			require.Equal(t, check, err)
			if test.want == "" {
				require.NoError(t, err)
				require.NoError(t, g.Close())
				return
			}
			require.ErrorContains(t, err, test.want)
			require.Equal(t, before, directory(t, dir))
			put(t, f, "after")
		})
	}
}

func TestASecondNameOfAFileThatIsOpenIsRefused(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "app.log")
	f, err := rotate.Open(path, &rotate.Options{MaxBytes: 100, BackupCount: 2})
	require.NoError(t, err)
	defer f.Close()
	put(t, f, "before")

	require.NoError(t, os.Mkdir(filepath.Join(dir, "else"), 0o700))
	hard := filepath.Join(dir, "else", "hard.log")
	require.NoError(t, os.Link(path, hard))
	_, err = rotate.Open(hard, &rotate.Options{MaxBytes: 100, BackupCount: 2})
	require.ErrorContains(t, err, "already open")

	soft := filepath.Join(dir, "else", "soft.log")
	require.NoError(t, os.Symlink(path, soft))
	g, err := rotate.Open(soft, &rotate.Options{MaxBytes: 100, BackupCount: 2, FollowSymlink: true})
	require.ErrorContains(t, err, "other options")
	require.Nil(t, g)

	by := filepath.Join(t.TempDir(), "by") // the directory by another name
	require.NoError(t, os.Symlink(dir, by))
	_, err = rotate.Open(filepath.Join(by, "app.log"), &rotate.Options{MaxBytes: 99, BackupCount: 2})
	require.ErrorContains(t, err, "other options")
}

func TestCheckTouchesNothing(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "app.log")
	require.NoError(t, os.WriteFile(path, []byte("old\nhalf"), 0o600))
	require.NoError(t, os.WriteFile(path+".1", nil, 0o600))
	require.NoError(t, os.WriteFile(path+".2.gz.tmp", []byte("half"), 0o600))
	for _, engine := range engines {
		for name, opts := range map[string]rotate.Options{
			"app.log": {Engine: engine, OnOpen: true, MaxBytes: 1, BackupCount: 1},
			"new.log": {Engine: engine, When: "midnight"}, "app.log.3": {Engine: engine},
		} {
			before := snapshot(t, dir)
			require.NoError(t, rotate.Check(filepath.Join(dir, name), &opts))
			require.Equal(t, before, snapshot(t, dir))
		}
	}
	before := snapshot(t, dir)
	require.NoError(t, rotate.Check(path, &rotate.Options{Truncate: true}))
	require.NoError(t, rotate.Check(filepath.Join(dir, "a", "b", "app.log"), &rotate.Options{DirMode: 0o700}))
	require.Error(t, rotate.Check(filepath.Join(dir, "a", "b", "app.log"), nil))
	require.Error(t, rotate.Check(path, &rotate.Options{MaxBytes: -1}))
	require.Equal(t, before, snapshot(t, dir))
}

// snapshot returns all that can be seen of a directory.
func snapshot(t *testing.T, dir string) string {
	var b strings.Builder
	for _, name := range []string{".", "app.log", "app.log.1", "app.log.2.gz.tmp"} {
		info, err := os.Lstat(filepath.Join(dir, name))
		require.NoError(t, err)
		fmt.Fprintln(&b, name, info.Mode(), info.ModTime(), info.Size(), info.Sys().(*syscall.Stat_t).Ino)
	}
	return b.String() + directory(t, dir)
}

// A link to the directory that was changed leads the file elsewhere, and its owner goes with it.
func TestAPathWhoseDirectoryIsALinkThatWasChangedHasOneOwner(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(dir, "1"), 0o700))
	require.NoError(t, os.Mkdir(filepath.Join(dir, "2"), 0o700))
	link := filepath.Join(dir, "logs")
	require.NoError(t, os.Symlink("1", link))
	path := filepath.Join(link, "app.log")
	opts := rotate.Options{MaxBytes: 100, BackupCount: 2, Watch: true}
	f := open(t, path, &opts)
	put(t, f, "before")
	require.NoError(t, os.Remove(link))
	require.NoError(t, os.Symlink("2", link))
	put(t, f, "after")

	other := rotate.Options{MaxBytes: 50, BackupCount: 2}
	require.ErrorIs(t, rotate.Check(path, &other), rotate.ErrInUse)
	_, err := rotate.Open(filepath.Join(dir, "2", "app.log"), &other)
	require.ErrorIs(t, err, rotate.ErrInUse)
	other.TakeOver = true
	g := open(t, path, &other)
	put(t, g, "new")
	put(t, f, "old") // which was taken over
	require.Equal(t, int64(2), g.Stats().Lines)
	require.Equal(t, "-- app.log --\nafter\nnew\nold\n", directory(t, filepath.Join(dir, "2")))
}

// Zones may have the same name and not the same time, above all those without a name.
func TestZonesOfOneNameAreNotTheSame(t *testing.T) {
	path := filepath.Join(t.TempDir(), "app.log")
	zone := func(hours int) *rotate.Options {
		return &rotate.Options{When: "midnight", Location: time.FixedZone("", hours*60*60)}
	}
	f, err := rotate.Open(path, zone(1))
	require.NoError(t, err)
	defer f.Close()
	require.NoError(t, rotate.Check(path, zone(1)))
	require.ErrorIs(t, rotate.Check(path, zone(2)), rotate.ErrInUse)
}

// A TakeOver that fails takes nothing over: the file goes on, and is rotated.
func TestATakeOverThatFailsLeavesTheFileToItsOwner(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "app.log")
	f := open(t, path, &rotate.Options{MaxBytes: 6, BackupCount: 2})
	put(t, f, "one")
	require.NoError(t, os.Rename(path, path+"-kept"))
	require.NoError(t, os.Mkdir(path, 0o700))
	_, err := rotate.Open(path, &rotate.Options{MaxBytes: 7, BackupCount: 2, TakeOver: true})
	require.ErrorContains(t, err, "it is a directory")
	require.NoError(t, os.Remove(path))
	require.NoError(t, os.Rename(path+"-kept", path))
	put(t, f, "two", "six")
	require.Equal(t, int64(3), f.Stats().Lines)
	require.Equal(t, listing("app.log six\napp.log.1 two\napp.log.2 one"), directory(t, dir))
}
