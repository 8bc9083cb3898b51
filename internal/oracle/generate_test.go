// SPDX-License-Identifier: MIT

package oracle_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
)

// A generator makes random scripts.
type generator struct {
	rnd      *rand.Rand
	children bool // whether to ask for children, which Python knows since 3.12

	// of the script that is being made
	steps    []*step
	number   int
	names    []string
	handlers []string
	odd      bool
	inexact  bool
}

var (
	plainNames = []string{"root", "a", "a.b", "a.b.c", "a.b.c.d", "a.bb", "a.bb.c", "ab", "a.c", "b", "b.c", "b.c.d"}
	oddNames   = [][]string{
		{"r", "r.x", "ro", "ro.x", "roo", "roo.x.y"},
		{"k", "k.", "k..b", "a..b", "a.", "a.b"},
		{".k", ".", "root.x", "root.x.y", "root."},
	}
	usual   = []int{10, 20, 20, 25, 30, 30, 40, 50}
	rare    = []int{0, 0, 1, 5, 55, -5}
	inexact = []int{4, 9, 11, 13, 18, 33, 44}
	texts   = []string{"DEBUG", "INFO", "WARNING", "WARN", "ERROR", "FATAL", "CRITICAL", "NOTSET", "DEBUG", "INFO",
		"info", "notice", "INFO+2", "15", "bogus", "err"}
)

func pick[T any](g *generator, from []T) T { return from[g.rnd.IntN(len(from))] }

// chance is true once in n.
func (g *generator) chance(n int) bool { return g.rnd.IntN(n) == 0 }

func (g *generator) script(i int) *script {
	g.number, g.steps, g.handlers = i, nil, nil
	g.odd, g.inexact = g.chance(8), g.chance(16)
	g.names = g.someNames()
	for i := range 1 + g.rnd.IntN(4) {
		g.makeHandler("h" + strconv.Itoa(i+1))
	}
	if g.chance(2) {
		g.add("level root %d", g.level())
	}
	for range 1 + g.rnd.IntN(5) {
		g.add("add %s %s", g.name(), pick(g, g.handlers))
	}
	for range 9 + g.rnd.IntN(10) {
		g.step()
	}
	return &script{Steps: g.steps}
}

func (g *generator) add(format string, args ...any) {
	g.steps = append(g.steps, &step{Text: fmt.Sprintf(format, args...)})
}

// someNames returns names for a script. The first ones are used by most steps.
func (g *generator) someNames() []string {
	from := slices.Clone(plainNames)
	if g.odd {
		from = slices.Concat(pick(g, oddNames), []string{"root", "a"})
	}
	g.rnd.Shuffle(len(from), func(i, j int) { from[i], from[j] = from[j], from[i] })
	return from[:3+g.rnd.IntN(5)]
}

func (g *generator) name() string {
	return g.names[min(g.rnd.IntN(len(g.names)), g.rnd.IntN(len(g.names)))]
}

func (g *generator) level() int {
	switch {
	case g.inexact && g.chance(3):
		return pick(g, inexact)
	case g.chance(8):
		return pick(g, rare)
	}
	return pick(g, usual)
}

func (g *generator) bool() string { return pick(g, []string{"true", "false", "true"}) }

func (g *generator) makeHandler(name string) {
	text := fmt.Sprintf("handler %s %d", name, pick(g, []int{0, 0, 0, 10, 20, g.level()}))
	if g.chance(3) {
		text += " " + g.filter()
	}
	if g.chance(30) {
		text += " set:changed"
	}
	if g.chance(12) {
		text += " see:" + name
	}
	if g.chance(40) {
		text += " " + pick(g, []string{"once", "once", "fails"})
	}
	g.add("%s", text)
	g.handlers = append(g.handlers, name)
}

func (g *generator) filter() string {
	switch k := g.rnd.IntN(60); {
	case k < 25:
		return "name:" + pick(g, slices.Concat(g.names, []string{"a", "a.b"}))
	case k < 35:
		return "drop:" + pick(g, []string{"hello", "o", "world"})
	case k < 42:
		return fmt.Sprint("min:", g.level())
	case k < 46:
		return fmt.Sprint("exact:", g.level())
	case k < 57:
		return "see:s" + strconv.Itoa(g.rnd.IntN(3))
	case k < 58:
		return "set:other"
	default:
		return "raise"
	}
}

// A choice is a kind of step, and how often it is to come.
type choice struct {
	weight int
	make   func(*generator)
}

