// SPDX-License-Identifier: MIT

package config_test

import (
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/config"
	"github.com/slogx/slogx/tree"
)

// What Python reads over loads, and is told.
func TestWhatNobodyReadsIsAWarning(t *testing.T) {
	for _, tt := range []struct{ ext, text, want string }{
		{".yaml", "version: 1\n", ""},
		{".yaml", "version: 1.0\nx-anchors: {a: 1}\n_note: b\nroot: {}\nformatters: null\nhandlers:\n", ""},
		{".yaml", "version: true\nmonitoring: {a: 1}\n", "monitoring (line 2): no such key: it is left out; " +
			"known: version, incremental, disable_existing_loggers, environment, formatters, filters, handlers, loggers, root"},
		{".yaml", "version: 1\nloggers: {a: {colour: red}}\n", "loggers.a.colour (line 2): no such key: it is left out; known: level, propagate, filters, handlers"},
		{".yaml", "version: 1\nformatters: {f: {colour: red, fmt: '%(msg)s', converter: ext://time.gmtime}}\n",
			"formatters.f.colour (line 2): no such key: it is left out; " +
				"known: format, datefmt, style, validate, defaults, converter, default_time_format, default_msec_format, fmt, class, (), ."},
		{".yaml", "version: 1\nfilters: {f: {colour: red, name: a}}\n", "filters.f.colour (line 2): no such key: it is left out; known: name, class, (), ."},
		{".yaml", "version: 1\nhandlers: {h: {class: logging.NullHandler}}\n", "handlers.h (line 2): no logger uses this handler: it is not opened"},
		{".yaml", "version: 1\nfilters: {f: {name: '${NAME}'}, g: {name: '$NAME'}}\nformatters: {f: {style: $, format: '${message}'}}\n",
			"filters.f.name (line 2): a variable stays as it stands without environment: true at the top of a YAML or JSON document"},
		{".yaml", "version: 1\nincremental: true\nhandlers: {h: {level: DEBUG}}\n", ""},
		{".yaml", "version: 1\nloggers: {root: {level: INFO}}\nroot: {level: DEBUG}\n", "root (line 3): the same logger stands at loggers.root, too: this one counts"},
		{".json", `{"version": 1, "servers": []}`, "servers (line 1): no such key: it is left out; " +
			"known: version, incremental, disable_existing_loggers, environment, formatters, filters, handlers, loggers, root"},
		{".ini", "[loggers]\nkeys=root\n[handlers]\nkeys=\n[formatters]\nkeys=f\n[formatter_f]\nstyle=$\nformat=${message}\ndatefmt=${x}\n[logger_root]\nhandlers=\n", ""},
		{".ini", "[loggers]\nkeys=root\n[handlers]\nkeys=\n[formatters]\nkeys=\n[logger_root]\nhandlers=\nqualnam=x\n[logger_a]\n",
			"[logger_root] qualnam (line 9): the option is ignored, as in Python; did you mean qualname?\n" +
				"[logger_a] (line 10): the section is ignored, as in Python: the keys of [loggers] do not name it"},
	} {
		c, err := config.Parse([]byte(tt.text), tt.ext)
		require.NoError(t, err, tt.text)
		var got []string
		for _, w := range c.Warnings() {
			got = append(got, w.Error())
		}
		require.Equal(t, tt.want, strings.Join(got, "\n"), tt.text)
	}
}

// A document that is applied tells the tree, however it came; one that is only read tells nobody.
func TestTheTreeIsToldOfWarnings(t *testing.T) {
	path := filepath.Join(t.TempDir(), "logging.yaml")
	require.NoError(t, os.WriteFile(path, []byte("{version: 1, monitoring: 2}"), 0o600))
	for name, load := range map[string]func(*tree.Tree) error{
		"Load":  func(tr *tree.Tree) error { return config.Load(tr, path) },
		"Apply": func(tr *tree.Tree) error { return config.Apply(tr, map[string]any{"version": 1, "monitoring": 2}) },
		"Watch": func(tr *tree.Tree) error { return config.Watch(t.Context(), tr, path, nil) },
	} {
		var told []error
		require.NoError(t, load(tree.New(&tree.Options{OnError: func(err error) { told = append(told, err) }})), name)
		require.Len(t, told, 1, name)
		require.ErrorContains(t, told[0], "no such key: it is left out", name)
	}
}

