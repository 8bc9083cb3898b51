// SPDX-License-Identifier: MIT

package document

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// parseYAML returns the only document in s. Its errors are of syntax.
func parseYAML(s string) (node *yaml.Node, err error) {
	r := &lineReader{text: s}
	defer func() {
		// yaml answers a state that it has forgotten with a panic: no document may end the program.
		if p := recover(); p != nil {
			node, err = nil, &Error{Line: r.line(), Msg: fmt.Sprintf("YAML cannot be read: %v", p)}
		}
	}()
	dec := yaml.NewDecoder(r)
	var doc, second yaml.Node
	switch err := dec.Decode(&doc); {
	case err == io.EOF:
		return nil, &Error{Msg: "the document is empty"}
	case err != nil:
		return nil, r.fault(err)
	}
	switch err := dec.Decode(&second); {
	case err == nil:
		return nil, &Error{Line: second.Line, Msg: "another document begins, want one"}
	case err != io.EOF:
		return nil, r.fault(err)
	}
	return doc.Content[0], nil
}

// A lineReader gives a text byte by byte: how far it was read tells where a mistake is, which yaml does not always.
type lineReader struct {
	text string
	next int
}

func (r *lineReader) Read(p []byte) (int, error) {
	if r.next == len(r.text) || len(p) == 0 {
		return 0, io.EOF
	}
	p[0] = r.text[r.next]
	r.next++
	return 1, nil
}

// line returns the line that was read last and says something.
func (r *lineReader) line() int {
	read := r.text[:r.next]
	if r.next < len(r.text) {
		read = strings.TrimRight(read, " ")
	}
	for {
		read = strings.TrimRight(read, "\r\n")
		start := strings.LastIndexByte(read, '\n') + 1
		last := strings.TrimSpace(read[start:])
		if start == 0 || last != "" && last[0] != '#' {
			return strings.Count(read, "\n") + 1
		}
		read = read[:start]
	}
}

// parserWants is what the parser misses, rather than the scanner.
var parserWants = []string{"key", "node content", "'-' indicator", "',' or ']'", "',' or '}'", "<document start>"}

// fault returns the error with the line. What the parser above yaml's scanner gives is one too few, and means
// the beginning of the list or map around the mistake; mistakes in the first line have none.
func (r *lineReader) fault(err error) error {
	const near = 2 // lines that yaml may have read on
	msg := strings.TrimPrefix(err.Error(), "yaml: ")
	line := 0
	if rest, ok := strings.CutPrefix(msg, "line "); ok {
		number, rest, _ := strings.Cut(rest, ": ")
		if n, err := strconv.Atoi(number); err == nil {
			line, msg = n, rest
		}
	}
	if want, ok := strings.CutPrefix(msg, "did not find expected "); ok && slices.Contains(parserWants, want) {
		msg += " here or just before"
		if line++; line < r.line()-near {
			line = r.line()
		}
	}
	if line == 0 {
		line = r.line()
	}
	if indentedByTab(r.text, line) {
		msg += "; the line is indented by a tab, YAML wants spaces"
	}
	return &Error{Line: line, Msg: "YAML: " + msg}
}

func indentedByTab(text string, line int) bool {
	lines := strings.SplitN(text, "\n", line+1)
	if line > len(lines) {
		return false
	}
	s := lines[line-1]
	return strings.ContainsRune(s[:len(s)-len(strings.TrimLeft(s, " \t"))], '\t')
}
