// SPDX-License-Identifier: MIT

package config

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/tree"
)

// A state is what documents have done to one tree: what a later one leaves out returns to what it
// was, and not to leftovers. It is kept with the tree.
type state struct {
	mu sync.Mutex // held while a document is applied

	nodes    map[*tree.Node]*touched
	handlers map[string]*openHandler // of the present document, by name
}

// touched is what a node was before a document changed it.
type touched struct {
	level     *slog.Leveler // nil: no document has changed it
	propagate *bool
	filters   *[]filter.Filter
	handlers  []slog.Handler // those that the present document has added
}

type stateKey struct{}

func stateOf(t *tree.Tree) *state {
	return t.Value(stateKey{}, func() any { return &state{nodes: map[*tree.Node]*touched{}} }).(*state)
}

// Apply makes t what the document says, in one step for those who log; also are changes that are made in the
// same step. If a file cannot be opened, nothing changes. Handlers that are replaced are closed afterwards;
// lines that are under way to them still arrive. What [Config.Warnings] has goes to the tree's OnError.
//
// As in Python, loggers that the document names lose the handlers that they have, loggers below them what was
// configured. What a document leaves out, the root included, is what it was before any document. With disable_existing_loggers, all other loggers
// that there are get disabled; without, those that were disabled are not any more. Unlike in Python, that is what
// happens where the document does not say. An incremental document changes levels and propagate only.
func (c *Config) Apply(t *tree.Tree, also ...func(*tree.Batch)) error {
	before, err := c.swap(t, also)
	if err != nil {
		return fmt.Errorf("config: %w", err)
	}
	for _, warning := range c.plan.warnings {
		t.Report(fmt.Errorf("config: %w", warning))
	}
	return t.Close(context.Background(), before...) // but for those that are still there
}

// swap applies the document, and returns the handlers that there were.
func (c *Config) swap(t *tree.Tree, also []func(*tree.Batch)) (before []slog.Handler, err error) {
	s := stateOf(t)
	s.mu.Lock()
	defer s.mu.Unlock()
	if c.plan.incremental {
		return nil, s.increment(t, c.plan, also)
	}
	if err := c.plan.checkFiles(); err != nil {
		return nil, err
	}
	opened, err := c.plan.open()
	if err != nil {
		return nil, err
	}
	before = handlersOf(t)
	for _, h := range s.handlers {
		if p, ok := h.inner.(*perLogger); ok {
			p.retire()
		}
	}
	t.Update(func(b *tree.Batch) {
		s.configure(t, b, c.plan, opened)
		for _, change := range also {
			change(b)
		}
	})
	s.handlers = opened
	return before, nil
}

// Check reports what stands in the way of applying the document, as far as that can be told without opening anything: files
// in directories that do not exist, or that may not be written to.
func (c *Config) Check() error {
	if err := c.plan.checkFiles(); err != nil {
		return fmt.Errorf("config: %w", err)
	}
	return nil
}

func (p *plan) checkFiles() error {
	var errs []error
	seen := map[string]*filePlan{}
	for _, id := range p.ids() {
		if h := p.handlers[id]; h.used {
			for _, file := range h.files {
				errs = append(errs, file.check(seen))
			}
		}
	}
	return errors.Join(errs...)
}

// handlersOf returns every handler of a tree.
func handlersOf(t *tree.Tree) (all []slog.Handler) {
	t.Walk(func(n *tree.Node) bool {
		all = append(all, n.Handlers()...)
		return true
	})
	return all
}

// configure collects the changes that make the tree what the plan says.
func (s *state) configure(t *tree.Tree, b *tree.Batch, p *plan, opened map[string]*openHandler) {
	named := map[*tree.Node]bool{}
	for _, l := range p.loggers {
		named[t.Node(l.name)] = true
	}
	for n, before := range s.nodes {
		if !named[n] {
			s.restore(b, n, before)
		}
	}
	t.Walk(func(n *tree.Node) bool {
		if !named[n] {
			s.existing(t, b, n, p)
		}
		return true
	})
	for _, l := range p.loggers { // in this order, as handlers are closed in the reverse one
		s.logger(b, t.Node(l.name), l, opened)
	}
}

