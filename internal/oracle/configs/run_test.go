// SPDX-License-Identifier: MIT

package configs_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/config"
	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/tree"
)

// formats are those in which a document of dictConfig is given.
var formats = []string{"map", ".json", ".yaml"}

// now is the time of all records, as in python.py.
var now = time.UnixMilli(1_704_110_403_250)

// A world is a script that is being run.
type world struct {
	format string
	dir    string
	tree   *tree.Tree
	seen   map[string]string // the contents of files

	mu       sync.Mutex
	failed   []string // what went to OnError
	warnings []error  // of the document, which are no difference: Python reads over what they are about
}

// run runs a script with its documents in each format, and returns what could be seen of each step. What is something else in a
// format than in the first follows, so that it never is what must be seen.
func run(t *testing.T, s *script) [][]string {
	first := runIn(t, s, formats[0])
	if !slices.ContainsFunc(s.Steps, func(st *step) bool { return st.Word() == "dict" }) {
		return first
	}
	seen := slices.Clone(first)
	for _, format := range formats[1:] {
		for i, lines := range runIn(t, s, format) {
			if !slices.Equal(lines, first[i]) {
				seen[i] = slices.Concat(seen[i], []string{"and in " + format + ":"}, lines)
			}
		}
	}
	return seen
}

// runIn runs a script with its documents in a format, and returns what could be seen of each step. The process's directory and
// streams are the script's meanwhile.
func runIn(t *testing.T, s *script, format string) [][]string {
	w := &world{format: format, dir: t.TempDir(), seen: map[string]string{"stdout": "", "stderr": ""}}
	w.tree = tree.New(&tree.Options{Level: levels.Warning, OnError: func(err error) {
		w.mu.Lock()
		defer w.mu.Unlock()
		if !slices.ContainsFunc(w.warnings, func(warning error) bool { return errors.Is(err, warning) }) {
			w.failed = append(w.failed, "OnError: "+err.Error())
		}
	}})
	before, err := os.Getwd()
	require.NoError(t, err)
	require.NoError(t, os.Chdir(w.dir))
	defer func() { require.NoError(t, os.Chdir(before)) }()
	defer redirect(t, &os.Stdout, "stdout")()
	defer redirect(t, &os.Stderr, "stderr")()
	defer func() { require.NoError(t, w.tree.Shutdown(context.Background())) }()
	seen := make([][]string, len(s.Steps))
	for i, st := range s.Steps {
		if st.IsComment() {
			continue
		}
		lines, err := w.run(st)
		if err != nil {
			lines = append(lines, err.Error())
		}
		seen[i] = append(lines, w.changes(t)...)
	}
	return seen
}

// redirect puts a file in the place of a stream, and returns what puts it back.
func redirect(t *testing.T, stream **os.File, name string) func() {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	require.NoError(t, err)
	was := *stream
	*stream = f
	return func() {
		*stream = was
		require.NoError(t, f.Close())
	}
}

