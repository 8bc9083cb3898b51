// SPDX-License-Identifier: MIT

package torture

import (
	"context"
	"io"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// A Plan says how a writer is tortured. Only Open is required.
//
// Without Time, Kills, Outside and Inside, each goroutine writes exactly Lines lines. Otherwise it writes on, at a lower pace,
// until each of these is done: Time has passed, the last child was killed, and all functions have returned.
type Plan struct {
	// Dir is where the writer writes. If empty, it is a new directory that is removed after the test.
	Dir string

	// Open opens the writer in the directory. It is called once in each process, and again for Restarts.
	Open func(dir string) (io.WriteCloser, error)

	// Processes is how many children of this process write at a time. If zero, this process writes.
	Processes int

	// Goroutines is how many of them write to the writer of each process. If zero, they are 4.
	Goroutines int

	// Lines is how many lines each goroutine writes at least. If zero, they are 1000.
	Lines int

	// Bytes returns the length of the next line's payload, to be drawn from r and from nothing else: lines are made
	// again to check them. The rest of a line has about 20 bytes. If nil, they are usual lines, and a few long ones.
	Bytes func(r *rand.Rand) int

	// Time is how long lines are written at least. See [Long].
	Time time.Duration

	// Pause is how long a goroutine pauses at most after each line, for a random time.
	// With a fake clock it makes lines fall in different periods.
	Pause time.Duration

	// Restarts is how many times the writer is closed and opened anew in each process, between lines.
	Restarts int

	// Kills is how many times a child is killed while it writes. It needs Processes.
	Kills int

	// Outside are disturbances that run alongside in this process: who renames files, takes rights away, or fills the disk.
	// The context is done when all else is. Lines are written until each function has returned.
	Outside []func(ctx context.Context)

	// Inside are disturbances that run in each process that writes, with its writer, as in calls of Rotate.
	// They end like those of Outside, and also before each of Restarts.
	Inside []func(ctx context.Context, w io.WriteCloser)

	// Resume is how long after the last disturbance Write may still return errors.
	Resume time.Duration

	// Seed is what lines are made from. If zero, it is that of [Seed].
	Seed uint64
}

// Run writes the lines of the plan, and returns what the writer made of them. A writer that cannot be opened or closed,
// and a child that ends on its own, fail the test.
func Run(t testing.TB, p Plan) *Log {
	t.Helper()
	p.check(t)
	if j, ok := jobOfThisProcess(t); ok {
		j.run(t, p) // does not return
	}
	if p.Dir == "" {
		p.Dir = t.TempDir()
	}
	if p.Seed == 0 {
		p.Seed = Seed(t)
	}
	private := t.TempDir()
	b, err := openBook(filepath.Join(private, bookName), max(1, p.Processes)*p.Goroutines)
	if err != nil {
		t.Fatalf("torture: %v", err)
	}
	defer b.close()
	r := &run{t: t, plan: &p, book: b, private: private, unknown: make([][]int64, b.workers)}
	if p.exact() {
		b.setPhase(phaseExact)
	}
	if p.Processes == 0 {
		r.here()
	} else {
		r.elsewhere()
	}
	return r.log()
}

// check reports a plan that is none, and fills in what is left out.
func (p *Plan) check(t testing.TB) {
	t.Helper()
	switch {
	case p.Open == nil:
		t.Fatal("torture: Plan.Open is nil")
	case p.Kills > 0 && p.Processes == 0:
		t.Fatal("torture: Plan.Kills needs Plan.Processes")
	}
	if p.Goroutines == 0 {
		p.Goroutines = 4
	}
	if p.Lines == 0 {
		p.Lines = 1000
	}
	if p.Bytes == nil {
		p.Bytes = usualBytes
	}
}

// exact reports whether only Lines says how many lines there are.
func (p *Plan) exact() bool {
	return p.Time == 0 && p.Kills == 0 && len(p.Outside) == 0 && len(p.Inside) == 0
}

// A run is what the parent knows of one.
type run struct {
	t       testing.TB
	plan    *Plan
	book    *book
	private string // a directory for the book and for what children leave
	unknown [][]int64
	kills   int
	found   []Violation // by the children
}

// here has this process write.
func (r *run) here() {
	r.t.Helper()
	p := newProcess(r.plan, r.book, 0)
	ended := make(chan struct{})
	var err error
	go func() {
		defer close(ended)
		err = p.work()
	}()
	r.conduct(p.reached, ended, nil)
	<-ended
	if err != nil {
		r.t.Errorf("torture: %v", err)
	}
}

// conduct runs the disturbances, and tells who writes when they are over. ended is closed when nobody writes any more.
func (r *run) conduct(reached, ended <-chan struct{}, kill func()) {
	if r.plan.exact() {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var outside sync.WaitGroup
	for _, f := range r.plan.Outside {
		outside.Go(func() { f(ctx) })
	}
	timer := time.NewTimer(r.plan.Time)
	defer timer.Stop()
	if kill != nil {
		kill()
	}
	wait(reached, ended)
	wait(timer.C, ended)
	cancel()
	outside.Wait()
	r.book.setPhase(phaseCalm)
}

// wait returns when either channel has something or is closed.
func wait[T any](c <-chan T, ended <-chan struct{}) {
	select {
	case <-c:
	case <-ended:
	}
}
