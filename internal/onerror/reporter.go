// SPDX-License-Identifier: MIT

package onerror

import (
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/slogx/slogx/internal/reentry"
)

// A Reporter reports errors to a function, or to [Stderr] until it is given one.
// It is safe for concurrent use.
type Reporter struct {
	to      atomic.Pointer[func(error)]
	adopted atomic.Pointer[func(error)] // used while there is no other
}

var _ = reentry.MarkReport(call)

// Set makes f the function that takes the errors. Nil is none.
func (r *Reporter) Set(f func(error)) {
	if f == nil {
		r.to.Store(nil)
		return
	}
	r.to.Store(&f)
}

// Adopt has errors go to report, of another Reporter, while no function is set.
// The first one that adopts keeps r.
func (r *Reporter) Adopt(report func(error)) { r.adopted.CompareAndSwap(nil, &report) }

// Report reports err, unless it was [Reported] already. An error that the function causes itself,
// by logging or by a panic, goes to Stderr.
func (r *Reporter) Report(err error) {
	if wasReported(err) {
		return
	}
	f, up := r.to.Load(), r.adopted.Load()
	switch {
	case f != nil && !reentry.Reporting():
		call(*f, err)
	case f == nil && up != nil:
		(*up)(err)
	default:
		Stderr(err)
	}
}

// wasReported reports whether err, or an error in its tree, is marked.
// An error may be no good: a nil pointer, say, which panics when it is asked what it wraps.
func wasReported(err error) (marked bool) {
	defer func() { _ = recover() }()
	return errors.As(err, new(reported))
}

// call calls the function that takes the errors.
//
//go:noinline
func call(f func(error), err error) {
	defer func() {
		if p := recover(); p != nil {
			Stderr(errors.Join(err, fmt.Errorf("OnError: panic: %v", p)))
		}
	}()
	f(err)
}
