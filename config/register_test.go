// SPDX-License-Identifier: MIT

package config_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/config"
	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/rotate/torture"
	"github.com/slogx/slogx/slogxtest"
	"github.com/slogx/slogx/tree"
)

// asked is what a class was told of its arguments.
func asked(a *config.Args) string {
	return fmt.Sprint(a.ID(), "|", a.Has("text"), a.Has("none"), "|", a.String("text", "def"), a.String("none", "def"), "|",
		a.Int("int", 7), a.Int("none", 7), "|", a.Float("float", 0.5), a.Float("none", 0.5), "|", a.Bool("bool", false), a.Bool("none", true), "|",
		a.Strings("list"), a.Strings("none"), "|", a.Level("level", nil), a.Level("none", slog.LevelError), "|", a.Any("any"), a.Any("none"), "|", a.Names())
}

func TestAClassIsToldItsArgumentsWhateverItMakes(t *testing.T) {
	var got []string
	config.Register("register_test.F", func(a *config.Args) (format.Formatter, error) {
		got = append(got, asked(a))
		return format.JSON(nil), nil
	})
	config.Register("register_test.L", func(a *config.Args) (filter.Filter, error) {
		got = append(got, asked(a))
		return filter.Name(""), nil
	})
	const args = `text: t, int: 1, float: 1.5, bool: on, list: [a, b], any: {k: [1, null]}, ".": {text: later}`
	apply(t, newTree(t), `{version: 1, formatters: {f: {(): register_test.F, level: INFO, `+args+`}}, filters: {l: {(): register_test.L, level: INFO, `+args+`}}}`)
	const want = `|true false|tdef|1 7|1.5 0.5|true true|[a b] []|INFO ERROR|map[k:[1 <nil>]] <nil>|[level text int float bool list any]`
	require.Equal(t, []string{"f" + want, "l" + want}, got)
}

func TestAHandlerClassIsToldItsFormatterAndMadeAnewForEachApply(t *testing.T) {
	var made []*slogxtest.Recorder
	config.Register("register_test.H", func(a *config.Args) (slog.Handler, error) {
		rec := slogxtest.NewRecorder(nil)
		made = append(made, rec)
		require.Equal(t, a.Has("layout"), a.Formatter() != nil)
		require.Equal(t, "x", a.String("layout", "x"))
		return rec, nil
	})
	c := parsed(t, `{version: 1, handlers: {h: {(): register_test.H, level: ERROR, filters: [l]}}, filters: {l: {name: a}}, root: {level: NOTSET, handlers: [h]}}`)
	require.Empty(t, made, "a document that is only read opens nothing")
	tr := newTree(t)
	for range 2 {
		require.NoError(t, c.Apply(tr))
		tr.Logger("a").Error("error")
		tr.Logger("a").Warn("its level is too low")
		tr.Logger("b").Error("of another name")
	}
	require.Len(t, made, 2)
	for _, rec := range made {
		require.Equal(t, []string{"error"}, rec.Messages())
	}
	apply(t, tr, `{version: 1, formatters: {f: {}}, handlers: {h: {(): register_test.H, formatter: f, layout: x}}, root: {handlers: [h]}}`)
}

func TestABadClassIsAMistakeAndLeavesNothingOpen(t *testing.T) {
	dir := t.TempDir()
	config.Register("register_test.Object", 5)
	config.Register("register_test.NilFormatter", func(*config.Args) (format.Formatter, error) { return nil, nil })
	config.Register("register_test.NilFilter", func(*config.Args) (filter.Filter, error) { return nil, nil })
	config.Register("register_test.NilHandler", func(*config.Args) (slog.Handler, error) { return nil, nil })
	config.Register("register_test.BadFormatter", func(*config.Args) (format.Formatter, error) { return nil, errors.New("no luck") })
	config.Register("register_test.BadFilter", func(*config.Args) (filter.Filter, error) { return nil, errors.New("no luck") })
	config.Register("register_test.BadHandler", func(*config.Args) (slog.Handler, error) { return nil, errors.New("no luck") })
	config.Register("register_test.PanicHandler", func(*config.Args) (slog.Handler, error) { panic(errors.New("no luck")) })
	config.Register("register_test.PanicFilter", func(*config.Args) (filter.Filter, error) { panic("no luck") })
	var files []*os.File // so that the collector closes none
	defer func() { runtime.KeepAlive(files) }()
	config.Register("register_test.Open", func(a *config.Args) (slog.Handler, error) {
		f, err := os.Create(filepath.Join(dir, a.String("file", "a")))
		files = append(files, f)
		return format.NewHandler(f, format.JSON(nil), &format.HandlerOptions{CloseWriter: true}), err
	})
	for _, tt := range []struct{ text, want string }{
		{`formatters: {f: {(): register_test.Object}}`, `formatters.f["()"] (line 1): register_test.Object is no formatter`},
		{`formatters: {f: {(): register_test.NilFormatter}}`, `formatters.f (line 1): the class made no formatter`},
		{`filters: {f: {(): register_test.NilFilter}}`, `filters.f (line 1): the class made no filter`},
		{`root: {handlers: [h]}, handlers: {h: {(): register_test.NilHandler}}`, `handlers.h (line 1): the class made no handler`},
		{`formatters: {f: {(): register_test.BadFormatter}}`, `formatters.f (line 1): no luck`},
		{`filters: {f: {(): register_test.BadFilter}}`, `filters.f (line 1): no luck`},
		{`filters: {f: {(): register_test.PanicFilter}}`, `filters.f (line 1): no luck`},
		{`root: {handlers: [h]}, handlers: {h: {(): register_test.BadHandler, x: 1}}`, `handlers.h (line 1): no luck`},
		{`root: {handlers: [h]}, handlers: {h: {(): register_test.PanicHandler}}`, `handlers.h (line 1): panic: no luck`},
		{`root: {handlers: [h]}, handlers: {h: {(): register_test.Open, fil: b}}`, `handlers.h.fil (line 1): no such argument; did you mean file?`},
		{`root: {handlers: [g, h]}, handlers: {g: {(): register_test.Open, file: g}, h: {(): register_test.Open, file: 5}}`, `handlers.h.file (line 1): want a text, not the number 5`},
	} {
		t.Run(tt.text, func(t *testing.T) {
			before := torture.Snap()
			tr := tree.New(nil)
			c, err := config.Parse([]byte(`{version: 1, `+tt.text+`}`), ".yaml")
			for range 2 { // a second time says no more
				if c != nil {
					err = c.Apply(tr)
				}
				require.EqualError(t, err, "config: "+tt.want)
			}
			require.Empty(t, tr.Node("").Handlers())
			requireNothingLeft(t, before)
		})
	}
}

