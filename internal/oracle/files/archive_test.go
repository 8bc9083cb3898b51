// SPDX-License-Identifier: MIT

package files_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"github.com/slogx/slogx/internal/oracle/judge"
)

// A script is what happens to a log file, with the answers of Python.
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
	facts []string // what CPython met so far, if it is
}

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
	switch line[0] {
	case '~':
		s.forks = true
		if line != "~" {
			s.twin = append(s.twin, line[1:])
		}
	case '=':
		s.facts = strings.Fields(line[1:])
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

var wordRE = regexp.MustCompile(`(?:[^ "]|"(?:[^"\\]|\\.)*")+`)

// words returns the words of a step. A word may hold JSON strings.
func (s *step) words() []string { return wordRE.FindAllString(s.text, -1) }

// word returns the first word of a step.
func (s *step) word() string {
	word, _, _ := strings.Cut(s.text, " ")
	return word
}

func (s *step) isComment() bool { return s.text == "" || s.text[0] == '#' }

// options returns what a handler is given, by name.
func (s *step) options() map[string]string {
	given := map[string]string{}
	for _, word := range s.words()[2:] {
		key, value, _ := strings.Cut(word, "=")
		given[key] = value
	}
	return given
}

// quote returns a text as a JSON string in which all can be seen.
func quote(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case r == '\n' || r == '\t':
			b.WriteString(map[rune]string{'\n': `\n`, '\t': `\t`}[r])
		case unicode.IsPrint(r):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String() + `"`
}

// unquote returns the text that a JSON string stands for.
func unquote(quoted string) string {
	var text string
	if err := json.Unmarshal([]byte(quoted), &text); err != nil {
		panic(fmt.Sprintf("%s: %v", quoted, err))
	}
	return text
}
