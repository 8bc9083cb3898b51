// SPDX-License-Identifier: MIT

package format

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"sync"

	"github.com/slogx/slogx/internal/onerror"
	"github.com/slogx/slogx/internal/reentry"
)

// cacheLine keeps what is written all the time away from what is only read.
type cacheLine [64]byte

// A sink is a writer and the lock that all handlers on it share.
// The writer may log through the handlers that write to it; see package reentry.
type sink struct {
	errors onerror.Reporter
	owned  bool // Close closes the writer

	_       cacheLine
	mu      sync.Mutex
	w       io.Writer
	closed  bool
	failed  []error // of lines from the backlog, to be reported when the lock is free
	backlog reentry.Backlog
	_       cacheLine
}

// Below these functions the lock is held.
var (
	_ = reentry.Mark((*sink).write)
	_ = reentry.Mark((*sink).flush)
	_ = reentry.Mark((*sink).close)
)

// put writes a line. A line that is logged by a writer is written after the one being written.
// An error was reported.
func (s *sink) put(line []byte) error {
	if !s.mu.TryLock() {
		if place := s.lock(); place != reentry.Outside {
			return s.postpone(line, place)
		}
	}
	if err := s.putLocked(line); err != nil {
		return s.fail(err)
	}
	return nil
}

// putLocked writes a line and releases the lock, also if the writer panics.
func (s *sink) putLocked(line []byte) error {
	defer s.release()
	return s.write(line)
}

// postpone leaves a line that was logged by a writer to whoever holds the lock. A line that was
// logged while such a line was being written is refused, or there would be no end.
func (s *sink) postpone(line []byte, place reentry.Place) error {
	if place == reentry.Inside {
		line = slices.Clone(line)
		s.leave(func() error { return s.write(line) })
		return nil
	}
	s.leave(func() error { return reentry.ErrRefused })
	return onerror.Reported(writeError(reentry.ErrRefused))
}

// exclusive runs job with the lock held, or leaves it to whoever holds the lock.
func (s *sink) exclusive(job func() error) error {
	if s.lock() != reentry.Outside {
		s.leave(job)
		return nil
	}
	defer s.release()
	return job()
}

// tries is how often a lock that is taken is tried before the stack is looked at:
// it is mostly held for no longer than a write takes, and the look costs a microsecond.
const tries = 10

// lock takes the lock if the caller may wait for it. Otherwise it tells where the caller is.
func (s *sink) lock() reentry.Place {
	for range tries {
		if s.mu.TryLock() {
			return reentry.Outside
		}
	}
	place := reentry.Where()
	if place == reentry.Outside {
		s.mu.Lock()
	}
	return place
}

// release gives up the lock, and does what was left to do by those who could not wait for it.
func (s *sink) release() {
	s.mu.Unlock()
	if s.backlog.Waiting() {
		s.drain()
	}
}

// leave leaves a job to whoever holds the lock. Its error goes to OnError.
func (s *sink) leave(job func() error) {
	s.backlog.Put(func() {
		if err := attempt(job); err != nil {
			s.failed = append(s.failed, err)
		}
	})
	s.drain() // the holder may have gone already
}

// attempt runs job. A panic is an error: it must not keep the jobs behind it from running.
func attempt(job func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return job()
}

func (s *sink) drain() {
	for s.backlog.Waiting() && s.mu.TryLock() {
		for _, err := range s.workLocked() {
			s.fail(err)
		}
	}
}

// workLocked runs the backlog, releases the lock, and returns the errors.
func (s *sink) workLocked() []error {
	defer s.mu.Unlock()
	s.backlog.Run()
	failed := s.failed
	s.failed = nil
	return failed
}

// write writes one line. The lock is held.
//
//go:noinline
func (s *sink) write(line []byte) error {
	n, err := s.w.Write(line)
	if err == nil && n < len(line) {
		err = io.ErrShortWrite
	}
	if s.closed { // nobody will flush this line later
		err = errors.Join(err, s.flush())
	}
	return err
}

// flush flushes the writer. The lock is held.
//
//go:noinline
func (s *sink) flush() error {
	if f, ok := s.w.(interface{ Flush() error }); ok {
		return f.Flush()
	}
	return nil
}

// A graceful writer takes lines while it is being closed.
type graceful interface {
	Shutdown(ctx context.Context) error
}

// close flushes the writer, and closes it if it is owned and not graceful. The lock is held.
//
//go:noinline
func (s *sink) close() error {
	if s.closed {
		return nil
	}
	s.closed = true
	err := s.flush()
	if _, ok := s.w.(graceful); ok || !s.owned || isStandard(s.w) {
		return err
	}
	if c, ok := s.w.(io.Closer); ok {
		err = errors.Join(err, c.Close())
	}
	return err
}

// isStandard reports whether w is a stream that the whole process shares.
func isStandard(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && (f == os.Stdout || f == os.Stderr)
}

// fail reports the error of a write, and returns it as one that was reported.
func (s *sink) fail(err error) error {
	err = writeError(err)
	s.errors.Report(err)
	return onerror.Reported(err)
}

func writeError(err error) error { return fmt.Errorf("format: write: %w", err) }
