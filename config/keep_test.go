// SPDX-License-Identifier: MIT

package config_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/config"
	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/rotate/torture"
	"github.com/slogx/slogx/slogxtest"
	"github.com/slogx/slogx/tree"
)

// A document that fails while it is applied leaves files as they are, also those that it had opened by then.
func TestADocumentThatFailsChangesNothing(t *testing.T) {
	config.Register("keep_test.fails", func(*config.Args) (slog.Handler, error) { return nil, errors.New("no") })
	const good = `
version: 1
formatters: {f: {format: "%(name)s %(message)s"}}
handlers:
  app: {class: logging.handlers.RotatingFileHandler, filename: DIR/app.log, maxBytes: 100, backupCount: 9, formatter: f}
  w: {class: logging.FileHandler, filename: DIR/w.log, mode: w}
loggers:
  a: {level: DEBUG, handlers: [w]}
root: {level: INFO, handlers: [app]}
`
	const fails = "  z: {class: keep_test.fails}\n"
	for _, tt := range []struct{ name, bad string }{
		{"nothing", ""},
		{"a mistake", strings.Replace(good, "INFO", "LOUD", 1)},
		{"no YAML", good + "["},
		{"a directory that is missing", strings.Replace(good, "DIR/w.log", "DIR/missing/w.log", 1)},
		{"a handler that cannot be opened", strings.Replace(strings.Replace(good, "loggers", fails+"loggers", 1), "[app]", "[app, z]", 1)},
		{"the same files with other options", strings.NewReplacer("100", "5000", "mode: w", "mode: a", "loggers:", fails+"loggers:", "[app]", "[app, z]").Replace(good)},
		{"another file to be emptied", strings.NewReplacer("w.log", "old.log", "loggers:", fails+"loggers:", "[app]", "[app, z]").Replace(good)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			require.Equal(t, logBetween(t, good, ""), logBetween(t, good, tt.bad))
		})
	}
}

// logBetween logs before and after a bad document, and returns the tree and all files.
func logBetween(t *testing.T, good, bad string) string {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "old.log"), "old\n")
	in := func(text string) string { return strings.ReplaceAll(text, "DIR", filepath.ToSlash(dir)) }
	tr := newTree(t)
	apply(t, tr, in(good))
	for i := range 20 {
		tr.Logger("a").Debug(fmt.Sprint("line ", i))
		if i != 10 || bad == "" {
			continue
		}
		before := tr.String()
		c, err := config.Parse([]byte(in(bad)), ".yaml")
		if err == nil {
			err = c.Apply(tr)
		}
		require.Error(t, err)
		require.Equal(t, before, tr.String())
	}
	text := strings.ReplaceAll(tr.String(), dir, "DIR")
	require.NoError(t, tr.Shutdown(context.Background()))
	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, file := range files {
		content, err := os.ReadFile(filepath.Join(dir, file.Name()))
		require.NoError(t, err)
		text += "-- " + file.Name() + " --\n" + string(content)
	}
	return text
}

// What a document leaves out is as it was before the first one, and not as the last one left it.
func TestWhatADocumentLeavesOutIsAsBefore(t *testing.T) {
	const all = `
version: 1
filters: {none: {class: slogx.filter.Level, level: ALERT}}
handlers: {h: {class: logging.FileHandler, filename: DIR/app.log}}
loggers:
  a: {level: DEBUG, propagate: yes, filters: [none], handlers: [h]}
  b: {level: DEBUG, propagate: no, filters: [none], handlers: [h]}
root: {level: ERROR, filters: [none], handlers: [h]}
`
	file := "DIR/app.log"
	for _, tt := range []struct {
		name, text string
		want       map[string]string // what differs from before
	}{
		{"nothing is left out", all, map[string]string{
			"a": "level DEBUG, propagate true, 1 filters, handlers " + file,
			"b": "level DEBUG, propagate false, 1 filters, handlers " + file,
			"":  "level ERROR, propagate true, 1 filters, handlers " + file,
		}},
		{"all loggers", "version: 1", nil},
		{"all keys", "version: 1\nloggers: {a: {}, b: {}}\nroot: {level: null}", nil},
		{"the levels", strings.NewReplacer("level: DEBUG, ", "", "level: ERROR, ", "").Replace(all), map[string]string{
			"a": "level ALERT, propagate true, 1 filters, handlers " + file,
			"b": "level NOTSET, propagate false, 1 filters, handlers " + file,
			"":  "level NOTICE, propagate true, 1 filters, handlers " + file,
		}},
		{"propagate", strings.NewReplacer("propagate: yes, ", "", "propagate: no, ", "").Replace(all), map[string]string{
			"a": "level DEBUG, propagate false, 1 filters, handlers " + file,
			"b": "level DEBUG, propagate true, 1 filters, handlers " + file,
			"":  "level ERROR, propagate true, 1 filters, handlers " + file,
		}},
		{"the filters", strings.ReplaceAll(all, "filters: [none], ", ""), map[string]string{
			"a": "level DEBUG, propagate true, 2 filters, handlers " + file,
			"b": "level DEBUG, propagate false, 0 filters, handlers " + file,
			"":  "level ERROR, propagate true, 0 filters, handlers " + file,
		}},
		{"the handlers", strings.ReplaceAll(all, ", handlers: [h]", ""), map[string]string{
			"a": "level DEBUG, propagate true, 1 filters, handlers ",
			"b": "level DEBUG, propagate false, 1 filters, handlers ",
			"":  "level ERROR, propagate true, 1 filters, handlers ",
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := filepath.ToSlash(t.TempDir())
			tr := newTree(t)
			tr.Node("").SetLevel(levels.Notice)
			a := tr.Node("a")
			a.SetLevel(levels.Alert)
			a.SetPropagate(false)
			a.AddFilter(filter.Name("a"))
			a.AddFilter(filter.Name(""))
			want := map[string]string{"a": describe(tr.Node("a"), dir), "b": describe(tr.Node("b"), dir), "": describe(tr.Node(""), dir)}
			for name, text := range tt.want {
				want[name] = text
			}
			for range 3 {
				apply(t, tr, strings.ReplaceAll(all, "DIR", dir))
				apply(t, tr, strings.ReplaceAll(tt.text, "DIR", dir))
				for name, text := range want {
					require.Equal(t, text, describe(tr.Node(name), dir), "%q", name)
				}
			}
		})
	}
}

