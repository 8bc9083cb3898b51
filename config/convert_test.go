// SPDX-License-Identifier: MIT

package config_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/config"
)

// ini returns an INI file with a handler and a formatter.
func ini(handler, formatter string) string {
	return `[loggers]
keys=root,yes
[handlers]
keys=h
[formatters]
keys=no
[logger_root]
handlers=h
level=INFO
[logger_yes]
qualname=yes
handlers=
[handler_h]
formatter=no
` + handler + `
[formatter_no]
` + formatter
}

func TestConvert(t *testing.T) {
	config.Register("convert.stream", &bytes.Buffer{})
	for _, tt := range []struct{ name, handler, formatter, want string }{
		{"a stream", "class=StreamHandler\nargs=(sys.stderr,)", "format=%(message)s", `
    class: logging.StreamHandler
    formatter: 'no'
    stream: ext://sys.stderr # args[0]
`},
		{"an object of the program's own", "class=StreamHandler\nargs=(convert.stream,)", "", "    stream: ext://convert.stream # args[0]\n"},
		{"words of YAML as texts", "class=FileHandler\nargs=('no',)\nkwargs={'delay': True, 'errors': None}", "format=yes: {message} # x\nstyle={", `
    format: 'yes: {message} # x'
    style: '{'
`},
		{"and as file", "class=FileHandler\nargs=('no',)\nkwargs={'delay': True, 'errors': None}", "", `
    delay: true
    errors: null
    filename: 'no' # args[0]
`},
		{"names of words", "class=NullHandler", "", "\n  'yes':\n    handlers: []\n    propagate: true\n"},
		{"a percent sign that was doubled", "class=FileHandler\nargs=('%%Y.log',)", "", "    filename: '%Y.log' # args[0]\n"},
		{"a value that was calculated", "class=handlers.RotatingFileHandler\nargs=('a.log', 'a', 2*1024, 5)", "", "    maxBytes: 2048 # args[2]\n"},
		{"several lines", "class=NullHandler", "format=%(message)s\n  b", "    format: '%(message)s\n\n      b'\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text, err := config.Convert([]byte(ini(tt.handler, tt.formatter)))
			require.NoError(t, err)
			require.Contains(t, string(text), tt.want)
			from, err := config.Parse([]byte(ini(tt.handler, tt.formatter)), ".ini")
			require.NoError(t, err)
			to, err := config.Parse(text, ".yaml")
			require.NoError(t, err, string(text))
			require.Equal(t, from.Preview().String(), to.Preview().String())
		})
	}
}

func TestConvertRefusesMistakes(t *testing.T) {
	config.Register("convert.Own", func(*config.Args) (slog.Handler, error) { return slog.DiscardHandler, nil })
	for _, tt := range []struct{ name, text, want string }{
		{"no INI", "x", "config: "},
		{"too many arguments", ini("class=StreamHandler\nargs=(sys.stderr, 1)", ""), "2 positional arguments, at most 1 are known (stream)"},
		{"of a class that is not known", ini("class=my.Handler\nargs=(1,)", ""), "my.Handler is no handler that is known"},
		{"of a class of the program's own", ini("class=convert.Own\nargs=(1, 2)", ""),
			"[handler_h] args[1] (line 16): nobody knows the name of this argument of convert.Own; kwargs={'name': …} gives it one"},
		{"code", ini("class=StreamHandler\nargs=(open('x'),)", ""), "[handler_h] args (line 16"},
	} {
		text, err := config.Convert([]byte(tt.text))
		require.Error(t, err, tt.name)
		require.Empty(t, text)
		require.Contains(t, err.Error(), tt.want)
		require.Equal(t, 1, strings.Count(err.Error(), "config: "), err.Error())
	}
}
