// SPDX-License-Identifier: MIT

package torture_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

const maxBytes = 4 << 10

// A steady writer keeps every line, and rotates by size: app.log.000001 is the oldest segment.
type steady struct {
	mu   sync.Mutex
	dir  string
	max  int64
	f    *os.File
	size int64
	n    int // segments that were finished
}

func openSteady(dir string) (*steady, error) {
	s := &steady{dir: dir, max: maxBytes, n: len(segments(dir)) - 1}
	return s, s.open()
}

func (s *steady) path() string { return filepath.Join(s.dir, "app.log") }

// open ends a line that a process which was killed has left without a line break.
func (s *steady) open() error {
	f, err := os.OpenFile(s.path(), os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o640)
	if err != nil {
		return err
	}
	if err := f.Chmod(0o640); err != nil { // whatever the umask
		return err
	}
	info, err := f.Stat()
	if err != nil {
		return err
	}
	s.f, s.size = f, info.Size()
	last := []byte{'\n'}
	if s.size > 0 {
		if _, err = f.ReadAt(last, s.size-1); err == nil && last[0] != '\n' {
			_, err = f.WriteString("\n")
			s.size++
		}
	}
	return err
}

func (s *steady) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.size > 0 && s.size+int64(len(p)) > s.max {
		if err := s.rotate(); err != nil {
			return 0, err
		}
	}
	n, err := s.f.Write(p)
	s.size += int64(n)
	return n, err
}

func (s *steady) rotate() error {
	backup := fmt.Sprintf("%s.%06d", s.path(), s.n+1)
	if err := os.Rename(s.path(), backup); err != nil {
		return err
	}
	s.n++
	if err := s.f.Close(); err != nil {
		return err
	}
	return s.open()
}

func (s *steady) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.f.Close()
}

// locked calls f while no line is written.
func (s *steady) locked(f func() error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return f()
}

// segments returns the paths of the segments from the oldest to the one that is written to.
func segments(dir string) []string {
	var paths []string
	entries, err := os.ReadDir(dir)
	if err != nil {
		panic(err)
	}
	for _, e := range entries {
		if number := strings.TrimPrefix(e.Name(), "app.log."); len(number) == 6 && strings.Trim(number, "0123456789") == "" {
			paths = append(paths, filepath.Join(dir, e.Name()))
		}
	}
	slices.Sort(paths)
	return append(paths, filepath.Join(dir, "app.log"))
}

// A mutant is a writer with a fault.
type mutant struct {
	*steady
	mu    sync.Mutex
	calls int
	fault func(call int, p []byte, w io.Writer) (int, error)
}

func (m *mutant) Write(p []byte) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.calls++
	return m.fault(m.calls, p, m.steady)
}

// nowAndThen is one call in a hundred.
func nowAndThen(call int) bool { return call%100 == 50 }

func opener(open func(dir string) (*steady, error), fault func(call int, p []byte, w io.Writer) (int, error)) func(string) (io.WriteCloser, error) {
	return func(dir string) (io.WriteCloser, error) {
		s, err := open(dir)
		if fault == nil || err != nil {
			return s, err
		}
		return &mutant{steady: s, fault: fault}, nil
	}
}

// short are payloads of lines of which many fit into a segment. Without any, those of two runs could be the same.
func short(r *rand.Rand) int { return 20 + r.IntN(40) }

// neighbours puts files beside the log that are nobody's business.
func neighbours(t *testing.T, dir string) {
	t.Helper()
	for _, name := range []string{"app.log.bak", "app.log.1x", "app.access.log", "app.log.000001.old"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte("a neighbour's\n"), 0o600))
	}
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "app.log.d", "deep"), 0o750))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "app.log.d", "deep", "x"), nil, 0o600))
}
