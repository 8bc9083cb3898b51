// SPDX-License-Identifier: MIT

package configs_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
)

// A generator makes random scripts.
type generator struct {
	rnd   *rand.Rand
	minor int // of the version of Python that they are for

	steps    []*step
	odd      odd
	touched  map[string]map[string]bool // the keys that the document before had, by logger
	filtered map[string]bool            // loggers that have a filter by hand
}

// An odd is what is special about a script.
type odd int

const (
	oddNothing   odd = iota
	oddState         // the second document leaves out what the first had
	oddMistake       // a document is refused
	oddBools         // texts for truth values
	oddLevels        // levels as Python does not write them
	oddUnused        // handlers that no logger has
	oddReference     // cfg:// and ext://, also in lists
	oddDefault       // disable_existing_loggers is left out
	oddIncrement     // an incremental document comes second
	oddINI           // fileConfig
	odds
)

func pick[T any](g *generator, from ...T) T { return from[g.rnd.IntN(len(from))] }

// chance is true once in n times.
func (g *generator) chance(n int) bool { return g.rnd.IntN(n) == 0 }

func (g *generator) add(format string, args ...any) {
	g.steps = append(g.steps, &step{Text: fmt.Sprintf(format, args...)})
}

// names are those of loggers. None is the beginning of "root": CPython takes the root for one below it.
var names = []string{"a", "a", "a.b", "a.b", "a.b.c", "a.bb", "ab", "a-b", "a.", ".a", "b", "b.c", "root.x", "größe.日志", "a b.c"}

func (g *generator) name() string { return pick(g, names...) }

func (g *generator) script(int) *script {
	g.steps, g.touched, g.filtered = nil, map[string]map[string]bool{}, map[string]bool{}
	g.odd = odd(g.rnd.IntN(int(odds)))
	for range g.rnd.IntN(5) {
		g.prelude()
	}
	documents := 1 + g.rnd.IntN(3)
	if g.odd == oddState || g.odd == oddIncrement {
		documents = max(2, documents)
	}
	for i := range documents {
		switch {
		case g.odd == oddINI && !g.chance(4):
			g.ini()
		case g.odd == oddIncrement && i > 0:
			g.incremental()
		default:
			g.dict(i)
		}
		for range 2 + g.rnd.IntN(4) {
			g.log()
		}
		if g.chance(4) {
			g.prelude()
		}
	}
	return &script{Steps: g.steps}
}

// prelude is what a program does beside documents.
func (g *generator) prelude() {
	name := quoteName(pick(g, g.name(), g.name(), g.name(), "root"))
	switch g.rnd.IntN(6) {
	case 0:
		g.add("level %s %s", name, pick(g, "DEBUG", "INFO", "ERROR", "NOTSET"))
	case 1:
		if name != "root" {
			g.add("propagate %s no", name)
		}
	case 2:
		g.add("handler %s hand.log", name)
	case 3:
		if !g.filtered[name] { // two that are equal would be one
			g.filtered[name] = true
			g.add("filter %s %s", name, pick(g, "a", "a.b"))
		}
	default:
		if name != "root" {
			g.add("logger %s", name)
		}
	}
}

func (g *generator) log() {
	name := pick(g, g.name(), g.name(), g.name(), "root")
	g.add("log %s %d %s", quoteName(name), pick(g, 10, 20, 30, 40, 50), pick(g, "hello", "größe", "100%", "a b"))
}

// A doc is a document for dictConfig.
type doc = map[string]any

// dict adds a document, the i-th.
func (g *generator) dict(i int) {
	d := doc{"version": 1, "disable_existing_loggers": g.chance(2)}
	formatters, filters, handlers := g.formatters(), g.filters(), doc{}
	for range 1 + g.rnd.IntN(4) {
		id := pick(g, slices.Sorted(maps.Keys(handlerKinds))...)
		handlers[id] = g.handler(id, formatters, filters)
	}
	d["formatters"], d["filters"], d["handlers"] = formatters, filters, handlers
	loggers := g.loggers(handlers, filters)
	root := loggers["root"]
	delete(loggers, "root")
	switch {
	case root == nil:
	case g.chance(12):
		loggers[pick(g, "", "root")] = root
	default:
		d["root"] = root
	}
	d["loggers"] = loggers
	for _, section := range []string{"formatters", "filters", "loggers"} {
		if len(d[section].(doc)) == 0 && g.chance(2) {
			delete(d, section)
		}
	}
	if g.odd != oddUnused {
		g.useAll(d)
	}
	at := g.makeOdd(d, i)
	g.document("dict", at, d)
}

