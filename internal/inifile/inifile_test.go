// SPDX-License-Identifier: MIT

package inifile_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/internal/document"
	"github.com/slogx/slogx/internal/inifile"
)

// leaves returns a line for each value that holds no others, with its key and its place.
func leaves(v *document.Value) string {
	var b strings.Builder
	var write func(key string, v *document.Value)
	write = func(key string, v *document.Value) {
		if len(v.Items)+len(v.Fields)+len(v.Args) == 0 {
			fmt.Fprintf(&b, "%s: %s, %s:%d\n", key, v.Describe(), v.Path, v.Line)
		}
		for i, item := range v.Items {
			write(fmt.Sprintf("%s %d", key, i), item)
		}
		for _, f := range v.Fields {
			write(strings.TrimSpace(key+" "+f.Key), f.Value)
		}
		for i, arg := range v.Args {
			write(fmt.Sprintf("%s (%d)", key, i), arg)
		}
	}
	write("", v)
	return b.String()
}

// tutorial is from tutorials on Python's logging, and a configuration of gunicorn.
const tutorial = `
[loggers]
keys=root, gunicorn.error

[handlers]
keys=consoleHandler, file

[formatters]
keys=sampleFormatter,json

[logger_root]
level=DEBUG
handlers=consoleHandler

[logger_gunicorn.error]
level=ERROR
handlers=consoleHandler, file
qualname=gunicorn.error
propagate=0

[handler_consoleHandler]
class=StreamHandler
level=DEBUG
formatter=sampleFormatter
args=(sys.stdout,)

[handler_file]
class = handlers.RotatingFileHandler
args = ('app.log',
        'a',  # to append
        10 * 1024, 5)
kwargs = {'encoding': 'utf-8'}

[formatter_sampleFormatter]
format=%(asctime)s - %(message)s
datefmt=

[formatter_json]
class=bdp_service.common.json_logger.JsonFormatter
`

func TestFilesOfTutorials(t *testing.T) {
	got, err := inifile.Parse([]byte(tutorial), nil)
	require.NoError(t, err)
	require.Empty(t, got.Warnings)
	require.Equal(t, strings.TrimPrefix(`
version: the number 1, version:0
formatters sampleFormatter format: the text "%(asctime)s - %(message)s", [formatter_sampleFormatter] format:35
formatters sampleFormatter datefmt: the text "", [formatter_sampleFormatter] datefmt:36
formatters json class: the text "bdp_service.common.json_logger.JsonFormatter", [formatter_json] class:39
handlers consoleHandler class: the text "logging.StreamHandler", [handler_consoleHandler] class:22
handlers consoleHandler level: the text "DEBUG", [handler_consoleHandler] level:23
handlers consoleHandler formatter: the text "sampleFormatter", [handler_consoleHandler] formatter:24
handlers consoleHandler (0): the text "ext://sys.stdout", [handler_consoleHandler] args[0]:25
handlers file class: the text "logging.handlers.RotatingFileHandler", [handler_file] class:28
handlers file encoding: the text "utf-8", [handler_file] kwargs.encoding:32
handlers file (0): the text "app.log", [handler_file] args[0]:29
handlers file (1): the text "a", [handler_file] args[1]:30
handlers file (2): the number 10240, [handler_file] args[2]:31
handlers file (3): the number 5, [handler_file] args[3]:31
loggers gunicorn.error level: the text "ERROR", [logger_gunicorn.error] level:16
loggers gunicorn.error handlers 0: the text "consoleHandler", [logger_gunicorn.error] handlers[0]:17
loggers gunicorn.error handlers 1: the text "file", [logger_gunicorn.error] handlers[1]:17
loggers gunicorn.error propagate: false, [logger_gunicorn.error] propagate:19
root level: the text "DEBUG", [logger_root] level:12
root handlers 0: the text "consoleHandler", [logger_root] handlers[0]:13
`, "\n"), leaves(got.Root))
	require.Equal(t, 18, got.Root.Get("loggers").Fields[0].KeyLine)
	require.Equal(t, "[handler_file]", got.Root.Get("handlers").Get("file").Path)
	require.Equal(t, 27, got.Root.Get("handlers").Get("file").Line)
}

