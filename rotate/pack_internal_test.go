// SPDX-License-Identifier: MIT

package rotate

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestASourceIsRemovedOnlyByItsNameAndBesideItsCompressedFile(t *testing.T) {
	for _, tt := range []struct {
		name  string
		files []string // a.2 is the source
		as    string   // the name by which it is removed
		done  bool
		err   error
		left  []string
	}{
		{"compressed", []string{"a.2", "a.2.gz"}, "a.2", true, nil, []string{"a.2.gz"}},
		{"without a compressed file", []string{"a.2"}, "a.2", false, fs.ErrNotExist, []string{"a.2"}},
		{"under another's name", []string{"a.1", "a.1.gz", "a.2", "a.2.gz"}, "a.1", false, nil, []string{"a.1", "a.1.gz", "a.2", "a.2.gz"}},
		{"under a name that nothing has", []string{"a.2", "a.2.gz"}, "a.1", true, nil, []string{"a.2", "a.2.gz"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			for _, name := range tt.files {
				require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte("1\n"), 0o600))
			}
			info, err := os.Lstat(filepath.Join(dir, "a.2"))
			require.NoError(t, err)
			f, err := openFolder(dir)
			require.NoError(t, err)
			defer func() { require.NoError(t, f.close()) }()
			c := &core{settings: &settings{Options: Options{Compress: Gzip}}}
			done, err := (&tidier{core: c, base: "a", dir: f}).removeSource(tt.as, info)
			require.Equal(t, tt.done, done)
			require.ErrorIs(t, err, tt.err)
			names, err := f.names()
			require.NoError(t, err)
			require.ElementsMatch(t, tt.left, names)
		})
	}
}