// changes returns what has become of the files, the streams among them, and what went to OnError.
func (w *world) changes(t *testing.T) (lines []string) {
	entries, err := os.ReadDir(w.dir)
	require.NoError(t, err)
	for _, e := range entries {
		if e.IsDir() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		text, err := os.ReadFile(filepath.Join(w.dir, e.Name()))
		require.NoError(t, err)
		was, known := w.seen[e.Name()]
		switch added, ok := strings.CutPrefix(string(text), was); {
		case !known || !ok:
			lines = append(lines, e.Name()+" = "+quote(string(text)))
		case added != "":
			lines = append(lines, e.Name()+" "+quote(added))
		}
		w.seen[e.Name()] = string(text)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	lines, w.failed = append(lines, w.failed...), nil
	return lines
}

func (w *world) node(name string) *tree.Node { return w.tree.Node(name) }

// run runs a step and returns what could be seen, but for files.
func (w *world) run(st *step) (lines []string, err error) {
	words := words(st)
	switch words[0] {
	case "dict", "ini":
		return w.document(st)
	case "tree":
		return w.describe(), nil
	case "logger":
		w.tree.Logger(words[1])
	case "level":
		var level slog.Leveler
		level, err = levels.ParseThreshold(words[2])
		w.node(words[1]).SetLevel(level)
	case "propagate":
		w.node(words[1]).SetPropagate(words[2] == "yes")
	case "disabled":
		w.node(words[1]).SetDisabled(words[2] == "yes")
	case "handler":
		var h slog.Handler
		h, err = openFile(words[2], format.MustPercent("%(message)s", nil))
		w.node(words[1]).AddHandler(h)
	case "filter":
		w.node(words[1]).AddFilter(filter.Name(words[2]))
	case "log":
		var n int
		n, err = strconv.Atoi(words[2])
		w.log(words[1], levels.FromPython(n), strings.Join(words[3:], " "))
	default:
		panic("no step " + words[0])
	}
	return nil, err
}

func (w *world) log(name string, level slog.Level, message string) {
	ctx, h := context.Background(), w.tree.Logger(name).Handler()
	if h.Enabled(ctx, level) {
		if err := h.Handle(ctx, slog.NewRecord(now, level, message, 0)); err != nil {
			w.failed = append(w.failed, err.Error())
		}
	}
}

// document applies a document. One that is refused must name the place, and change nothing.
func (w *world) document(st *step) ([]string, error) {
	before := w.tree.String()
	c, err := w.parse(st)
	if err == nil {
		w.mu.Lock()
		w.warnings = c.Warnings()
		w.mu.Unlock()
		err = c.Apply(w.tree)
	}
	switch {
	case err == nil:
		return append([]string{"accepted"}, w.describe()...), nil
	case w.tree.String() != before:
		return nil, fmt.Errorf("refused, and the tree has changed: %w", err)
	case !strings.Contains(err.Error(), cmp.Or(at(st), "config: ")):
		return nil, fmt.Errorf("refused without the place %s: %w", at(st), err)
	}
	if testing.Verbose() && os.Getenv("SLOGX_SHOW") != "" {
		fmt.Println("refused:", err)
	}
	return append([]string{"refused"}, w.describe()...), nil
}

func (w *world) parse(st *step) (*config.Config, error) {
	if st.Word() == "ini" {
		return config.Parse([]byte(documentOf(st)), ".ini")
	}
	m := read(documentOf(st))
	switch w.format {
	case "map":
		return config.Map(m.(map[string]any))
	case ".yaml":
		return config.Parse([]byte(yaml(m, "")), ".yaml")
	}
	return config.Parse([]byte(documentOf(st)), w.format)
}

// describe returns a line for each logger.
func (w *world) describe() []string {
	var names []string
	w.tree.Walk(func(n *tree.Node) bool {
		if n != w.node("") {
			names = append(names, n.Name())
		}
		return true
	})
	slices.Sort(names)
	lines := []string{describe(w.node(""), "root")}
	for _, name := range names {
		lines = append(lines, describe(w.node(name), quoteName(name)))
	}
	return lines
}

func describe(n *tree.Node, name string) string {
	level := 0
	if n.Level() != nil {
		level = levels.Python(n.Level().Level())
	}
	effective := levels.Python(n.EffectiveLevel())
	if root := rootOf(n); n.EffectiveLevel() == root.EffectiveLevel() && root.Level() == nil && level == 0 {
		effective = 0 // NOTSET up to the root
	}
	line := fmt.Sprintf("%s level=%d effective=%d handlers=%d filters=%d", name, level, effective, len(n.Handlers()), len(n.Filters()))
	if !n.Propagate() && n.Parent() != nil {
		line += " stops"
	}
	if n.Disabled() {
		line += " disabled"
	}
	return line
}

func rootOf(n *tree.Node) *tree.Node {
	for n.Parent() != nil {
		n = n.Parent()
	}
	return n
}

// openFile opens a file as FileHandler does.
func openFile(path string, f format.Formatter) (slog.Handler, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	return format.NewHandler(file, f, &format.HandlerOptions{CloseWriter: true}), nil
}

// A shout is a formatter of the program's own.
type shout struct {
	format.Formatter
	mark string
}

func (s shout) Append(dst []byte, r *format.Record) []byte {
	return append(s.Formatter.Append(dst, r), s.mark...)
}

// register makes the classes of python.py's module app known.
func register() {
	config.Register("app.greeting", "hello")
	config.Register("app.open_file", func(a *config.Args) (slog.Handler, error) {
		f := a.Formatter()
		if f == nil {
			f = format.MustPercent("%(message)s", nil)
		}
		path := a.String("path", "")
		if path == "" {
			return nil, errors.New("path is missing")
		}
		return openFile(path, f)
	})
	config.Register("app.Limit", func(a *config.Args) (filter.Filter, error) {
		limit := a.Level("limit", nil)
		if limit == nil {
			return nil, errors.New("limit is missing")
		}
		return filter.LevelRange(nil, limit), nil
	})
	config.Register("app.Shout", func(a *config.Args) (format.Formatter, error) {
		style := map[string]func(string, *format.Options) (*format.Layout, error){
			"%": format.Percent, "{": format.Brace, "$": format.Dollar}[a.String("style", "%")]
		a.Bool("validate", true)
		layout, err := style(a.String("format", a.String("fmt", "%(message)s")), &format.Options{DateFormat: a.String("datefmt", "")})
		return shout{layout, a.String("mark", "!")}, err
	})
}