// small is a file around other sections.
func small(sections string) string {
	return "[loggers]\nkeys=root\n[handlers]\nkeys=h\n[formatters]\nkeys=\n[logger_root]\nhandlers=h\n[handler_h]\n" + sections
}

func TestParseMistakes(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"nothing", "", "[formatters]: the section is missing\n[handlers]: the section is missing\n[loggers]: the section is missing"},
		{"other sections", "[x]\n", "[formatters]: the section is missing\n[handlers]: the section is missing\n[loggers]: the section is missing"},
		{"syntax", "[loggers]\nkeys\n", "line 2: \"keys\" is no option, want name = value"},
		{"not UTF-8", "[a]\nx=\xff", "line 2, column 3: the text is not UTF-8"},
		{"names", "[loggers]\nkeys=a,,b\n[handlers]\nkeys=h\n[formatters]\n[logger_a]\n",
			"[formatters] (line 5): wants keys\n[handlers] keys[0] (line 4): the section [handler_h] is missing\n" +
				"[loggers] keys (line 2): a name between the commas is empty\n[logger_a] (line 6): wants handlers\n[logger_a] (line 6): wants qualname\n" +
				"[loggers] keys[1] (line 2): the section [logger_b] is missing\n[loggers] keys (line 2): root is not among them"},
		{"options", small("level=%(x)s\nargs='ab'\nkwargs=[1]\n"), "[handler_h] (line 9): wants class\n" +
			"[handler_h] level (line 10): %(x)s names no option of [handler_h] or [DEFAULT]\n" +
			"[handler_h] args (line 11): is the text \"ab\", want a tuple, such as ('a',)\n" +
			"[handler_h] kwargs (line 12): is a list, want a dict, such as {'a': 1}"},
		{"evaluation", small("class=X if 1 else Y\nargs = (\n  open('x'),\n  )\n"), "[handler_h] class (line 10): \"X if 1 else Y\" is no name, and nothing is evaluated\n" +
			"[handler_h] args (line 12, column 7): open is followed by '(': only values are read, nothing is called or looked up"},
		{"evaluation after interpolation", small("class=X\nn = x\nargs = (1,\n  %(n)s)\n"),
			"[handler_h] args (line 12): the name x is not known, and nothing is evaluated"},
		{"percent", small("class=X\nargs = ('x-%Y.log',)\n"),
			`[handler_h] args (line 11): "%Y.log',)" is no reference, want %(option)s; a percent sign is written as %%`},
		{"twice", small("class=X\nlevel=INFO\nkwargs={'level': 1, 'class': 2}\n"), "[handler_h] kwargs.level (line 12): [handler_h] has the option level, too\n" +
			"[handler_h] kwargs.class (line 12): [handler_h] has the option class, too"},
		{"propagate", strings.Replace(small("class=X\n[logger_x]\nqualname=x\nhandlers=\npropagate=no\n"), "keys=root", "keys=root,x", 1),
			"[logger_x] propagate (line 14): \"no\" is no number, want 1 or 0: words such as yes and no are for YAML"},
		{"defaults", strings.Replace(small("class=X\n[formatter_f]\ndefaults={'a': x}\n"), "[formatters]\nkeys=", "[formatters]\nkeys=f", 1),
			"[formatter_f] defaults (line 12, column 16): the name x is not known, and nothing is evaluated"},
	}
	for _, test := range tests {
		_, err := inifile.Parse([]byte(test.text), nil)
		require.EqualError(t, err, test.want, test.name)
	}
}

func TestParseErrorsAreErrorsOfDocuments(t *testing.T) {
	_, err := inifile.Parse([]byte("[loggers]\nkeys=a\n"), nil)
	joined, ok := err.(interface{ Unwrap() []error })
	require.True(t, ok)
	for _, err := range joined.Unwrap() {
		place := &document.Error{}
		require.True(t, errors.As(err, &place))
	}
}

