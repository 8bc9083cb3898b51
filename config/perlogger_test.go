// SPDX-License-Identifier: MIT

package config_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/rotate/torture"
	"github.com/slogx/slogx/slogxtest"
	"github.com/slogx/slogx/tree"
)

// perLogger is a document with a file for each logger.
const perLogger = `
version: 1
formatters: {f: {format: "%(name)s|%(levelname)s|%(message)s"}}
handlers: {h: {class: logging.FileHandler, filename: "DIR/{logger}.log", level: INFO, formatter: f}}
root: {level: NOTSET, handlers: [h]}
`

// No name of a logger leads out of the directory, or to the file of another.
func TestAFileForEachLoggerStaysInItsDirectory(t *testing.T) {
	for _, file := range []string{"{logger}", "{logger}.log", "x-{logger}"} {
		base := t.TempDir()
		dir := filepath.Join(base, "logs")
		require.NoError(t, os.Mkdir(dir, 0o777))
		tr := newTree(t)
		apply(t, tr, inDir(strings.Replace(perLogger, "{logger}.log", file, 1), dir))
		names := map[string]string{
			"": "root", "a": "a", "a.b": "a.b", "../x": "..%2Fx", "a/b": "a%2Fb", "..": "%2E%2E", ".": "%2E", "...": "%2E%2E%2E", "../..": "..%2F.%2E",
			"a\x00b": "a%00b", `a\b`: "a%5Cb", "/etc/passwd": "%2Fetc%2Fpasswd", "a%2Fb": "a%252Fb", "日志": "%E6%97%A5%E5%BF%97",
			"C:": "C%3A", "a:b": "a%3Ab", "a.": "a%2E", "a b": "a%20b", "{logger}": "%7Blogger%7D", "{pid}": "%7Bpid%7D", "\n": "%0A", "~": "~", "%2E%2E": "%252E%252E",
		}
		for name := range names {
			tr.Logger(name).Info("in " + name)
		}
		require.NoError(t, tr.Shutdown(context.Background()))
		files := filesOf(t, dir)
		require.Len(t, files, len(names))
		for name, want := range names {
			require.Contains(t, files, strings.Replace(file, "{logger}", want, 1), "%q", name)
		}
		entries, err := os.ReadDir(base)
		require.NoError(t, err)
		require.Len(t, entries, 1, "a file beside the directory")
	}
}

// The names of Windows' devices lead to no file, with any ending: they are escaped on every system, so that this can be seen.
func TestAFileForEachLoggerIsNoDeviceOfWindows(t *testing.T) {
	dir := t.TempDir()
	for _, tt := range []struct{ file, logger, want string }{
		{"{logger}.log", "nul", "%6Eul.log"},
		{"{logger}.log", "NUL", "%4EUL.log"},
		{"{logger}", "con", "%63on"},
		{"{logger}", "con.app.x", "%63on.app.x"},
		{"{logger}.log", "Com1", "%43om1.log"},
		{"{logger}", "lpt0", "%6Cpt0"},
		{"{logger}", "COM²", "COM%C2%B2"},
		{"{logger}².log", "com", "%63om².log"},
		{"{logger}", "CONIN$", "%43ONIN$"},
		{"c{logger}.log", "on", "c%6Fn.log"},
		{"{logger}1.log", "com", "%63om1.log"},
		{"{logger}", "prn .x", "prn%20.x"},
		{"{logger}.log", "console", "console.log"},
		{"{logger}.log", "com10", "com10.log"},
		{"app-{logger}.log", "nul", "app-nul.log"},
		{"{logger}.log", "app.nul", "app.nul.log"},
		{"{logger}.log", "%6Eul", "%256Eul.log"},
	} {
		tr := newTree(t)
		apply(t, tr, inDir(strings.Replace(perLogger, "{logger}.log", tt.file, 1), dir))
		tr.Logger(tt.logger).Info("m")
		require.NoError(t, tr.Shutdown(context.Background()))
		require.Contains(t, filesOf(t, dir), tt.want, "%s of %s", tt.file, tt.logger)
	}
}

func TestANameThatIsTooLongForAFileIsAnErrorAndNoOther(t *testing.T) {
	dir := t.TempDir()
	var mu sync.Mutex
	var told []error
	tr := tree.New(&tree.Options{OnError: func(err error) {
		mu.Lock()
		defer mu.Unlock()
		told = append(told, err)
	}})
	apply(t, tr, inDir(perLogger, dir))
	for range 2 {
		tr.Logger(strings.Repeat("x", 300)).Info("m")
	}
	tr.Logger("a").Info("m")
	require.NoError(t, tr.Shutdown(context.Background()))
	require.NotEmpty(t, told)
	require.ErrorContains(t, told[0], "xxx.log")
	require.Equal(t, map[string]string{"a.log": "a|INFO|m\n"}, filesOf(t, dir))
}

// A file that cannot be opened is tried again with each record.
func TestAFileForALoggerIsTriedAgain(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "logs")
	require.NoError(t, os.Mkdir(dir, 0o777))
	failures := 0
	tr := tree.New(&tree.Options{OnError: func(error) { failures++ }})
	apply(t, tr, inDir(perLogger, dir))
	require.NoError(t, os.Remove(dir))
	bound := tr.Logger("a").With("k", "v")
	for _, l := range []*slog.Logger{bound, tr.Logger("a"), tr.Logger("")} {
		l.Info("lost")
	}
	require.Equal(t, 3, failures)
	require.NoError(t, os.Mkdir(dir, 0o777))
	bound.Info("m")
	tr.Logger("a").WithGroup("g").Info("n", "x", 1)
	tr.Logger("").Info("o")
	require.NoError(t, tr.Shutdown(context.Background()))
	require.Equal(t, map[string]string{"a.log": "a|INFO|m k=v\na|INFO|n g.x=1\n", "root.log": "root|INFO|o\n"}, filesOf(t, dir))
	require.Equal(t, 3, failures)
}