var choices = []choice{
	{38, func(g *generator) { g.add("log %s %d %s", g.name(), g.level(), g.message()) }},
	{8, func(g *generator) { g.add("handle %s %d %s", g.name(), g.level(), g.message()) }},
	{6, func(g *generator) { g.add("enabled %s %d", g.name(), g.level()) }},
	{5, func(g *generator) { g.add("effective %s", g.name()) }},
	{3, func(g *generator) { g.add("hashandlers %s", g.name()) }},
	{2, func(g *generator) { g.add("listhandlers %s", g.name()) }},
	{3, func(g *generator) { g.add("parent %s", g.name()) }},
	{2, func(g *generator) { g.askChildren() }},
	{2, func(g *generator) { g.add("loggers %s", pick(g, g.names)) }},
	{24, func(g *generator) { g.add("%s", g.change()) }},
	{4, func(g *generator) { g.addFilters() }},
	{3, func(g *generator) { g.filterAgain() }},
	{4, func(g *generator) { g.add("update %s", g.changes(g.change)) }},
	{2, func(g *generator) { g.add("incremental %s", g.changes(g.incremental)) }},
	{3, func(g *generator) { g.askNames() }},
	{1, func(g *generator) { g.add("filtername %s %s", pick(g, plainNames), pick(g, plainNames)) }},
}

func (g *generator) step() {
	all := 0
	for _, c := range choices {
		all += c.weight
	}
	k := g.rnd.IntN(all)
	for _, c := range choices {
		if k -= c.weight; k < 0 {
			c.make(g)
			return
		}
	}
}

func (g *generator) message() string { return pick(g, []string{"hello", "hello world", "bye", "100%"}) }

// change returns a step that a batch can do, too.
func (g *generator) change() string {
	switch k := g.rnd.IntN(20); {
	case k < 6:
		return fmt.Sprintf("level %s %d", g.name(), pick(g, []int{0, 0, g.level(), g.level()}))
	case k < 9:
		return fmt.Sprintf("propagate %s %s", g.name(), g.bool())
	case k < 11:
		return fmt.Sprintf("disabled %s %s", g.name(), g.bool())
	case k < 12:
		return fmt.Sprintf("disable %d", pick(g, []int{0, 0, 10, g.level()}))
	case k < 16:
		return fmt.Sprintf("add %s %s", g.name(), pick(g, g.handlers))
	case k < 18:
		return fmt.Sprintf("remove %s %s", g.name(), pick(g, g.handlers))
	case k < 19:
		return fmt.Sprintf("replace %s %s %s", g.name(), pick(g, g.handlers), pick(g, g.handlers))
	default:
		return fmt.Sprintf("handlerlevel %s %d", pick(g, g.handlers), g.level())
	}
}

// incremental returns a change that Python's incremental configuration knows. It takes 0 for no level of a handler.
func (g *generator) incremental() string {
	switch g.rnd.IntN(3) {
	case 0:
		return fmt.Sprintf("level %s %d", g.name(), g.level())
	case 1:
		return fmt.Sprintf("propagate %s %s", g.name(), g.bool())
	default:
		return fmt.Sprintf("handlerlevel %s %d", pick(g, g.handlers), pick(g, usual))
	}
}

func (g *generator) changes(change func() string) string {
	var list []string
	for range 2 + g.rnd.IntN(3) {
		list = append(list, change())
	}
	return strings.Join(list, " ; ")
}

// addFilters adds one or two filters, as the order shows only where there are several.
func (g *generator) addFilters() {
	name := g.name()
	g.add("filter %s %s", name, g.filter())
	if g.chance(2) {
		g.add("filter %s %s", name, g.filter())
		g.add("log %s %d %s", name, 40, g.message())
	}
}

// filterAgain removes a filter that was added, or adds one again that tells.
func (g *generator) filterAgain() {
	var added, telling []string
	for _, s := range g.steps {
		if what, ok := strings.CutPrefix(s.Text, "filter "); ok {
			added = append(added, what)
			if strings.Contains(what, " see:") {
				telling = append(telling, what)
			}
		}
	}
	if len(telling) > 0 && g.chance(2) {
		g.add("filter %s", pick(g, telling))
	} else if len(added) > 0 {
		g.add("unfilter %s", pick(g, added))
	}
}

func (g *generator) askChildren() {
	if g.children {
		g.add("children %s", g.name())
	}
}

// askNames asks for names of levels, or names one. Names last as long as the process, so each script has its own.
func (g *generator) askNames() {
	n, name := 1000+5*g.number, fmt.Sprintf("N%d", g.number)
	switch g.rnd.IntN(8) {
	case 0, 1:
		g.add("levelname %d", pick(g, []int{10, 20, 30, 40, 50, 15, 25, 55, g.level()}))
	case 2, 3:
		g.add("%s %s", pick(g, []string{"checklevel", "levelnumber"}), pick(g, texts))
	case 4, 5:
		g.add("addlevelname %d %s", n, name)
		g.add("levelname %d", n)
		g.add("checklevel %s", name)
	case 6:
		g.add("addlevelname %d %s", n+2, pick(g, []string{"7", "two words", "X=1", "A;B", "INFO", "X+1"}))
	default:
		g.add("lastresort %s", pick(g, []string{"none", "default", pick(g, g.handlers)}))
	}
}
