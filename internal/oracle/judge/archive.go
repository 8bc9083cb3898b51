// SPDX-License-Identifier: MIT

package judge

import (
	"fmt"
	"strings"
)

// A Script is a named part of an archive.
type Script struct {
	Name  string
	Steps []Step
}

// A Step is a line of a script, with the lines that answer it.
type Step struct {
	Text    string
	Answers []string
}

// ReadArchive returns the scripts of an archive in the format of txtar. A line that starts with a tab is an answer.
func ReadArchive(text string) (scripts []Script) {
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		name, isName := strings.CutPrefix(line, "-- ")
		name, isEnd := strings.CutSuffix(name, " --")
		if isName && isEnd {
			scripts = append(scripts, Script{Name: name})
			continue
		}
		if len(scripts) == 0 { // the archive's comment
			continue
		}
		s := &scripts[len(scripts)-1]
		if answer, isAnswer := strings.CutPrefix(line, "\t"); isAnswer {
			last := &s.Steps[len(s.Steps)-1]
			last.Answers = append(last.Answers, answer)
		} else {
			s.Steps = append(s.Steps, Step{Text: line})
		}
	}
	return scripts
}

// WriteArchive returns an archive of scripts without answers.
func WriteArchive(comment string, scripts []Script) string {
	var b strings.Builder
	b.WriteString(comment)
	for _, s := range scripts {
		fmt.Fprintf(&b, "-- %s --\n", s.Name)
		for _, st := range s.Steps {
			b.WriteString(st.Text + "\n")
		}
	}
	return b.String()
}
