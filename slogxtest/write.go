// SPDX-License-Identifier: MIT

package slogxtest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"
)

var writeRules = []rule{
	{
		"one-write",
		"a handler writes each record with one Write, or another process's lines land in the middle of it",
		oneWrite,
	},
	{
		"one-lock",
		"a handler and all that is derived from it share one lock: no two calls of Write overlap, and each line is whole",
		oneLock,
	},
	{
		"writer-error",
		"a Write that fails loses its own record only",
		writerError,
	},
	{
		"writer-panic",
		"a Write that panics leaves no lock behind",
		writerPanic,
	},
}

func oneWrite(k *kit) error {
	b := k.bench()
	for _, br := range []branch{b.root(), b.root().withN("p", 3), b.root().in("g").withN("p", 20)} {
		for range 3 {
			r := newRecord("message", someAttrs("given", 8)...)
			if _, err := b.handle(br.handler, r); err != nil {
				return fmt.Errorf("logging through %v: %w", br, err)
			}
		}
	}
	return nil
}

func oneLock(k *kit) error {
	b := k.bench()
	b.writer.slow = true
	root := b.root()
	group := root.in("g")
	clones := []branch{root, root.withN("a", 2), group, group.withN("b", 1), root.withN("c", 1).in("h").withN("d", 9)}
	return b.crowd(func(worker, i int) branch { return clones[(worker+i)%len(clones)] })
}

// How many goroutines a crowd has, and how many records each of them logs.
const (
	crowdWorkers = 8
	crowdRecords = 40
)

// crowd logs from many goroutines at once, each record through the branch that choose returns,
// and checks that every record was written whole and once.
func (b *bench) crowd(choose func(worker, i int) branch) error {
	var mu sync.Mutex
	var errs []error
	want := map[string]branch{}
	var workers sync.WaitGroup
	for worker := range crowdWorkers {
		workers.Go(func() {
			for i := range crowdRecords {
				br, message := choose(worker, i), fmt.Sprintf("message %d of worker %d", i, worker)
				err := br.handler.Handle(context.Background(), newRecord(message, slog.String("given", message)))
				mu.Lock()
				want[message] = br
				errs = append(errs, err)
				mu.Unlock()
			}
		})
	}
	workers.Wait()
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("Handle returned an error: %w", err)
	}
	if err := b.writer.problem(); err != nil {
		return err
	}
	return b.compare(want)
}

// compare checks that what was written is one record for each message, logged through its branch.
func (b *bench) compare(want map[string]branch) error {
	found := map[string]int{}
	for _, w := range b.written() {
		m, err := b.target.Parse(w)
		if err != nil {
			return err
		}
		message, _ := m[slog.MessageKey].(string)
		br, ok := want[message]
		if !ok {
			return fmt.Errorf("a line that nobody logged: %q", abbreviate(string(w)))
		}
		found[message]++
		if err := sameContent(m, br.want(slog.String("given", message))); err != nil {
			return fmt.Errorf("logging through %v: %w", br, err)
		}
	}
	for message := range want {
		if found[message] != b.copies() {
			return fmt.Errorf("%q was written %d times, want %d", message, found[message], b.copies())
		}
	}
	return nil
}

func writerError(k *kit) error {
	b := k.bench()
	br := b.root().withN("p", 2)
	b.writer.before = func() error { return errors.New("disk full") }
	// The error may be returned or reported elsewhere.
	_ = br.handler.Handle(context.Background(), newRecord("lost", someAttrs("lost", 2)...))
	b.written()
	b.writer.before = nil
	return b.checkAll(br, b.root())
}

func writerPanic(k *kit) error {
	b := k.bench()
	br := b.root().withN("p", 2)
	b.writer.before = func() error { panic("a writer that panics") }
	stuck := rule{check: func(*kit) error {
		logAndRecover(br.handler)
		b.written()
		b.writer.before = nil
		return b.checkAll(br, b.root())
	}}
	done := make(chan error, 1)
	go func() { done <- (&kit{}).run(stuck) }()
	select {
	case err := <-done:
		return err
	case <-time.After(k.patience):
		return errors.New("the handler is stuck after a panic in Write")
	}
}

// logAndRecover logs one record. Who recovers a writer's panic, the handler or its caller, is no rule.
func logAndRecover(h slog.Handler) {
	defer func() { _ = recover() }()
	_ = h.Handle(context.Background(), newRecord("lost"))
}
