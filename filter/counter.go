// SPDX-License-Identifier: MIT

package filter

import (
	"context"
	"log/slog"
	"maps"
	"sync"
	"sync/atomic"
)

// A Counter is a [Filter] that passes every record and counts those that come by,
// by their logger and level. It is safe for concurrent use, and counts without a lock.
// A counter may hang at several places. It is made by [NewCounter].
type Counter struct {
	counts atomic.Pointer[map[source]*atomic.Int64] // copied to be added to, never changed

	mu sync.Mutex // held to add
}

// A source is what is counted apart. There are few: loggers are not removed from a tree either.
type source struct {
	logger string
	level  slog.Level
}

// NewCounter returns a counter that starts at zero.
func NewCounter() *Counter {
	c := new(Counter)
	c.counts.Store(new(map[source]*atomic.Int64))
	return c
}

// Filter implements [Filter]: it passes every record.
func (c *Counter) Filter(_ context.Context, r *Record) bool {
	from := source{r.Logger, r.Level}
	n, ok := (*c.counts.Load())[from]
	if !ok {
		n = c.add(from)
	}
	n.Add(1)
	return true
}

// add begins to count what comes from a source.
func (c *Counter) add(from source) *atomic.Int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	counts := *c.counts.Load()
	if n, ok := counts[from]; ok {
		return n
	}
	next := maps.Clone(counts)
	if next == nil {
		next = make(map[source]*atomic.Int64)
	}
	n := new(atomic.Int64)
	next[from] = n
	c.counts.Store(&next)
	return n
}

// Predict implements [Predictor]: it passes every record.
func (c *Counter) Predict(string, slog.Level) (pass, sure bool) { return true, true }

// Total returns how many records came by.
func (c *Counter) Total() int64 {
	var total int64
	for _, n := range *c.counts.Load() {
		total += n.Load()
	}
	return total
}

// ByLevel returns how many records came by of each level that did.
func (c *Counter) ByLevel() map[slog.Level]int64 {
	by := make(map[slog.Level]int64)
	for from, n := range *c.counts.Load() {
		by[from.level] += n.Load()
	}
	return by
}

// ByLogger returns how many records came by of each logger of which any did. The root is "".
func (c *Counter) ByLogger() map[string]int64 {
	by := make(map[string]int64)
	for from, n := range *c.counts.Load() {
		by[from.logger] += n.Load()
	}
	return by
}

func (c *Counter) String() string { return "Counter" }
