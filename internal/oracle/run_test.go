// SPDX-License-Identifier: MIT

package oracle_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/tree"
)

// run returns what can be seen of each step of a script. Meanwhile os.Stderr, where the last resort prints, is a file.
func run(t *testing.T, s *script) [][]string {
	w := &world{handlers: map[string]*handler{}, filters: map[string]filter.Filter{}, removers: map[string][]func(){}}
	w.tree = tree.New(&tree.Options{Level: slog.LevelWarn, OnError: func(error) { w.say("error") }})
	w.changing = slices.ContainsFunc(s.Steps, func(st *step) bool { return strings.Contains(st.Text, "handlerlevel ") })
	stderr, err := os.CreateTemp(t.TempDir(), "stderr")
	require.NoError(t, err)
	defer func(was *os.File) {
		os.Stderr = was
		require.NoError(t, stderr.Close())
	}(os.Stderr)
	os.Stderr = stderr
	printed := int64(0) // as far as it was seen
	seen := make([][]string, len(s.Steps))
	for i, st := range s.Steps {
		w.seen = nil
		if !st.IsComment() {
			w.do(st.Text)
		}
		text, err := io.ReadAll(io.NewSectionReader(stderr, printed, math.MaxInt32))
		require.NoError(t, err)
		for line := range strings.Lines(string(text)) {
			w.say("stderr " + strings.TrimSuffix(line, "\n"))
		}
		printed, seen[i] = printed+int64(len(text)), w.seen
	}
	return seen
}

// A world is a tree on which a script runs.
type world struct {
	tree     *tree.Tree
	seen     []string // in this step
	handlers map[string]*handler
	filters  map[string]filter.Filter
	removers map[string][]func() // of the filters on nodes
	changing bool                // whether handlers change their levels
}

func (w *world) say(what any) { w.seen = append(w.seen, fmt.Sprint(what)) }

func (w *world) sayList(names []string) {
	if len(names) == 0 {
		names = []string{"none"}
	}
	w.say(strings.Join(names, " "))
}

// do does what a step says.
func (w *world) do(text string) {
	word, rest, _ := strings.Cut(text, " ")
	switch word {
	case "update":
		w.tree.Update(func(b *tree.Batch) { w.changeAll(b, rest) })
	case "incremental":
		w.tree.Update(func(b *tree.Batch) {
			w.changeAll(b, rest)
			w.enableNamed(b, rest)
		})
	case "checklevel":
		level, err := levels.ParseThreshold(unquote(rest))
		w.sayLevel(level, err)
	case "levelnumber":
		level, err := levels.Parse(unquote(rest))
		w.sayLevel(level, err)
	default:
		args := strings.Split(rest, " ")
		if !w.change(direct{w.tree}, word, args) {
			questions[word](w, args)
		}
	}
}

func (w *world) sayLevel(level slog.Leveler, err error) {
	switch {
	case err != nil:
		w.say("error")
	case level == nil:
		w.say(0)
	default:
		w.say(levels.Python(level.Level()))
	}
}

// changes are what a batch can do, and a tree.
type changes interface {
	SetLevel(*tree.Node, slog.Leveler)
	SetPropagate(*tree.Node, bool)
	SetDisabled(*tree.Node, bool)
	AddHandler(*tree.Node, slog.Handler)
	RemoveHandler(*tree.Node, slog.Handler)
	ReplaceHandler(n *tree.Node, old, new slog.Handler)
	Disable(slog.Leveler)
}

// direct makes each change at once.
type direct struct{ *tree.Tree }

func (direct) SetLevel(n *tree.Node, level slog.Leveler)          { n.SetLevel(level) }
func (direct) SetPropagate(n *tree.Node, propagate bool)          { n.SetPropagate(propagate) }
func (direct) SetDisabled(n *tree.Node, disabled bool)            { n.SetDisabled(disabled) }
func (direct) AddHandler(n *tree.Node, h slog.Handler)            { n.AddHandler(h) }
func (direct) RemoveHandler(n *tree.Node, h slog.Handler)         { n.RemoveHandler(h) }
func (direct) ReplaceHandler(n *tree.Node, old, new slog.Handler) { n.ReplaceHandler(old, new) }

func (w *world) changeAll(to changes, list string) {
	for change := range strings.SplitSeq(list, " ; ") {
		args := strings.Split(change, " ")
		w.change(to, args[0], args[1:])
	}
}

// enableNamed enables loggers, as Python's incremental configuration does with those it names but the root.
func (w *world) enableNamed(to changes, list string) {
	for change := range strings.SplitSeq(list, " ; ") {
		args := strings.Split(change, " ")
		if args[0] != "handlerlevel" && args[1] != "root" {
			to.SetDisabled(w.node(args[1]), false)
		}
	}
}

