// SPDX-License-Identifier: MIT

package config_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/config"
	"github.com/slogx/slogx/tree"
)

// A mistaken document, and all that is told of it.
type mistaken struct{ name, text, want string }

// requireMistakes requires that documents are refused with these words and no others, and change nothing.
func requireMistakes(t *testing.T, ext string, tests []mistaken) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tr := tree.New(nil)
			before := tr.String()
			c, err := config.Parse([]byte(tt.text), ext)
			if err == nil {
				err = c.Apply(tr)
			}
			require.EqualError(t, err, "config: "+strings.Trim(tt.want, "\n"))
			require.Equal(t, before, tr.String())
			require.NoError(t, tr.Shutdown(context.Background()))
		})
	}
}

func TestEachMistakeOfAYAMLDocumentIsToldWithItsPlace(t *testing.T) {
	requireMistakes(t, ".yaml", mistakesInYAML)
}

func TestEachMistakeOfAJSONDocumentIsToldWithItsPlace(t *testing.T) {
	requireMistakes(t, ".json", mistakesInJSON)
}

var mistakesInYAML = []mistaken{
	{"the document is no map", `- version: 1
`, `
line 1: want a map with the key version, not a list
`},
	{"the document is empty", `# nothing
`, `
the document is empty
`},
	{"no version", `root: {}
`, `
line 1: the document has no version; it is 1
`},
	{"the document stands in a larger one", `DEBUG: true
LOGGING: {version: 1, root: {}}
`, `
line 1: the document has no version; it is 1. What stands below LOGGING has one: it is to stand in a file of its own
`},
	{"variables without the key environment", `version: 1
formatters: {f: {format: '${message}', style: $, datefmt: '${x}'}}
handlers: {h: {class: logging.FileHandler, filename: '${A:-x}.log', mode: '${}', level: '${LEVEL}', formatter: f}}
`, `
handlers.h.level (line 3): levels: level "${LEVEL}": unknown name
handlers.h.mode (line 3): want a to append, or w to empty the file first, not "${}"
handlers.h.filename (line 3): a variable stays as it stands without environment: true at the top of a YAML or JSON document
handlers.h.level (line 3): a variable stays as it stands without environment: true at the top of a YAML or JSON document
`},
	{"variables that are none", `version: 1
environment: false
root: {level: '${LEVEL}'}
`, `
root.level (line 3): levels: level "${LEVEL}": unknown name
`},
	{"the version is a text", `version: "1"
`, `
version (line 1): the version is the number 1, not the text "1"
`},
	{"the version is another", `version: 2
`, `
version (line 1): the version is the number 1, not the number 2
`},
	{"keys at the top that look like known ones", `version: 1
handler: {}
filter: {}
Loggers: {}
disable_existing_logger: true
`, `
handler (line 2): no such key; did you mean handlers?
filter (line 3): no such key; did you mean filters?
Loggers (line 4): no such key; did you mean loggers?
disable_existing_logger (line 5): no such key; did you mean disable_existing_loggers?
`},
	{"sections that are no maps", `version: 1
formatters: []
filters: x
handlers: 5
loggers: true
root: [h]
`, `
formatters (line 2): want a map, not a list
filters (line 3): want a map, not the text "x"
handlers (line 4): want a map, not the number 5
loggers (line 5): want a map, not true
root (line 6): want a map, not a list
`},
	{"entries that are no maps", `version: 1
formatters: {f: "%(message)s"}
filters: {f: [a]}
handlers: {h: logging.StreamHandler}
loggers: {a: DEBUG, b: }
`, `
formatters.f (line 2): want a map, not the text "%(message)s"
filters.f (line 3): want a map, not a list
handlers.h (line 4): want a map, not the text "logging.StreamHandler"
loggers.a (line 5): want a map, not the text "DEBUG"
loggers.b (line 5): want a map, not nothing
`},
	{"truth values", `version: 1
incremental: maybe
disable_existing_loggers: 2
environment: [yes]
loggers: {a: {propagate: perhaps}, b: {propagate: 1.5}}
`, `
environment (line 4): want true or false, not a list
incremental (line 2): want true or false, not the text "maybe"
disable_existing_loggers (line 3): want true or false, not the number 2
loggers.a.propagate (line 5): want true or false, not the text "perhaps"
loggers.b.propagate (line 5): want true or false, not the number 1.5
`},
	{"levels", `version: 1
handlers: {h: {class: logging.NullHandler, level: LOUD}}
loggers:
  a: {level: WARNIN}
  b: {level: -10}
  c: {level: 10.5}
  d: {level: [DEBUG]}
  e: {level: true}
  f: {level: "INFO+"}
root: {level: 9999999999, handlers: [h]}
`, `
handlers.h.level (line 2): levels: level "LOUD": unknown name
loggers.a.level (line 4): levels: level "WARNIN": unknown name; did you mean WARNING?
loggers.b.level (line 5): want the name of a level or Python's number, not the number -10
loggers.c.level (line 6): want the name of a level or Python's number, not the number 10.5
loggers.d.level (line 7): want the name of a level or Python's number, not a list
loggers.e.level (line 8): want the name of a level or Python's number, not true
loggers.f.level (line 9): levels: level "INFO+": unknown name; did you mean INFO?
root.level (line 10): want the name of a level or Python's number, not the number 9999999999
`},
	{"names that nobody has", `version: 1
formatters: {simple: {}}
filters: {quiet: {}}
handlers:
  console: {class: logging.StreamHandler, formatter: simpel, filters: [quite, noise]}
  plain: {class: logging.StreamHandler, formatter: 5, filters: quiet}
loggers:
  a: {handlers: [consol], filters: [zzz, 7]}
  b: {handlers: console}
  c: {handlers: [[console]], filters: {quiet: 1}}
`, `
handlers.console.formatter (line 5): there is no formatter "simpel"; did you mean simple?
handlers.console.filters[0] (line 5): there is no filter "quite"; did you mean quiet?
handlers.console.filters[1] (line 5): there is no filter "noise"; known: quiet
handlers.plain.formatter (line 6): want a text, not the number 5
handlers.plain.filters (line 6): want a list of filters, not the text "quiet"
loggers.a.filters[0] (line 8): there is no filter "zzz"; known: quiet
loggers.a.filters[1] (line 8): want a text, not the number 7
loggers.a.handlers[0] (line 8): there is no handler "consol"; did you mean console?
loggers.b.handlers (line 9): want a list of handlers, not the text "console"
loggers.c.filters (line 10): want a list of filters, not a map
loggers.c.handlers[0] (line 10): want a text, not a list
`},
	{"names where there is none", `version: 1
handlers: {h: {class: logging.StreamHandler, formatter: f, filters: [g]}}
loggers: {a: {handlers: [i], filters: [g]}}
`, `
handlers.h.formatter (line 2): there is no formatter "f"
handlers.h.filters[0] (line 2): there is no filter "g"
loggers.a.filters[0] (line 3): there is no filter "g"
loggers.a.handlers[0] (line 3): there is no handler "i"; known: h
`},
	{"keys of loggers", `version: 1
loggers:
  a: {propogate: no, handler: [h], levels: DEBUG}
root: {filter: []}
`, `
loggers.a.propogate (line 3): no such key; did you mean propagate?
loggers.a.handler (line 3): no such key; did you mean handlers?
loggers.a.levels (line 3): no such key; did you mean level?
root.filter (line 4): no such key; did you mean filters?
`},
	{"classes", `version: 1
formatters:
  a: {class: app.JsonFormatter}
  b: {(): logging.Formater}
  c: {class: logging.StreamHandler}
  d: {class: 5}
filters:
  a: {class: slogx.filter.Lvl}
  b: {(): slogx.filter.Redakt}
  c: {(): app.Filter}
handlers:
  a: {}
  b: {class: my.own.Handler}
  c: {class: logging.StreemHandler}
  d: {class: RotaRotatingFileHandler}
  e: {class: logging.handlers.RotaRotatingFileHandler}
  f: {class: slogx.rotate.Fiel}
  g: {class: slogx.filter.Not}
  h: {class: {a: b}}
  i: {class: "ext://sys.stdout"}
  j: {class: null}
  k: {class: RotatingFileHandler}
  l: {class: logging.TimedRotatingFileHandler}
  m: {class: rotate.File}
  n: {class: app.RotatingFileHandler}
`, `
formatters.a.class (line 3): app.JsonFormatter is no formatter that is known. Nothing is imported: a class of the program's own is to be made known first, with config.Register("app.JsonFormatter", …)
formatters.b["()"] (line 4): logging.Formater is no formatter that is known; did you mean logging.Formatter?
formatters.c.class (line 5): logging.StreamHandler is no formatter
formatters.d.class (line 6): want a text, not the number 5
filters.a.class (line 8): slogx.filter.Lvl is no filter that is known; did you mean slogx.filter.All or slogx.filter.Level?
filters.b["()"] (line 9): slogx.filter.Redakt is no filter that is known; did you mean slogx.filter.Redact?
filters.c["()"] (line 10): app.Filter is no filter that is known. Nothing is imported: a class of the program's own is to be made known first, with config.Register("app.Filter", …)
handlers.a (line 12): a handler needs the key class
handlers.b.class (line 13): my.own.Handler is no handler that is known. Nothing is imported: a class of the program's own is to be made known first, with config.Register("my.own.Handler", …)
handlers.c.class (line 14): logging.StreemHandler is no handler that is known; did you mean logging.StreamHandler?
handlers.d.class (line 15): RotaRotatingFileHandler is no handler that is known. Nothing is imported: a class of the program's own is to be made known first, with config.Register("RotaRotatingFileHandler", …)
handlers.e.class (line 16): logging.handlers.RotaRotatingFileHandler is no handler that is known; did you mean logging.handlers.RotatingFileHandler?
handlers.f.class (line 17): slogx.rotate.Fiel is no handler that is known; did you mean slogx.rotate.File?
handlers.g.class (line 18): slogx.filter.Not is no handler
handlers.h.class (line 19): want a text, not a map
handlers.i.class (line 20): want a text, not a Go value of type config.std
handlers.j.class (line 21): want a text, not nothing
handlers.k.class (line 22): RotatingFileHandler is no handler that is known; did you mean logging.handlers.RotatingFileHandler?
handlers.l.class (line 23): logging.TimedRotatingFileHandler is no handler that is known; did you mean logging.handlers.TimedRotatingFileHandler?
handlers.m.class (line 24): rotate.File is no handler that is known; did you mean slogx.rotate.File?
handlers.n.class (line 25): app.RotatingFileHandler is no handler that is known. Nothing is imported: a class of the program's own is to be made known first, with config.Register("app.RotatingFileHandler", …)
`},
	{"classes of Python that are not there", `version: 1
handlers:
  a: {class: logging.handlers.MemoryHandler}
  b: {class: logging.handlers.QueueHandler}
  c: {class: logging.handlers.SocketHandler}
  d: {class: logging.handlers.DatagramHandler}
  e: {class: logging.handlers.SysLogHandler}
  f: {class: logging.handlers.SMTPHandler}
  g: {class: logging.handlers.HTTPHandler}
  h: {class: handlers.SMTPHandler}
  i: {class: logging.handlers.NTEventLogHandler}
  j: {class: logging.handlers.BaseRotatingHandler}
  k: {class: logging.Handler}
`, `
handlers.a.class (line 3): logging.handlers.MemoryHandler: slogx has no such handler yet; one of the program's own is made known with config.Register
handlers.b.class (line 4): logging.handlers.QueueHandler: slogx has no such handler yet; one of the program's own is made known with config.Register
handlers.c.class (line 5): logging.handlers.SocketHandler: slogx has no such handler yet; one of the program's own is made known with config.Register
handlers.d.class (line 6): logging.handlers.DatagramHandler: slogx has no such handler yet; one of the program's own is made known with config.Register
handlers.e.class (line 7): logging.handlers.SysLogHandler: slogx has no such handler yet; one of the program's own is made known with config.Register
handlers.f.class (line 8): logging.handlers.SMTPHandler: slogx has no such handler yet; one of the program's own is made known with config.Register
handlers.g.class (line 9): logging.handlers.HTTPHandler: slogx has no such handler yet; one of the program's own is made known with config.Register
handlers.h.class (line 10): handlers.SMTPHandler: slogx has no such handler yet; one of the program's own is made known with config.Register
handlers.i.class (line 11): logging.handlers.NTEventLogHandler: it is of Windows only, and slogx has none
handlers.j.class (line 12): logging.handlers.BaseRotatingHandler: it is the base of other classes: logging.handlers.RotatingFileHandler is one
handlers.k.class (line 13): logging.Handler: it is the base of other classes: logging.StreamHandler is one
`},
	{"references", `version: 1
environment: true
handlers:
  a: {class: logging.StreamHandler, stream: "ext://sys.stdin"}
  b: {class: logging.StreamHandler, stream: "ext://"}
  c: {class: logging.FileHandler, filename: a, delay: "cfg://handlers.z.filename"}
  d: {class: logging.FileHandler, filename: a, delay: "cfg://"}
  e: {class: logging.FileHandler, filename: a, delay: "cfg://handlers.e.delay"}
  f: {class: logging.FileHandler, filename: "a${SLOGX_TEST_UNSET}"}
  g: {class: logging.FileHandler, filename: "a${SLOGX_TEST_UNSET:?say where}/${"}
`, `
handlers.f.filename (line 9): environment variable SLOGX_TEST_UNSET is not set
handlers.g.filename (line 10): environment variable SLOGX_TEST_UNSET: say where
handlers.g.filename (line 10): ${ has no }; a dollar is written as $$
handlers.a.stream (line 4): ext://sys.stdin: nothing of that name is known, and nothing is imported: an object of the program's own is to be made known first, with config.Register("sys.stdin", …)
handlers.b.stream (line 5): ext://: nothing of that name is known, and nothing is imported: an object of the program's own is to be made known first, with config.Register("", …)
handlers.c.delay (line 6): cfg://handlers.z.filename: handlers has no key "z"
handlers.d.delay (line 7): cfg://: want a word, .word or [index] at ""
handlers.e.delay (line 8): cfg://handlers.e.delay stands for itself
`},
	{"incremental", `version: 1
incremental: true
handlers: {h: {level: LOUD, class: no.such.Class}}
loggers: {a: {level: LOUD, propagate: maybe, handlers: [zz]}}
`, `
handlers.h.level (line 3): levels: level "LOUD": unknown name
loggers.a.level (line 4): levels: level "LOUD": unknown name
loggers.a.propagate (line 4): want true or false, not the text "maybe"
`},
	{"YAML", `version: 1
version: 1
root: {level: *a}
`, `
line 3: YAML: unknown anchor 'a' referenced
`},
	{"YAML that is none", `version: 1
root: {level: [}
`, `
line 2: YAML: did not find expected node content here or just before
`},
	{"tags", `version: !!python/object:os.system 1
handlers: {h: {class: !!python/name:os.system x}}
`, `
version (line 1): tag !!python/object:os.system: nothing is ever constructed from a tag
handlers.h.class (line 2): tag !!python/name:os.system: nothing is ever constructed from a tag
`},
}

