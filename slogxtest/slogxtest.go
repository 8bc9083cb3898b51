// SPDX-License-Identifier: MIT

// Package slogxtest tests handlers and code that logs: a conformance kit for every [slog.Handler],
// a recorder, and assertions in the manner of Python's assertLogs and assertNoLogs.
package slogxtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"slices"
	"testing"
	"testing/slogtest"
)

// A Target is a kind of handler, made ready for [TestHandler].
type Target struct {
	// New returns a fresh handler that writes to w, each record with one Write, and has nothing bound.
	// If the handler has a method Close() error, it is called when a rule is done with the handler.
	New func(w io.Writer) slog.Handler

	// Parse turns what one Write wrote into the map that [slogtest.TestHandler] describes:
	// a nested map for each group, and slog's keys for time, level and message.
	// What the layout leaves out on purpose, Parse adds; what the handler adds on its own, Parse removes.
	Parse func(written []byte) (map[string]any, error)

	// Level is the lowest level that the handler takes. The zero Level is [slog.LevelInfo],
	// which is slog's own default; it may not be higher. [math.MinInt] is every level.
	Level slog.Level

	// Copies is how many times the handler writes each record, with the same content. The zero is once.
	Copies int

	// Flush, if not nil, makes a handler that was returned by New write what it still holds.
	Flush func(h slog.Handler)

	// Options, if not nil, returns the options that New has given to every handler,
	// or a pointer to them. The kit compares all that can be reached from there.
	Options func() any

	// Except names the rules that the handler does not keep, each with the reason.
	// They are skipped, and the reason is printed.
	Except map[string]string
}

// TestHandler tests that a handler keeps the contract of [slog.Handler], and what users of one rely on.
// Each rule is a subtest, and a failure prints the rule that was broken:
//
//   - slogtest: all of [slogtest.Run]
//   - sibling-attrs, sibling-groups, sibling-mixed, concurrent-derive: handlers that were derived from one
//     handler never see each other's attributes and groups
//   - receiver, group-values: WithAttrs, WithGroup and Handle change neither the handler nor a value
//   - empty-group-name, no-attrs, empty-same: WithGroup("") and WithAttrs(nil) return the receiver
//   - one-write, one-lock, writer-error, writer-panic: a record is one Write, one at a time for the handler
//     and all that is derived from it, also after a failure
//   - enabled, context, zero-record, record-unchanged: what Enabled and Handle make of their arguments
//   - long-message, empty-message, awkward-text, line-breaks, invalid-utf8: any text is one whole line
//   - logvaluer-panic, logvaluer-endless, nil-pointer, value-panic, value-error: a bad value loses no
//     record and reaches no caller
//   - options: the handler does not change the options that it was given
//
// Run it with the race detector: it sees more of concurrent-derive and one-lock than the kit can.
func TestHandler(t *testing.T, target Target) {
	t.Helper()
	if err := target.validate(); err != nil {
		t.Fatal(err)
	}
	k := newKit(target)
	t.Run(slogtestRule, func(t *testing.T) {
		skipIfExcepted(t, target, slogtestRule)
		runSlogtest(t, k)
	})
	for _, r := range rules {
		t.Run(r.name, func(t *testing.T) {
			skipIfExcepted(t, target, r.name)
			if err := k.run(r); err != nil {
				t.Errorf("%v\nbroken rule %s: %s", err, r.name, r.text)
			}
		})
	}
}

// slogtestRule is the name of the rule that testing/slogtest checks.
const slogtestRule = "slogtest"

func (target Target) validate() error {
	var errs []error
	if target.New == nil || target.Parse == nil {
		errs = append(errs, errors.New("slogxtest: a Target needs New and Parse"))
	}
	if target.Level > slog.LevelInfo {
		errs = append(errs, fmt.Errorf("slogxtest: Target.Level is %v: the rules log at INFO", target.Level))
	}
	for _, name := range slices.Sorted(maps.Keys(target.Except)) {
		known := func(r rule) bool { return r.name == name }
		if name != slogtestRule && !slices.ContainsFunc(rules, known) {
			errs = append(errs, fmt.Errorf("slogxtest: Target.Except: no rule is called %q", name))
		}
		if target.Except[name] == "" {
			errs = append(errs, fmt.Errorf("slogxtest: Target.Except: %q has no reason", name))
		}
	}
	return errors.Join(errs...)
}

// runSlogtest runs each case of testing/slogtest on a bench of its own.
func runSlogtest(t *testing.T, k *kit) {
	var b *bench
	slogtest.Run(t, func(*testing.T) slog.Handler {
		b = k.bench()
		return b.handler
	}, func(t *testing.T) map[string]any {
		t.Cleanup(k.close)
		m, err := b.take()
		if err != nil {
			t.Fatal(err)
		}
		return m
	})
}

// ParseJSON is [Target.Parse] for handlers that write a JSON object for each record.
func ParseJSON(written []byte) (map[string]any, error) {
	var m map[string]any
	if err := json.Unmarshal(written, &m); err != nil {
		return nil, fmt.Errorf("slogxtest: parse %q: %w", abbreviate(string(written)), err)
	}
	return m, nil
}
