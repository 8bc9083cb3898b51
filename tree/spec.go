// SPDX-License-Identifier: MIT

package tree

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slogx/slogx/levels"
)

// rootWord is what a spec calls the root.
const rootWord = "<root>"

// A SpecError describes a mistake in the levels that [Tree.SetLevels] was given.
type SpecError struct {
	Spec string // the whole text
	Pos  int    // the byte where the mistake is
	Err  error  // what is wrong
}

// Error returns the text, the position and what is wrong.
func (e *SpecError) Error() string {
	return fmt.Sprintf("tree: levels %q at byte %d: %v", e.Spec, e.Pos, e.Err)
}

// Unwrap returns what is wrong.
func (e *SpecError) Unwrap() error { return e.Err }

// SetLevels sets the levels of several nodes, in one step for those who log:
//
//	info,app.db=debug;app.http=WARNING,lib=NOTSET
//
// Entries are separated by commas or semicolons, and may have space around them; empty ones are
// skipped. A level alone is that of the root, which is also called <root> and root. Levels are read
// as by [levels.ParseThreshold]; NOTSET has the node inherit its level. Of several entries for a
// node the last one counts, and nodes without an entry keep their levels. A name that no logger
// has yet keeps its level for it. One that holds a comma, a semicolon, an equals sign or space, or that is
// literally <root>, stands in double quotes, as in Go.
//
// If there are mistakes, nothing changes, and the error holds a [*SpecError] for each.
func (t *Tree) SetLevels(spec string) (err error) {
	t.Update(func(b *Batch) { err = b.SetLevels(spec) })
	return err
}

// SetLevels does what [Tree.SetLevels] does. If there are mistakes, it adds nothing to the batch.
func (b *Batch) SetLevels(spec string) error {
	p := specParser{spec: spec}
	for p.pos < len(spec) {
		p.entry()
	}
	if len(p.errs) > 0 {
		return errors.Join(p.errs...)
	}
	for _, s := range p.settings {
		b.SetLevel(b.tree.Node(s.name), s.level)
	}
	return nil
}

// Levels returns the levels that are set in the tree as a text that [Tree.SetLevels] takes: that of
// the root first, then those of the nodes that do not inherit theirs, in the order of their
// names. A [slog.LevelVar] is given as the level that it has now.
func (t *Tree) Levels() string {
	var set []setting
	t.mu.Lock()
	root := t.root.conf.level
	t.root.visitLocked(func(n *Node) {
		if n != t.root && n.conf.level != nil {
			set = append(set, setting{n.name, n.conf.level})
		}
	})
	t.mu.Unlock()
	slices.SortFunc(set, func(a, b setting) int { return cmp.Compare(a.name, b.name) })
	var spec strings.Builder
	spec.WriteString(thresholdName(root))
	for _, s := range set {
		spec.WriteString("," + quoted(s.name) + "=" + thresholdName(s.level))
	}
	return spec.String()
}

// quoted returns the name as it stands in a spec.
func quoted(name string) string {
	if name == rootWord || strings.ContainsFunc(name, isOdd) || !utf8.ValidString(name) {
		return strconv.Quote(name)
	}
	return name
}

// isOdd reports whether a name with r in it stands in quotes.
func isOdd(r rune) bool {
	return strings.ContainsRune(`,;="`, r) || unicode.IsSpace(r) || !unicode.IsPrint(r)
}

// A setting is the level that a spec sets on a node.
type setting struct {
	name  string
	level slog.Leveler
}

// A specParser reads a spec entry by entry.
type specParser struct {
	spec     string
	pos      int // of what is not read yet
	settings []setting
	errs     []error
}

func (p *specParser) fail(pos int, err error) {
	p.errs = append(p.errs, &SpecError{p.spec, pos, err})
}

// skipSpace goes on to what is no space.
func (p *specParser) skipSpace() {
	rest := p.spec[p.pos:]
	p.pos += len(rest) - len(strings.TrimLeftFunc(rest, unicode.IsSpace))
}

// cut returns what is left of the entry, without space at its end, and goes on behind the entry.
func (p *specParser) cut() string {
	rest := p.spec[p.pos:]
	end := strings.IndexAny(rest, ",;")
	if end < 0 {
		p.pos = len(p.spec)
	} else {
		p.pos += end + 1
		rest = rest[:end]
	}
	return strings.TrimRightFunc(rest, unicode.IsSpace)
}

// entry reads an entry, with the separator that ends it.
func (p *specParser) entry() {
	p.skipSpace()
	if strings.HasPrefix(p.spec[p.pos:], `"`) {
		p.quotedEntry()
		return
	}
	start := p.pos
	text := p.cut()
	i := strings.LastIndexByte(text, '=')
	name := strings.TrimRightFunc(text[:max(0, i)], unicode.IsSpace)
	switch {
	case text == "":
	case i < 0:
		p.set(rootName, text, start)
	case name == "":
		p.fail(start, errors.New("no name before the equals sign"))
	case name == rootWord:
		p.set(rootName, text[i+1:], start+i+1)
	default:
		p.set(name, text[i+1:], start+i+1)
	}
}

// quotedEntry reads an entry whose name stands in quotes.
func (p *specParser) quotedEntry() {
	quote, err := strconv.QuotedPrefix(p.spec[p.pos:])
	if err != nil {
		p.fail(p.pos, errors.New("a name in quotes that does not end, or is not as in Go"))
		p.pos = len(p.spec)
		return
	}
	name, _ := strconv.Unquote(quote)
	p.pos += len(quote)
	p.skipSpace()
	start := p.pos
	level, ok := strings.CutPrefix(p.cut(), "=")
	if !ok {
		p.fail(start, errors.New("no equals sign after the name"))
		return
	}
	p.set(name, level, start+1)
}

// set reads the level that begins at a position.
func (p *specParser) set(name, level string, pos int) {
	text := strings.TrimLeftFunc(level, unicode.IsSpace)
	threshold, err := levels.ParseThreshold(text)
	if err != nil {
		p.fail(pos+len(level)-len(text), err)
		return
	}
	p.settings = append(p.settings, setting{name, threshold})
}
