// SPDX-License-Identifier: MIT

package config_test

import (
	"testing"
)

func TestEachMistakeInArgumentsIsToldWithItsPlace(t *testing.T) {
	requireMistakes(t, ".yaml", mistakesInArguments)
}

func TestEachMistakeOfAnINIFileIsToldWithItsPlace(t *testing.T) {
	requireMistakes(t, ".ini", mistakesInINI)
}

var mistakesInArguments = []mistaken{
	{"layouts", `version: 1
formatters:
  a: {format: "%(name) %(message)s"}
  b: {format: "%threadName)s"}
  c: {format: "no field"}
  d: {format: "{message", style: "{"}
  e: {format: "${message", style: $}
  f: {style: "&"}
  g: {(): slogx.format.Percent, layout: "%(lineno)q"}
  h: {(): slogx.format.Brace, layout: "{message:10q}"}
  i: {(): slogx.format.Dollar, layout: 5}
  j: {format: 5, datefmt: [], defaults: x, validate: perhaps}
`, `
formatters.a.format (line 3): format: "%(name) %(message)s" at byte 8: unknown conversion '%' of field "name": its text is %(name)s
formatters.b.format (line 4): format: "%threadName)s" at byte 0: percent sign without a (name); a literal one is %%
formatters.c.format (line 5): format: "no field" at byte 0: no field
formatters.d.format (line 6): format: "{message" at byte 0: unclosed field
formatters.e.format (line 7): format: "${message" at byte 0: unclosed field
formatters.f.style (line 8): want %, { or $, not "&"
formatters.g.layout (line 9): format: "%(lineno)q" at byte 9: unknown conversion 'q' of field "lineno"
formatters.h.layout (line 10): format: "{message:10q}" at byte 11: unknown type 'q' of field "message"
formatters.i.layout (line 11): want a text, not the number 5
formatters.j.datefmt (line 12): want a text, not a list
formatters.j.validate (line 12): want true or false, not the text "perhaps"
formatters.j.defaults (line 12): want a map
formatters.j.format (line 12): want a text, not the number 5
`},
	{"keys of formatters", `version: 1
formatters:
  a: {formatt: x, stile: "{"}
  b: {class: logging.Formatter, colour: red}
  c: {(): slogx.format.JSON, indnt: 2, level: DEBUG}
  d: {".": {formt: x}}
  e: {".": [a]}
`, `
formatters.a.formatt (line 3): no such key; did you mean format?
formatters.a.stile (line 3): no such key; did you mean style?
formatters.b.colour (line 4): no such argument; known: format, datefmt, style, validate, defaults, converter, default_time_format, default_msec_format, fmt
formatters.c.indnt (line 5): no such argument; did you mean indent?
formatters.c.level (line 5): no such argument
formatters.d["."].formt (line 6): no such argument; did you mean format?
formatters.e["."] (line 7): want a map, not a list
`},
	{"dates", `version: 1
formatters:
  a: {converter: utc}
  b: {".": {default_msec_format: "%s.%d"}}
  c: {".": {default_msec_format: "%s%s%03d", default_time_format: 5}}
  d: {(): slogx.format.Percent, layout: "%(message)s", location: Mars/Olympus, dateFormat: 5, raw: maybe}
`, `
formatters.a.converter (line 3): want ext://time.gmtime or ext://time.localtime, not the text "utc"
formatters.b["."].default_msec_format (line 4): want %s and %03d once each, not "%s.%d"
formatters.c["."].default_time_format (line 5): want a text, not the number 5
formatters.c["."].default_msec_format (line 5): want %s and %03d once each, not "%s%s%03d"
formatters.d.dateFormat (line 6): want a text, not the number 5
formatters.d.location (line 6): "Mars/Olympus" is no time zone: UTC, Local, or a name such as Europe/Berlin
formatters.d.raw (line 6): want true or false, not the text "maybe"
`},
	{"filters", `version: 1
filters:
  a: {nam: x}
  b: {(): slogx.filter.Level}
  c: {(): slogx.filter.LevelRange, min: LOUD, max: []}
  d: {(): slogx.filter.MessageMatches, pattern: 5}
  e: {(): slogx.filter.Sample, period: 5, first: many, every: 1.5}
  f: {(): slogx.filter.Limit, count: -1}
  g: {(): slogx.filter.Dedup, key: user}
  h: {(): slogx.filter.All, filters: a}
  i: {(): slogx.filter.Any}
  j: {(): slogx.filter.Not}
  k: {(): slogx.filter.Redact, keys: [1], patterns: [[a], 5]}
  l: {(): slogx.filter.All, filters: [zz]}
  m: {name: [x]}
`, `
filters.a.nam (line 3): no such key; did you mean name?
filters.b (line 4): level: a level is needed
filters.c.min (line 5): levels: level "LOUD": unknown name
filters.c.max (line 5): want the name of a level or Python's number, not a list
filters.d.pattern (line 6): want a text, not the number 5
filters.e.first (line 7): want a whole number, not the text "many"
filters.e.every (line 7): want a whole number, not the number 1.5
filters.e.period (line 7): want a time with its unit (90s, 1h30m, 28d), not the number 5
filters.f (line 8): filter: LimitOptions.Count: -1 is negative
filters.g.key (line 9): want the name of an object (ext://…) of type func(*record.Record) string, not the text "user"
filters.h.filters (line 10): want a list of filters
filters.i (line 11): want a list of filters
filters.j (line 12): filter: a filter is needed
filters.k.keys[0] (line 13): want a text, not the number 1
filters.k.patterns[0] (line 13): want a text, not a list
filters.k.patterns[1] (line 13): want a text, not the number 5
filters.l.filters[0] (line 14): there is no filter "zz"
filters.m.name (line 15): want a text, not a list
`},
	{"filters that are made of themselves", `version: 1
filters:
  a: {(): slogx.filter.Not, filter: b}
  b: {(): slogx.filter.All, filters: [c]}
  c: {(): slogx.filter.Any, filters: [a, c]}
`, `
filters.c.filters[0] (line 5): the filter "a" is made of itself
filters.c.filters[1] (line 5): the filter "c" is made of itself
`},
	{"arguments of handlers", `version: 1
handlers:
  a: {class: logging.StreamHandler, stream: sys.stdout, streem: 1}
  b: {class: logging.StreamHandler, strem: "ext://sys.stdout"}
  c: {class: logging.FileHandler}
  d: {class: logging.FileHandler, filename: 5, mode: x, delay: maybe, encoding: gbk, errors: strct}
  e: {class: logging.handlers.RotatingFileHandler, filename: a, maxBytes: 10MB, backupcount: 3}
  f: {class: logging.handlers.RotatingFileHandler, filename: a, maxBytes: -1, backupCount: -1}
  g: {class: logging.handlers.TimedRotatingFileHandler, filename: a, when: weekly, interval: -1, atTime: noon, utc: 7}
  h: {class: logging.StreamHandler, ".": {terminator: ""}}
  i: {class: logging.NullHandler, x: 1}
  j: {class: slogx.format.Console, formatter: f, noColor: maybe}
  k: {class: logging.FileHandler, filename: "a-{thread}.log"}
  l: {class: logging.FileHandler, filename: "{logger}/a.log"}
  m: {class: logging.FileHandler, filename: ""}
  n: {class: logging.StreamHandler, formater: f, ".": {formater: f}}
formatters: {f: {}}
`, `
handlers.a.stream (line 3): want a stream (ext://sys.stdout, ext://sys.stderr), not the text "sys.stdout"
handlers.a.streem (line 3): no such argument; did you mean stream?
handlers.b.strem (line 4): no such argument; did you mean stream?
handlers.c (line 5): a file needs the argument filename
handlers.d.delay (line 6): want true or false, not the text "maybe"
handlers.d.filename (line 6): want a text, not the number 5
handlers.d.encoding (line 6): "gbk": files are written in UTF-8, and in no other encoding
handlers.d.errors (line 6): "strct" is no way to deal with errors of an encoding; did you mean strict?
handlers.d.mode (line 6): want a to append, or w to empty the file first, not "x"
handlers.e.maxBytes (line 7): want a whole number, not the text "10MB": the class slogx.rotate.File reads sizes with a unit
handlers.e.backupcount (line 7): no such argument; did you mean backupCount?
handlers.f (line 8): MaxBytes: -1 is negative
handlers.f (line 8): BackupCount: -1 is negative
handlers.g.utc (line 9): want true or false, not the number 7
handlers.g (line 9): Interval: -1 is negative
handlers.g (line 9): unknown period "weekly", want S, M, H, D, midnight, or W0 (Monday) to W6
handlers.h["."].terminator (line 10): no such argument; known: stream
handlers.i.x (line 11): no such argument
handlers.j.noColor (line 12): want true or false, not the text "maybe"
handlers.j.formatter (line 12): a console has a layout of its own; slogx.format.Stream takes a formatter
handlers.k.filename (line 13): {thread}: Go has no threads that a program could tell apart; {logger} is a file for each logger
handlers.l.filename (line 14): {logger} stands in the name of the file only, not in its directory
handlers.m.filename (line 15): a file needs the argument filename
handlers.n.formater (line 16): no such argument; did you mean formatter?
handlers.n["."].formater (line 16): no such argument; known: stream
`},
	{"options of files", `version: 1
handlers:
  a: {class: slogx.rotate.File, filename: a, maxAge: 28, mode: "0999", dirMode: -1, compress: zip, rotateOn: 5}
  b: {class: slogx.rotate.File, filename: a, owner: root, location: Nowhere, shouldRotate: f, namer: n, onRotate: 5}
  c: {class: slogx.rotate.File, filename: a, owner: {uid: root, group: 4}, compress: "gzip:10", maxAge: -1d, takeOver: true}
  d: {class: slogx.rotate.File, filename: a, cron: "* * *", when: D, truncate: true, engine: zip}
  e: {class: slogx.rotate.File, filename: a, compress: 9, mode: 1.5, maxBytes: 1e30, interval: []}
`, `
handlers.a.rotateOn (line 3): want a text, not the number 5
handlers.a.maxAge (line 3): want a time with its unit (90s, 1h30m, 28d), not the number 28
handlers.a.compress (line 3): want gzip, gzip:1 to gzip:9, or the name of an object (ext://…), not the text "zip"
handlers.a.mode (line 3): want permissions in octal, as "0640", not the text "0999"
handlers.a.dirMode (line 3): want permissions in octal, as "0640", not the number -1
handlers.b.location (line 4): "Nowhere" is no time zone: UTC, Local, or a name such as Europe/Berlin
handlers.b.shouldRotate (line 4): want the name of an object (ext://…) of type func(rotate.Current) bool, not the text "f"
handlers.b.namer (line 4): want the name of an object (ext://…) of type rotate.Namer, not the text "n"
handlers.b.owner (line 4): want a map of uid and gid, not the text "root"
handlers.b.onRotate (line 4): want the name of an object (ext://…) of type func(context.Context, rotate.Event), not the number 5
handlers.c.maxAge (line 5): want a time with its unit (90s, 1h30m, 28d), not the text "-1d"
handlers.c.compress (line 5): want gzip, gzip:1 to gzip:9, or the name of an object (ext://…), not the text "gzip:10"
handlers.c.owner.uid (line 5): want a whole number, not the text "root"
handlers.c.owner.group (line 5): no such argument; known: uid, gid
handlers.c.takeOver (line 5): no such argument
handlers.d (line 6): When: excludes Cron
handlers.d (line 6): Engine: "zip": neither "file" nor "lumberjack"
handlers.e.maxBytes (line 7): want a whole number of bytes, or one with a unit (500KB, 10MB, 1GB), not the number 1e+30
handlers.e.interval (line 7): want a whole number, not a list
handlers.e.compress (line 7): want a text, not the number 9
handlers.e.mode (line 7): want permissions in octal, as "0640", not the number 1.5
`},
	{"python-json-logger", `version: 1
formatters:
  a: {(): pythonjsonlogger.json.JsonFormatter, json_indent: x, json_ensure_ascii: 5, prefix: [], json_encoder: app.Encoder}
  b: {(): pythonjsonlogger.jsonlogger.JsonFormatter, rename_fields: [a], static_fields: x, reserved_attrs: [1], timestamp: [a]}
  c: {(): pythonjsonlogger.json.JsonFormatter, json_default: f, json_serializer: f, rename_fields: {a: 1}, reservd_attrs: x}
`, `
formatters.a.prefix (line 3): want a text, not a list
formatters.a.json_indent (line 3): want a whole number, not the text "x"
formatters.a.json_ensure_ascii (line 3): want true or false, not the number 5
formatters.a.json_encoder (line 3): Go has no classes of encoders: json_serializer and json_default take functions (ext://…)
formatters.b.reserved_attrs[0] (line 4): want a text, not the number 1
formatters.b.rename_fields (line 4): want a map, not a list
formatters.b.static_fields (line 4): want a map, not the text "x"
formatters.b.timestamp (line 4): want a text, not a list
formatters.c.rename_fields.a (line 5): want a text, not the number 1
formatters.c.json_default (line 5): want the name of an object (ext://…) of type func(interface {}, error) interface {}, not the text "f"
formatters.c.json_serializer (line 5): want the name of an object (ext://…) of type func([]uint8, interface {}) ([]uint8, error), not the text "f"
formatters.c.reservd_attrs (line 5): no such argument; did you mean reserved_attrs?
`},
}