// document adds a document, with the sections on lines of their own.
func (g *generator) document(word, at string, d doc) {
	st := &step{Text: word + at}
	keys := slices.Sorted(maps.Keys(d))
	for i, key := range keys {
		text := encode(d[key])
		st.Doc = append(st.Doc, fmt.Sprintf("%s%q: %s%s", map[bool]string{true: "{", false: " "}[i == 0], key, text,
			map[bool]string{true: "}", false: ","}[i == len(keys)-1]))
	}
	g.steps = append(g.steps, st)
}

// patterns are layouts by their style.
var patterns = map[string][]string{
	"%": {"%(levelname)s %(name)s %(message)s", "%(levelno)d: %(message)s", "%(asctime)s %(message)s", "%(name)-8s|%(message)10s", "100%% %(message)s"},
	"{": {"{levelname} {name} {message}", "{levelno:>4} {message}", "{asctime}|{message}", "{{{message}}}"},
	"$": {"$levelname ${name} $message", "${levelno} $message", "$asctime $message", "$$ $message"},
}

func (g *generator) formatters() doc {
	formatters := doc{}
	for i := range g.rnd.IntN(4) {
		f, style := doc{}, pick(g, "%", "%", "{", "$")
		if style != "%" || g.chance(4) {
			f["style"] = style
		}
		if style == "%" && g.chance(6) {
			f["format"] = nil
		} else if style != "%" || !g.chance(6) {
			f["format"] = pick(g, patterns[style]...)
		}
		if g.chance(3) {
			f["datefmt"] = pick[any](g, "%H:%M", "%Y-%m-%dT%H:%M:%S%z", "%j", nil)
		}
		switch g.rnd.IntN(8) {
		case 0:
			f["class"] = "logging.Formatter"
		case 1:
			f["()"] = "logging.Formatter"
			if f["format"] == nil {
				f["format"] = map[string]string{"%": "%(message)s", "{": "{message}", "$": "$message"}[style]
			}
		case 2:
			f["()"] = "app.Shout"
			f["fmt"] = pick(g, patterns[style]...)
			delete(f, "format")
			if g.chance(2) {
				f["mark"] = "?"
			}
		case 3:
			f["validate"] = true
		case 4:
			if g.minor >= 12 && style == "%" {
				f["format"], f["defaults"] = "%(user)s %(message)s", doc{"user": "nobody"}
			}
		}
		formatters[fmt.Sprintf("f%d", i)] = f
	}
	return formatters
}

func (g *generator) filters() doc {
	filters := doc{}
	if g.chance(2) {
		filters["only0"] = pick(g, doc{"name": pick(g, "a", "a.b", "")}, doc{}, doc{"()": "logging.Filter", "name": "a"})
	}
	if g.chance(3) { // two that are equal would be one
		filters["only1"] = pick(g, doc{"name": "b"}, doc{"()": "app.Limit", "limit": pick(g, "INFO", "WARNING")})
	}
	return filters
}

// handlerKinds are handlers by their names: each has a file of its own.
var handlerKinds = map[string]doc{
	"out": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout"}, "err": {"class": "logging.StreamHandler"},
	"err2":    {"class": "logging.StreamHandler", "stream": "ext://sys.stderr"},
	"file":    {"class": "logging.FileHandler", "filename": "file.log", "encoding": "utf-8"},
	"late":    {"class": "logging.FileHandler", "filename": "late.log", "delay": true, "encoding": "utf8"},
	"size":    {"class": "logging.handlers.RotatingFileHandler", "filename": "size.log", "maxBytes": 100000, "backupCount": 2, "encoding": "utf-8"},
	"watched": {"class": "logging.handlers.WatchedFileHandler", "filename": "watched.log", "mode": "a", "encoding": "utf-8"},
	"time":    {"class": "logging.handlers.TimedRotatingFileHandler", "filename": "time.log", "when": "midnight", "encoding": "utf-8"},
	"null":    {"class": "logging.NullHandler"},
	"own":     {"()": "app.open_file", "path": "own.log"},
}