func TestParseWarns(t *testing.T) {
	text := strings.Replace(small(`
class=FileHandler
args=('x',)
fromatter=f
target=t
[logger_root2]
[handler_other]
[logger_x]
qualname=x
handlers=h
level=INFO
[logger_y]
qualname=x
handlers=
propogate=0
[unrelated_x]
[alembic]
`), "keys=root", "keys=root,x,y,x", 1)
	got, err := inifile.Parse([]byte("[DEFAULT]\nunused=%\n"+text), nil)
	require.NoError(t, err)
	var warnings []string
	for _, w := range got.Warnings {
		warnings = append(warnings, w.Error())
	}
	require.Equal(t, []string{
		"[handler_h] target (line 16): the option is ignored, as in Python: only a MemoryHandler has a target",
		"[handler_h] fromatter (line 15): the option is ignored, as in Python; did you mean formatter?",
		"[logger_y] propogate (line 26): the option is ignored, as in Python; did you mean propagate?",
		"[logger_y] qualname (line 24): x is the logger of [logger_x], too, which this section replaces",
		"[loggers] keys (line 4): x is named twice",
		"[logger_root2] (line 17): the section is ignored, as in Python: the keys of [loggers] do not name it",
		"[handler_other] (line 18): the section is ignored, as in Python: the keys of [handlers] do not name it",
	}, warnings)
	x := got.Root.Get("loggers").Get("x")
	require.Equal(t, "[logger_y]", x.Path)
	require.Equal(t, "INFO", x.Get("level").Str)
	require.Empty(t, x.Get("handlers").Items)
	require.True(t, x.Get("propagate").Bool)
	require.Nil(t, got.Root.Get("handlers").Get("h").Get("target"))
}

func TestParseOptions(t *testing.T) {
	text := small("class=handlers.MemoryHandler\nargs=(%(Size)s, x.y)\nlevel=%(lvl)s\ntarget=other\n")
	got, err := inifile.Parse([]byte(text), &inifile.Options{
		Defaults: map[string]string{"size": "5", "LVL": "INFO"},
		Names: func(name string) (*document.Value, bool) {
			return &document.Value{Kind: document.String, Str: name}, true
		},
	})
	require.NoError(t, err)
	require.Equal(t, strings.TrimPrefix(`
version: the number 1, version:0
formatters: a map, [formatters]:5
handlers h class: the text "logging.handlers.MemoryHandler", [handler_h] class:10
handlers h level: the text "INFO", [handler_h] level:12
handlers h target: the text "other", [handler_h] target:13
handlers h (0): the number 5, [handler_h] args[0]:11
handlers h (1): the text "x.y", [handler_h] args[1]:11
loggers: a map, [loggers]:1
root handlers 0: the text "h", [logger_root] handlers[0]:8
`, "\n"), leaves(got.Root))
}

func FuzzINIKeepsItsShape(f *testing.F) {
	f.Add([]byte(tutorial))
	f.Add([]byte(small("class=X\nargs=(%(a)s,)\na=%(a)s\n")))
	f.Add([]byte("[DEFAULT]\nkeys=root\nhandlers=\n[loggers]\n[handlers]\nkeys=\n[formatters]\nkeys=\n[logger_root]\n  x\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		got, err := inifile.Parse(text, nil)
		if err != nil {
			require.Nil(t, got.Root)
			return
		}
		require.Equal(t, []string{"version", "formatters", "handlers", "loggers", "root"}, got.Root.Keys())
		for _, f := range got.Root.Get("handlers").Fields {
			require.Equal(t, document.String, f.Value.Get("class").Kind)
		}
		for _, f := range append(got.Root.Get("loggers").Fields, document.Field{Value: got.Root.Get("root")}) {
			require.Equal(t, document.List, f.Value.Get("handlers").Kind)
		}
	})
}