func TestTheMistakesOfAGoMapAreTold(t *testing.T) {
	loop := map[string]any{"version": 1}
	loop["handlers"] = loop
	for _, tt := range []struct {
		m    map[string]any
		want string
	}{
		{nil, "the document has no version; it is 1"},
		{map[string]any{"version": "1"}, `version: the version is the number 1, not the text "1"`},
		{loop, "handlers: the map is inside of itself"},
		{map[string]any{"version": 1, "loggers": map[float64]any{1: 2}}, "loggers: a key of the map has type float64, want string"},
		{map[string]any{"version": 1, "incremental": math.Inf(1), "root": os.Stdout}, "incremental: want true or false, not the number +Inf\n" +
			"root: want a map, not a Go value of type *os.File"},
		{map[string]any{
			"version": 1, "formatters": map[string]any{"f": os.Stdout},
			"handlers": map[string]any{
				"a": map[string]any{"class": "logging.StreamHandler", "stream": 5, "formatter": os.Stdout, "level": os.Stdout},
				"b": map[string]any{"class": os.Stdout},
			},
			"loggers": map[string]any{"a.b": map[string]any{"handlers": []any{os.Stdout, "c"}, "filters": []any{os.Stdout}}},
		}, `formatters.f: want a map, not a Go value of type *os.File
handlers.a.level: want the name of a level or Python's number, not a Go value of type *os.File
handlers.a.formatter: want a text, not a Go value of type *os.File
handlers.a.stream: want a stream (ext://sys.stdout, ext://sys.stderr), not the number 5
handlers.b.class: want a text, not a Go value of type *os.File
loggers["a.b"].filters[0]: want a text, not a Go value of type *os.File
loggers["a.b"].handlers[0]: want a text, not a Go value of type *os.File
loggers["a.b"].handlers[1]: there is no handler "c"; known: a, b`},
	} {
		_, err := config.Map(tt.m)
		require.EqualError(t, err, "config: "+tt.want)
		require.EqualError(t, config.Apply(tree.New(nil), tt.m), "config: "+tt.want)
	}
}

// What a mistake quotes of the document neither looks like another mistake nor drives a terminal.
func TestAMistakeIsOneLineWhateverItQuotes(t *testing.T) {
	for _, tt := range []struct{ ext, text, want string }{
		{".yaml", `{version: 1, handlers: {"h\e[2J\n": {class: "a\nroot: b\e[1m\u202e"}}}`, `handlers["h\x1b[2J\n"].class (line 1): a\nroot: b\x1b[1m\u202e is no handler that is known. ` +
			`Nothing is imported: a class of the program's own is to be made known first, with config.Register("a\nroot: b\x1b[1m\u202e", …)`},
		{".json", `{"version": 1, "handlers": {"h": {"class": "\u001b[2J"}}}`, `handlers.h.class (line 1): \x1b[2J is no handler that is known. ` +
			`Nothing is imported: a class of the program's own is to be made known first, with config.Register("\x1b[2J", …)`},
		{".ini", "[loggers]\nkeys=root\n[handlers]\nkeys=a\x1b[2J\n[formatters]\nkeys=\n[logger_root]\nhandlers=\n", `[handlers] keys[0] (line 4): the section [handler_a\x1b[2J] is missing`},
		{".ini", "[loggers]\nkeys=root\n[handlers]\nkeys=a\x1b\n[formatters]\nkeys=\n[logger_root]\nhandlers=\n[handler_a\x1b]\nclass=\x9b\n",
			`line 10, column 7: the text is not UTF-8`},
		{".ini", "[loggers]\nkeys=root\n[handlers]\nkeys=a\x1b\n[formatters]\nkeys=\n[logger_root]\nhandlers=\n[handler_a\x1b]\nlevel=1\n",
			`[handler_a\x1b] (line 9): wants class`},
	} {
		_, err := config.Parse([]byte(tt.text), tt.ext)
		require.EqualError(t, err, "config: "+tt.want)
	}
	c := parsed(t, `{version: 1, loggers: {a: {"\e[2J": 1}}}`)
	require.Equal(t, `loggers.a["\x1b[2J"] (line 1): no such key: it is left out; known: level, propagate, filters, handlers`, c.Warnings()[0].Error())
}

