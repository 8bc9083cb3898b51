// SPDX-License-Identifier: MIT

package tree

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
)

// Shutdown takes all handlers from the tree, and flushes and closes them, the one that was added
// last first, and each once. It is Python's logging.shutdown.
// What is logged afterwards goes to the last resort, until handlers are added again.
// So does a record that was on its way to a handler that then fails because it is closed.
//
// A handler is flushed and closed by its methods Flush() error and Close() error, if it has them,
// or Shutdown(context.Context) error in place of Close; then, by way of Unwrap() slog.Handler,
// so is the one that it is around.
//
// Before that, filters with a method Flush() error tell what they have held back.
//
// Shutdown returns the errors of all handlers. When the context ends, it starts to close those that
// are left and returns at once, with the context's error for each that is not closed yet:
// closing goes on behind it. A second Shutdown finds no handlers, and is nil.
func (t *Tree) Shutdown(ctx context.Context) error {
	return errors.Join(t.flushFilters(), closeChains(ctx, chainsOf(t.takeHandlers())))
}

// flushFilters flushes the filters of nodes. Those of handlers, the handlers flush.
func (t *Tree) flushFilters() error {
	var sieves []*sieve
	t.mu.Lock()
	t.root.visitLocked(func(n *Node) { sieves = append(sieves, n.conf.filters...) })
	t.mu.Unlock()
	var errs []error
	for _, s := range sieves {
		f, ok := s.Filter.(interface{ Flush() error })
		if !ok {
			continue
		}
		if err := guarded(f.Flush); err != nil {
			errs = append(errs, fmt.Errorf("tree: flush filter %s: %w", name(f), err))
		}
	}
	return errors.Join(errs...)
}

// Close flushes and closes handlers that were removed from the tree, as [Tree.Shutdown] does.
// What is still on a node, or has a handler around it that is, stays open.
//
// A record may be on its way to a handler that was just removed. So what it writes to should take
// a late line, as a [github.com/slogx/slogx/rotate.File] does, which reopens itself for it;
// the error of one that does not goes to OnError.
func (t *Tree) Close(ctx context.Context, handlers ...slog.Handler) error {
	inUse := make(map[slog.Handler]bool)
	for _, h := range slices.Concat(chainsOf(t.attached())...) {
		if canCompare(h) {
			inUse[h] = true
		}
	}
	last := slices.Clone(handlers)
	slices.Reverse(last)
	var chains [][]slog.Handler
	for _, chain := range chainsOf(last) {
		chain = slices.DeleteFunc(chain, func(h slog.Handler) bool { return canCompare(h) && inUse[h] })
		if len(chain) > 0 {
			chains = append(chains, chain)
		}
	}
	return closeChains(ctx, chains)
}

// takeHandlers takes all handlers from the tree, and returns them, the one that was added last first.
func (t *Tree) takeHandlers() []slog.Handler {
	var leaves []*leaf
	t.change(func() {
		t.root.visitLocked(func(n *Node) {
			leaves = append(leaves, n.conf.leaves...)
			n.conf.leaves = nil
		})
		for _, l := range leaves {
			l.closed.Store(true)
		}
	})
	slices.SortFunc(leaves, func(a, b *leaf) int { return cmp.Compare(b.order, a.order) })
	return handlersOf(leaves)
}

// attached returns the handlers of the whole tree.
func (t *Tree) attached() []slog.Handler {
	var leaves []*leaf
	t.mu.Lock()
	defer t.mu.Unlock()
	t.root.visitLocked(func(n *Node) { leaves = append(leaves, n.conf.leaves...) })
	return handlersOf(leaves)
}

// visitLocked visits n and the nodes below, as far as anything was ever set on them.
func (n *Node) visitLocked(visit func(*Node)) {
	if n.conf != nil {
		visit(n)
	}
	for c := n.child; c != nil; c = c.sibling {
		c.visitLocked(visit)
	}
}

// chainsOf returns the handlers, each once and with those that it is around.
func chainsOf(handlers []slog.Handler) (chains [][]slog.Handler) {
	seen := make(map[slog.Handler]bool)
	for _, h := range handlers {
		if canCompare(h) {
			if seen[h] {
				continue // on another node, too
			}
			seen[h] = true
		}
		chains = append(chains, chainOf(h))
	}
	return chains
}

// chainOf returns a handler and those that it is around, the outermost first.
func chainOf(h slog.Handler) (chain []slog.Handler) {
	for h != nil && len(chain) < 100 { // one may be around itself
		chain = append(chain, h)
		h = inner(h)
	}
	return chain
}

// inner returns the handler that h is around, or nil. One that panics at the question is around none.
func inner(h slog.Handler) (next slog.Handler) {
	defer func() { _ = recover() }()
	if u, ok := h.(interface{ Unwrap() slog.Handler }); ok {
		return u.Unwrap()
	}
	return nil
}

// closeChains closes the handlers of all chains one chain after the other: a handler that several
// are around after all of these. When the context ends, it waits for none any more.
func closeChains(ctx context.Context, chains [][]slog.Handler) error {
	c := closing{users: make(map[slog.Handler]int)}
	for _, h := range slices.Concat(chains...) {
		if canCompare(h) {
			c.users[h]++
		}
	}
	var errs []error
	for _, chain := range chains {
		done := make(chan error, 1)
		go func() { done <- c.chain(ctx, chain) }()
		select {
		case err := <-done:
			errs = append(errs, err)
			continue
		case <-ctx.Done():
		}
		select {
		case err := <-done: // in time after all
			errs = append(errs, err)
		default:
			errs = append(errs, closeError(chain[0], context.Cause(ctx)))
		}
	}
	return errors.Join(errs...)
}

// A closing is the state of handlers that are being closed.
type closing struct {
	mu    sync.Mutex
	users map[slog.Handler]int // chains that are not closed as far as here
}

// chain closes the handlers of a chain, the outermost first, those left out that are in another chain yet.
func (c *closing) chain(ctx context.Context, chain []slog.Handler) error {
	var errs []error
	for _, h := range chain {
		if !c.isLast(h) {
			continue
		}
		if err := closeHandler(ctx, h); err != nil {
			errs = append(errs, closeError(h, err))
		}
	}
	return errors.Join(errs...)
}

// isLast reports whether all other chains are closed as far as h.
func (c *closing) isLast(h slog.Handler) bool {
	if !canCompare(h) {
		return true
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.users[h]--
	return c.users[h] == 0
}

func closeError(h slog.Handler, err error) error {
	return fmt.Errorf("tree: close %s: %w", name(h), err)
}

// closeHandler flushes and closes one handler, whatever of that it knows.
func closeHandler(ctx context.Context, h slog.Handler) error {
	var errs []error
	if f, ok := h.(interface{ Flush() error }); ok {
		errs = append(errs, guarded(f.Flush))
	}
	switch c := h.(type) {
	case interface{ Shutdown(context.Context) error }:
		errs = append(errs, guarded(func() error { return c.Shutdown(ctx) }))
	case interface{ Close() error }:
		errs = append(errs, guarded(c.Close))
	}
	return errors.Join(errs...)
}

// guarded calls f. Its panic is an error.
func guarded(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return f()
}
