// SPDX-License-Identifier: MIT

// Package rotate writes log files that replace themselves, by size, by time, or both, and never lose
// a line that was acknowledged.
//
//	f, err := rotate.Open("app.log", &rotate.Options{When: "midnight", MaxBytes: 100 << 20, BackupCount: 7})
//
// A [File] is an [io.WriteCloser] for any handler: each call of Write is a line. What was written
// before lies beside it, as app.log.1, app.log.2 and so on, or as app.log.2026-11-20 where files are
// cut by time. It has all of Python's RotatingFileHandler, TimedRotatingFileHandler and
// WatchedFileHandler, which cannot be combined there.
//
// A nil error of Write says that the line is with the operating system: it survives a panic and
// kill -9 of the program. A rotation that fails is no error of the line: it is reported, counted,
// and tried again later, while lines go to the file that is open.
//
// docs/rotation.md says which names there are, what happens in which order, and what a crash leaves.
package rotate

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync/atomic"
)

// Open opens the log file at path for appending, and creates it if there is none.
// Nil options are the zero Options: a file that is never rotated.
//
// A path that is open already in this process is shared if the options are equal, and refused
// otherwise: two rotations of one file destroy each other's backups. Each File that Open
// returns is to be closed.
func Open(path string, opts *Options) (*File, error) {
	c, err := open(path, opts)
	if err != nil {
		return nil, fmt.Errorf("rotate: open %s: %w", path, err)
	}
	return &File{core: c}, nil
}

// Check returns the error that [Open] would return, as far as that can be told without
// creating, opening or changing anything.
func Check(path string, opts *Options) error {
	if err := check(path, opts); err != nil {
		return fmt.Errorf("rotate: open %s: %w", path, err)
	}
	return nil
}

// Validate returns the mistakes in the options, all at once. [Open] and [Check] return them, too.
func (o *Options) Validate() error {
	if _, err := newSettings("app.log", o, realSystem()); err != nil {
		return fmt.Errorf("rotate: %w", err)
	}
	return nil
}

// A File is a log file that is rotated as its [Options] say. It is safe for concurrent use by
// the goroutines of one process. Two processes must not write to the same path.
type File struct {
	core   *core
	closed atomic.Bool
}

// Write appends p, which is one line or several whole ones, as one piece; before it, the file is
// rotated if that is due. The error is that of writing p: then nothing of p counts as written, and
// what the system took of it is cut off again, or ended with a line break before the next line.
//
// A line that comes after Close is appended to the file all the same, as by Python's FileHandler.
func (f *File) Write(p []byte) (int, error) {
	if f.closed.Load() {
		return f.core.writeLate(p)
	}
	n, err := f.core.write(p)
	if errors.Is(err, os.ErrClosed) { // by another goroutine, or to be renamed, and then it could not be opened again
		return f.core.writeLate(p)
	}
	return n, err
}

// Rotate rotates the file now, unless it is empty.
func (f *File) Rotate() error { return f.core.do("rotate", f.core.rotateNowLocked) }

// Reopen opens the path anew, after somebody else has renamed or removed the file.
// This is also found out without it: at the latest a tenth of a second after a line was written, or before
// each line with [Options.Watch].
func (f *File) Reopen() error { return f.core.do("reopen", f.core.reopenLocked) }

// Sync has the system write to the disk what it has of the file, so that it survives a loss of power.
func (f *File) Sync() error { return f.core.do("sync", f.core.syncLocked) }

// Close closes the file, and waits for what is still to be done with its backups: to be compressed,
// handed to [Options.OnRotate], or removed. A second Close does nothing and returns nil.
func (f *File) Close() error { return f.Shutdown(context.Background()) }

// Shutdown is [File.Close] that waits until ctx is done at most, and then returns its error. What could not be
// done is taken up when the path is opened the next time.
func (f *File) Shutdown(ctx context.Context) error {
	if f.closed.Swap(true) {
		return nil
	}
	return f.core.release(ctx)
}

// ReportTo has errors reported to report if there is no [Options.OnError], and if this was not called
// before. A handler that the file belongs to calls it.
func (f *File) ReportTo(report func(error)) { f.core.errors.Adopt(report) }

// Name returns the path of the file, absolute.
func (f *File) Name() string { return f.core.path }

// String returns the path of the file.
func (f *File) String() string { return f.core.path }

// Stats returns what has happened since the path was opened.
func (f *File) Stats() Stats { return f.core.stats() }

var _ interface {
	Write([]byte) (int, error)
	Shutdown(context.Context) error
} = (*File)(nil)