func TestACauseCanBeAskedFor(t *testing.T) {
	own := errors.New("no\nluck")
	config.Register("warnings_test.Fails", func(*config.Args) (slog.Handler, error) { return nil, errors.Join(own, io.ErrClosedPipe) })
	dir := t.TempDir()
	path := filepath.Join(dir, "logging.yaml")
	put(t, path, inDir(`{version: 1, root: {handlers: [a, b]}, handlers: {a: {class: logging.FileHandler, filename: "DIR/no/a\e.log"}, b: {class: warnings_test.Fails}}}`, dir))
	err := config.Load(tree.New(nil), path)
	require.ErrorIs(t, err, fs.ErrNotExist)
	require.Contains(t, err.Error(), `a\x1b.log`)
	c, err := config.Read(path)
	require.NoError(t, err)
	require.ErrorIs(t, c.Check(), fs.ErrNotExist)
	require.NoError(t, os.Mkdir(filepath.Join(dir, "no"), 0o700))
	err = config.Load(tree.New(nil), path)
	require.ErrorIs(t, err, own)
	require.EqualError(t, err, "config: handlers.b (line 1): no\\nluck\nhandlers.b (line 1): "+io.ErrClosedPipe.Error())
}

func TestTheFileIsNamedInItsMistakes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "logging.yaml")
	require.ErrorIs(t, config.Load(tree.New(nil), path), os.ErrNotExist)
	put(t, path, "version: 2\nroot: 5\n")
	_, err := config.Read(path)
	require.EqualError(t, err, "config: "+path+": version (line 1): the version is the number 1, not the number 2\nroot (line 2): want a map, not the number 5")
	require.NotNil(t, errors.Unwrap(err))
	for _, name := range []string{"logging.toml", "logging"} {
		other := filepath.Join(filepath.Dir(path), name)
		put(t, other, "version: 1\n")
		require.EqualError(t, config.Load(tree.New(nil), other), "config: "+other+": "+`"`+filepath.Ext(other)+
			`" is the ending of no format: .yaml, .yml, .json, .ini, .conf and .cfg are`)
	}
	for _, ext := range []string{".YAML", ".yml", ".Json"} {
		_, err := config.Parse([]byte(`{"version": 1}`), ext)
		require.NoError(t, err)
	}
}

// Variables of the environment and references are put in where the document asks for them, and never in layouts.
func TestWhatStandsForSomethingElse(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("SLOGX_TEST_DIR", filepath.ToSlash(dir))
	t.Setenv("SLOGX_TEST_EMPTY", "")
	config.Register("warnings_test.keep", 2)
	const text = `
version: 1
environment: yes
x-files: {size: 12, name: app.log, both: [h]}
formatters: {f: {format: "$message ${levelname} $$ %", style: $}}
handlers:
  h:
    class: logging.handlers.RotatingFileHandler
    filename: ${SLOGX_TEST_DIR}/${SLOGX_TEST_EMPTY:-x}-$${NAME}.log
    maxBytes: cfg://x-files.size
    backupCount: ext://warnings_test.keep
    formatter: cfg://handlers.names[0]
  names: {class: logging.NullHandler}
root: {level: "${SLOGX_TEST_NONE:-DEBUG}", handlers: ["cfg://x-files.both[0]"]}
`
	good := strings.NewReplacer("cfg://handlers.names[0]", "cfg://x_names[0]", "x-files", "x_files", "environment", "x_names: [f]\nenvironment").Replace(text)
	tr := newTree(t)
	apply(t, tr, good)
	tr.Logger("").Debug("m")
	require.Equal(t, map[string]string{"x-${NAME}.log": "m DEBUG $ %\n"}, filesOf(t, dir))
	_, err := config.Parse([]byte(text), ".yaml")
	require.ErrorContains(t, err, `cfg://`)
}
