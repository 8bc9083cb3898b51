// SPDX-License-Identifier: MIT

package torture

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"sync"
	"sync/atomic"
	"time"
)

const (
	poll       = time.Millisecond
	lastBreath = 20 * time.Millisecond // a child is killed within that time after its first line
)

// A child is a process that writes for this one.
type child struct {
	job
	cmd    *exec.Cmd
	stdin  io.Closer
	out    bytes.Buffer
	acked  int64 // by those before it
	killed atomic.Bool
	ended  chan struct{}
	err    error // of its end
}

// parents are the tests that have children: in a child, two runs of one test could not be told apart.
var parents sync.Map

// elsewhere has children write.
func (r *run) elsewhere() {
	r.t.Helper()
	if _, loaded := parents.LoadOrStore(r.t.Name(), true); loaded {
		r.t.Fatal("torture: this test has had a Run with Plan.Processes: put each into a subtest")
	}
	r.t.Cleanup(func() { parents.Delete(r.t.Name()) })
	h := &herd{run: r, rng: rand.New(rand.NewPCG(r.plan.Seed, 0)), failed: make(chan struct{})}
	for slot := range r.plan.Processes {
		h.children = append(h.children, h.start(slot))
	}
	reached := make(chan struct{})
	go func() {
		defer close(reached)
		h.await(h.reached)
	}()
	defer func() { // there is something to do only after a failure
		h.fail()
		for _, c := range h.children {
			c.end()
		}
		<-reached
	}()
	r.conduct(reached, h.failed, h.killAll)
	<-reached
	for _, c := range h.children {
		if isClosed(h.failed) {
			c.end() // it may wait for what never comes
		}
		<-c.ended
		h.bury(c)
	}
}

// A herd is all children of a run.
type herd struct {
	*run
	rng      *rand.Rand
	children []*child // by slot
	once     sync.Once
	failed   chan struct{} // closed when a child has ended that should not
}

func (h *herd) start(slot int) *child {
	h.t.Helper()
	c := &child{
		job:   job{h.t.Name(), h.plan.Dir, h.private, slot, h.plan.Seed, h.plan.shape()},
		acked: h.acked(slot), ended: make(chan struct{}),
	}
	if err := c.start(); err != nil {
		h.t.Fatalf("torture: start a child: %v", err)
	}
	go func() {
		c.err = c.cmd.Wait()
		if c.err == nil && !h.done(slot) {
			c.err = errors.New("it has not come to Run")
		}
		failed := c.err != nil && !c.killed.Load()
		close(c.ended)
		if failed {
			h.fail()
		}
	}()
	return c
}

func (c *child) start() error {
	exe, err := os.Executable()
	if err != nil {
		return err
	}
	c.cmd = exec.Command(exe, c.args()...)
	c.cmd.Stdout, c.cmd.Stderr = &c.out, &c.out
	if c.cmd.Env, err = c.env(); err != nil {
		return err
	}
	if c.stdin, err = c.cmd.StdinPipe(); err != nil {
		return err
	}
	return c.cmd.Start()
}

func (h *herd) fail() { h.once.Do(func() { close(h.failed) }) }

func (c *child) kill() {
	c.killed.Store(true)
	_ = c.cmd.Process.Kill() // it may have ended
}

// end kills the child if it has not ended, and waits until it has.
func (c *child) end() {
	if !isClosed(c.ended) {
		c.kill()
	}
	<-c.ended
}

// done reports whether all goroutines of a process have ended as they should.
func (h *herd) done(slot int) bool {
	for g := range h.plan.Goroutines {
		if h.book.get(slot*h.plan.Goroutines+g, cellDone) == 0 {
			return false
		}
	}
	return true
}

// acked returns how many lines a process and those before it had acknowledged.
func (h *herd) acked(slot int) (n int64) {
	for g := range h.plan.Goroutines {
		n += h.book.get(slot*h.plan.Goroutines+g, cellAcked)
	}
	return n
}

// reached reports whether all lines of the plan are written.
func (h *herd) reached() bool {
	for worker := range h.book.workers {
		if h.book.get(worker, cellOffered) < int64(h.plan.Lines) {
			return false
		}
	}
	return true
}

// await waits until it is so, or never will be.
func (h *herd) await(so func() bool) {
	for !so() && !isClosed(h.failed) {
		time.Sleep(poll)
	}
}

// killAll kills as often as the plan says, each time one or several at once, and starts others in their place.
func (h *herd) killAll() {
	h.t.Helper()
	for left := h.plan.Kills; left > 0 && !isClosed(h.failed); {
		victims := h.rng.Perm(h.plan.Processes)[:1+h.rng.IntN(min(left, h.plan.Processes))]
		for _, slot := range victims {
			h.await(func() bool { return h.acked(slot) > h.children[slot].acked })
		}
		time.Sleep(time.Duration(h.rng.Int64N(int64(lastBreath))))
		if isClosed(h.failed) {
			return
		}
		for _, slot := range victims {
			h.children[slot].kill()
		}
		for _, slot := range victims {
			<-h.children[slot].ended
			h.bury(h.children[slot])
			h.children[slot] = h.start(slot)
		}
		left -= len(victims)
		h.kills += len(victims)
	}
}

// bury notes what a child that has ended leaves: lines of which nothing is known, and leaks.
func (h *herd) bury(c *child) {
	h.t.Helper()
	_ = c.stdin.Close()
	for g := range h.plan.Goroutines {
		worker := c.Slot*h.plan.Goroutines + g
		if h.book.unknown(worker, len(h.unknown[worker])) > 0 {
			h.unknown[worker] = append(h.unknown[worker], h.book.get(worker, cellOffered)-1)
		}
	}
	if c.killed.Load() {
		return // what it left is the operating system's
	}
	if c.err == nil {
		c.err = h.readLeaks(c)
	}
	if c.err != nil {
		out := c.out.Bytes()
		h.t.Errorf("torture: a child ended: %v\n%s", c.err, out[max(0, len(out)-8<<10):])
	}
}

func (h *herd) readLeaks(c *child) error {
	text, err := os.ReadFile(c.leaks())
	if err != nil {
		return err
	}
	var leaks []Violation
	if err := json.Unmarshal(text, &leaks); err != nil {
		return fmt.Errorf("%s: %w", c.leaks(), err)
	}
	h.found = append(h.found, leaks...)
	return nil
}
