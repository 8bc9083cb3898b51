// SPDX-License-Identifier: MIT

package configs_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// ini adds a document for fileConfig.
func (g *generator) ini() {
	var b strings.Builder
	loggers := []string{"root"}
	for _, name := range slices.Sorted(maps.Keys(g.touched)) {
		if name != "root" {
			loggers = append(loggers, name)
		}
	}
	if g.chance(2) {
		if name := g.name(); !slices.Contains(loggers, name) {
			loggers = append(loggers, name)
		}
	}
	if g.touched["root"] == nil {
		g.touched["root"] = map[string]bool{"level": g.chance(2)}
	}
	ids := []string{}
	for i := range loggers {
		ids = append(ids, fmt.Sprintf("l%d", i))
	}
	ids[0] = "root"
	fmt.Fprintf(&b, "[loggers]\nkeys=%s\n", strings.Join(ids, pick(g, ",", ", ")))
	handlers := map[string]bool{}
	for i, name := range loggers {
		keys := g.touched[name]
		if keys == nil {
			keys = map[string]bool{"level": g.chance(2), "propagate": true}
			g.touched[name] = keys
		}
		keys["propagate"] = true
		g.iniLogger(&b, ids[i], name, keys, handlers)
	}
	g.iniHandlers(&b, slices.Sorted(maps.Keys(handlers)))
	st := &step{Text: "ini", Doc: strings.Split(strings.TrimSpace(b.String()), "\n")}
	g.steps = append(g.steps, st)
}

func (g *generator) iniLogger(b *strings.Builder, id, name string, keys, handlers map[string]bool) {
	fmt.Fprintf(b, "[logger_%s]\n", id)
	if keys["level"] {
		fmt.Fprintf(b, "level=%s\n", pick(g, "DEBUG", "INFO", "WARNING", "ERROR", "NOTSET"))
	}
	list := []string{}
	for range g.rnd.IntN(3) {
		h := pick(g, slices.Sorted(maps.Keys(iniKinds))...)
		list, handlers[h] = append(list, h), true
	}
	fmt.Fprintf(b, "handlers%s%s\n", pick(g, "=", " = ", ": "), strings.Join(list, pick(g, ",", ", ")))
	if name != "root" {
		fmt.Fprintf(b, "qualname=%s\n", name)
		if !g.chance(3) {
			fmt.Fprintf(b, "propagate=%s\n", pick(g, "0", "1"))
		}
	}
}

// iniKinds are handlers of INI files.
var iniKinds = map[string]string{
	"out": "class=StreamHandler\nargs=(sys.stdout,)", "err": "class=StreamHandler\nargs=()", "err2": "class=logging.StreamHandler\nkwargs={'stream': sys.stderr}",
	"file": "class=FileHandler\nargs=('file.log', 'a')\nkwargs={'encoding': 'utf-8'}",
	"size": "class=handlers.RotatingFileHandler\nargs=('size.log', 'a', 100000, 2, 'utf-8')",
	"null": "class=NullHandler",
}

func (g *generator) iniHandlers(b *strings.Builder, ids []string) {
	fmt.Fprintf(b, "[handlers]\nkeys=%s\n[formatters]\nkeys=line,date\n", strings.Join(ids, ","))
	for _, id := range ids {
		fmt.Fprintf(b, "[handler_%s]\n%s\n", id, iniKinds[id])
		if g.chance(2) {
			fmt.Fprintf(b, "level=%s\n", pick(g, "DEBUG", "INFO", "WARNING", "ERROR", "NOTSET"))
		}
		if g.chance(2) {
			fmt.Fprintf(b, "formatter=%s\n", pick(g, "line", "date", ""))
		}
	}
	fmt.Fprintf(b, "[formatter_line]\nformat=%s\n", pick(g, patterns["%"]...))
	fmt.Fprintf(b, "[formatter_date]\nstyle=$\nformat=%s\ndatefmt=%s\n", pick(g, patterns["$"]...), pick(g, "%H:%M", ""))
}