func TestRegisterRefusesNothing(t *testing.T) {
	require.PanicsWithValue(t, "config: Register needs a name and a class", func() { config.Register("", 1) })
	require.PanicsWithValue(t, "config: Register needs a name and a class", func() { config.Register("x", nil) })
}

// What is registered again holds for documents that are read from then on.
func TestANameCanBeGivenANewMeaning(t *testing.T) {
	register := func(text string) {
		config.Register("register_test.Again", func(*config.Args) (format.Formatter, error) {
			return format.MustPercent(text+" %(message)s", nil), nil
		})
	}
	var out bytes.Buffer
	config.Register("register_test.out", io.Writer(&out))
	const document = `{version: 1, formatters: {f: {(): register_test.Again}}, root: {handlers: [h]},
handlers: {h: {class: logging.StreamHandler, stream: "ext://register_test.out", formatter: f}}}`
	register("first")
	first := parsed(t, document)
	register("second")
	second := parsed(t, document)
	tr := newTree(t)
	for _, c := range []*config.Config{first, second, first} {
		require.NoError(t, c.Apply(tr))
		tr.Logger("").Error("m")
	}
	require.Equal(t, "first m\nsecond m\nfirst m\n", out.String())
	config.Register("register_test.Again", 5)
	_, err := config.Parse([]byte(document), ".yaml")
	require.EqualError(t, err, `config: formatters.f["()"] (line 1): register_test.Again is no formatter`)
}

func TestRegisterAndParseAtOnce(t *testing.T) {
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			for j := range 50 {
				config.Register(fmt.Sprint("register_test.at.once", j%5), func(a *config.Args) (slog.Handler, error) {
					a.Int("n", 0)
					return slog.DiscardHandler, nil
				})
			}
		})
		all.Go(func() {
			tr := tree.New(nil)
			for range 50 {
				_, err := config.Parse([]byte(`{version: 1, handlers: {h: {class: no.such.Class}}}`), ".yaml")
				c, good := config.Parse([]byte(`{version: 1, handlers: {h: {class: logging.NullHandler}}, root: {handlers: [h]}}`), ".yaml")
				if err == nil || good != nil || c.Apply(tr) != nil {
					t.Error(i, err, good)
				}
			}
		})
	}
	all.Wait()
}

// An object stands where a document names one.
func TestAGoMapMayHoldWhatADocumentNames(t *testing.T) {
	var out bytes.Buffer
	rec, live := slogxtest.NewRecorder(nil), new(slog.LevelVar)
	tr := newTree(t)
	require.NoError(t, config.Apply(tr, map[string]any{
		"version": 1,
		"formatters": map[string]any{"f": map[string]any{"()": func(a *config.Args) (format.Formatter, error) {
			return format.MustPercent(a.String("layout", ""), nil), nil
		}, "layout": "made: %(message)s"}},
		"filters": map[string]any{"l": map[string]any{"()": func(*config.Args) (filter.Filter, error) { return filter.Name("a"), nil }}},
		"handlers": map[string]any{
			"out":   map[string]any{"class": "logging.StreamHandler", "stream": &out, "formatter": "f", "filters": []any{"l", filter.MessageContains("x")}},
			"given": map[string]any{"class": "logging.StreamHandler", "stream": &out, "formatter": format.MustPercent("given: %(message)s", nil)},
			"own": map[string]any{"class": func(a *config.Args) (slog.Handler, error) {
				return format.NewHandler(&out, a.Formatter(), nil), nil
			}, "formatter": "f"},
		},
		"loggers": map[string]any{
			"a": map[string]any{"handlers": []string{"out"}},
			"b": map[string]any{"handlers": []any{"given", "own", rec}, "level": live, "propagate": false, "filters": []filter.Filter{filter.MessageContains("m")}},
		},
	}))
	tr.Logger("a").Info("x")
	tr.Logger("a").Info("y")
	tr.Logger("a.b").Info("x2")
	live.Set(slog.LevelError)
	tr.Logger("b").Warn("m")
	tr.Logger("b").Error("n")
	tr.Logger("b").Error("m2")
	require.Equal(t, "made: x\nmade: x2\ngiven: m2\nmade: m2\n", out.String())
	require.Equal(t, []string{"m2"}, rec.Messages())
	require.NoError(t, tr.Shutdown(context.Background()))
}
