// SPDX-License-Identifier: MIT

package torture

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"
)

// How lines are written once there are as many as the plan wants: in bursts, or a long
// disturbance would fill the disk.
const (
	burst     = 16
	burstRest = time.Millisecond
	faultRest = 200 * time.Microsecond // after a line that was rejected
	calmLines = 8                      // the last ones of each goroutine, when all is calm
)

// A process is one that writes: this one, as child or on its own.
type process struct {
	plan    *Plan
	book    *book
	slot    int
	left    atomic.Int64  // goroutines that have not written the lines of the plan
	reached chan struct{} // closed when there are none
}

func newProcess(p *Plan, b *book, slot int) *process {
	pr := &process{plan: p, book: b, slot: slot, reached: make(chan struct{})}
	pr.left.Store(int64(p.Goroutines))
	return pr
}

// work writes all that is to be written by this process, from where the one before it was killed.
func (p *process) work() error {
	for life := range p.plan.Restarts {
		target := int64(p.plan.Lines) * int64(life+1) / int64(p.plan.Restarts+1)
		if p.offered() >= target {
			continue
		}
		if err := p.live(func(w *worker, out io.Writer, _ func() bool) { w.writeUpTo(out, target) }); err != nil {
			return err
		}
	}
	return p.live(p.lastLife)
}

// offered returns how many lines each goroutine has offered at least.
func (p *process) offered() int64 {
	least := p.book.get(p.worker(0), cellOffered)
	for g := range p.plan.Goroutines {
		least = min(least, p.book.get(p.worker(g), cellOffered))
	}
	return least
}

func (p *process) worker(goroutine int) int { return p.slot*p.plan.Goroutines + goroutine }

// live opens the writer, has each goroutine write, and closes it. over tells a goroutine that no more lines are wanted.
func (p *process) live(write func(w *worker, out io.Writer, over func() bool)) error {
	out, err := p.plan.Open(p.plan.Dir)
	if err != nil {
		return fmt.Errorf("open the writer: %w", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	quiet := make(chan struct{})
	go func() {
		defer close(quiet)
		p.disturb(ctx, out)
	}()
	over := func() bool {
		if p.book.phase() == phaseStorm {
			return false
		}
		cancel()
		return isClosed(quiet)
	}
	var writers sync.WaitGroup
	for g := range p.plan.Goroutines {
		writers.Go(func() { write(newWorker(p, g), out, over) })
	}
	writers.Wait()
	cancel()
	<-quiet
	if err := out.Close(); err != nil {
		return fmt.Errorf("close the writer: %w", err)
	}
	return nil
}

// disturb runs the disturbances inside, until each has returned.
func (p *process) disturb(ctx context.Context, out io.WriteCloser) {
	var inside sync.WaitGroup
	for _, f := range p.plan.Inside {
		inside.Go(func() { f(ctx, out) })
	}
	inside.Wait()
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// lastLife is the life of a process that ends when the run does.
func (p *process) lastLife(w *worker, out io.Writer, over func() bool) {
	w.writeUpTo(out, int64(p.plan.Lines))
	if p.left.Add(-1) == 0 {
		close(p.reached)
	}
	if !p.plan.exact() {
		for !over() {
			for range 1 + w.rng.IntN(burst) {
				w.offer(out)
			}
			time.Sleep(burstRest)
		}
		w.calm(out)
	}
	p.book.set(w.number, cellDone, 1)
}

// A worker is a goroutine that writes.
type worker struct {
	plan   *Plan
	book   *book
	number int
	id     id // of the next line
	maker  *maker
	rng    *rand.Rand
}

func newWorker(p *process, goroutine int) *worker {
	number := p.worker(goroutine)
	next := p.book.get(number, cellOffered)
	return &worker{
		p.plan, p.book, number, id{p.slot, goroutine, next},
		newMaker(p.plan.Seed, p.plan.Bytes), rand.New(rand.NewPCG(p.plan.Seed, uint64(number)<<32+uint64(next))),
	}
}

func (w *worker) writeUpTo(out io.Writer, target int64) {
	for w.id.seq < target {
		w.offer(out)
	}
}

// offer writes one line, and enters what became of it. An outcome is entered after Write has returned, so that
// a process that is killed in between leaves a line of which nothing is claimed.
func (w *worker) offer(out io.Writer) error {
	line := w.maker.line(w.id)
	w.book.set(w.number, cellOffered, w.id.seq+1)
	n, err := out.Write(line)
	if err != nil {
		w.book.reject(w.number, w.id.seq, err)
		time.Sleep(faultRest)
	} else {
		if n != len(line) {
			w.book.add(w.number, cellFlawed)
		}
		w.book.add(w.number, cellAcked)
	}
	w.id.seq++
	if w.plan.Pause > 0 {
		time.Sleep(time.Duration(w.rng.Int64N(int64(w.plan.Pause))))
	}
	return err
}

// calm writes the lines by which it is seen whether the writer has recovered.
func (w *worker) calm(out io.Writer) {
	end := time.Now().Add(w.plan.Resume)
	for time.Now().Before(end) && w.offer(out) != nil {
	}
	w.book.set(w.number, cellCalm, w.id.seq)
	for range calmLines {
		w.offer(out)
	}
}
