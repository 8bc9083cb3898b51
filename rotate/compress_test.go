// SPDX-License-Identifier: MIT

package rotate_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/internal/testhelp"
	"github.com/slogx/slogx/rotate"
)

// unzip returns the content of a file that gzip has compressed.
func unzip(t *testing.T, path string) string {
	t.Helper()
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	r, err := gzip.NewReader(f)
	require.NoError(t, err, path)
	text, err := io.ReadAll(r)
	require.NoError(t, err, path)
	require.NoError(t, r.Close())
	return string(text)
}

// unzipped is directory for one in which files are compressed: they are shown as what they hold.
func unzipped(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, e := range testhelp.ReadDir(t, dir) {
		path := filepath.Join(dir, e.Name())
		if strings.HasSuffix(path, ".gz") {
			files[e.Name()] = unzip(t, path)
			continue
		}
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		files[e.Name()] = string(text)
	}
	return files
}

func zipped(t *testing.T, text string) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write([]byte(text))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return b.Bytes()
}

// collector takes errors.
type collector struct {
	mu   sync.Mutex
	errs []error
}

func (c *collector) add(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.errs = append(c.errs, err)
}

// texts returns the errors, without the directory.
func (c *collector) texts(dir string) (texts []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, err := range c.errs {
		texts = append(texts, strings.ReplaceAll(err.Error(), dir+string(filepath.Separator), ""))
	}
	return texts
}

func TestCompressedBackupsHoldTheSameAndMoveUp(t *testing.T) {
	dir := t.TempDir()
	f := open(t, filepath.Join(dir, "app.log"), &rotate.Options{MaxBytes: 20, BackupCount: 4, Compress: rotate.Gzip})
	for i := range 6 {
		put(t, f, fmt.Sprintf("line %d of %d bytes", i, 18))
	}
	require.NoError(t, f.Close())
	require.Equal(t, map[string]string{
		"app.log": "line 5 of 18 bytes\n", "app.log.1.gz": "line 4 of 18 bytes\n", "app.log.2.gz": "line 3 of 18 bytes\n",
		"app.log.3.gz": "line 2 of 18 bytes\n", "app.log.4.gz": "line 1 of 18 bytes\n",
	}, unzipped(t, dir))
}

func TestCompressedBackupsKeepModeOwnerAndTime(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "app.log")
	require.NoError(t, os.WriteFile(path, []byte("old\n"), 0o600))
	require.NoError(t, os.Chmod(path, 0o624))
	if os.Geteuid() == 0 {
		require.NoError(t, os.Chown(path, 12, 34))
	}
	at := time.Date(2020, 2, 3, 4, 5, 6, 0, time.UTC)
	require.NoError(t, os.Chtimes(path, at, at))
	before, err := os.Stat(path)
	require.NoError(t, err)
	require.NoError(t, open(t, path, &rotate.Options{OnOpen: true, BackupCount: 2, Compress: rotate.GzipLevel(9)}).Close())
	after, err := os.Stat(path + ".1.gz")
	require.NoError(t, err)
	require.Equal(t, before.Mode(), after.Mode())
	require.True(t, at.Equal(after.ModTime()), after.ModTime())
	requireSameOwner(t, before, after)
	require.Equal(t, "old\n", unzip(t, path+".1.gz"))
}

// What a crash leaves is put right when the path is opened the next time, and no whole file is lost.
func TestCompressionGoesOnAfterACrash(t *testing.T) {
	gz := func(text string) string { return string(zipped(t, text)) }
	for _, test := range []struct {
		name  string
		files map[string]string
		want  map[string]string
		errs  []string
	}{
		{"nothing compressed", map[string]string{"a.1": "1\n", "a.2": "2\n"}, map[string]string{"a": "", "a.1.gz": "1\n", "a.2.gz": "2\n"}, nil},
		{"half of it written", map[string]string{"a.1": "1\n", "a.1.gz.tmp": "half"}, map[string]string{"a": "", "a.1.gz": "1\n"}, nil},
		{"before it was named", map[string]string{"a.1": "1\n", "a.1.gz.tmp": gz("1\n")}, map[string]string{"a": "", "a.1.gz": "1\n"}, nil},
		{"before the source was removed", map[string]string{"a.1": "1\n", "a.1.gz": gz("1\n")}, map[string]string{"a": "", "a.1.gz": "1\n"}, nil},
		{"the source has another number", map[string]string{"a.2": "1\n", "a.1.gz.tmp": gz("1\n")}, map[string]string{"a": "", "a.2.gz": "1\n"}, nil},
		{"only a half is left", map[string]string{"a.1.gz.tmp": "half", "a.2.gz": gz("2\n")}, map[string]string{"a": "", "a.2.gz": "2\n"}, nil},
		{"number reserved", map[string]string{"a.1": "1\n", "a.2": ""}, map[string]string{"a": "", "a.1.gz": "1\n"}, nil},
		{"number reserved for a compressed one", map[string]string{"a.1.gz": gz("1\n"), "a.2.gz": ""}, map[string]string{"a": "", "a.1.gz": "1\n"}, nil},
		{"empty compressed one", map[string]string{"a.1": "1\n", "a.1.gz": ""}, map[string]string{"a": "", "a.1.gz": "1\n"}, nil},
		{
			"both are there, and differ", map[string]string{"a.1": "1\n", "a.2": "2\n", "a.2.gz": gz("other\n"), "a.3": "3\n"},
			map[string]string{"a": "", "a.1.gz": "1\n", "a.2": "2\n", "a.2.gz": "other\n", "a.3.gz": "3\n"},
			[]string{"rotate: a: compress: a.2: a.2.gz: file already exists"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			for name, text := range test.files {
				require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
			}
			var errs collector
			opts := &rotate.Options{MaxBytes: 10, BackupCount: 5, Compress: rotate.Gzip, OnError: errs.add}
			require.NoError(t, open(t, filepath.Join(dir, "a"), opts).Close())
			require.Equal(t, test.want, unzipped(t, dir))
			require.Equal(t, test.errs, errs.texts(dir))
		})
	}
}

