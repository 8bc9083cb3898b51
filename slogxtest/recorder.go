// SPDX-License-Identifier: MIT

package slogxtest

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"

	"github.com/slogx/slogx/internal/record"
)

// A Recorder is a [slog.Handler] that keeps the records that it handles.
// It is what Python's assertLogs returns, usable anywhere.
//
// What is derived from it by WithAttrs and WithGroup keeps its records in the same place.
// It is safe for concurrent use; records are in the order in which they were handled.
type Recorder struct {
	level slog.Leveler  // nil is every level
	scope *record.Scope // what is bound
	store *store
}

// A store holds the records of a recorder and of all that is derived from it.
type store struct {
	mu      sync.Mutex
	records []Record
}

// NewRecorder returns a recorder for records at the given level and up. A nil level is every level.
func NewRecorder(level slog.Leveler) *Recorder {
	return &Recorder{level: level, store: &store{}}
}

// Enabled reports whether records at the given level are kept.
func (r *Recorder) Enabled(_ context.Context, level slog.Level) bool {
	return r.level == nil || level >= r.level.Level()
}

// Handle keeps the record, unless its level is too low. The error is always nil.
// LogValuers are resolved; what other values point to is not copied.
func (r *Recorder) Handle(ctx context.Context, sr slog.Record) error {
	if !r.Enabled(ctx, sr.Level) {
		return nil
	}
	kept := newKept(r.scope, sr)
	r.store.mu.Lock()
	defer r.store.mu.Unlock()
	r.store.records = append(r.store.records, kept)
	return nil
}

// WithAttrs returns a handler whose records have attrs too. LogValuers are resolved once, here.
func (r *Recorder) WithAttrs(attrs []slog.Attr) slog.Handler {
	if len(attrs) == 0 {
		return r
	}
	return &Recorder{r.level, r.scope.WithAttrs(record.Resolve(attrs)), r.store}
}

// WithGroup returns a handler that puts later attributes into the group.
func (r *Recorder) WithGroup(name string) slog.Handler {
	if name == "" {
		return r
	}
	return &Recorder{r.level, r.scope.WithGroup(name), r.store}
}

// Reentrant reports that Handle may be called by what it calls itself: it calls nothing under its lock.
// The tree then hands on at once what a LogValue method logs.
func (r *Recorder) Reentrant() bool { return true }

// Records returns what was recorded since the start, or since the last Reset or Take.
func (r *Recorder) Records() []Record {
	r.store.mu.Lock()
	defer r.store.mu.Unlock()
	return slices.Clone(r.store.records)
}

// Take returns what Records does, and forgets it.
func (r *Recorder) Take() []Record {
	r.store.mu.Lock()
	defer r.store.mu.Unlock()
	records := r.store.records
	r.store.records = nil
	return records
}

// Reset forgets what was recorded.
func (r *Recorder) Reset() { r.Take() }

// Len returns the number of records.
func (r *Recorder) Len() int {
	r.store.mu.Lock()
	defer r.store.mu.Unlock()
	return len(r.store.records)
}

// Messages returns the messages of the records, without attributes.
func (r *Recorder) Messages() []string {
	var messages []string
	for _, kept := range r.Records() {
		messages = append(messages, kept.Message)
	}
	return messages
}

// String returns the records as Python's assertLogs prints them, one to a line; see [Record.String].
func (r *Recorder) String() string { return lines(r.Records()) }

func lines(records []Record) string {
	var s []string
	for _, kept := range records {
		s = append(s, kept.String())
	}
	return strings.Join(s, "\n")
}
