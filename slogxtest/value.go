// SPDX-License-Identifier: MIT

package slogxtest

import (
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync/atomic"
)

var valueRules = []rule{
	{
		"logvaluer-panic",
		"a LogValue method that panics loses no record and reaches no caller",
		func(k *kit) error {
			return k.survive(map[string]any{
				"a LogValuer that panics": badLogValuer{}, "a nil LogValuer": (*goodLogValuer)(nil),
			})
		},
	},
	{
		"logvaluer-endless",
		"a LogValue method that returns its own receiver is given up, as slog.Value.Resolve does",
		logValuerEndless,
	},
	{
		"nil-pointer",
		"a nil pointer whose methods need more loses no record and reaches no caller",
		func(k *kit) error {
			return k.survive(map[string]any{
				"a nil Stringer": (*goodStringer)(nil), "a nil error": (*goodError)(nil), "a nil TextMarshaler": (*goodText)(nil),
			})
		},
	},
	{
		"value-panic",
		"an Error, String, MarshalJSON or MarshalText method that panics loses no record and reaches no caller",
		func(k *kit) error {
			return k.survive(map[string]any{
				"a Stringer that panics": badStringer{}, "an error that panics": badError{},
				"a json.Marshaler that panics": badJSON{}, "a TextMarshaler that panics": badText{},
			})
		},
	},
	{
		"value-error",
		"a value that cannot be marshalled leaves something in its place, and the rest of the record whole",
		valueError,
	},
}

func logValuerEndless(k *kit) error {
	calls := new(atomic.Int64)
	if err := k.survive(map[string]any{"an endless LogValuer": endless{calls}}); err != nil {
		return err
	}
	if calls.Load() > endlessLimit {
		return errors.New("the handler went on for ever")
	}
	return nil
}

func valueError(k *kit) error {
	return k.eachPlace(map[string]any{"a failing json.Marshaler": failingJSON{}, "a failing TextMarshaler": failingText{}},
		func(v any) error {
			if v == nil || v == "" {
				return errors.New("nothing stands in its place")
			}
			return nil
		})
}

// survive checks that a record with one of the values in it is written all the same.
func (k *kit) survive(values map[string]any) error {
	return k.eachPlace(values, func(any) error { return nil })
}

// A place is where a value can stand: log logs attrs there, and returns what stands there in the line.
type place struct {
	name string
	log  func(b *bench, attrs []slog.Attr) (map[string]any, error)
}

var places = []place{
	{"given", func(b *bench, attrs []slog.Attr) (map[string]any, error) {
		return b.try(b.root(), nil, attrs...)
	}},
	{"given in a group", func(b *bench, attrs []slog.Attr) (map[string]any, error) {
		return inGroup(b.try(b.root(), nil, slog.GroupAttrs("g", attrs...)))
	}},
	{"bound", func(b *bench, attrs []slog.Attr) (map[string]any, error) {
		return b.try(b.root(), attrs)
	}},
	{"bound in a group", func(b *bench, attrs []slog.Attr) (map[string]any, error) {
		return inGroup(b.try(b.root(), []slog.Attr{slog.GroupAttrs("g", attrs...)}))
	}},
	{"bound after WithGroup", func(b *bench, attrs []slog.Attr) (map[string]any, error) {
		return inGroup(b.try(b.root().in("g"), attrs))
	}},
}

// eachPlace logs each value in each place, and checks that the record has the value's key
// and all that surrounds it, and what look says about the value.
func (k *kit) eachPlace(values map[string]any, look func(any) error) error {
	for _, name := range slices.Sorted(maps.Keys(values)) {
		b := k.bench()
		for _, p := range places {
			m, err := p.log(b, []slog.Attr{slog.Any("bad", values[name]), slog.String("after", "whole")})
			if err == nil {
				err = rest(m, look)
			}
			if err != nil {
				return fmt.Errorf("%s, %s: %w", name, p.name, err)
			}
		}
	}
	return nil
}

// try binds and gives attributes that may make the handler panic.
func (b *bench) try(br branch, bound []slog.Attr, given ...slog.Attr) (m map[string]any, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the panic reached the caller: %v", p)
		}
	}()
	h := br.handler
	if len(bound) > 0 {
		h = h.WithAttrs(bound)
	}
	return b.handle(h, newRecord("message", given...))
}

func inGroup(m map[string]any, err error) (map[string]any, error) {
	if err != nil {
		return nil, err
	}
	g, ok := m["g"].(map[string]any)
	if !ok {
		return nil, fmt.Errorf("the group is missing: %v", m)
	}
	return g, nil
}

// rest checks what surrounds a bad value.
func rest(m map[string]any, look func(any) error) error {
	if m["after"] != "whole" {
		return fmt.Errorf("the attribute after it is missing: %v", m)
	}
	v, ok := m["bad"]
	if !ok {
		return fmt.Errorf("its key is missing: %v", m)
	}
	return look(v)
}

type (
	goodStringer  struct{ s string }
	goodError     struct{ s string }
	goodText      struct{ s string }
	goodLogValuer struct{ s string }

	badStringer  struct{}
	badError     struct{}
	badJSON      struct{}
	badText      struct{}
	badLogValuer struct{}

	failingJSON struct{}
	failingText struct{}

	endless struct{ calls *atomic.Int64 }
)

func (g *goodStringer) String() string           { return g.s }
func (g *goodError) Error() string               { return g.s }
func (g *goodText) MarshalText() ([]byte, error) { return []byte(g.s), nil }
func (g *goodLogValuer) LogValue() slog.Value    { return slog.StringValue(g.s) }
func (badStringer) String() string               { panic("String panicked") }
func (badError) Error() string                   { panic("Error panicked") }
func (badJSON) MarshalJSON() ([]byte, error)     { panic("MarshalJSON panicked") }
func (badText) MarshalText() ([]byte, error)     { panic("MarshalText panicked") }
func (badLogValuer) LogValue() slog.Value        { panic("LogValue panicked") }
func (failingJSON) MarshalJSON() ([]byte, error) { return nil, errors.New("MarshalJSON failed") }
func (failingText) MarshalText() ([]byte, error) { return nil, errors.New("MarshalText failed") }

// endlessLimit is far beyond the number of calls that slog.Value.Resolve makes in all places.
const endlessLimit = 1_000_000

// LogValue returns its receiver, until it is clear that nobody counts.
func (e endless) LogValue() slog.Value {
	if e.calls.Add(1) > endlessLimit {
		return slog.StringValue("given up")
	}
	return slog.AnyValue(e)
}
