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
	var b strings.Builder
	b.WriteString(comment)
	for _, s := range scripts {
		fmt.Fprintf(&b, "-- %s --\n", s.name)
		for _, st := range s.steps {
			b.WriteString(st.text + "\n")
		}
	}
	return b.String()
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
