// SPDX-License-Identifier: MIT

package rotate

import (
	"context"
	"sync"
)

// A background does jobs one after the other, in a goroutine that lives while there are any.
type background struct {
	mu   sync.Mutex
	jobs []func()
	idle chan struct{} // closed when the goroutine ends; nil if there is none
}

// do has a job done, after those before it.
func (b *background) do(job func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.jobs = append(b.jobs, job)
	if b.idle == nil {
		b.idle = make(chan struct{})
		go b.run(b.idle)
	}
}

func (b *background) run(idle chan struct{}) {
	done := false
	defer func() {
		if !done { // a job has ended the goroutine, as a test that fails does
			go b.run(idle)
			return
		}
		close(idle)
	}()
	for job := b.next(); job != nil; job = b.next() {
		job()
	}
	done = true
}

// next takes the next job. Without one, the goroutine ends.
func (b *background) next() func() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.jobs) == 0 {
		b.idle = nil
		return nil
	}
	job := b.jobs[0]
	b.jobs = b.jobs[1:]
	return job
}

// wait waits until the jobs are done that there are, and the goroutine has ended if no more have come, or until
// ctx is done: then it returns the error of ctx.
func (b *background) wait(ctx context.Context) error {
	for _, until := range []func() <-chan struct{}{b.mark, b.end} {
		select {
		case <-until():
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// closed is a channel that has nothing to wait for.
var closed = func() chan struct{} { c := make(chan struct{}); close(c); return c }()

// mark returns what is closed when the jobs are done that there are.
func (b *background) mark() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.idle == nil {
		return closed
	}
	done := make(chan struct{})
	b.jobs = append(b.jobs, func() { close(done) })
	return done
}

// end returns what is closed when the goroutine ends, if it has nothing more to do.
func (b *background) end() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.jobs) > 0 || b.idle == nil {
		return closed
	}
	return b.idle
}
