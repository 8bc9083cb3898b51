// SPDX-License-Identifier: MIT

package rotate

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A noting codec notes what it is given.
type noting struct {
	stored

	given *[]string
}

func (n noting) NewWriter(w io.Writer) (io.WriteCloser, error) {
	return unclosed{notingWriter{w, n.given}}, nil
}

type notingWriter struct {
	io.Writer

	given *[]string
}

func (w notingWriter) Write(p []byte) (int, error) {
	*w.given = append(*w.given, string(p))
	return w.Writer.Write(p)
}

// A sortedFolder has its names in an order.
type sortedFolder struct {
	folder

	order func(a, b string) int
}

func (s sortedFolder) names() ([]string, error) {
	names, err := s.folder.names()
	slices.SortFunc(names, s.order)
	return names, err
}

// What is removed next is compressed first: if there is no time for all, the newest are left as they are.
func TestBackupsAreCompressedFromTheOldestOn(t *testing.T) {
	for name, test := range map[string]struct {
		opts  Options
		order func(a, b string) int
		want  []string // the ends of the names, oldest first
	}{
		"numbers": {Options{BackupCount: 20}, cmp.Compare[string], []string{"10", "9", "3", "2", "1"}},
		"years": {
			Options{Suffix: "%Y", Location: time.UTC},
			func(a, b string) int { return cmp.Compare(b, a) },
			[]string{"2019", "2020", "2020.1", "2020.2", "2021"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.log")
			for _, end := range test.want {
				require.NoError(t, os.WriteFile(path+"."+end, []byte(end), 0o600))
			}
			sys := realSystem()
			sys.folder = func(dir string) (folder, error) {
				f, err := openFolder(dir)
				return sortedFolder{f, test.order}, err
			}
			var given []string
			opts := test.opts
			opts.Compress, opts.OnError = noting{given: &given}, func(err error) { t.Errorf("OnError: %v", err) }
			c, err := openWith(path, &opts, sys)
			require.NoError(t, err)
			require.NoError(t, c.release(t.Context()))
			require.Equal(t, test.want, given)
		})
	}
}

// A held codec says when it writes, and waits until it is let go on.
type held struct {
	stored

	writing chan<- struct{}
	let     <-chan struct{}
}

func (h held) NewWriter(w io.Writer) (io.WriteCloser, error) {
	return unclosed{heldWriter{w, h}}, nil
}

type heldWriter struct {
	io.Writer

	held held
}

func (w heldWriter) Write(p []byte) (int, error) {
	w.held.writing <- struct{}{}
	<-w.held.let
	return w.Writer.Write(p)
}

// A backup may be gigabytes long: nobody waits for the rest of it.
func TestShutdownStopsACompressionInTheMiddle(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.log")
	text := bytes.Repeat([]byte("one line\n"), 100_000)
	require.NoError(t, os.WriteFile(path+".1", text, 0o600))
	writing, let := make(chan struct{}, len(text)), make(chan struct{})
	opts := &Options{
		BackupCount: 3, Compress: held{writing: writing, let: let}, OnError: func(err error) { t.Errorf("OnError: %v", err) },
	}
	c, err := openWith(path, opts, realSystem())
	require.NoError(t, err)
	<-writing
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, c.release(ctx), context.Canceled)
	close(let)
	require.NoError(t, c.work.wait(t.Context()))
	require.Empty(t, writing, "it went on")
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, entries, 2) // a.log, and
	left, err := os.ReadFile(path + ".1")
	require.NoError(t, err)
	require.True(t, bytes.Equal(text, left))
}
