// SPDX-License-Identifier: MIT

package slogx_test

import (
	"compress/gzip"
	"context"
	"errors"
	"io"
	"log/slog"
	"path/filepath"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx"
	"github.com/slogx/slogx/rotate"
)

func TestBasicConfigRotatesItsFile(t *testing.T) {
	fresh(t)
	dir := t.TempDir()
	require.NoError(t, slogx.BasicConfig(&slogx.Options{
		Filename: filepath.Join(dir, "app.log"), Format: "%(message)s",
		Rotate: &rotate.Options{MaxBytes: 12, BackupCount: 1},
	}))
	log := slogx.GetLogger("a")
	for _, line := range []string{"first", "second", "third"} {
		log.Warn(line)
	}
	require.NoError(t, slogx.Shutdown(t.Context()))
	require.Equal(t, "third\n", read(t, filepath.Join(dir, "app.log")))
	require.Equal(t, "second\n", read(t, filepath.Join(dir, "app.log.1")))
	require.NoFileExists(t, filepath.Join(dir, "app.log.2"))
}

func TestBasicConfigForceTakesOverItsOwnFile(t *testing.T) {
	fresh(t)
	path := filepath.Join(t.TempDir(), "app.log")
	layout := slogx.Options{Filename: path, Format: "%(message)s"}
	log := slogx.GetLogger("a")
	require.NoError(t, slogx.BasicConfig(&layout))
	log.Warn("grows")
	late := slogx.Node("").Handlers()[0]

	layout.Force, layout.Rotate = true, &rotate.Options{MaxBytes: 11, BackupCount: 2}
	require.NoError(t, slogx.BasicConfig(&layout))
	log.Warn("rotates")
	require.NoError(t, late.Handle(t.Context(), slog.Record{Message: "late", Level: slog.LevelWarn}))
	require.Equal(t, "late\n", read(t, path), "the file's new owner counts what its old one writes")
	require.Equal(t, "rotates\n", read(t, path+".1"))
	require.Equal(t, "grows\n", read(t, path+".2"))

	layout.Rotate, layout.Filemode = nil, "w"
	for range 2 {
		require.NoError(t, slogx.BasicConfig(&layout))
		log.Warn("emptied")
		require.Equal(t, "emptied\n", read(t, path))
	}
}

// broken is a codec that fails as soon as there is something to compress.
type broken struct{ used *atomic.Bool }

func (broken) Suffix() string { return ".broken" }

func (b broken) NewWriter(w io.Writer) (io.WriteCloser, error) {
	if b.used.Swap(true) {
		return nil, errors.New("out of order")
	}
	return gzip.NewWriter(w), nil
}

func TestAFilesErrorIsReportedToTheTree(t *testing.T) {
	tr := fresh(t)
	var errs []error
	tr.SetOnError(func(err error) { errs = append(errs, err) })
	path := filepath.Join(t.TempDir(), "app.log")
	require.NoError(t, slogx.BasicConfig(&slogx.Options{
		Filename: path, Rotate: &rotate.Options{MaxBytes: 10, Suffix: "%Y", Compress: broken{new(atomic.Bool)}},
	}))
	log := slogx.GetLogger("a")
	log.Warn("first")
	log.Warn("second")
	require.NoError(t, slogx.Shutdown(t.Context()))
	require.NotEmpty(t, errs)
	require.ErrorContains(t, errs[0], "rotate: "+path+": compress: ")
	require.ErrorContains(t, errs[0], "out of order")
}

// TestShutdownWaitsForARotation has what is called after a rotation log to the very handler that is closed.
func TestShutdownWaitsForARotation(t *testing.T) {
	synctest.Test(t, shutdownDuringARotation)
}

func shutdownDuringARotation(t *testing.T) {
	fresh(t)
	path := filepath.Join(t.TempDir(), "app.log")
	shutting, seen := make(chan struct{}), ""
	log := slogx.GetLogger("a")
	require.NoError(t, slogx.BasicConfig(&slogx.Options{
		Filename: path, Format: "%(message)s",
		Rotate: &rotate.Options{MaxBytes: 10, BackupCount: 1, OnRotate: func(_ context.Context, e rotate.Event) {
			<-shutting
			seen = e.Path
			log.Warn("seen")
		}},
	}))
	file := slogx.Node("").Handlers()[0]
	log.Warn("first")
	log.Warn("second")
	go func() {
		synctest.Wait() // until Shutdown waits
		close(shutting)
	}()
	slogx.Default().SetLastResort(nil)
	require.NoError(t, slogx.Shutdown(t.Context()))
	require.Equal(t, path+".1", seen)
	require.NoError(t, file.Handle(t.Context(), slog.Record{Message: "late", Level: slog.LevelWarn}))
	require.Equal(t, "second\nlate\n", read(t, path))
}