var mistakesInJSON = []mistaken{
	{"no JSON", `{"version": 1,, }
`, `
line 1, column 15: JSON: invalid character ',' looking for beginning of object key string
`},
	{"the document is a list", `[1]
`, `
line 1: want a map with the key version, not a list
`},
	{"keys that are there twice", `{"version": 1,
 "handlers": {"h": {"class": "logging.NullHandler"},
  "h": {}}}
`, `
handlers.h (line 3): the key is there twice, first in line 2
`},
	{"everything", `{
  "version": 1.5,
  "formatters": {"f": {"format": "%(name)"}},
  "handlers": {
    "h": {"class": "logging.FileHandler", "delay": "perhaps"},
    "i": {"class": "app.Handler"}
  },
  "root": {
    "level": "LOUD",
    "handlers": ["j"]
  }
}
`, `
version (line 2): the version is the number 1, not the number 1.5
formatters.f.format (line 3): format: "%(name)" at byte 7: field "name" without a conversion, as the s in %(name)s
handlers.h.delay (line 5): want true or false, not the text "perhaps"
handlers.h (line 5): a file needs the argument filename
handlers.i.class (line 6): app.Handler is no handler that is known. Nothing is imported: a class of the program's own is to be made known first, with config.Register("app.Handler", …)
root.level (line 9): levels: level "LOUD": unknown name
root.handlers[0] (line 10): there is no handler "j"; known: h, i
`},
}