// existing treats a node that the document does not name, as Python does.
func (s *state) existing(t *tree.Tree, b *tree.Batch, n *tree.Node, p *plan) {
	if n == t.Node("") {
		return
	}
	if !p.namesAbove(n.Name()) {
		b.SetDisabled(n, p.disableExisting)
		return
	}
	b.SetDisabled(n, false)
	b.ClearHandlers(n)
	b.SetLevel(n, nil)
	b.SetPropagate(n, true)
}

// namesAbove reports whether the document names a logger that the given one stands below, other than the root.
func (p *plan) namesAbove(name string) bool {
	return slices.ContainsFunc(p.loggers, func(l *loggerPlan) bool {
		return l.name != "" && strings.HasPrefix(name, l.name+".")
	})
}

// restore gives a node back what it was before the first document.
func (s *state) restore(b *tree.Batch, n *tree.Node, before *touched) {
	for _, h := range before.handlers {
		b.RemoveHandler(n, h)
	}
	before.handlers = nil
	before.restoreSettings(b, n, &loggerPlan{})
	delete(s.nodes, n)
}

// restoreSettings gives back what the plan does not set.
func (before *touched) restoreSettings(b *tree.Batch, n *tree.Node, l *loggerPlan) {
	if before.level != nil && l.level == nil {
		b.SetLevel(n, *before.level)
		before.level = nil
	}
	if before.propagate != nil && l.propagate == nil {
		b.SetPropagate(n, *before.propagate)
		before.propagate = nil
	}
	if before.filters != nil && l.filters == nil {
		setFilters(b, n, *before.filters)
		before.filters = nil
	}
}

func setFilters(b *tree.Batch, n *tree.Node, filters []filter.Filter) {
	b.ClearFilters(n)
	for _, f := range filters {
		b.AddFilter(n, f)
	}
}

// logger configures a node that the document names.
func (s *state) logger(b *tree.Batch, n *tree.Node, l *loggerPlan, opened map[string]*openHandler) {
	before := s.nodes[n]
	if before == nil {
		before = &touched{}
		s.nodes[n] = before
	}
	before.restoreSettings(b, n, l)
	before.apply(b, n, l)
	b.SetDisabled(n, false)
	b.ClearHandlers(n)
	before.handlers = slices.Clone(l.given)
	for _, h := range l.handlers {
		before.handlers = append(before.handlers, opened[h.id].handler)
	}
	for _, h := range before.handlers {
		b.AddHandler(n, h)
	}
}

// apply sets what the plan says, and remembers what was there.
func (before *touched) apply(b *tree.Batch, n *tree.Node, l *loggerPlan) {
	if l.level != nil {
		if before.level == nil {
			was := n.Level()
			before.level = &was
		}
		b.SetLevel(n, *l.level)
	}
	if l.propagate != nil {
		if before.propagate == nil {
			was := n.Propagate()
			before.propagate = &was
		}
		b.SetPropagate(n, *l.propagate)
	}
	if l.filters != nil {
		if before.filters == nil {
			was := n.Filters()
			before.filters = &was
		}
		setFilters(b, n, *l.filters)
	}
}

// increment changes levels and propagate, of loggers and of handlers that an earlier document has made.
func (s *state) increment(t *tree.Tree, p *plan, also []func(*tree.Batch)) error {
	var errs []error
	for _, id := range p.ids() {
		if s.handlers[id] == nil {
			errs = append(errs, p.handlers[id].at.Errorf("there is no handler %q to change", id))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	t.Update(func(b *tree.Batch) {
		for _, id := range p.ids() {
			if level := p.handlers[id].level; level != nil {
				s.changeLevel(b, s.handlers[id], level)
			}
		}
		for _, l := range p.loggers {
			n := t.Node(l.name)
			if s.nodes[n] == nil {
				s.nodes[n] = &touched{}
			}
			s.nodes[n].apply(b, n, l)
			b.SetDisabled(n, false)
		}
		for _, change := range also {
			change(b)
		}
	})
	return nil
}

// changeLevel gives a handler another level, wherever it hangs.
func (s *state) changeLevel(b *tree.Batch, h *openHandler, level slog.Leveler) {
	if h.level != nil {
		h.level.Set(level.Level())
		return
	}
	h.level = new(slog.LevelVar)
	h.level.Set(level.Level())
	wrapped := levels.NewHandler(h.handler, h.level)
	for n, before := range s.nodes {
		if i := slices.Index(before.handlers, h.handler); i >= 0 {
			b.ReplaceHandler(n, h.handler, wrapped)
			before.handlers[i] = wrapped
		}
	}
	h.handler = wrapped
}
