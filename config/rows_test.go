// SPDX-License-Identifier: MIT

package config_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/config"
	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/slogxtest"
)

// What Python's documentation and code say of dictConfig and fileConfig is compared with CPython by the goldens of
// internal/oracle/configs. Here is what these cannot show.

// As in Python, so that what the program's own classes do comes in an order that is known.
func TestHandlersAreMadeInTheOrderOfTheirNames(t *testing.T) {
	var made []string
	config.Register("rows_test.Noted", func(a *config.Args) (slog.Handler, error) {
		made = append(made, a.ID())
		return slog.DiscardHandler, nil
	})
	apply(t, newTree(t), `{version: 1, root: {handlers: [b, c]}, loggers: {x: {handlers: [a]}},
handlers: {c: {(): rows_test.Noted}, a: {(): rows_test.Noted}, b: {(): rows_test.Noted}}}`)
	require.Equal(t, []string{"a", "b", "c"}, made)
}

// The caller's map is as it was, and can be applied again, whatever in it stands for something else.
func TestAGoMapIsNotChanged(t *testing.T) {
	t.Setenv("SLOGX_TEST_NAME", "app")
	dir := filepath.ToSlash(t.TempDir())
	document := func() map[string]any {
		return map[string]any{
			"version": 1, "environment": true, "level": "INFO", "names": []any{"h"},
			"handlers": map[string]any{
				"h": map[string]any{"class": "logging.FileHandler", "filename": dir + "/${SLOGX_TEST_NAME}.log"},
				"s": map[string]any{"class": "logging.StreamHandler", "stream": "ext://sys.stdout", ".": map[string]any{"stream": "ext://sys.stderr"}},
			},
			"loggers": map[string]any{"a": map[string]any{"handlers": []string{"s"}, "level": "cfg://level"}},
			"root":    map[string]any{"handlers": "cfg://names"},
		}
	}
	given := document()
	tr := newTree(t)
	for range 2 {
		require.NoError(t, config.Apply(tr, given))
		require.Equal(t, document(), given)
		tr.Logger("b").Error("m")
	}
	require.Equal(t, map[string]string{"app.log": "m\nm\n"}, filesOf(t, dir))
}

// A filter may be anything that filters: a name, an object, a function.
func TestAFilterInAGoMapMayBeAFunction(t *testing.T) {
	rec := slogxtest.NewRecorder(nil)
	tr := newTree(t)
	no := func(word string) func(context.Context, *filter.Record) bool {
		return func(_ context.Context, r *filter.Record) bool { return r.Message != word }
	}
	config.Register("rows_test.Rec", func(*config.Args) (slog.Handler, error) { return rec, nil })
	require.NoError(t, config.Apply(tr, map[string]any{
		"version":  1,
		"filters":  map[string]any{"named": map[string]any{"name": "a"}},
		"handlers": map[string]any{"h": map[string]any{"()": "rows_test.Rec", "filters": []any{"named", no("one"), filter.Func(no("two"))}}},
		"loggers":  map[string]any{"a": map[string]any{"filters": []any{no("three")}}},
		"root":     map[string]any{"handlers": []any{"h"}},
	}))
	for _, word := range []string{"one", "two", "three", "four"} {
		tr.Logger("a").Error(word)
		tr.Logger("b").Error(word)
	}
	require.Equal(t, []string{"four"}, rec.Messages())
}

// What stands under the dot is an argument, of whatever is made.
func TestAttributesAreArguments(t *testing.T) {
	rec := slogxtest.NewRecorder(nil)
	tr := newTree(t)
	config.Register("rows_test.Dotted", func(a *config.Args) (slog.Handler, error) {
		require.Equal(t, "x", a.String("terminator", ""))
		return rec, nil
	})
	apply(t, tr, `{version: 1, filters: {f: {(): logging.Filter, ".": {name: a}}},
handlers: {h: {(): rows_test.Dotted, filters: [f], ".": {terminator: x}}}, root: {handlers: [h]}}`)
	tr.Logger("a").Error("one")
	tr.Logger("b").Error("two")
	require.Equal(t, []string{"one"}, rec.Messages())
}

// An INI file cannot say these, and Python reads over them.
func TestWhatAnINIFileCannotSayIsAWarning(t *testing.T) {
	c, err := config.Parse([]byte(`[loggers]
keys=root
[handlers]
keys=h
[formatters]
keys=
[logger_root]
handlers=h
filters=f
[handler_h]
class=NullHandler
filters=f
.={'stream': 1}
target=x
[filter_f]
name=a
`), ".ini")
	require.NoError(t, err)
	var got []string
	for _, w := range c.Warnings() {
		got = append(got, w.Error())
	}
	require.Equal(t, []string{
		"[handler_h] target (line 14): the option is ignored, as in Python: only a MemoryHandler has a target",
		"[handler_h] filters (line 12): the option is ignored, as in Python",
		"[handler_h] . (line 13): the option is ignored, as in Python",
		"[logger_root] filters (line 9): the option is ignored, as in Python",
	}, got)
}
