// SPDX-License-Identifier: MIT

package slogxtest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"slices"
)

var recordRules = []rule{
	{
		"enabled",
		"Enabled is true from the handler's level on and false below it, also after With; Handle does not need it",
		enabled,
	},
	{
		"context",
		"a record is written even if its context is cancelled, and a nil context does no harm",
		contextIgnored,
	},
	{
		"zero-record",
		"a record without time, source, message and attributes is written, without a time and a source",
		zeroRecord,
	},
	{
		"record-unchanged",
		"the record belongs to the caller, who may use it again: a handler adds to a clone of it",
		recordUnchanged,
	},
}

func enabled(k *kit) error {
	b := k.bench()
	// First of all, before Enabled was called.
	if err := b.check(b.root()); err != nil {
		return err
	}
	least := k.target.Level
	for _, br := range b.parents() {
		for _, level := range []slog.Level{least, least + 1, slog.LevelInfo, slog.LevelWarn, slog.LevelError, math.MaxInt} {
			if !br.handler.Enabled(context.Background(), level) {
				return fmt.Errorf("%v: Enabled(%v) is false, want true from %v on", br, level, least)
			}
		}
		// Below the least number there is no level.
		if least > math.MinInt && br.handler.Enabled(context.Background(), least-1) {
			return fmt.Errorf("%v: Enabled(%v) is true, want false below %v", br, least-1, least)
		}
	}
	return nil
}

func contextIgnored(k *kit) error {
	b := k.bench()
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	var none context.Context
	for _, c := range []struct {
		name string
		ctx  context.Context
	}{{"cancelled", cancelled}, {"nil", none}} {
		if !b.handler.Enabled(c.ctx, slog.LevelInfo) {
			return fmt.Errorf("with a context that is %s, Enabled(INFO) is false", c.name)
		}
		if err := b.handler.Handle(c.ctx, newRecord("message")); err != nil {
			return fmt.Errorf("with a context that is %s, Handle returned an error: %w", c.name, err)
		}
		if _, err := b.take(); err != nil {
			return fmt.Errorf("with a context that is %s: %w", c.name, err)
		}
	}
	return nil
}

func zeroRecord(k *kit) error {
	b := k.bench()
	for _, br := range b.parents() {
		m, err := b.handle(br.handler, slog.Record{})
		if err != nil {
			return fmt.Errorf("logging through %v: %w", br, err)
		}
		for _, key := range []string{slog.TimeKey, slog.SourceKey} {
			if v, ok := m[key]; ok {
				return fmt.Errorf("%s is %v, want none", key, v)
			}
		}
		if err := sameContent(m, br.want()); err != nil {
			return fmt.Errorf("logging through %v: %w", br, err)
		}
	}
	return nil
}

// recordUnchanged hands over records that share the array behind their attributes. A handler that adds to
// its copy of the record writes into that array, where AddAttrs of the next one finds it.
func recordUnchanged(k *kit) error {
	b := k.bench()
	for n := range 20 {
		attrs := someAttrs("k", n)
		// In two steps, or the array has no room left that a handler could write to.
		r := newRecord("message", attrs[:n/2]...)
		r.AddAttrs(attrs[n/2:]...)
		for _, br := range b.parents() {
			if err := b.use(br, r, attrs); err != nil {
				return fmt.Errorf("a record of %d attributes, logged through %v: %w", n, br, err)
			}
		}
		later := slog.String("later", "added by the caller")
		r.AddAttrs(later)
		if err := b.use(b.root(), r, append(attrs, later)); err != nil {
			return fmt.Errorf("a record of %d attributes and one that its caller added later: %w", n, err)
		}
	}
	return nil
}

// use logs r twice and checks that it has the given attributes, before and after.
func (b *bench) use(br branch, r slog.Record, attrs []slog.Attr) error {
	for range 2 {
		m, err := b.handle(br.handler, r)
		if err != nil {
			return err
		}
		if err := sameContent(m, br.want(attrs...)); err != nil {
			return err
		}
		var left []slog.Attr
		r.Attrs(func(a slog.Attr) bool {
			left = append(left, a)
			return true
		})
		if !slices.EqualFunc(left, attrs, slog.Attr.Equal) {
			return fmt.Errorf("Handle changed the attributes of the caller's record to %v", left)
		}
		// A copy that was not cloned, made to look at the array only.
		probe := r
		probe.AddAttrs()
		if probe.NumAttrs() != r.NumAttrs() {
			return errors.New("Handle added to the array that it shares with the caller's record")
		}
	}
	return nil
}
