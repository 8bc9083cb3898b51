// SPDX-License-Identifier: MIT

package judge

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A Script is a named part of an archive, with the answers of Python.
type Script struct {
	Name  string
	Steps []*Step
	Minor int // of the Python that answered, which is 3.x
}

// A Step is a line of a script.
type Step struct {
	Text  string   // empty or a comment: does nothing
	Doc   []string // the document in the lines below that begin with |
	Plain []string // what CPython answers
	Twin  []string // what it answers with the differences, if that is something else
	Forks bool     // whether it is
	Facts []string // what was known or met, if it is
}

// readArchive returns the scripts of an archive that a Python has answered. It is in the format of txtar; see archive.py.
func readArchive(text string, minor int) (scripts []*Script) {
	var s *Script
	var st *Step
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		name, isName := strings.CutPrefix(line, "-- ")
		name, isEnd := strings.CutSuffix(name, " --")
		answer, isAnswer := strings.CutPrefix(line, "\t")
		doc, isDoc := strings.CutPrefix(line, "|")
		switch {
		case isName && isEnd:
			s = &Script{Name: name, Minor: minor}
			scripts = append(scripts, s)
		case s == nil: // the archive's comment
		case isAnswer:
			st.answer(answer)
		case isDoc:
			st.Doc = append(st.Doc, strings.TrimPrefix(doc, " "))
		default:
			st = &Step{Text: line}
			s.Steps = append(s.Steps, st)
		}
	}
	return scripts
}

// answer adds a line to what Python answered.
func (st *Step) answer(line string) {
	twin, isTwin := strings.CutPrefix(line, "~")
	facts, isFacts := strings.CutPrefix(line, "=")
	switch {
	case isTwin:
		st.Forks = true
		if twin != "" {
			st.Twin = append(st.Twin, twin)
		}
	case isFacts:
		st.Facts = strings.Fields(facts)
	default:
		st.Plain = append(st.Plain, line)
	}
}

// writeArchive returns an archive of scripts without answers.
func writeArchive(comment string, scripts []*Script) string {
	var b strings.Builder
	b.WriteString(comment)
	for _, s := range scripts {
		fmt.Fprintf(&b, "-- %s --\n", s.Name)
		for _, st := range s.Steps {
			b.WriteString(st.String() + "\n")
		}
	}
	return b.String()
}

// with returns the script with others in the place of a step.
func (s *Script) with(i int, steps ...*Step) *Script {
	return &Script{Name: s.Name, Steps: slices.Replace(slices.Clone(s.Steps), i, i+1, steps...)}
}

// String returns the step and its document as an archive has them.
func (st *Step) String() string {
	lines := []string{st.Text}
	for _, line := range st.Doc {
		lines = append(lines, strings.TrimSuffix("| "+line, " "))
	}
	return strings.Join(lines, "\n")
}

// Wanted returns what must be seen: what the twin answers where that is something else.
func (st *Step) Wanted() []string {
	if st.Forks {
		return st.Twin
	}
	return st.Plain
}

// IsComment reports whether the step does nothing.
func (st *Step) IsComment() bool { return st.Text == "" || st.Text[0] == '#' }

// Word returns the first word of the step.
func (st *Step) Word() string {
	word, _, _ := strings.Cut(st.Text, " ")
	return word
}

var wordRE = regexp.MustCompile(`(?:[^ "]|"(?:[^"\\]|\\.)*")+`)

// Words returns the words of the step. A word may hold JSON strings.
func (st *Step) Words() []string { return wordRE.FindAllString(st.Text, -1) }
