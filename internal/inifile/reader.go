// SPDX-License-Identifier: MIT

package inifile

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slogx/slogx/internal/document"
)

// gopkg.in/ini.v1 does not read what Python reads: of the 932 valid texts in testdata/ini.jsonl it reads 250 alike
// with the options that suit best. It takes comments and blank lines inside of a value for parts of the value, or refuses
// values of several lines, strips quotes and backticks, and accepts duplicates. Hence this reader.

// An option is a value in a section, before interpolation.
type option struct {
	name  string // in lower case
	text  string // its lines without the space around them
	parts []string
	lines []place // of parts
}

// A place is where a line of a value begins.
type place struct{ line, column int }

// A section has a name and options.
type section struct {
	name    string
	line    int
	options []*option
	named   map[string]*option
	file    *file
}

// A file is what a text holds.
type file struct {
	sections []*section
	named    map[string]*section
	defaults *section // of [DEFAULT]
}

func (f *file) newSection(name string, line int) *section {
	return &section{name: name, line: line, named: map[string]*option{}, file: f}
}

// option returns an option of the section or of [DEFAULT], nil if there is none.
func (s *section) option(name string) *option {
	if o := s.named[name]; o != nil {
		return o
	}
	return s.file.defaults.named[name]
}

// A reader reads lines as Python's ConfigParser does.
type reader struct {
	file    *file
	errs    document.Errors
	section *section // nil before the first
	option  *option  // that lines may continue; nil behind the head of a section
	indent  int      // of the last line that continued nothing
}

// read returns what text holds. The defaults are options of [DEFAULT].
func read(text string, defaults map[string]string) (*file, error) {
	f := &file{named: map[string]*section{}}
	f.defaults = f.newSection("DEFAULT", 0)
	r := reader{file: f}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	for i, line := range strings.Split(text, "\n") {
		if !r.line(line, i+1) {
			break
		}
	}
	for _, s := range append(f.sections, f.defaults) {
		for _, o := range s.options {
			o.text = strings.TrimRightFunc(strings.Join(o.parts, "\n"), isSpace)
		}
	}
	r.addDefaults(defaults)
	return f, r.errs.Err()
}

// addDefaults adds options to [DEFAULT] that it does not have.
func (r *reader) addDefaults(defaults map[string]string) {
	given := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(defaults)) {
		lower := strings.ToLower(name)
		if other, twice := given[lower]; twice {
			r.errs.Add(&document.Error{Path: "[DEFAULT] " + lower, Msg: fmt.Sprintf("the defaults that are given have it twice, as %s and %s", other, name)})
		}
		given[lower] = name
		if text := defaults[name]; r.file.defaults.named[lower] == nil {
			r.file.defaults.named[lower] = &option{name: lower, text: text, parts: []string{text}}
		}
	}
}

func (r *reader) fault(line int, format string, args ...any) {
	r.errs.Add(&document.Error{Line: line, Msg: fmt.Sprintf(format, args...)})
}

// line reads a line and reports whether it makes sense to go on.
func (r *reader) line(line string, n int) bool {
	clean := strings.TrimFunc(line, isSpace)
	before := line[:len(line)-len(strings.TrimLeftFunc(line, isSpace))]
	indent := utf8.RuneCountInString(before)
	switch {
	case clean == "":
		if r.option != nil { // a blank line is part of a value that goes on behind it
			r.option.add("", place{line: n})
		}
	case clean[0] == '#' || clean[0] == ';':
	case r.option != nil && indent > r.indent:
		r.option.add(clean, place{n, indent + 1})
	default:
		r.indent = indent
		return r.head(clean, n)
	}
	return true
}

func (o *option) add(text string, at place) {
	o.parts = append(o.parts, text)
	o.lines = append(o.lines, at)
}

// head reads a line that begins a section or an option.
func (r *reader) head(clean string, n int) bool {
	if end := strings.LastIndexByte(clean, ']'); clean[0] == '[' && end > 1 {
		r.begin(clean[1:end], n)
		return true
	}
	if r.section == nil {
		r.fault(n, "want the head of a section, such as [loggers], before %q", clean)
		return false
	}
	end := strings.IndexAny(clean, "=:")
	if end <= 0 {
		r.fault(n, "%q is no option, want name = value", clean)
		return true
	}
	value := strings.TrimLeftFunc(clean[end+1:], isSpace)
	column := r.indent + utf8.RuneCountInString(clean[:len(clean)-len(value)]) + 1
	name := strings.ToLower(strings.TrimRightFunc(clean[:end], isSpace))
	o := &option{name: name, parts: []string{value}, lines: []place{{n, column}}}
	if first := r.section.named[name]; first != nil {
		r.fault(n, "[%s] has %s twice, first in line %d", r.section.name, name, first.lines[0].line)
	} else {
		r.section.options, r.section.named[name] = append(r.section.options, o), o
	}
	r.option = o
	return true
}

// begin begins a section. Only [DEFAULT] may do so again.
func (r *reader) begin(name string, n int) {
	r.option = nil
	if name == r.file.defaults.name {
		r.section = r.file.defaults
		return
	}
	r.section = r.file.newSection(name, n)
	if first := r.file.named[name]; first != nil {
		r.fault(n, "[%s] is there twice, first in line %d", name, first.line)
		return
	}
	r.file.sections, r.file.named[name] = append(r.file.sections, r.section), r.section
}

// isSpace reports what Python takes for space.
func isSpace(r rune) bool { return unicode.IsSpace(r) || '\x1c' <= r && r <= '\x1f' }