func (g *generator) handler(id string, formatters, filters doc) doc {
	h := maps.Clone(handlerKinds[id])
	if g.chance(2) {
		h["level"] = g.level()
	}
	if len(formatters) > 0 && g.chance(2) {
		h["formatter"] = pick(g, slices.Sorted(maps.Keys(formatters))...)
	} else if g.chance(8) {
		h["formatter"] = nil
	}
	if len(filters) > 0 && g.chance(3) {
		h["filters"] = []string{pick(g, slices.Sorted(maps.Keys(filters))...)}
	}
	return h
}

func (g *generator) level() any {
	if g.odd == oddLevels && g.chance(2) {
		return pick[any](g, "info", "Warning", "NOTICE", "trace", "10", "INFO+2", "ERR", "notset")
	}
	return pick[any](g, "DEBUG", "INFO", "WARN", "WARNING", "ERROR", "CRITICAL", "FATAL", "NOTSET", 10, 15, 20, 30, 0, nil, "DEBUG", "DEBUG")
}

// loggers returns loggers and, under root, the root. Unless the script is about state, those that a document before
// had are there again, with the same keys.
func (g *generator) loggers(handlers, filters doc) doc {
	loggers, before := doc{}, g.touched
	keys := map[string]map[string]bool{}
	if g.odd != oddState {
		for _, name := range slices.Sorted(maps.Keys(before)) {
			keys[name] = before[name]
		}
	}
	for range g.rnd.IntN(4) {
		if name := g.name(); keys[name] == nil {
			keys[name] = map[string]bool{"level": !g.chance(3), "propagate": g.chance(3), "filters": len(before) == 0 && g.chance(5)}
		}
	}
	if keys["root"] == nil && !g.chance(3) {
		keys["root"] = map[string]bool{"level": !g.chance(3)}
	}
	for _, name := range slices.Sorted(maps.Keys(keys)) {
		loggers[name] = g.logger(keys[name], handlers, filters)
	}
	if g.chance(10) && keys["root"] == nil {
		loggers["root"] = doc{}
	}
	g.touched = keys
	return loggers
}

func (g *generator) logger(keys map[string]bool, handlers, filters doc) doc {
	l := doc{}
	if keys["level"] {
		for l["level"] == nil {
			l["level"] = g.level()
		}
	}
	if keys["propagate"] {
		l["propagate"] = pick[any](g, true, false, false)
		if g.odd == oddBools {
			l["propagate"] = pick[any](g, "yes", "no", "off", "True", "0", 0, 1)
		}
	}
	if !g.chance(4) {
		list := []string{}
		for range g.rnd.IntN(3) {
			list = append(list, pick(g, slices.Sorted(maps.Keys(handlers))...))
		}
		l["handlers"] = list
	}
	if keys["filters"] && len(filters) > 0 {
		l["filters"] = slices.Sorted(maps.Keys(filters))
	} else {
		keys["filters"] = false
	}
	return l
}

// useAll hangs handlers that no logger has on one, and leaves out those for which there is none.
func (g *generator) useAll(d doc) {
	loggers, _ := d["loggers"].(doc)
	all := slices.Collect(maps.Values(loggers))
	if root, ok := d["root"]; ok && len(root.(doc)) > 0 {
		all = append(all, root)
	}
	used := map[string]bool{}
	for _, l := range all {
		list, _ := l.(doc)["handlers"].([]string)
		for _, id := range list {
			used[id] = true
		}
	}
	handlers := d["handlers"].(doc)
	for _, id := range slices.Sorted(maps.Keys(handlers)) {
		if !used[id] {
			delete(handlers, id)
		}
	}
}
