// SPDX-License-Identifier: MIT

package files_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"github.com/slogx/slogx/internal/oracle/judge"
)

// A generator makes random scripts.
type generator struct {
	rnd *rand.Rand

	// of the script that is being made
	steps []*step
	odd   oddity
	lines int
	how   []string // others meddle with the file
	place          // of a script with time
}

// An oddity is what is special about a script. Many have none, so that most is compared with CPython as it is.
type oddity int

const (
	nothingOdd  oddity = iota
	oddText            // not ASCII
	oddNames           // of others, that look like those of backups
	oddBackups         // more of them than are kept, with gaps, empty
	oddMeddling        // with the file that is open
	oddTorn            // lines without an end
	oddClocks          // put forward or back
	oddRestart         // of a file whose periods are its own
	oddIdle            // an empty file for a period
	oddSuffix          // of one's own
	oddTarget          // that is taken
	oddDelay           // of a file with periods
	oddFraction        // of a second
	oddities
)

func pick[T any](g *generator, from ...T) T { return from[g.rnd.IntN(len(from))] }

// chance is true once in n.
func (g *generator) chance(n int) bool { return g.rnd.IntN(n) == 0 }

// A course is what a script is about.
type course struct {
	make func(*generator)
	odd  oddity
}

// courses are taken in turn.
var courses = slices.Concat(
	turns((*generator).watched, nothingOdd, oddText, oddTorn),
	turns((*generator).sized, nothingOdd, nothingOdd, nothingOdd, nothingOdd, oddText, oddNames, oddBackups, oddMeddling, oddTorn),
	turns((*generator).timed, nothingOdd, nothingOdd, nothingOdd, nothingOdd, oddNames, oddBackups, oddMeddling, oddTorn,
		oddClocks, oddClocks, oddClocks, oddRestart, oddIdle, oddSuffix, oddTarget, oddDelay, oddFraction),
)

func turns(script func(*generator), odd ...oddity) (turns []course) {
	for _, o := range odd {
		turns = append(turns, course{script, o})
	}
	return turns
}

func (g *generator) script(i int) *script {
	g.steps, g.lines = nil, 0
	g.how = pick(g, []string{"rename", "remove", "create"}, []string{"append", "truncate"})
	turn := courses[i%len(courses)]
	g.odd = turn.odd
	turn.make(g)
	g.add("close")
	g.add("dir")
	return &script{Steps: g.steps}
}

func (g *generator) add(format string, args ...any) {
	g.steps = append(g.steps, &step{Text: fmt.Sprintf(format, args...)})
}

// maybe returns a word once in n, and else nothing.
func (g *generator) maybe(n int, word string) string {
	if g.chance(n) {
		return " " + word
	}
	return ""
}

// write adds a line that tells itself from the others.
func (g *generator) write() {
	g.lines++
	text := strconv.Itoa(g.lines) + strings.Repeat(pick(g, "", "a", "bc"), g.rnd.IntN(12))
	switch {
	case g.odd == oddText && g.chance(2):
		text += pick(g, "日志", "é", "\U0001f600", "größer als 10")
	case g.chance(12):
		text = pick(g, "", "two\nlines", "\ttab", `"quoted"`)
	}
	g.add("write %s", judge.Quote(text))
}

// Names that nobody takes for those of backups.
var strangers = []string{"a.log.0", "a.log.01", "a.log.-1", "a.log.1x", "a.log.x", "a.logs", "b.log.1", "xa.log.1", "a.log.2023-1-1",
	"a.log.20230101", "b.log.2023-01-01", "a.2023-01-01", "a.log.2023-01-01_00-00-00-00", "a-2023-01-01.log", "a.log.bak"}

func (g *generator) strangers() {
	for range g.rnd.IntN(3) {
		g.add("create %s %s", pick(g, strangers...), pick(g, `"x\n"`, `""`, `"torn"`))
	}
}

// others adds files that are backups in the eyes of one of the two.
func (g *generator) others(names ...string) {
	for range 1 + g.rnd.IntN(3) {
		g.add("create %s %s", pick(g, names...), `"x\n"`)
	}
}

func (g *generator) watched() {
	if g.chance(3) {
		g.add(`create a.log "old\n"`)
	}
	g.strangers()
	options := g.maybe(4, "delay") + g.maybe(4, "mode=w")
	g.add("handler watched%s", options)
	for range 2 + g.rnd.IntN(8) {
		switch g.rnd.IntN(7) {
		case 0:
			g.add("handler watched%s", options)
		case 1:
			g.add("advance %d", 1+g.rnd.IntN(100))
		case 2:
			g.write() // so that there is a file to meddle with
			g.meddle()
		default:
			g.write()
		}
	}
}

// meddle does something to the file that is open.
func (g *generator) meddle() {
	torn := `"foreign\n"`
	if g.odd == oddTorn {
		torn = `"torn"`
	}
	switch how := pick(g, g.how...); how {
	case "rename":
		g.add("rename a.log old%d", g.lines)
	case "create", "append":
		g.add("%s a.log %s", how, torn)
	default:
		g.add("%s a.log", how)
	}
}

func (g *generator) sized() {
	limit, backups := pick(g, 0, 1, 5, 10, 10, 20, 20, 40), pick(g, 0, 1, 1, 2, 2, 3, 4)
	if g.odd == oddText || g.odd == oddMeddling {
		limit, backups = pick(g, 10, 20, 40), pick(g, 1, 2, 3)
	}
	mode := g.maybe(6, "mode=w")
	g.strangers()
	g.sizedBackups(backups)
	if g.chance(3) || g.odd == oddTorn {
		g.add("create a.log %s", map[bool]string{false: pick(g, `"old\n"`, `""`), true: `"torn"`}[g.odd == oddTorn])
	}
	open := func() {
		g.add("handler size max=%d backups=%d%s%s", limit, backups, mode, g.maybe(4, "delay"))
	}
	open()
	for range 2 + g.rnd.IntN(10) {
		switch g.rnd.IntN(14) {
		case 0:
			if g.odd == oddBackups {
				backups = pick(g, 1, 2, 3)
			}
			open()
		case 1:
			g.add("advance %d", 1+g.rnd.IntN(100))
		case 2:
			g.add("dir")
		case 3, 4:
			g.write()
			if g.odd == oddMeddling {
				g.meddle()
				g.add("advance %d", g.rnd.IntN(2))
			}
		default:
			g.write()
		}
	}
}

// sizedBackups adds what an earlier process has left.
func (g *generator) sizedBackups(backups int) {
	switch g.odd {
	case oddBackups:
		for range 1 + g.rnd.IntN(4) {
			g.add("create a.log.%d %s", 1+g.rnd.IntN(5), pick(g, `"x\n"`, `"x\n"`, `""`))
		}
	case oddNames:
		g.others("a.log.1.gz", "a.log.2.gz", "a-2023-01-01T00-00-00.000.log", "a-2023-01-02T00-00-00.000.log", "a-2023-02-30T00-00-00.000.log")
		if g.chance(2) {
			g.add("mkdir a.log.%d", 1+g.rnd.IntN(2))
		}
	default:
		for n := range g.rnd.IntN(backups + 1) {
			g.add(`create a.log.%d "%d\n"`, n+1, n)
		}
	}
}
