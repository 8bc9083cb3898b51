// SPDX-License-Identifier: MIT

package slogxtest

import (
	"bytes"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

// A writer keeps every Write apart, and sees calls that overlap. It is safe for concurrent use,
// so that the handler's own lock is the only thing in question.
type writer struct {
	slow   bool         // let other goroutines run inside Write
	before func() error // if not nil, called first; what it returns, Write returns
	inside atomic.Int32 // calls of Write that have not returned

	mu       sync.Mutex
	writes   [][]byte
	problems []error
}

// Write keeps a copy of p.
func (w *writer) Write(p []byte) (int, error) {
	if w.before != nil {
		if err := w.before(); err != nil {
			return 0, err
		}
	}
	if w.inside.Add(1) > 1 {
		w.report(errors.New("Write was called while another Write was under way"))
	}
	defer w.inside.Add(-1)
	kept := bytes.Clone(p)
	if w.slow {
		for range 4 {
			runtime.Gosched()
		}
		if !bytes.Equal(kept, p) {
			w.report(errors.New("the bytes given to Write changed while Write was under way"))
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.writes = append(w.writes, kept)
	return len(p), nil
}

func (w *writer) report(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.problems = append(w.problems, err)
}

// take returns what was written since the last call, one element for each Write.
func (w *writer) take() [][]byte {
	w.mu.Lock()
	defer w.mu.Unlock()
	writes := w.writes
	w.writes = nil
	return writes
}

// problem returns the first thing that went wrong in Write, and how many others did.
func (w *writer) problem() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.problems) == 0 {
		return nil
	}
	return fmt.Errorf("%w (and %d times more)", w.problems[0], len(w.problems)-1)
}
