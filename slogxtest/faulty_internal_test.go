// SPDX-License-Identifier: MIT

package slogxtest

import (
	"bytes"
	"context"
	"encoding"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"
)

// A faulty is a handler that writes JSON and keeps every rule, except for the one bug that it is asked to have.
type faulty struct {
	bug    string
	opts   *faultyOptions
	w      io.Writer
	mu     *sync.Mutex
	shared *faultyShared

	bound    []boundAttr
	groups   []string
	late     []boundAttr // bug "late leak": bound before the last WithAttrs
	replayed []boundAttr // bug "late leak": what the first record left
	children *atomic.Int64
}

type boundAttr struct {
	groups []string
	attr   slog.Attr
}

type faultyOptions struct {
	Level slog.Leveler
	Limit *int
	Tags  map[string][]string
	hook  func()
}

// faultyShared is what all clones share, to their harm.
type faultyShared struct {
	asked   bool // Enabled was called
	failed  bool // a Write failed
	scratch []boundAttr
}

func newFaulty(bug string, opts *faultyOptions, w io.Writer) *faulty {
	if bug == "changes options" {
		*opts.Limit++
	}
	shared := &faultyShared{scratch: make([]boundAttr, 0, 256)}
	return &faulty{bug: bug, opts: opts, w: w, mu: new(sync.Mutex), shared: shared, children: new(atomic.Int64)}
}

func (h *faulty) Enabled(_ context.Context, level slog.Level) bool {
	if h.bug == "needs Enabled" {
		h.shared.asked = true
	}
	if h.bug == "enabled below its level" {
		return true
	}
	return level >= h.opts.Level.Level()
}

func (h *faulty) clone() *faulty {
	c := *h
	if h.bug == "lock of its own" {
		c.mu = new(sync.Mutex)
	}
	c.children = new(atomic.Int64)
	return &c
}

func (h *faulty) WithAttrs(attrs []slog.Attr) slog.Handler {
	if len(attrs) == 0 && h.bug != "copies for nothing" {
		if h.bug == "forgets for nothing" {
			return newFaulty(h.bug, h.opts, h.w)
		}
		return h
	}
	c := h.clone()
	if h.bug == "changes the receiver" {
		c = h
	}
	bound := h.bound
	if h.bug != "aliased attrs" {
		bound = slices.Clip(bound)
	}
	if h.bug == "tires" && h.children.Add(1) > 100 {
		return c
	}
	for _, a := range attrs {
		bound = append(bound, boundAttr{h.groups, a})
	}
	if h.bug == "late leak" {
		c.late, c.replayed = h.bound, nil
	}
	c.bound = bound
	return c
}

func (h *faulty) WithGroup(name string) slog.Handler {
	if name == "" && h.bug != "opens a group without a name" {
		return h
	}
	c := h.clone()
	switch h.bug {
	case "drops groups":
		return c
	case "aliased groups":
		c.groups = append(h.groups, name)
	case "moves earlier attrs":
		c.groups = append(slices.Clip(h.groups), name)
		c.bound = slices.Clone(h.bound)
		for i := range c.bound {
			c.bound[i].groups = c.groups
		}
	default:
		c.groups = append(slices.Clip(h.groups), name)
	}
	return c
}

func (h *faulty) Handle(ctx context.Context, r slog.Record) error {
	if h.refuses(ctx, r) {
		return nil
	}
	m := h.builtins(r)
	for _, b := range h.replay() {
		h.put(inside(m, b.groups), b.attr)
	}
	open := func() map[string]any { return inside(m, h.groups) }
	if h.bug == "adds to the record" {
		r.AddAttrs(slog.String("extra", "x"))
	}
	r.Attrs(func(a slog.Attr) bool {
		if a.Key != "extra" && !omitted(a) {
			h.put(open(), a)
		}
		return true
	})
	line, err := h.marshal(m)
	if err != nil {
		return err
	}
	return h.write(line)
}

// refuses reports whether a bug loses the record.
func (h *faulty) refuses(ctx context.Context, r slog.Record) bool {
	switch h.bug {
	case "asks the context":
		return ctx.Err() != nil
	case "needs Enabled":
		return !h.shared.asked
	case "needs a message":
		return r.Message == ""
	case "refuses bad UTF-8":
		return !utf8.ValidString(r.Message)
	case "stays broken":
		return h.shared.failed
	}
	return false
}

