// SPDX-License-Identifier: MIT

package rotate

import (
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