var mistakesInINI = []mistaken{
	{"no sections", `version=1
`, `
line 1: want the head of a section, such as [loggers], before "version=1"
`},
	{"missing sections", `[loggers]
keys=root,a
[handlers]
keys=h
[formatters]
keys=f
`, `
[formatters] keys[0] (line 6): the section [formatter_f] is missing
[handlers] keys[0] (line 4): the section [handler_h] is missing
[loggers] keys[0] (line 2): the section [logger_root] is missing
[loggers] keys[1] (line 2): the section [logger_a] is missing
`},
	{"everything", `[loggers]
keys=root,db

[handlers]
keys=h,i,j,k,l

[formatters]
keys=f

[logger_root]
level=LOUD
handlers=h,m

[logger_db]
level=DEBUG
handlers=h
qualname=db

[handler_h]
class=FileHandler
args=(5, 'x', 'gbk', 0, 'strict', 7)
formatter=g

[handler_i]
class=handlers.RotatingFileHandler
args=('a.log',)
kwargs={'maxBytes': '5MB', 'backupcount': 3}

[handler_j]
class=app.Handler

[handler_k]
class=StreamHandler
args=('sys.stdout',)
level=1.5

[handler_l]
class=handlers.SysLogHandler

[formatter_f]
format=%(name) %(message)s
`, `
[formatter_f] format (line 41): format: "%(name) %(message)s" at byte 8: unknown conversion '%' of field "name": its text is %(name)s
[handler_h] formatter (line 22): there is no formatter "g"; known: f
[handler_h] args[0] (line 21): want a text, not the number 5
[handler_h] args[2] (line 21): "gbk": files are written in UTF-8, and in no other encoding
[handler_h] args[1] (line 21): want a to append, or w to empty the file first, not "x"
[handler_h] args[5] (line 21): 6 positional arguments, at most 5 are known (filename, mode, encoding, delay, errors)
[handler_i] kwargs.maxBytes (line 27): want a whole number, not the text "5MB": the class slogx.rotate.File reads sizes with a unit
[handler_i] kwargs.backupcount (line 27): no such argument; did you mean backupCount?
[handler_j] class (line 30): app.Handler is no handler that is known. Nothing is imported: a class of the program's own is to be made known first, with config.Register("app.Handler", …)
[handler_k] level (line 35): levels: level "1.5": unknown name
[handler_k] args[0] (line 34): want a stream (ext://sys.stdout, ext://sys.stderr), not the text "sys.stdout"
[handler_l] class (line 38): logging.handlers.SysLogHandler: slogx has no such handler yet; one of the program's own is made known with config.Register
[logger_root] level (line 11): levels: level "LOUD": unknown name
[logger_root] handlers[1] (line 12): there is no handler "m"; known: h, i, j, k, l
`},
	{"calls", `[loggers]
keys=root
[handlers]
keys=h
[formatters]
keys=
[logger_root]
handlers=h
[handler_h]
class=FileHandler
args=(os.path.join('a', 'b'),)
`, `
[handler_h] args (line 11, column 19): os.path.join is followed by '(': only values are read, nothing is called or looked up
`},
}
