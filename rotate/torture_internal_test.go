// SPDX-License-Identifier: MIT

package rotate

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

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

// Until the source of a compressed backup is removed, both have one number, whenever the program is killed.
func TestARotationThatIsCutShortDoublesNoBackup(t *testing.T) {
	for cut := range 6 {
		t.Run(fmt.Sprint(cut), func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "app.log")
			opts := &Options{MaxBytes: 1 << 20, BackupCount: 9, Compress: Gzip}
			write := func(line string, rotates bool) {
				f, err := Open(path, opts)
				require.NoError(t, err)
				_, err = f.Write([]byte(line))
				require.NoError(t, err)
				if rotates {
					require.NoError(t, f.Rotate())
				}
				require.NoError(t, f.Close())
			}
			write("1\n", true)
			write("2\n", true)
			write("3\n", false)
			before, err := os.Stat(path + ".2.gz")
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(path+".2", []byte("1\n"), 0o600)) // not removed yet

			s, err := newSettings("app.log", opts, realSystem())
			require.NoError(t, err)
			d := newDisk(s, path)
			_, err = d.open()
			require.NoError(t, err)
			moves, _, err := d.moves(before.ModTime())
			require.NoError(t, err)
			_, err = d.moveAll(moves[:min(cut, len(moves))])
			require.NoError(t, err)
			require.NoError(t, d.close())

			write("4\n", false)
			entries, err := os.ReadDir(dir)
			require.NoError(t, err)
			require.Len(t, entries, 3+min(1, max(0, cut-len(moves)+1)), "%v", entries)
		})
	}
}
