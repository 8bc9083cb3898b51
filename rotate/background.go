// SPDX-License-Identifier: MIT

package rotate

import (
	"context"
	"sync"
)

// A background does jobs one after the other, in a goroutine that lives while there are any.
type background struct {
	ctx    context.Context // done when nobody waits for the jobs any more
	cancel context.CancelFunc

	mu   sync.Mutex
	jobs []func(context.Context)
	idle chan struct{} // closed when the goroutine ends; nil if there is none
}

func newBackground() *background {
	b := &background{}
	b.ctx, b.cancel = context.WithCancel(context.Background())
	return b
}

// do has a job done, after those before it.
func (b *background) do(job func(context.Context)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.jobs = append(b.jobs, job)
	if b.idle == nil {
		b.idle = make(chan struct{})
		go b.run()
	}
}

func (b *background) run() {
	for {
		b.mu.Lock()
		if len(b.jobs) == 0 {
			close(b.idle)
			b.idle = nil
			b.mu.Unlock()
			return
		}
		job := b.jobs[0]
		b.jobs = b.jobs[1:]
		b.mu.Unlock()
		job(b.ctx)
	}
}

// wait waits until all jobs are done, or ctx is: then it tells the jobs, and returns the error of ctx.
func (b *background) wait(ctx context.Context) error {
	b.mu.Lock()
	idle := b.idle
	b.mu.Unlock()
	if idle == nil {
		return nil
	}
	select {
	case <-idle:
		return nil
	case <-ctx.Done():
		b.cancel()
		return ctx.Err()
	}
}
