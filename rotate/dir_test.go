// SPDX-License-Identifier: MIT

package rotate_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/internal/testhelp"
	"github.com/slogx/slogx/rotate"
)

// directory returns what lies in a directory, as a text: "-- name --" and its content for each file, by name.
func directory(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	for _, e := range testhelp.ReadDir(t, dir) {
		fmt.Fprintf(&b, "-- %s --\n", e.Name())
		if !e.Type().IsRegular() {
			fmt.Fprintf(&b, "(%v)\n", e.Type())
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		require.NoError(t, err)
		b.Write(text)
	}
	return b.String()
}

// inMemory has the directories of a test lie in memory, where there is one: a disk takes its time for each fsync.
func inMemory(t *testing.T) {
	t.Helper()
	const memory = "/dev/shm"
	if _, set := os.LookupEnv("TMPDIR"); set { // as for children
		return
	}
	if _, err := os.Stat(memory); err == nil {
		t.Setenv("TMPDIR", memory)
	}
}

// open opens a file, which is closed when the test ends. What goes wrong beside the lines fails the test,
// unless the options take errors themselves.
func open(t *testing.T, path string, opts *rotate.Options) *rotate.File {
	t.Helper()
	o := rotate.Options{}
	if opts != nil {
		o = *opts
	}
	if o.OnError == nil {
		o.OnError = func(err error) { t.Errorf("OnError: %v", err) }
	}
	f, err := rotate.Open(path, &o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, f.Close()) })
	return f
}

// put writes lines.
func put(t *testing.T, f *rotate.File, lines ...string) {
	t.Helper()
	for _, line := range lines {
		n, err := f.Write([]byte(line + "\n"))
		require.NoError(t, err)
		require.Equal(t, len(line)+1, n)
	}
}