// describe says what is set on a node.
func describe(n *tree.Node, dir string) string {
	level := "NOTSET"
	if n.Level() != nil {
		level = levels.Name(n.Level().Level())
	}
	var files []string
	for _, h := range n.Handlers() {
		_, file, _ := strings.Cut(strings.ReplaceAll(fmt.Sprint(h), dir, "DIR"), "(")
		file, _, _ = strings.Cut(file, ",")
		files = append(files, file)
	}
	return fmt.Sprintf("level %s, propagate %v, %d filters, handlers %s", level, n.Propagate(), len(n.Filters()), strings.Join(files, " "))
}

// A handler that the program adds after the document is its own affair, unless a later document names the logger.
func TestHandlersOfTheProgramStayWhereNoDocumentNamesTheLogger(t *testing.T) {
	tr := newTree(t)
	var own slogxtest.Recorder
	tr.Node("a").AddHandler(&own)
	apply(t, tr, "version: 1\nhandlers: {n: {class: logging.NullHandler}}\nloggers: {b: {handlers: [n]}}\n")
	apply(t, tr, "version: 1\n")
	require.Len(t, tr.Node("a").Handlers(), 1)
	require.Empty(t, tr.Node("b").Handlers())
	apply(t, tr, "version: 1\nloggers: {a: {}}\n")
	require.Empty(t, tr.Node("a").Handlers())
}

// closing is a handler that calls a function when it is closed.
type closing struct {
	slog.Handler
	close func()
}

func (c closing) Close() error {
	c.close()
	return nil
}

// A file for each logger is opened with the first line, which may come before the file of the document before is closed,
// or long after a later document has come.
func TestAFileForEachLoggerIsHandedOver(t *testing.T) {
	dir := t.TempDir()
	var tr *tree.Tree
	config.Register("keep_test.closing", func(*config.Args) (slog.Handler, error) {
		return closing{slog.DiscardHandler, func() { tr.Logger("a").Info("while handlers are closed") }}, nil
	})
	document := func(maxBytes int) string {
		return fmt.Sprintf(`
version: 1
handlers:
  each: {class: logging.handlers.RotatingFileHandler, filename: '%s/{logger}.log', maxBytes: %d, backupCount: 9}
  z: {class: keep_test.closing}
loggers: {z: {handlers: [z]}}
root: {level: INFO, handlers: [each]}
`, filepath.ToSlash(dir), maxBytes)
	}
	before := torture.Snap()
	tr = tree.New(&tree.Options{OnError: func(err error) { t.Errorf("OnError: %v", err) }})
	apply(t, tr, document(1000))
	tr.Logger("a").Info("first")
	old := tr.Node("").Handlers()[0]
	apply(t, tr, document(2000))
	tr.Logger("a").Info("second")
	late := func(name string) {
		h := old.WithAttrs([]slog.Attr{slog.String("logger", name)})
		require.NoError(t, h.Handle(t.Context(), slog.NewRecord(time.Time{}, slog.LevelInfo, "late", 0)))
	}
	late("a")
	late("b")
	tr.Logger("b").Info("third")
	late("b")
	tr.Logger("c").Info("fourth")
	late("c")
	late("d") // which nobody opens again
	tr.Logger("c").Info("fifth")
	require.NoError(t, tr.Shutdown(context.Background()))
	for name, want := range map[string]string{
		"a": "first\nwhile handlers are closed\nsecond\nlate\n", "b": "late\nthird\nlate\n", "c": "fourth\nlate\nfifth\n",
		"d": "late\n",
	} {
		text, err := os.ReadFile(filepath.Join(dir, name+".log"))
		require.NoError(t, err)
		require.Equal(t, want, string(text), name)
	}
	requireNothingLeft(t, before)
}

func TestHandlersAreClosedInTheReverseOrderOfTheDocumentsLoggers(t *testing.T) {
	var closed []string
	config.Register("keep_test.ordered", func(a *config.Args) (slog.Handler, error) {
		return &closing{slog.DiscardHandler, func() { closed = append(closed, a.ID()) }}, nil
	})
	tr := newTree(t)
	apply(t, tr, `{version: 1, handlers: {a: {(): keep_test.ordered}, b: {(): keep_test.ordered}, c: {(): keep_test.ordered}, d: {(): keep_test.ordered},
  e: {(): keep_test.ordered}}, loggers: {l: {handlers: [d]}, m: {handlers: [a]}, n: {handlers: [e]}, o: {handlers: [b]}}, root: {handlers: [c]}}`)
	require.NoError(t, tr.Shutdown(t.Context()))
	require.Equal(t, []string{"c", "b", "e", "a", "d"}, closed)
}
