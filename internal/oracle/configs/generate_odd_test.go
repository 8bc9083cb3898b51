// SPDX-License-Identifier: MIT

package configs_test

import (
	"maps"
	"slices"

	"github.com/slogx/slogx/internal/document"
)

// makeOdd makes the i-th document of a script what the script is about, and returns where it must be refused, if so.
func (g *generator) makeOdd(d doc, i int) (at string) {
	switch g.odd {
	case oddMistake:
		if i > 0 || g.chance(3) {
			return g.mistake(d)
		}
	case oddBools:
		d["disable_existing_loggers"] = pick[any](g, "yes", "no", "off", "True", 0, 1)
	case oddReference:
		g.references(d)
	case oddDefault:
		delete(d, "disable_existing_loggers")
	case oddNothing:
		if g.chance(4) {
			d[pick(g, "comment", "x-anchor", "_note")] = doc{"any": []string{"thing"}}
		}
	}
	return ""
}

// references has parts of a document stand somewhere else.
func (g *generator) references(d doc) {
	move := func(m doc, key, name string) {
		if v, ok := m[key]; ok {
			d[name], m[key] = v, "cfg://"+name
		}
	}
	switch g.rnd.IntN(4) {
	case 0:
		move(d, "formatters", "all_formatters")
	case 1:
		if ids := section(d, "handlers"); len(ids) > 0 {
			id := pick(g, ids...)
			handlers := maps.Clone(d["handlers"].(doc))
			d["others"] = doc{id: handlers[id]}
			handlers[id] = pick(g, "cfg://others."+id, "cfg://others["+id+"]")
			d["handlers"] = handlers
		}
	case 2:
		if root, ok := d["root"].(doc); ok && len(root) > 0 {
			root["level"] = "ext://logging." + pick(g, "DEBUG", "ERROR")
		}
	case 3:
		if root, ok := d["root"].(doc); ok {
			if list, ok := root["handlers"].([]string); ok && len(list) > 0 {
				d["main"] = list[0]
				root["handlers"] = append([]string{"cfg://main"}, list[1:]...)
			}
		}
	}
}

// mistake makes a mistake in a document, and returns where.
func (g *generator) mistake(d doc) (at string) {
	entry := func(name string, made doc) (string, doc) {
		s, _ := d[name].(doc)
		if len(s) == 0 {
			s = doc{"made": made}
			d[name] = s
		}
		id := pick(g, section(d, name)...)
		e, ok := s[id].(doc)
		if !ok {
			panic(id)
		}
		return " at=" + document.Join(name, id), e
	}
	switch g.rnd.IntN(14) {
	case 0:
		delete(d, "version")
		return " at=version"
	case 1:
		d["version"] = pick[any](g, 2, "1", 0, 1.5)
		return " at=version"
	case 2:
		at, h := entry("handlers", doc{"class": "logging.NullHandler"})
		h["formatter"] = "nosuch"
		return at + ".formatter"
	case 3:
		at, h := entry("handlers", doc{"class": "logging.NullHandler"})
		h["level"] = pick[any](g, "LOUD", "", doc{})
		return at + ".level"
	case 4:
		at, h := entry("handlers", doc{"class": "logging.NullHandler"})
		if h["()"] == nil { // classes of the program's own read their arguments when files are open
			h["nosuch"] = 1
			return at + ".nosuch"
		}
		delete(h, "()")
		return at
	case 5:
		at, h := entry("handlers", doc{"class": "logging.NullHandler"})
		delete(h, "class")
		delete(h, "()")
		return at
	case 6:
		at, h := entry("handlers", doc{"class": "logging.NullHandler"})
		delete(h, "()")
		h["class"] = pick(g, "logging.NoSuch", "nosuch.Handler", "logging.handlers.NoSuch")
		return at + ".class"
	case 7:
		at, h := entry("handlers", doc{"class": "logging.NullHandler"})
		h["filters"] = []string{"nosuch"}
		return at + ".filters[0]"
	case 8:
		at, l := entry("loggers", doc{})
		l["handlers"] = []string{"nosuch"}
		return at + ".handlers[0]"
	case 9:
		at, l := entry("loggers", doc{})
		l["level"] = pick[any](g, "LOUD", "debugg", []int{10})
		return at + ".level"
	case 10:
		d["formatters"] = doc{"bad": doc{"format": pick(g, "%(message", "no field", "{message}")}}
		for _, id := range section(d, "handlers") {
			delete(d["handlers"].(doc)[id].(doc), "formatter")
		}
		return " at=formatters.bad.format"
	case 11:
		d["root"] = doc{"handlers": []string{"nosuch"}}
		return " at=root.handlers[0]"
	case 12:
		at, h := entry("handlers", doc{"class": "logging.NullHandler"})
		h["level"] = pick(g, "cfg://nosuch", "ext://logging.NOSUCH", "cfg://handlers[nosuch].level", "ext://nosuch.level")
		return at + ".level"
	default:
		at, l := entry("loggers", doc{})
		l["filters"] = []string{"nosuch"}
		return at + ".filters[0]"
	}
}

// incremental adds a document that changes levels.
func (g *generator) incremental() {
	d := doc{"version": 1, "incremental": true}
	loggers := doc{}
	for _, name := range slices.Sorted(maps.Keys(g.touched)) {
		if name != "root" && g.chance(2) {
			loggers[name] = doc{"level": g.level(), "propagate": pick[any](g, true, false, nil), "handlers": []string{"ignored"}}
		}
	}
	if g.chance(2) {
		loggers[g.name()] = doc{"level": g.level()}
	}
	d["loggers"] = loggers
	if g.chance(2) {
		d["root"] = doc{"level": pick[any](g, "DEBUG", "ERROR")}
	}
	if g.chance(2) {
		d["handlers"] = doc{pick(g, "out", "err", "file", "own", "null"): doc{"level": g.level(), "class": "ignored"}}
	}
	if g.chance(3) {
		d["formatters"] = doc{"f": doc{"class": "ignored"}}
	}
	g.document("dict", "", d)
}

// section returns the names of what a section of a document holds.
func section(d doc, name string) []string {
	s, _ := d[name].(doc)
	return slices.Sorted(maps.Keys(s))
}
