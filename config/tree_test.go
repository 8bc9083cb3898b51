// SPDX-License-Identifier: MIT

package config_test

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/config"
	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/internal/testhelp"
	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/tree"
)

// previewed is a document with a file of every kind, and a handler of the program's own.
const previewed = `
version: 1
disable_existing_loggers: yes
filters:
  f: {name: a}
handlers:
  console: {class: slogx.format.Console, level: INFO}
  file: {class: logging.FileHandler, filename: DIR/file.log, mode: w, filters: [f]}
  each: {class: slogx.rotate.File, filename: "DIR/{logger}.log", maxBytes: 5, backupCount: 1, compress: gzip, onOpen: on, dirMode: "0700"}
  own: {class: preview.Own, level: ERROR}
loggers:
  a: {level: DEBUG, handlers: [file, each]}
  a.b: {propagate: off, handlers: [own]}
  c: {level: NOTSET}
root: {level: ERROR, handlers: [console]}
`

// settings returns what holds on each node.
func settings(t *tree.Tree) (lines []string) {
	t.Walk(func(n *tree.Node) bool {
		lines = append(lines, fmt.Sprint(n.Name(), n.Level(), n.Propagate(), n.Disabled(), len(n.Handlers()), len(n.Filters())))
		return true
	})
	return lines
}

func TestAPreviewIsTheTreeThatApplyMakesAndOpensNothing(t *testing.T) {
	opened := 0
	config.Register("preview.Own", func(*config.Args) (slog.Handler, error) {
		opened++
		return format.NewHandler(io.Discard, format.JSON(nil), nil), nil
	})
	dir := t.TempDir()
	c, err := config.Parse([]byte(strings.ReplaceAll(previewed, "DIR", dir)), ".yaml")
	require.NoError(t, err)
	existing := []string{"a.x", "a.b.y", "c.z", "lib", "lib.sub"}
	preview := c.Preview(existing...)
	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, files)
	require.Zero(t, opened)

	tr := newTree(t)
	tr.Node("").SetLevel(levels.Warning)
	for _, name := range existing {
		tr.Node(name)
	}
	require.NoError(t, c.Apply(tr))
	require.Equal(t, 1, opened)
	require.Equal(t, settings(tr), settings(preview))
	for _, name := range append(existing, "", "a", "a.b", "c", "none") {
		for _, level := range []slog.Level{levels.Debug, levels.Info, levels.Error} {
			want, got := tr.Explain(name, level), preview.Explain(name, level)
			require.Len(t, got.Handlers, len(want.Handlers), "%s\n%s", want, got)
			require.Len(t, got.Steps, len(want.Steps), "%s\n%s", want, got)
		}
	}
}

func TestAPreviewSaysWhatHandlersDo(t *testing.T) {
	testhelp.TwoStreams(t)
	config.Register("preview.Own", func(*config.Args) (slog.Handler, error) { return nil, errors.New("called") })
	c, err := config.Parse([]byte(strings.ReplaceAll(previewed, "DIR", "logs")), ".yaml")
	require.NoError(t, err)
	text := c.Preview().String()
	for _, want := range []string{
		`handler file (truncate) > filter.Handler(Name("a")) > format.Handler(logs/file.log, "%(message)s")`,
		`handler each (maxBytes 5, onOpen, backupCount 1, compress …, dirMode -rwx------) > format.Handler(logs/{logger}.log, "%(message)s")`,
		"handler own > levels.Handler(ERROR) > preview.Own\n",
		"handler console > levels.Handler(INFO) > format.Handler(stderr, ",
	} {
		require.Contains(t, text, want)
	}
}

func TestAPreviewWithoutARootHasTheRootOfTheProcess(t *testing.T) {
	c, err := config.Parse([]byte("version: 1"), ".yaml")
	require.NoError(t, err)
	require.Equal(t, "root WARNING\n", c.Preview().String())
	require.Equal(t, levels.Warning, tree.Default().Node("").EffectiveLevel())
}

func TestAPreviewOfAnIncrementalDocumentHasLevels(t *testing.T) {
	c, err := config.Parse([]byte(`{version: 1, incremental: true, disable_existing_loggers: true, handlers: {h: {level: ERROR}},
loggers: {a: {level: DEBUG, propagate: no}}, root: {level: INFO}}`), ".yaml")
	require.NoError(t, err)
	require.Equal(t, "root INFO\n├─ a DEBUG, propagate off\n└─ b (INFO)\n", c.Preview("b").String())
	require.False(t, c.DisablesExisting(), "it is ignored, as in Python")
}

func TestAClassMayTakeAnyArguments(t *testing.T) {
	var got []string
	config.Register("preview.Any", func(a *config.Args) (format.Formatter, error) {
		for _, name := range a.Names() {
			got = append(got, fmt.Sprint(name, "=", a.Any(name)))
		}
		return format.JSON(nil), nil
	})
	_, err := config.Parse([]byte(`{version: 1, formatters: {f: {(): preview.Any, b: 1, a: [x], ".": {c: true, b: 2}}}}`), ".yaml")
	require.NoError(t, err)
	require.Equal(t, []string{"b=1", "a=[x]", "c=true"}, got)
}

func TestAPanicOfAClassIsAMistake(t *testing.T) {
	config.Register("preview.Panics", func(*config.Args) (format.Formatter, error) { panic("at the disco") })
	_, err := config.Parse([]byte(`{version: 1, formatters: {f: {(): preview.Panics}}, filters: {l: {(): slogx.filter.Limit, count: -1}}}`), ".yaml")
	require.EqualError(t, err, `config: formatters.f (line 1): at the disco
filters.l (line 1): filter: LimitOptions.Count: -1 is negative`)
}

func TestAVariableMayBeANumber(t *testing.T) {
	t.Setenv("KEEP", "7")
	c, err := config.Parse([]byte(`{version: 1, environment: yes, root: {level: "${LEVEL:-10}", handlers: [h]},
handlers: {h: {class: logging.handlers.RotatingFileHandler, filename: a.log, maxBytes: "${SIZE:-1000}", backupCount: "${KEEP}", delay: "${LATE:-on}"}}}`), ".yaml")
	require.NoError(t, err)
	require.Contains(t, c.Preview().String(), "root DEBUG\n   handler h (maxBytes 1000, backupCount 7, delay) > ")
}
