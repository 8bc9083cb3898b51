// SPDX-License-Identifier: MIT

package config_test

import (
	"fmt"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/slogxtest"
	"github.com/slogx/slogx/tree"
)

func TestDisableExistingLoggers(t *testing.T) {
	tr := newTree(t)
	for _, name := range []string{"a", "a.b", "ab", "c", "c.d"} {
		tr.Logger(name)
	}
	disabled := func() (names []string) {
		tr.Walk(func(n *tree.Node) bool {
			if n.Disabled() {
				names = append(names, n.Name())
			}
			return true
		})
		return names
	}
	for _, tt := range []struct {
		text string
		want []string
	}{
		{"disable_existing_loggers: true, loggers: {a: {}}", []string{"ab", "c", "c.d"}},
		{"disable_existing_loggers: true, loggers: {c.d: {}}", []string{"a", "a.b", "ab", "c"}},
		{"disable_existing_loggers: true", []string{"a", "a.b", "ab", "c", "c.d"}},
		{"incremental: true, disable_existing_loggers: false, loggers: {c: {level: DEBUG}}", []string{"a", "a.b", "ab", "c.d"}},
		{"disable_existing_loggers: false", nil},
		{"disable_existing_loggers: 1, loggers: {root: {}}", []string{"a", "a.b", "ab", "c", "c.d"}},
		{"loggers: {x: {}}", nil},
		{"disable_existing_loggers: null", nil},
	} {
		apply(t, tr, "{version: 1, "+tt.text+"}")
		require.Equal(t, tt.want, disabled(), tt.text)
		require.False(t, tr.Node("").Disabled())
	}
	apply(t, tr, "{version: 1, disable_existing_loggers: true}")
	require.False(t, tr.Node("new").Disabled())
}

func TestLoggersBelowANamedOneAreReset(t *testing.T) {
	tr := newTree(t)
	below, beside := tr.Node("a.b"), tr.Node("ab")
	for _, n := range []*tree.Node{below, beside} {
		n.SetLevel(slog.LevelDebug)
		n.SetPropagate(false)
		n.AddHandler(slogxtest.NewRecorder(nil))
	}
	apply(t, tr, "{version: 1, loggers: {a: {}}}")
	require.Equal(t, []any{nil, true, 0}, []any{below.Level(), below.Propagate(), len(below.Handlers())})
	require.Equal(t, []any{slog.LevelDebug, false, 1}, []any{beside.Level(), beside.Propagate(), len(beside.Handlers())})
}

func TestIncrementalChangesLevelsAndPropagateOnly(t *testing.T) {
	of := recorders("swap_test.inc")
	tr := newTree(t)
	apply(t, tr, `{version: 1, filters: {l: {name: a}}, handlers: {h: {(): swap_test.inc, level: ERROR}, i: {(): swap_test.inc, filters: [l]}},
loggers: {a: {handlers: [i]}}, root: {level: NOTSET, handlers: [h]}}`)
	logAll := func(want string) {
		t.Helper()
		for _, level := range []slog.Level{slog.LevelDebug, slog.LevelInfo, slog.LevelError} {
			tr.Logger("a").Log(t.Context(), level, level.String())
		}
		require.Equal(t, want, fmt.Sprint("h", of("h").Messages(), "i", of("i").Messages()))
		of("h").Reset()
		of("i").Reset()
	}
	for _, tt := range []struct{ text, want string }{
		{"", "h[ERROR]i[DEBUG INFO ERROR]"},
		{"handlers: {h: {level: INFO}, i: {level: ERROR}}", "h[INFO ERROR]i[ERROR]"},
		{"handlers: {h: {class: no.Class, formatter: x, filters: [x]}}", "h[INFO ERROR]i[ERROR]"},
		{"handlers: {h: {level: 0}, i: {level: null}}", "h[INFO ERROR]i[ERROR]"},
		{"handlers: {h: {level: NOTSET}, i: {level: DEBUG}}", "h[DEBUG INFO ERROR]i[DEBUG INFO ERROR]"},
		{"loggers: {a: {level: INFO, handlers: [zz], filters: [zz]}}", "h[INFO ERROR]i[INFO ERROR]"},
		{"loggers: {a: {propagate: no}}", "h[]i[INFO ERROR]"},
		{"loggers: {a: {level: NOTSET, propagate: yes}}, root: {level: ERROR}", "h[ERROR]i[ERROR]"},
	} {
		apply(t, tr, "{version: 1, incremental: true, "+tt.text+"}")
		logAll(tt.want)
	}
	before := tr.String()
	c := parsed(t, "{version: 1, incremental: true, handlers: {h: {level: DEBUG}, z: {level: DEBUG}, y: {}}, root: {level: DEBUG}}")
	require.EqualError(t, c.Apply(tr), "config: handlers.y (line 1): there is no handler \"y\" to change\nhandlers.z (line 1): there is no handler \"z\" to change")
	require.Equal(t, before, tr.String())
	apply(t, tr, "version: 1")
	require.Equal(t, []int32{1, 1}, []int32{of("h").closed.Load(), of("i").closed.Load()})
	require.Equal(t, slog.LevelInfo, tr.Node("").EffectiveLevel(), "what it was before the first document")
}
