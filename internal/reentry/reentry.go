// SPDX-License-Identifier: MIT

// Package reentry keeps a handler or a writer that logs from waiting for itself.
//
// A goroutine that is inside a handler or a writer must never wait for a lock that a handler or
// a writer holds: the holder may be itself, or wait for it in turn. So whoever finds such a lock
// taken asks [Where], and if it is inside leaves the work in a [Backlog] to whoever holds the lock.
// What is logged by work from a backlog is refused, or it would never end.
// The question costs a walk over the stack, and is asked only when the lock is taken.
package reentry

import (
	"errors"
	"reflect"
	"runtime"
	"sync"
	"sync/atomic"
)

// ErrRefused is the error for a line that was logged by a handler or a writer
// while it handled a line that it had logged itself.
var ErrRefused = errors.New("line refused: logged while handling a line that was logged by a handler or a writer")

// A Place says where a logging call comes from.
type Place int

// The places.
const (
	Outside   Place = iota // from the program
	Inside                 // from a handler or a writer
	InBacklog              // from a handler or a writer that handles what was left in a [Backlog]
)

// Marks of functions, as bits.
const (
	handles = 1 << iota // a handler or a writer runs below it
	works               // what was left in a backlog runs below it
	reports             // a function that takes errors runs below it
)

// marks holds the marks of functions by their names. It is written only while packages are initialized.
var marks = map[string]int{}

var _ = mark((*Backlog).Run, works)

// Mark makes [Where] answer [Inside] below the function fn, which must not be inlined.
// Mark may be called only while packages are initialized; what it returns means nothing.
func Mark(fn any) struct{} { return mark(fn, handles) }

// MarkReport makes [Reporting] true below the function fn. It is used as [Mark] is.
func MarkReport(fn any) struct{} { return mark(fn, reports) }

func mark(fn any, bit int) struct{} {
	marks[runtime.FuncForPC(reflect.ValueOf(fn).Pointer()).Name()] |= bit
	return struct{}{}
}

// Where tells from the stack of the calling goroutine where its logging call comes from.
func Where() Place {
	switch found := search(); {
	case found&works != 0:
		return InBacklog
	case found&handles != 0:
		return Inside
	default:
		return Outside
	}
}

// Reporting tells from the stack of the calling goroutine whether an error is being reported.
func Reporting() bool { return search()&reports != 0 }

// search returns the marks of all functions on the stack of the calling goroutine.
func search() (found int) {
	var pcs [64]uintptr
	for skip := 3; ; skip += len(pcs) {
		n := runtime.Callers(skip, pcs[:])
		for _, pc := range pcs[:n] {
			found |= marksOf(pc)
		}
		if n < len(pcs) {
			return found
		}
	}
}

// unmarked remembers return addresses that are in no marked function, each at a slot of its own:
// the name of a function is slow to find.
var unmarked [1024]atomic.Uintptr

func marksOf(pc uintptr) int {
	known := &unmarked[pc/4%uintptr(len(unmarked))]
	if known.Load() == pc {
		return 0
	}
	if f := runtime.FuncForPC(pc - 1); f != nil && marks[f.Name()] != 0 {
		return marks[f.Name()]
	}
	known.Store(pc)
	return 0
}

// A Backlog holds work that was left by goroutines that could not wait.
// The zero Backlog is empty and ready for use. It is safe for concurrent use.
type Backlog struct {
	waiting atomic.Bool // jobs is not empty

	mu   sync.Mutex
	jobs []func()
}

// Put leaves a job for the next [Backlog.Run].
func (b *Backlog) Put(job func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.jobs = append(b.jobs, job)
	b.waiting.Store(true)
}

// Waiting reports whether there is work to run. It takes no lock.
func (b *Backlog) Waiting() bool { return b.waiting.Load() }

// Run runs what is waiting, in the order in which it was left.
//
//go:noinline
func (b *Backlog) Run() {
	b.mu.Lock()
	jobs := b.jobs
	b.jobs = nil
	b.waiting.Store(false)
	b.mu.Unlock()
	for _, job := range jobs {
		job()
	}
}
