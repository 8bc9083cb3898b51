// SPDX-License-Identifier: MIT

package tree_test

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/slogx/slogx/internal/testhelp"
	"github.com/slogx/slogx/tree"
)

// A recorder keeps what it handles as text. It is a foreign handler: it has no method but those of
// slog.Handler, so that the tree knows nothing of it.
type recorder struct {
	kept   *kept
	level  slog.Leveler // nil is every level
	prefix string       // of the open groups
	bound  string       // what With has bound
}

type kept struct {
	mu       sync.Mutex
	lines    []string
	messages []string
}

func newRecorder(level slog.Leveler) *recorder { return &recorder{kept: &kept{}, level: level} }

func (r *recorder) Enabled(_ context.Context, level slog.Level) bool {
	return r.level == nil || level >= r.level.Level()
}

func (r *recorder) Handle(_ context.Context, sr slog.Record) error {
	line := sr.Level.String() + " " + sr.Message + r.bound
	sr.Attrs(func(a slog.Attr) bool {
		line += flat(r.prefix, a)
		return true
	})
	r.kept.mu.Lock()
	defer r.kept.mu.Unlock()
	r.kept.lines = append(r.kept.lines, line)
	r.kept.messages = append(r.kept.messages, sr.Message)
	return nil
}

func (r *recorder) WithAttrs(attrs []slog.Attr) slog.Handler {
	next := *r
	for _, a := range attrs {
		next.bound += flat(r.prefix, a)
	}
	return &next
}

func (r *recorder) WithGroup(name string) slog.Handler {
	next := *r
	next.prefix += name + "."
	return &next
}

// flat prints an attribute as " key=value", those of a group with dotted keys.
func flat(prefix string, a slog.Attr) string {
	a.Value = a.Value.Resolve()
	if a.Equal(slog.Attr{}) {
		return ""
	}
	if a.Value.Kind() != slog.KindGroup {
		return fmt.Sprintf(" %s%s=%v", prefix, a.Key, a.Value)
	}
	if a.Key != "" {
		prefix += a.Key + "."
	}
	var s strings.Builder
	for _, inner := range a.Value.Group() {
		s.WriteString(flat(prefix, inner))
	}
	return s.String()
}

// take returns the lines so far, with level, name and attributes, and forgets them.
func (r *recorder) take() []string {
	r.kept.mu.Lock()
	defer r.kept.mu.Unlock()
	lines := r.kept.lines
	r.kept.lines, r.kept.messages = nil, nil
	return lines
}

// messages returns the messages so far.
func (r *recorder) messages() []string {
	r.kept.mu.Lock()
	defer r.kept.mu.Unlock()
	return append([]string{}, r.kept.messages...)
}

// A stub is a handler made of functions. Those that are nil do what slog.DiscardHandler does not:
// take every level, fail never, and bind nothing.
type stub struct {
	enabled   func(context.Context, slog.Level) bool
	handle    func(context.Context, slog.Record) error
	withAttrs func([]slog.Attr) slog.Handler
	withGroup func(string) slog.Handler
}

func (s *stub) Enabled(ctx context.Context, level slog.Level) bool {
	return s.enabled == nil || s.enabled(ctx, level)
}

func (s *stub) Handle(ctx context.Context, r slog.Record) error {
	if s.handle == nil {
		return nil
	}
	return s.handle(ctx, r)
}

func (s *stub) WithAttrs(attrs []slog.Attr) slog.Handler {
	if s.withAttrs == nil {
		return s
	}
	return s.withAttrs(attrs)
}

func (s *stub) WithGroup(name string) slog.Handler {
	if s.withGroup == nil {
		return s
	}
	return s.withGroup(name)
}

// never is for handlers that take nothing.
func never(context.Context, slog.Level) bool { return false }

// handling returns a handler that calls f with each record.
func handling(f func(slog.Record) error) *stub {
	return &stub{handle: func(_ context.Context, r slog.Record) error { return f(r) }}
}

// newTree returns a tree that fails the test with the first error that goes to OnError.
func newTree(t *testing.T) *tree.Tree {
	t.Helper()
	var once sync.Once
	return tree.New(&tree.Options{OnError: func(err error) {
		once.Do(func() {
			if t.Context().Err() == nil { // else it is from a goroutine that a failed test left
				t.Errorf("OnError: %v", err)
			}
		})
	}})
}

// failures collects what goes to OnError.
type failures struct {
	mu   sync.Mutex
	errs []error
}

func (f *failures) add(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.errs = append(f.errs, err)
}

// take returns the texts of the errors so far, and forgets them.
func (f *failures) take() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	texts := []string{}
	for _, err := range f.errs {
		texts = append(texts, err.Error())
	}
	f.errs = nil
	return texts
}

// newFailingTree returns a tree whose errors are collected.
func newFailingTree() (*tree.Tree, *failures) {
	var f failures
	return tree.New(&tree.Options{OnError: f.add}), &f
}

// inTime fails the test if f hangs.
func inTime(t *testing.T, f func()) {
	t.Helper()
	testhelp.InTime(t, f)
}

// onStderr returns what f prints to os.Stderr. Tests that use it must not run in parallel.
func onStderr(t *testing.T, f func()) string {
	t.Helper()
	return testhelp.Stderr(t, f)
}

var seedFlag = flag.Uint64("seed", 0, "seed of the random tests; 0 takes a new one")

// random returns random numbers, and prints the seed if the test fails.
func random(t *testing.T) *rand.Rand {
	seed := *seedFlag
	if seed == 0 {
		seed = rand.Uint64()
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("go test -run '^%s$' -args -seed=%d", t.Name(), seed)
		}
	})
	return rand.New(rand.NewPCG(seed, seed))
}

// pick returns one of the items.
func pick[T any](rnd *rand.Rand, items ...T) T { return items[rnd.IntN(len(items))] }

// plainJSON returns slog's JSON handler for all levels, without the time.
func plainJSON(w io.Writer) slog.Handler {
	return slog.NewJSONHandler(w, &slog.HandlerOptions{Level: slog.Level(-1000), ReplaceAttr: dropTime})
}

// plainText returns slog's text handler for all levels, without the time.
func plainText(w io.Writer) slog.Handler {
	return slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.Level(-1000), ReplaceAttr: dropTime})
}

func dropTime(groups []string, a slog.Attr) slog.Attr {
	if len(groups) == 0 && a.Key == slog.TimeKey {
		return slog.Attr{}
	}
	return a
}
