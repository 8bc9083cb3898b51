// SPDX-License-Identifier: MIT

package rotate_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/rotate"
)

// An onRotate notes the events, and what the finished files held when it was called.
type onRotate struct {
	t      *testing.T
	events []rotate.Event
	held   []string
}

func (o *onRotate) note(_ context.Context, e rotate.Event) {
	o.events = append(o.events, e)
	text, err := os.ReadFile(e.Path)
	if err != nil {
		o.t.Errorf("%v", err)
	}
	o.held = append(o.held, string(text))
}

func TestOnRotateIsToldEachRotationInItsOrder(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.log")
	start := time.Date(2024, 1, 1, 12, 0, 0, 0, time.UTC)
	at := func(hours int) time.Time { return start.Add(time.Duration(hours) * time.Hour) }
	o := onRotate{t: t}
	synctest.Test(t, func(t *testing.T) {
		sleepUntil(start)
		asked := false
		opts := &rotate.Options{
			When: "midnight", MaxBytes: 10, Location: time.UTC, OnRotate: o.note,
			ShouldRotate: func(c rotate.Current) bool { return asked && c.Lines > 0 },
		}
		require.NoError(t, os.WriteFile(path, []byte("0\n"), 0o600))
		require.NoError(t, os.Chtimes(path, at(-1), at(-1)))
		opts.OnOpen = true
		f := open(t, path, opts)
		put(t, f, "first") // 6 bytes
		sleepUntil(at(1))
		put(t, f, "second") // by size
		sleepUntil(at(24))
		put(t, f, "3") // by time
		sleepUntil(at(25))
		asked = true
		put(t, f, "4")
		asked = false
		sleepUntil(at(26))
		require.NoError(t, f.Rotate())
		require.NoError(t, f.Close())
	})
	midnight := at(-12)
	want := []rotate.Event{
		{Path: path + ".2024-01-01", From: midnight, To: at(0), Bytes: 2, Reason: "open"},
		{Path: path + ".2024-01-01.1", From: midnight, To: at(1), Bytes: 6, Reason: "size"},
		{Path: path + ".2024-01-01.2", From: midnight, To: at(24), Bytes: 7, Reason: "time"},
		{Path: path + ".2024-01-02", From: at(12), To: at(25), Bytes: 2, Reason: "asked"},
		{Path: path + ".2024-01-02.1", From: at(12), To: at(26), Bytes: 2, Reason: "call"},
	}
	require.Len(t, o.events, len(want))
	for i, e := range o.events {
		e.From, e.To = e.From.UTC().Round(0), e.To.UTC().Round(0)
		require.Equal(t, want[i], e)
	}
	require.Equal(t, []string{"0\n", "first\n", "second\n", "3\n", "4\n"}, o.held)
}

func TestOnRotateIsGivenTheCompressedFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.log")
	var paths []string
	synctest.Test(t, func(t *testing.T) {
		f := open(t, path, &rotate.Options{
			MaxBytes: 4, BackupCount: 5, Suffix: "%Y", Compress: rotate.Gzip,
			OnRotate: func(_ context.Context, e rotate.Event) {
				paths = append(paths, e.Path)
				info, err := os.Stat(e.Path)
				if err != nil || e.Bytes != 4 || info.Size() == 4 { // not before it was compressed
					t.Errorf("%+v: %v", e, err)
				}
			},
		})
		put(t, f, "000")
		for _, line := range []string{"001", "002", "003"} {
			synctest.Wait() // so that nothing but this rotation is under way
			put(t, f, line)
		}
		require.NoError(t, f.Close())
	})
	require.Len(t, paths, 3)
	for i, name := range paths {
		require.Equal(t, fmt.Sprintf("%03d\n", i), unzip(t, name))
		require.True(t, strings.HasPrefix(name, path+".") && strings.HasSuffix(name, ".gz"), name)
	}
}

