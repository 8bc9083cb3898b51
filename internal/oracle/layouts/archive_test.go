// SPDX-License-Identifier: MIT

package layouts_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/slogx/slogx/internal/oracle/judge"
)

// A script compiles layouts and formats records, with the answers of Python.
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
	line, isTwin := strings.CutPrefix(line, "~")
	switch {
	case !isTwin:
		s.plain = append(s.plain, line)
	case line == "":
		s.forks = true
	default:
		s.forks = true
		s.twin = append(s.twin, line)
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

func (s *step) isComment() bool { return s.text == "" || s.text[0] == '#' }

// quote returns a text as a JSON string in which all can be seen.
func quote(text string) string {
	if !utf8.ValidString(text) {
		return strconv.Quote(text) // which Python never writes
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case unicode.IsPrint(r):
			b.WriteRune(r)
		default:
			for _, u := range utf16.Encode([]rune{r}) {
				fmt.Fprintf(&b, `\u%04x`, u)
			}
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
