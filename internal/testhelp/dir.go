// SPDX-License-Identifier: MIT

package testhelp

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
)

// ReadDir is os.ReadDir without the notes that package rotate leaves beside its files where the file system has no
// extended attributes. Where it has them, a note is one too many, and there to be seen.
func ReadDir(t testing.TB, dir string) []fs.DirEntry {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if hasAttributes(dir) {
		return entries
	}
	return slices.DeleteFunc(entries, func(e fs.DirEntry) bool {
		return strings.HasPrefix(e.Name(), ".") && strings.HasSuffix(e.Name(), ".birth")
	})
}
