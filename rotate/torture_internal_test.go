// SPDX-License-Identifier: MIT

package rotate

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A line that finds its file closed by somebody who takes over comes late if that fails: the file is open again.
func TestALateLineLeavesTheFileToItsOwner(t *testing.T) {
	path := filepath.Join(t.TempDir(), "app.log")
	f, err := Open(path, nil)
	require.NoError(t, err)
	write := func(write func([]byte) (int, error), line string) {
		_, err := write([]byte(line))
		require.NoError(t, err)
	}
	for range 2 { // before it is opened again, and after
		require.NoError(t, f.core.retire())
		f.core.resumeWriting()
		write(f.core.writeLate, "late\n")
		write(f.core.write, "next\n")
		write(f.core.writeLate, "late again\n")
		write(f.core.write, "last\n")
	}
	require.NoError(t, f.Close())
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "late\nnext\nlate again\nlast\nlate\nnext\nlate again\nlast\n", string(text))
	require.EqualValues(t, 8, f.Stats().Lines)
}

// Until the source of a compressed backup is removed, both have one number, whenever the program is killed; and what
// that leaves is not in the way of the next rotation.
func TestARotationThatIsCutShortDoublesNoBackup(t *testing.T) {
	for cut := range 6 {
		t.Run(fmt.Sprint(cut), func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "app.log")
			opts := &Options{MaxBytes: 2, BackupCount: 9, Compress: Gzip}
			write := func(lines ...string) {
				f, err := Open(path, opts)
				require.NoError(t, err)
				for _, line := range lines {
					_, err = f.Write([]byte(line))
					require.NoError(t, err)
				}
				require.NoError(t, f.Close())
			}
			write("1\n", "2\n", "3\n")
			require.NoError(t, os.WriteFile(path+".2", []byte("1\n"), 0o600)) // it is not removed yet
			s, err := newSettings("app.log", opts, realSystem())
			require.NoError(t, err)
			d := newDisk(s, path)
			rotateUpTo(t, d, cut)
			_, err = os.Stat(path)
			if err == nil {
				rotateUpTo(t, d, 99)
			}
			write("4\n")
			require.Equal(t, []string{"1\n", "2\n", "3\n", "4\n"}, contents(t, dir))
		})
	}
}

// rotateUpTo does a part of the moves of a rotation, and of the next one reserves the name.
func rotateUpTo(t *testing.T, d *disk, cut int) {
	t.Helper()
	_, err := d.open()
	require.NoError(t, err)
	moves, _, err := d.moves(time.Now())
	require.NoError(t, err)
	_, err = d.moveAll(moves[:min(cut, len(moves))])
	require.NoError(t, err)
	if cut < len(moves) {
		f, err := d.dir.open(moves[cut].to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		require.NoError(t, err)
		require.NoError(t, f.Close())
	}
	require.NoError(t, d.close())
}

// contents returns what the files in a directory hold, sorted.
func contents(t *testing.T, dir string) (texts []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, e := range entries {
		f, err := os.Open(filepath.Join(dir, e.Name()))
		require.NoError(t, err)
		var r io.Reader = f
		if filepath.Ext(e.Name()) == ".gz" {
			r, err = gzip.NewReader(f)
			require.NoError(t, err, e.Name())
		}
		text, err := io.ReadAll(r)
		require.NoError(t, err)
		require.NoError(t, f.Close())
		texts = append(texts, string(text))
	}
	slices.Sort(texts)
	return texts
}

// refusing is a folder in which a file cannot be renamed, nor opened again.
type refusing struct {
	folder

	active *bool
}

var errRefused = errors.New("refused")

func (r refusing) open(name string, flag int, mode fs.FileMode) (file, error) {
	if *r.active && name == "app.log" {
		return nil, errRefused
	}
	return r.folder.open(name, flag, mode)
}

func (r refusing) rename(from, to string) error {
	if *r.active && from == "app.log" {
		return errRefused
	}
	return r.folder.rename(from, to)
}

// The file stays open until there is another one, and backups get their numbers back.
func TestARotationThatFailsChangesNothing(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "app.log")
	active := false
	sys := realSystem()
	sys.folder = func(dir string) (folder, error) {
		f, err := openFolder(dir)
		return refusing{f, &active}, err
	}
	c, err := openWith(path, &Options{BackupCount: 5, MaxBytes: 20, OnError: func(err error) {
		if !errors.Is(err, errRefused) {
			t.Error(err)
		}
	}}, sys)
	require.NoError(t, err)
	f := &File{core: c}
	write := func(line string) {
		_, err := f.Write([]byte(line))
		require.NoError(t, err)
	}
	write("first\n")
	require.NoError(t, f.Rotate())
	active = true
	write("second\n")
	for range 3 {
		require.ErrorIs(t, f.Rotate(), errRefused)
		write("more\n")
	}
	require.NoError(t, f.Close())
	names, err := fs.Glob(os.DirFS(dir), "*")
	require.NoError(t, err)
	require.Equal(t, []string{"app.log", "app.log.1"}, names)
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "second\nmore\nmore\nmore\n", string(text))
	require.EqualValues(t, 3, f.Stats().Failures) // by size it was put off
}

func TestNoFileIsRenamedOverAnother(t *testing.T) {
	dir, err := openFolder(t.TempDir())
	require.NoError(t, err)
	for _, name := range []string{"app.log", "app.log.1"} {
		f, err := dir.open(name, os.O_WRONLY|os.O_CREATE, 0o600)
		require.NoError(t, err)
		_, err = f.Write([]byte(name))
		require.NoError(t, err)
		require.NoError(t, f.Close())
	}
	d := &disk{dir: dir}
	require.ErrorIs(t, d.move(move{"app.log", "app.log.1"}), fs.ErrExist)
	names, err := dir.names()
	require.NoError(t, err)
	require.ElementsMatch(t, []string{"app.log", "app.log.1"}, names)
	require.NoError(t, dir.close())
}