// The name of the logger is the first attribute that is bound, and no other.
func TestTheNameOfTheLoggerIsTheFirstThatIsBound(t *testing.T) {
	dir := t.TempDir()
	tr := newTree(t)
	apply(t, tr, inDir(perLogger, dir))
	h := tr.Node("").Handlers()[0]
	name := func(name string) []slog.Attr { return []slog.Attr{slog.String("logger", name)} }
	for _, handler := range []slog.Handler{
		h, // root
		h.WithAttrs(name("a")),
		h.WithAttrs(name("a")).WithAttrs(name("b")),
		h.WithAttrs(append(name("a"), slog.Int("k", 1))),
		h.WithAttrs(name("a")).WithGroup("g").WithAttrs([]slog.Attr{slog.Int("k", 1)}),
		h.WithAttrs(nil).WithGroup("").WithAttrs(name("a")),
		h.WithAttrs([]slog.Attr{slog.Int("k", 1)}).WithAttrs(name("c")), // root
		h.WithGroup("g").WithAttrs(name("c")),                           // root
		h.WithAttrs([]slog.Attr{slog.Int("logger", 5)}),                 // root
		h.WithAttrs(name("")),                                           // root
	} {
		require.True(t, handler.Enabled(t.Context(), slog.LevelInfo))
		require.False(t, handler.Enabled(t.Context(), slog.LevelDebug))
		require.NoError(t, handler.Handle(t.Context(), slog.NewRecord(time.Time{}, slog.LevelInfo, "m", 0)))
	}
	require.NoError(t, tr.Shutdown(context.Background()))
	files := filesOf(t, dir)
	require.Len(t, files, 2)
	require.Equal(t, 5, strings.Count(files["a.log"], "\n"), files["a.log"])
	require.Equal(t, 5, strings.Count(files["root.log"], "\n"), files["root.log"])
	require.Contains(t, files["a.log"], "a|INFO|m g.k=1\n")
	require.Contains(t, files["a.log"], "a|INFO|m k=1\n")
	require.Contains(t, files["root.log"], "g.logger=c")
}

func TestAFileForEachLoggerIsOneForAllThatIsDerivedAndIsClosed(t *testing.T) {
	dir := t.TempDir()
	before := torture.Snap()
	tr := newTree(t)
	apply(t, tr, inDir(perLogger, dir))
	require.Empty(t, filesOf(t, dir), "no file is opened before its first record")
	var writers sync.WaitGroup
	for g := range 8 {
		writers.Go(func() {
			for range 50 {
				tr.Logger([]string{"a", "b"}[g%2]).With("g", g).WithGroup("x").Info("m", "k", "v")
			}
		})
	}
	writers.Wait()
	require.NoError(t, tr.Shutdown(context.Background()))
	requireNothingLeft(t, before)
	files := filesOf(t, dir)
	require.Len(t, files, 2)
	for name, text := range files {
		require.Equal(t, 200, strings.Count(text, "|INFO|m g="), name)
		require.Equal(t, 200, strings.Count(text, " x.k=v\n"), name)
	}
}

// copied is a handler whose file is copied to a writer after each record.
type copied struct {
	slog.Handler
	to *copying
}

type copying struct {
	mu   sync.Mutex
	path string
	read int
	w    io.Writer
	tree *tree.Tree
}

func (c *copied) Handle(ctx context.Context, r slog.Record) error {
	c.to.mu.Lock()
	defer c.to.mu.Unlock()
	err := c.Handler.Handle(ctx, r)
	text, readErr := os.ReadFile(c.to.path)
	written := text[c.to.read:]
	c.to.read = len(text)
	_, writeErr := c.to.w.Write(written)
	return errors.Join(err, readErr, writeErr)
}

func (c *copied) WithAttrs(attrs []slog.Attr) slog.Handler {
	return c.derived(c.Handler.WithAttrs(attrs))
}

func (c *copied) WithGroup(name string) slog.Handler { return c.derived(c.Handler.WithGroup(name)) }

func (c *copied) derived(h slog.Handler) slog.Handler {
	if h == c.Handler {
		return c
	}
	return &copied{h, c.to}
}

func (c *copied) Close() error { return c.to.tree.Shutdown(context.Background()) }

func TestAFileForEachLoggerKeepsTheContractOfHandlers(t *testing.T) {
	for _, logger := range []string{"root", "a"} {
		t.Run(logger, func(t *testing.T) {
			const own = "rotate and format have tests of their own for it"
			slogxtest.TestHandler(t, slogxtest.Target{
				New: func(w io.Writer) slog.Handler {
					dir, tr := t.TempDir(), tree.New(nil)
					apply(t, tr, inDir(`
version: 1
formatters: {f: {(): slogx.format.JSON, fields: [time, level, msg]}}
handlers: {h: {class: logging.FileHandler, filename: "DIR/{logger}.log", level: INFO, formatter: f}}
root: {level: NOTSET, handlers: [h]}
`, dir))
					h := tr.Node("").Handlers()[0]
					if logger != "root" {
						h = h.WithAttrs([]slog.Attr{slog.String("logger", logger)})
					}
					return &copied{h, &copying{path: filepath.Join(dir, logger+".log"), w: w, tree: tr}}
				},
				Parse:  slogxtest.ParseJSON,
				Except: map[string]string{"one-lock": own, "writer-error": own, "writer-panic": own},
			})
		})
	}
}
