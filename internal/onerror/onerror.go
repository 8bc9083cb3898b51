// SPDX-License-Identifier: MIT

// Package onerror is the way out for errors that nobody else takes:
// slog drops what Handle returns.
package onerror

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/slogx/slogx/internal/text"
)

// Interval is the shortest time between two lines of [Stderr].
const Interval = time.Second

var stderr struct {
	mu         sync.Mutex
	last       time.Time // when the last line was printed
	suppressed int       // errors since then
}

// Stderr prints err to os.Stderr, at most a line each [Interval] in the whole process,
// with the number of errors that were left out since the last line.
// It is safe for concurrent use.
func Stderr(err error) {
	s := &stderr
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	if !s.last.IsZero() && now.Sub(s.last) < Interval && !now.Before(s.last) {
		s.suppressed++
		return
	}
	more := ""
	if s.suppressed > 0 {
		more = fmt.Sprintf(" (%d more suppressed)", s.suppressed)
	}
	s.last, s.suppressed = now, 0
	line := strings.TrimPrefix(fmt.Sprint(err), "slogx: ") // which those of the package slogx begin with themselves
	fmt.Fprintf(os.Stderr, "slogx: %s%s\n", text.AppendEscaped(nil, line), more)
}

// Reported marks err as one that has been reported already: a [Reporter] further up does not
// report it a second time.
func Reported(err error) error { return reported{err} }

type reported struct{ error }

func (r reported) Unwrap() error { return r.error }
