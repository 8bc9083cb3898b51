// SPDX-License-Identifier: MIT

package slogxtest

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"reflect"
	"runtime"
	"runtime/debug"
	"slices"
	"testing"
	"time"
)

// A rule is something that every handler has to keep.
type rule struct {
	name  string
	text  string // the rule in words, printed where it is broken
	check func(*kit) error
}

// rules are the rules of [TestHandler] besides testing/slogtest, in the order in which they are checked.
var rules = slices.Concat(deriveRules, emptyRules, writeRules, recordRules, textRules, valueRules, optionRules)

// A kit runs rules on one target.
type kit struct {
	target   Target
	options  string        // what the options looked like before the first handler was made
	patience time.Duration // how long a handler may take for a few records before it counts as stuck
	benches  []*bench
}

func newKit(target Target) *kit {
	k := &kit{target: target, patience: 30 * time.Second}
	if target.Options != nil {
		k.options = snapshot(target.Options())
	}
	return k
}

// run checks one rule. A panic of the handler is an error like any other.
func (k *kit) run(r rule) (err error) {
	defer k.close()
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return r.check(k)
}

// close closes the handlers that were made since the last close, where they can be.
func (k *kit) close() {
	for _, b := range k.benches {
		if c, ok := b.handler.(io.Closer); ok {
			// What Close returns is no part of slog's contract.
			_ = c.Close()
		}
	}
	k.benches = nil
}

// A bench is a fresh handler under test, and the writer that it writes to.
type bench struct {
	target  Target
	writer  *writer
	handler slog.Handler
}

func (k *kit) bench() *bench {
	b := &bench{target: k.target, writer: &writer{}}
	b.handler = k.target.New(b.writer)
	k.benches = append(k.benches, b)
	return b
}

func (b *bench) root() branch { return branch{handler: b.handler} }

// copies is how many times the handler writes each record.
func (b *bench) copies() int { return max(b.target.Copies, 1) }

// written returns what was written since the last call, one element for each Write.
func (b *bench) written() [][]byte {
	if b.target.Flush != nil {
		b.target.Flush(b.handler)
	}
	return b.writer.take()
}

// take returns the one record that was written since the last call.
func (b *bench) take() (map[string]any, error) {
	writes := b.written()
	if len(writes) != b.copies() {
		return nil, fmt.Errorf("one record made %d calls of Write, want %d: %q", len(writes), b.copies(), abbreviateAll(writes))
	}
	first, err := b.target.Parse(writes[0])
	if err != nil {
		return nil, err
	}
	for _, w := range writes[1:] {
		m, err := b.target.Parse(w)
		if err != nil {
			return nil, err
		}
		if !reflect.DeepEqual(content(m), content(first)) {
			return nil, fmt.Errorf("two copies of one record differ: %q", abbreviateAll(writes))
		}
	}
	return first, nil
}

// handle hands r to h and returns the record that was written, which must have the message of r.
func (b *bench) handle(h slog.Handler, r slog.Record) (map[string]any, error) {
	if err := h.Handle(context.Background(), r); err != nil {
		return nil, fmt.Errorf("Handle returned an error: %w", err)
	}
	m, err := b.take()
	if err != nil {
		return nil, err
	}
	if got := m[slog.MessageKey]; got != r.Message && (got != nil || r.Message != "") {
		return nil, fmt.Errorf("the message is %s, want %s", brief(got), brief(r.Message))
	}
	return m, nil
}

// check logs through a branch, and compares all attributes with what was bound and given.
func (b *bench) check(br branch) error {
	given := slog.String("given", "with the record")
	m, err := b.handle(br.handler, newRecord("message", given))
	if err != nil {
		return fmt.Errorf("logging through %v: %w", br, err)
	}
	if err := sameContent(m, br.want(given)); err != nil {
		return fmt.Errorf("logging through %v: %w", br, err)
	}
	return nil
}

// checkAll checks the branches in the order given.
func (b *bench) checkAll(branches ...branch) error {
	for _, br := range branches {
		if err := b.check(br); err != nil {
			return err
		}
	}
	return nil
}

// newRecord returns a record as a logger would make it.
func newRecord(message string, attrs ...slog.Attr) slog.Record {
	var pcs [1]uintptr
	runtime.Callers(2, pcs[:])
	r := slog.NewRecord(time.Now(), slog.LevelInfo, message, pcs[0])
	r.AddAttrs(attrs...)
	return r
}

// content returns the attributes of a parsed record, without what slog itself adds.
func content(m map[string]any) map[string]any {
	m = maps.Clone(m)
	for _, key := range []string{slog.TimeKey, slog.LevelKey, slog.MessageKey, slog.SourceKey} {
		delete(m, key)
	}
	return m
}

// sameContent compares the attributes of a parsed record with those that it should have.
func sameContent(m, want map[string]any) error {
	if got := content(m); !reflect.DeepEqual(got, want) {
		return fmt.Errorf("the attributes differ\n got %v\nwant %v", got, want)
	}
	return nil
}

func skipIfExcepted(t *testing.T, target Target, rule string) {
	t.Helper()
	if reason, ok := target.Except[rule]; ok {
		t.Skipf("rule %s is excepted: %s", rule, reason)
	}
}

// maxShown is how much of a long text an error shows.
const maxShown = 200

func abbreviate(s string) string {
	if len(s) <= maxShown {
		return s
	}
	return fmt.Sprintf("%s… (%d bytes)", s[:maxShown], len(s))
}

func abbreviateAll(writes [][]byte) []string {
	var out []string
	for _, w := range writes {
		out = append(out, abbreviate(string(w)))
	}
	return out
}

// brief prints a value that may be long.
func brief(v any) string { return abbreviate(fmt.Sprintf("%#v", v)) }
