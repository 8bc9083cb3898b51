// SPDX-License-Identifier: MIT

package config_test

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/config"
	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/rotate/torture"
	"github.com/slogx/slogx/tree"
)

// tooLong is the name of a file that only the attempt to open it finds wrong.
var tooLong = strings.Repeat("x", 300)

// Whatever fails last: what was opened by then is closed, and what was created is gone, directories too.
func TestWhatWasCreatedForARefusedDocumentIsRemoved(t *testing.T) {
	config.Register("openall_test.Fails", func(*config.Args) (slog.Handler, error) { return nil, errors.New("no luck") })
	config.Register("openall_test.Panics", func(*config.Args) (slog.Handler, error) { panic("no luck") })
	config.Register("openall_test.Odd", func(*config.Args) (slog.Handler, error) { return slog.DiscardHandler, nil })
	for _, tt := range []struct{ name, last, want string }{
		{"a class that fails", "{(): openall_test.Fails}", "handlers.z (line 1): no luck"},
		{"a class that panics", "{(): openall_test.Panics}", "handlers.z (line 1): panic: no luck"},
		{"a class that does not ask for an argument", "{(): openall_test.Odd, x: 1}", "handlers.z.x (line 1): no such argument"},
		{"a file", "{class: logging.FileHandler, filename: DIR/" + tooLong + "}", "handlers.z (line 1): rotate: open "},
		{"a file to be emptied", "{class: logging.FileHandler, mode: w, filename: DIR/" + tooLong + "}", "handlers.z (line 1): "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			put(t, filepath.Join(dir, "old"), "old\n")
			put(t, filepath.Join(dir, "rotated"), "old\n")
			put(t, filepath.Join(dir, "empty"), "")
			before := torture.Snap(dir)
			tr := tree.New(nil)
			c := parsed(t, inDir("{version: 1, root: {handlers: [a, b, c, d, e, f, g, h, z]}, handlers: {"+
				"a: {class: logging.FileHandler, filename: DIR/new}, b: {class: logging.FileHandler, filename: DIR/new-w, mode: w}, "+
				"c: {class: slogx.rotate.File, filename: DIR/new/../x/y/new, dirMode: \"0700\", header: h}, "+
				"d: {class: logging.FileHandler, filename: DIR/old, mode: w}, e: {class: logging.FileHandler, filename: DIR/empty}, "+
				"f: {class: logging.FileHandler, filename: \"DIR/{logger}\"}, g: {class: logging.FileHandler, filename: DIR/late, delay: true}, "+
				"h: {class: slogx.rotate.File, filename: DIR/rotated, onOpen: true, backupCount: 1}, "+
				"z: "+tt.last+"}}", dir))
			err := c.Apply(tr)
			require.ErrorContains(t, err, "config: "+tt.want)
			require.NotContains(t, err.Error(), "\n")
			require.Empty(t, tr.Node("").Handlers())
			requireNothingLeft(t, before)
		})
	}
}

// What somebody has written to a new file in the meantime is not lost with it.
func TestANewFileThatHoldsLinesStays(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a file that is open cannot be removed on Windows")
	}
	dir := t.TempDir()
	config.Register("openall_test.Writes", func(*config.Args) (slog.Handler, error) {
		put(t, filepath.Join(dir, "x", "a"), "of another process\n")
		require.NoError(t, os.Remove(filepath.Join(dir, "b")))
		put(t, filepath.Join(dir, "b"), "")
		return nil, errors.New("no luck")
	})
	c := parsed(t, inDir("{version: 1, root: {handlers: [a, b, c, z]}, handlers: {a: {class: slogx.rotate.File, filename: DIR/x/a, dirMode: \"0700\"}, "+
		"b: {class: logging.FileHandler, filename: DIR/b}, c: {class: logging.FileHandler, filename: DIR/c}, z: {(): openall_test.Writes}}}", dir))
	require.Error(t, c.Apply(tree.New(nil)))
	require.FileExists(t, filepath.Join(dir, "b"), "it is another file than the one that was created")
	require.NoFileExists(t, filepath.Join(dir, "c"))
	require.Equal(t, map[string]string{"a": "of another process\n"}, filesOf(t, filepath.Join(dir, "x")))
}

// A file that handlers are to empty, or to rotate, is touched when nothing can fail any more.
func TestAFileIsEmptiedAndRotatedOnOpenWhenAllElseIsOpen(t *testing.T) {
	dir := t.TempDir()
	seen := map[string]string{}
	config.Register("openall_test.Looks", func(*config.Args) (slog.Handler, error) {
		seen = filesOf(t, dir)
		return format.NewHandler(os.Stderr, format.JSON(nil), nil), nil
	})
	put(t, filepath.Join(dir, "a"), "old\n")
	put(t, filepath.Join(dir, "b"), "old\n")
	tr := newTree(t)
	apply(t, tr, inDir("{version: 1, root: {handlers: [a, b, z]}, handlers: {a: {class: logging.FileHandler, filename: DIR/a, mode: w}, "+
		"b: {class: slogx.rotate.File, filename: DIR/b, onOpen: true, backupCount: 1}, z: {(): openall_test.Looks}}}", dir))
	require.Equal(t, map[string]string{"a": "old\n", "b": "old\n"}, seen)
	require.Equal(t, map[string]string{"a": "", "b": "", "b.1": "old\n"}, filesOf(t, dir))
}