// A compressed file that cannot be read may be all that is left of somebody's lines.
func TestACorruptCompressedBackupIsKeptAndReported(t *testing.T) {
	dir := t.TempDir()
	whole := zipped(t, "1\n")
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a.1"), []byte("1\n"), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a.1.gz"), whole[:len(whole)-3], 0o600))
	var errs collector
	f := open(t, filepath.Join(dir, "a"), &rotate.Options{MaxBytes: 3, BackupCount: 5, Compress: rotate.Gzip, OnError: errs.add})
	put(t, f, "3", "4")
	require.NoError(t, f.Close())
	require.Equal(t, "3\n", unzip(t, filepath.Join(dir, "a.1.gz")))
	broken, err := os.ReadFile(filepath.Join(dir, "a.2.gz"))
	require.NoError(t, err)
	require.Equal(t, whole[:len(whole)-3], broken)
	text, err := os.ReadFile(filepath.Join(dir, "a.2"))
	require.NoError(t, err)
	require.Equal(t, "1\n", string(text))
	require.NotEmpty(t, errs.texts(dir))
}

// A codec of functions.
type codec struct {
	suffix string
	open   func(w io.Writer) (io.WriteCloser, error)
}

func (c codec) Suffix() string                                { return c.suffix }
func (c codec) NewWriter(w io.Writer) (io.WriteCloser, error) { return c.open(w) }

// upper writes capitals.
type upper struct{ w io.Writer }

func (u upper) Write(p []byte) (int, error) {
	_, err := u.w.Write(bytes.ToUpper(p))
	return len(p), err
}

func (u upper) Close() error {
	_, err := io.WriteString(u.w, "END\n")
	return err
}

func TestCodecOfOnesOwn(t *testing.T) {
	dir := t.TempDir()
	// What gzip has compressed before is still a backup.
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a.1.gz"), zipped(t, "old\n"), 0o600))
	capitals := codec{".up", func(w io.Writer) (io.WriteCloser, error) { return upper{w}, nil }}
	f := open(t, filepath.Join(dir, "a"), &rotate.Options{MaxBytes: 4, BackupCount: 3, Compress: capitals})
	put(t, f, "one", "two", "three")
	require.NoError(t, f.Close())
	require.Equal(t, map[string]string{"a": "three\n", "a.1.up": "TWO\nEND\n", "a.2.up": "ONE\nEND\n", "a.3.gz": "old\n"}, unzipped(t, dir))
}

func TestACodecThatFailsLeavesTheBackup(t *testing.T) {
	boom := errors.New("boom")
	for name, open := range map[string]func(io.Writer) (io.WriteCloser, error){
		"write": func(io.Writer) (io.WriteCloser, error) { return failing{write: boom}, nil },
		"close": func(io.Writer) (io.WriteCloser, error) { return failing{close: boom}, nil },
	} {
		t.Run(name, func(t *testing.T) {
			requireStays(t, codec{".x", func(w io.Writer) (io.WriteCloser, error) {
				if w == io.Discard { // Open tries whether there is a writer
					return upper{w}, nil
				}
				return open(w)
			}}, "rotate: a: compress: a.1: boom")
		})
	}
}