func (h *faulty) builtins(r slog.Record) map[string]any {
	m := map[string]any{slog.LevelKey: r.Level.String(), slog.MessageKey: r.Message}
	if !r.Time.IsZero() || h.bug == "prints the zero time" {
		m[slog.TimeKey] = r.Time.Format(time.RFC3339Nano)
	}
	if h.bug == "cuts long messages" {
		m[slog.MessageKey] = r.Message[:min(len(r.Message), 1<<16)]
	}
	return m
}

// replay returns what is bound. With its bug, siblings share the array that the first record of each fills,
// so that only the second record of the first sibling shows it.
func (h *faulty) replay() []boundAttr {
	if h.bug != "late leak" {
		return h.bound
	}
	if h.replayed == nil {
		all := append(h.shared.scratch[:0], h.late...)
		h.replayed = append(all, h.bound[len(h.late):]...)
	}
	return h.replayed
}

func omitted(a slog.Attr) bool {
	return a.Equal(slog.Attr{}) || a.Value.Kind() == slog.KindGroup && len(a.Value.Group()) == 0
}

// put puts an attribute into m.
func (h *faulty) put(m map[string]any, a slog.Attr) {
	v := h.resolve(a.Value)
	if v.Kind() != slog.KindGroup {
		if plain, ok := h.plain(v); ok {
			m[a.Key] = plain
		}
		return
	}
	group := v.Group()
	if h.bug == "resolves in place" {
		for i := range group {
			group[i].Value = group[i].Value.Resolve()
		}
	}
	if a.Key != "" && len(group) > 0 {
		m = inside(m, []string{a.Key})
	}
	for _, inner := range group {
		if !omitted(inner) {
			h.put(m, inner)
		}
	}
}

func (h *faulty) resolve(v slog.Value) slog.Value {
	switch h.bug {
	case "calls LogValue":
		if v.Kind() == slog.KindLogValuer {
			return v.LogValuer().LogValue()
		}
	case "follows LogValue for ever":
		for v.Kind() == slog.KindLogValuer {
			v = v.LogValuer().LogValue()
		}
	}
	return v.Resolve()
}

// plain returns what json can marshal.
func (h *faulty) plain(v slog.Value) (plain any, ok bool) {
	defer func() {
		if p := recover(); p != nil {
			if h.bug == "panics" {
				panic(p)
			}
			plain, ok = fmt.Sprint("!PANIC: ", p), h.bug != "drops bad values"
		}
	}()
	x := v.Any()
	var text []byte
	var err error
	switch x := x.(type) {
	case error:
		return x.Error(), true
	case fmt.Stringer:
		return x.String(), true
	case json.Marshaler:
		text, err = x.MarshalJSON()
	case encoding.TextMarshaler:
		text, err = x.MarshalText()
	default:
		return x, true
	}
	if err != nil {
		return "!ERROR: " + err.Error(), h.bug != "drops values in error"
	}
	return string(text), true
}

func (h *faulty) marshal(m map[string]any) ([]byte, error) {
	line, err := json.Marshal(m)
	switch h.bug {
	case "prints line breaks":
		line = bytes.ReplaceAll(line, []byte(`\n`), []byte("\n"))
	case "quotes nothing":
		line = bytes.ReplaceAll(line, []byte(`\"`), []byte(`"`))
	}
	return append(line, '\n'), err
}

func (h *faulty) write(line []byte) error {
	h.mu.Lock()
	if h.bug == "keeps the lock" {
		_, err := h.w.Write(line)
		h.mu.Unlock()
		return err
	}
	defer h.mu.Unlock()
	if h.bug == "two writes" {
		_, err := h.w.Write(bytes.TrimSuffix(line, []byte("\n")))
		_, _ = io.Copy(h.w, strings.NewReader("\n"))
		return err
	}
	_, err := h.w.Write(line)
	if h.bug == "stays broken" {
		h.shared.failed = err != nil
	}
	return err
}
