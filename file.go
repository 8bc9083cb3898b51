// SPDX-License-Identifier: MIT

package slogx

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
)

// A file is a log file that loses no line: one that comes after Close, as its record was already
// on its way, is appended all the same, as Python's FileHandler does.
type file struct {
	path string // absolute: the working directory may change

	mu sync.Mutex
	f  *os.File // nil after Close
}

// openFile opens a file to append to, empty if truncate is set.
func openFile(path string, truncate bool) (*file, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("slogx: open %s: %w", path, err)
	}
	flags := os.O_WRONLY | os.O_CREATE | os.O_APPEND
	if truncate {
		flags |= os.O_TRUNC
	}
	f, err := os.OpenFile(abs, flags, 0o666)
	if err != nil {
		return nil, fmt.Errorf("slogx: %w", err)
	}
	return &file{path: abs, f: f}, nil
}

// Write appends p, after Close as well.
func (f *file) Write(p []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.f != nil {
		return f.f.Write(p)
	}
	late, err := os.OpenFile(f.path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o666)
	if err != nil {
		return 0, err
	}
	n, err := late.Write(p)
	if e := late.Close(); err == nil {
		err = e
	}
	return n, err
}

// Close closes the file. A second Close is nil.
func (f *file) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.f == nil {
		return nil
	}
	err := f.f.Close()
	f.f = nil
	return err
}

func (f *file) String() string { return f.path }
