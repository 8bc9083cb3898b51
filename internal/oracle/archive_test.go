// SPDX-License-Identifier: MIT

package oracle_test

import (
	"strings"

	"github.com/slogx/slogx/internal/oracle/judge"
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

// readArchive returns the scripts of an archive.
func readArchive(text string) (scripts []*script) {
	for _, found := range judge.ReadArchive(text) {
		s := &script{name: found.Name}
		for _, line := range found.Steps {
			st := &step{text: line.Text}
			for _, answer := range line.Answers {
				st.answer(answer)
			}
			s.steps = append(s.steps, st)
		}
		scripts = append(scripts, s)
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
	texts := make([]judge.Script, len(scripts))
	for i, s := range scripts {
		texts[i].Name = s.name
		for _, st := range s.steps {
			texts[i].Steps = append(texts[i].Steps, judge.Step{Text: st.text})
		}
	}
	return judge.WriteArchive(comment, texts)
}

// String returns the steps of the script.
func (s *script) String() string {
	var b strings.Builder
	for _, st := range s.steps {
		b.WriteString(st.text + "\n")
	}
	return b.String()
}