// change makes a change, and reports whether it is one.
func (w *world) change(to changes, word string, args []string) bool {
	switch word {
	case "level":
		to.SetLevel(w.node(args[0]), threshold(number(args[1])))
	case "propagate":
		to.SetPropagate(w.node(args[0]), args[1] == "true")
	case "disabled":
		to.SetDisabled(w.node(args[0]), args[1] == "true")
	case "add":
		to.AddHandler(w.node(args[0]), w.handlers[args[1]].outermost)
	case "remove":
		to.RemoveHandler(w.node(args[0]), w.handlers[args[1]].outermost)
	case "replace":
		to.ReplaceHandler(w.node(args[0]), w.handlers[args[1]].outermost, w.handlers[args[2]].outermost)
	case "handlerlevel":
		w.handlers[args[0]].level.set(number(args[1]))
	case "disable":
		if n := number(args[0]); n == 0 {
			to.Disable(nil)
		} else {
			to.Disable(recordLevel(args[0]))
		}
	default:
		return false
	}
	return true
}

// questions are the steps that no batch can do.
var questions = map[string]func(w *world, args []string){
	"handler":      func(w *world, args []string) { w.makeHandler(args[0], number(args[1]), args[2:]) },
	"filter":       func(w *world, args []string) { w.addFilter(args[0], args[1]) },
	"unfilter":     func(w *world, args []string) { w.removeFilter(args[0], args[1]) },
	"lastresort":   func(w *world, args []string) { w.tree.SetLastResort(w.lastResort(args[0])) },
	"enabled":      func(w *world, args []string) { w.say(w.node(args[0]).Logger().Enabled(ctx, recordLevel(args[1]))) },
	"effective":    func(w *world, args []string) { w.sayEffective(w.node(args[0]).EffectiveLevel()) },
	"hashandlers":  func(w *world, args []string) { w.say(hasHandlers(w.node(args[0]))) },
	"listhandlers": func(w *world, args []string) { w.sayHandlers(w.node(args[0])) },
	"children":     func(w *world, args []string) { w.sayList(namesOf(w.node(args[0]).Children())) },
	"loggers":      func(w *world, args []string) { w.sayLoggers(args) },
	"levelname":    func(w *world, args []string) { w.say(levels.Name(levels.FromPython(number(args[0])))) },
	"filtername":   func(w *world, args []string) { w.say(passes(filter.Name(unquote(args[0])), unquote(args[1]))) },
	"log": func(w *world, args []string) {
		w.node(args[0]).Logger().Log(ctx, recordLevel(args[1]), strings.Join(args[2:], " "))
	},
	"handle": func(w *world, args []string) {
		r := slog.NewRecord(time.Time{}, recordLevel(args[1]), strings.Join(args[2:], " "), 0)
		_ = w.node(args[0]).Handler().Handle(ctx, r) // what fails goes to OnError, too
	},
	"parent": func(w *world, args []string) {
		if up := w.node(args[0]).Parent(); up != nil {
			w.say(up.Name())
		} else {
			w.say("none")
		}
	},
	"getchild": func(w *world, args []string) {
		name := unquote(args[1])
		if args[0] != "root" {
			name = args[0] + "." + name
		}
		w.say(w.tree.Node(name).Name())
	},
	"addlevelname": func(w *world, args []string) {
		name := unquote(strings.Join(args[1:], " "))
		if err := levels.Register(name, levels.FromPython(number(args[0]))); err != nil {
			w.say("error")
		}
	},
}

var ctx = context.Background()

func (w *world) node(name string) *tree.Node { return w.tree.Node(unquote(name)) }

func (w *world) sayEffective(level slog.Level) {
	if level == lowest {
		w.say("lowest")
		return
	}
	w.say(levels.Python(level))
}

func (w *world) sayHandlers(n *tree.Node) {
	var names []string
	for _, hung := range n.Handlers() {
		for name, h := range w.handlers {
			if h.outermost == hung {
				names = append(names, name)
			}
		}
	}
	w.sayList(names)
}

func (w *world) sayLoggers(names []string) {
	for _, name := range names {
		w.node(name)
	}
	var all []string
	w.tree.Walk(func(n *tree.Node) bool {
		if n.Parent() != nil {
			all = append(all, n.Name())
		}
		return true
	})
	slices.Sort(all)
	w.sayList(all)
}

func namesOf(nodes []*tree.Node) (names []string) {
	for _, n := range nodes {
		names = append(names, n.Name())
	}
	return names
}

func hasHandlers(n *tree.Node) bool {
	for ; n != nil; n = n.Parent() {
		if len(n.Handlers()) > 0 {
			return true
		}
		if !n.Propagate() {
			break
		}
	}
	return false
}

func passes(f filter.Filter, logger string) bool {
	return f.Filter(ctx, &filter.Record{Logger: logger})
}

func unquote(word string) string {
	if word == `""` {
		return ""
	}
	return word
}

// number returns a number of a script, which is well-formed.
func number(word string) int {
	n, err := strconv.Atoi(word)
	if err != nil {
		panic(err)
	}
	return n
}
