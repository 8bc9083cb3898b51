// SPDX-License-Identifier: MIT

package rotate_test

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/rotate"
)

// A hasty namer takes every name in the directory for one of a backup, and cuts it.
type hasty struct{ middle }

func (h hasty) Parse(base, name string) (rotate.Backup, bool) {
	_ = name[len(base)]
	return h.middle.Parse(base, name)
}

// What the program has given, and what goes wrong in it, is no reason to lose a line, nor to end the program.
func TestAPanicOfWhatTheProgramGaveIsReported(t *testing.T) {
	panics := func(w io.Writer) (io.WriteCloser, error) {
		if w == io.Discard { // as Open tries it
			return upper{w}, nil
		}
		panic("boom")
	}
	for name, test := range map[string]struct {
		opts rotate.Options
		want string // a part of what is reported
		base string
	}{
		"codec": {rotate.Options{MaxBytes: 2, BackupCount: 9, Compress: codec{".x", panics}}, "app.log.1: panic: boom", ""},
		"namer": {rotate.Options{MaxBytes: 2, Namer: hasty{}, BackupCount: 9}, "panic: runtime error: index out of range", "b"},
		"ShouldRotate": {
			rotate.Options{BackupCount: 9, ShouldRotate: func(rotate.Current) bool { panic("boom") }}, "ShouldRotate: panic: boom", "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			var errs collector
			test.opts.OnError = errs.add
			if test.base != "" {
				require.NoError(t, os.WriteFile(filepath.Join(dir, test.base), []byte("neighbour\n"), 0o600))
			}
			f := open(t, filepath.Join(dir, "app.log"), &test.opts)
			put(t, f, "1", "2", "3")
			require.Equal(t, test.base == "", f.Stats().Backups >= 0)
			require.NoError(t, f.Close())
			require.Contains(t, strings.Join(errs.texts(dir), "\n"), test.want)
			require.NotContains(t, strings.Join(namesIn(t, dir), " "), ".tmp")
			text := directory(t, dir)
			for _, line := range []string{"1\n", "2\n", "3\n"} {
				require.Contains(t, text, line)
			}
		})
	}
}

// A test ends its goroutine when it fails, also in a hook.
func TestAHookThatEndsItsGoroutineHoldsUpNothing(t *testing.T) {
	dir := t.TempDir()
	calls := 0
	f := open(t, filepath.Join(dir, "a.log"), &rotate.Options{
		MaxBytes: 2, BackupCount: 1,
		OnRotate: func(context.Context, rotate.Event) {
			calls++
			runtime.Goexit()
		},
	})
	put(t, f, "1", "2", "3", "4")
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	require.NoError(t, f.Shutdown(ctx))
	require.Equal(t, 3, calls)
	require.Equal(t, listing("a.log 4\na.log.1 3"), directory(t, dir))
}