func requireStays(t *testing.T, c rotate.Codec, want string) {
	dir := t.TempDir()
	var errs collector
	f := open(t, filepath.Join(dir, "a"), &rotate.Options{MaxBytes: 4, BackupCount: 3, Compress: c, OnError: errs.add})
	put(t, f, "one", "two")
	require.NoError(t, f.Close())
	require.Equal(t, listing("a two\na.1 one"), directory(t, dir))
	for _, text := range errs.texts(dir) { // once, or twice if the rotation came before Open had finished its work
		require.Equal(t, want, text)
	}
	require.EqualValues(t, len(errs.texts(dir)), f.Stats().Errors)
	require.NotZero(t, f.Stats().Errors)
}

type failing struct{ write, close error }

func (f failing) Write(p []byte) (int, error) { return len(p), f.write }
func (f failing) Close() error                { return f.close }

// slow has a codec wait until it is let go on.
func slow(started chan<- struct{}, let <-chan struct{}) rotate.Codec {
	return codec{".gz", func(w io.Writer) (io.WriteCloser, error) {
		if w != io.Discard {
			started <- struct{}{}
			<-let
		}
		return gzip.NewWriter(w), nil
	}}
}

func TestShutdownThatIsTooLateLeavesWhatTheNextOpenTakesUp(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	started, let := make(chan struct{}, 9), make(chan struct{})
	opts := rotate.Options{MaxBytes: 4, BackupCount: 5, Compress: slow(started, let)}
	f := open(t, path, &opts)
	put(t, f, "one", "two", "three")
	<-started
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.EqualError(t, f.Shutdown(ctx), "rotate: close "+path+": context canceled")
	require.NoError(t, f.Close()) // the second time
	close(let)
	opts.Compress = rotate.Gzip
	require.Eventually(t, func() bool { // the job that was told to stop does
		_, err := os.Lstat(path + ".1.gz.tmp")
		_, err2 := os.Lstat(path + ".2.gz.tmp")
		return err != nil && err2 != nil
	}, testhelp.Patience, time.Millisecond)
	require.NoError(t, open(t, path, &opts).Close())
	require.Equal(t, map[string]string{"a": "three\n", "a.1.gz": "two\n", "a.2.gz": "one\n"}, unzipped(t, dir))
}

func TestCloseWaitsForTheCompressor(t *testing.T) {
	dir := t.TempDir()
	started, let, closed := make(chan struct{}, 9), make(chan struct{}), make(chan error)
	f := open(t, filepath.Join(dir, "a"), &rotate.Options{MaxBytes: 4, BackupCount: 5, Compress: slow(started, let)})
	put(t, f, "one", "two")
	<-started
	go func() { closed <- f.Close() }()
	select {
	case err := <-closed:
		t.Fatal("it did not wait", err)
	case <-time.After(5 * time.Millisecond):
	}
	close(let)
	require.NoError(t, <-closed)
	require.Equal(t, map[string]string{"a": "two\n", "a.1.gz": "one\n"}, unzipped(t, dir))
}

func TestAnUnreadableBackupIsReportedAndHoldsUpNone(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root reads everything")
	}
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a.2"), []byte("secret\n"), 0))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a.1"), []byte("1\n"), 0o600))
	var errs collector
	opts := &rotate.Options{MaxBytes: 4, BackupCount: 5, Compress: rotate.Gzip, OnError: errs.add}
	require.NoError(t, open(t, filepath.Join(dir, "a"), opts).Close())
	require.Len(t, errs.texts(dir), 1)
	require.Equal(t, "1\n", unzip(t, filepath.Join(dir, "a.1.gz")))
}

// Numbers go up while older backups are being compressed.
func TestHundredsOfRotationsUnderTheCompressorLoseNothing(t *testing.T) {
	for name, suffix := range map[string]string{"numbers": "", "dates": "%F"} {
		t.Run(name, func(t *testing.T) {
			dir := memoryDir(t)
			f := open(t, filepath.Join(dir, "a"), &rotate.Options{MaxBytes: 20, MaxTotalBytes: 1 << 30, Suffix: suffix, Compress: rotate.Gzip})
			var wait sync.WaitGroup
			for g := range 4 {
				wait.Go(func() {
					for i := range 40 {
						_, err := fmt.Fprintf(f, "%d-%05d-abcdefgh\n", g, i)
						if err != nil {
							t.Error(err)
						}
					}
				})
			}
			wait.Wait()
			require.NoError(t, f.Close())
			require.EqualValues(t, 159, f.Stats().Rotations)
			files, seen := unzipped(t, dir), map[string]int{}
			require.Len(t, files, 160)
			for name, text := range files {
				require.True(t, name == "a" || strings.HasSuffix(name, ".gz"), name)
				seen[text]++
			}
			require.Len(t, seen, 160)
		})
	}
}
