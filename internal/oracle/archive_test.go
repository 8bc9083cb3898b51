// SPDX-License-Identifier: MIT

package oracle_test

import (
	"fmt"
	"strings"
)

// A script is a program on a tree, with the answers of Python.
type script struct {
	name  string
	steps []*step
}

// A step is a line of a script.
type step struct {
	text  string   // empty or a comment: does nothing
	plain []string // what CPython answers
	twin  []string // what it answers with the differences, if that is something else
	forks bool     // whether it is
	facts facts
}

// facts are what was known before a step on which CPython and its twin disagree.
type facts struct {
	disable, effective int
	taken              bool // a handler on the way up takes the level
}

// words returns the words of a step.
func (s *step) words() []string { return strings.Split(s.text, " ") }

func (s *step) isComment() bool { return s.text == "" || s.text[0] == '#' }

// readArchive returns the scripts of an archive in the format of txtar.
func readArchive(text string) (scripts []*script) {
	var s *script
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		name, isName := strings.CutPrefix(line, "-- ")
		name, isEnd := strings.CutSuffix(name, " --")
		switch {
		case isName && isEnd:
			s = &script{name: name}
			scripts = append(scripts, s)
		case s == nil: // the archive's comment
		case line == "" || line[0] != '\t':
			s.steps = append(s.steps, &step{text: line})
		default:
			s.steps[len(s.steps)-1].answer(line[1:])
		}
	}
	return scripts
}

// answer adds a line to what Python answered.
func (s *step) answer(line string) {
	switch {
	case line == "~":
		s.forks = true
	case line[0] == '~':
		s.forks = true
		s.twin = append(s.twin, line[1:])
	case line[0] == '=':
		for fact := range strings.FieldsSeq(line[1:]) {
			name, value, _ := strings.Cut(fact, "=")
			switch name {
			case "disable":
				s.facts.disable = number(value)
			case "effective":
				s.facts.effective = number(value)
			case "taken":
				s.facts.taken = value == "true"
			}
		}
	default:
		s.plain = append(s.plain, line)
	}
}

// writeArchive returns an archive of scripts without answers.
func writeArchive(comment string, scripts []*script) string {
	var b strings.Builder
	b.WriteString(comment)
	for _, s := range scripts {
		fmt.Fprintf(&b, "-- %s --\n%s", s.name, s)
	}
	return b.String()
}

// String returns the steps of the script.
func (s *script) String() string {
	var b strings.Builder
	for _, st := range s.steps {
		b.WriteString(st.text + "\n")
	}
	return b.String()
}
