// SPDX-License-Identifier: MIT

package configs_test

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"

	"github.com/slogx/slogx/internal/oracle/judge"
)

// A script is documents and logging calls, with the answers of Python.
type script struct {
	name  string
	steps []*step
}

// A step is a line of a script, with the document below it.
type step struct {
	text  string // empty or a comment: does nothing
	doc   []string
	plain []string // what CPython answers
	twin  []string // what it answers with the differences, if that is something else
	forks bool     // whether it is
	facts []string // which differences the twin met so far, if it is
}

// readArchive returns the scripts of an archive.
func readArchive(text string) (scripts []*script) {
	for _, found := range judge.ReadArchive(text) {
		s := &script{name: found.Name}
		var st *step
		for _, line := range found.Steps {
			if more, ok := strings.CutPrefix(line.Text, "|"); ok {
				st.doc = append(st.doc, strings.TrimPrefix(more, " "))
			} else {
				st = &step{text: line.Text}
				s.steps = append(s.steps, st)
			}
			for _, answer := range line.Answers {
				st.answer(answer)
			}
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
			for _, line := range st.lines() {
				texts[i].Steps = append(texts[i].Steps, judge.Step{Text: line})
			}
		}
	}
	return judge.WriteArchive(comment, texts)
}

// lines returns the step and its document as an archive has them.
func (s *step) lines() []string {
	lines := []string{s.text}
	for _, line := range s.doc {
		lines = append(lines, strings.TrimSuffix("| "+line, " "))
	}
	return lines
}

var wordRE = regexp.MustCompile(`(?:[^ "]|"(?:[^"\\]|\\.)*")+`)

// words returns the words of a step. One in quotation marks is a JSON string.
func (s *step) words() []string {
	words := wordRE.FindAllString(s.text, -1)
	for i, word := range words {
		if word[0] == '"' {
			if err := json.Unmarshal([]byte(word), &words[i]); err != nil {
				panic(err)
			}
		}
	}
	return words
}

// word returns the first word of a step.
func (s *step) word() string {
	word, _, _ := strings.Cut(s.text, " ")
	return word
}

func (s *step) isComment() bool { return s.text == "" || s.text[0] == '#' }

// at returns the place that the error of a document must name.
func (s *step) at() string {
	_, place, _ := strings.Cut(s.text, " at=")
	return place
}

// document returns the text of the document.
func (s *step) document() string { return strings.Join(s.doc, "\n") + "\n" }

// quote returns a text as a JSON string.
func quote(text string) string { return encode(text) }

// encode returns a value in JSON.
func encode(v any) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic(err)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// quoteName returns the name of a logger as scripts have it.
func quoteName(name string) string {
	if name == "" || strings.ContainsAny(name, `" `) {
		return quote(name)
	}
	return name
}