func TestNoFileIsRemovedBeforeOnRotateHasSeenIt(t *testing.T) {
	dir := t.TempDir()
	let := make(chan struct{})
	var seen []string
	f := open(t, filepath.Join(dir, "a.log"), &rotate.Options{
		MaxBytes: 2, BackupCount: 1, Suffix: "%F", // with a number, it may have another one when it is read
		OnRotate: func(_ context.Context, e rotate.Event) {
			<-let
			text, err := os.ReadFile(e.Path)
			if err != nil {
				t.Error(err)
			}
			seen = append(seen, string(text))
		},
	})
	for i := range 8 {
		put(t, f, fmt.Sprint(i))
	}
	require.Equal(t, 7, f.Stats().Backups)
	close(let)
	require.NoError(t, f.Close())
	require.Equal(t, []string{"0\n", "1\n", "2\n", "3\n", "4\n", "5\n", "6\n"}, seen)
	require.Len(t, namesIn(t, dir), 2)
	require.Equal(t, 1, f.Stats().Backups)
}

func TestAFileThatSomebodyRemovedHasNoPath(t *testing.T) {
	dir := t.TempDir()
	first, let := make(chan struct{}, 9), make(chan struct{})
	var paths []string
	f := open(t, filepath.Join(dir, "a.log"), &rotate.Options{
		MaxBytes: 2, BackupCount: 5, Suffix: "%Y",
		OnRotate: func(_ context.Context, e rotate.Event) {
			first <- struct{}{}
			<-let
			paths = append(paths, e.Path)
		},
	})
	put(t, f, "1", "2", "3")
	<-first
	backups, err := filepath.Glob(filepath.Join(dir, "a.log.*.1"))
	require.NoError(t, err)
	require.Len(t, backups, 1)
	require.NoError(t, os.Remove(backups[0]))
	close(let)
	require.NoError(t, f.Close())
	require.Equal(t, []string{strings.TrimSuffix(backups[0], ".1"), ""}, paths)
}

func TestAPanicInOnRotateIsReported(t *testing.T) {
	dir := t.TempDir()
	var errs collector
	calls := 0
	f := open(t, filepath.Join(dir, "a.log"), &rotate.Options{
		MaxBytes: 2, BackupCount: 1, OnError: errs.add,
		OnRotate: func(context.Context, rotate.Event) {
			calls++
			panic("boom")
		},
	})
	put(t, f, "1", "2", "3", "4")
	require.NoError(t, f.Close())
	require.Equal(t, 3, calls)
	require.Equal(t, []string{
		"rotate: a.log: OnRotate: panic: boom", "rotate: a.log: OnRotate: panic: boom", "rotate: a.log: OnRotate: panic: boom",
	}, errs.texts(dir))
	require.Equal(t, listing("a.log 4\na.log.1 3"), directory(t, dir)) // it has seen them
}

func TestHooksMayWriteToTheFile(t *testing.T) {
	dir := t.TempDir()
	var f atomic.Pointer[rotate.File]
	note := func(text string) {
		if _, err := io.WriteString(f.Load(), text+"\n"); err != nil {
			t.Error(err)
		}
	}
	// The codec fails, so that OnError is called, too.
	bad := codec{".x", func(w io.Writer) (io.WriteCloser, error) { return failing{close: closeError(w)}, nil }}
	f.Store(open(t, filepath.Join(dir, "a.log"), &rotate.Options{
		MaxBytes: 1 << 10, BackupCount: 3, Compress: bad,
		OnRotate: func(_ context.Context, e rotate.Event) { note("rotated " + e.Reason) },
		OnError:  func(error) { note("error") },
	}))
	put(t, f.Load(), "1")
	require.NoError(t, f.Load().Rotate())
	put(t, f.Load(), "2")
	require.NoError(t, f.Load().Close()) // what comes later is appended
	text, err := os.ReadFile(filepath.Join(dir, "a.log"))
	require.NoError(t, err)
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	slices.Sort(lines)
	require.Equal(t, []string{"2", "error", "rotated call"}, slices.Compact(lines))
}

func closeError(w io.Writer) error {
	if w == io.Discard {
		return nil
	}
	return io.ErrUnexpectedEOF
}

// The context is done when nobody waits any more, so that what takes long can end.
func TestOnRotateCanBeToldToEnd(t *testing.T) {
	dir := t.TempDir()
	ended := make(chan error, 1)
	started := make(chan struct{})
	f := open(t, filepath.Join(dir, "a.log"), &rotate.Options{
		MaxBytes: 2, BackupCount: 3,
		OnRotate: func(ctx context.Context, _ rotate.Event) {
			close(started)
			<-ctx.Done()
			ended <- ctx.Err()
		},
	})
	put(t, f, "1", "2")
	<-started
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, f.Shutdown(ctx), context.Canceled)
	require.ErrorIs(t, <-ended, context.Canceled)
}
