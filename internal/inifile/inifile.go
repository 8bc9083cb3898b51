// SPDX-License-Identifier: MIT

// Package inifile reads what Python's logging.config.fileConfig reads, into the model that documents in YAML and
// JSON have: the shape of dictConfig's schema.
//
// It reads an INI file as Python's ConfigParser does. Where Python evaluates (class, args, kwargs, defaults),
// only literals and known names are read, so that no file can run anything.
package inifile

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/slogx/slogx/internal/document"
	"github.com/slogx/slogx/internal/nearest"
)

// Options says how a file is read. Nil is the default.
type Options struct {
	// Defaults are options of [DEFAULT] where the file does not have them: fileConfig's defaults.
	Defaults map[string]string
	// Names says what a name in args, kwargs and defaults stands for. Nil is [Names].
	Names func(name string) (*document.Value, bool)
}

// A Config is what a file says.
type Config struct {
	// Root has version, formatters, handlers, loggers and root, as a dictConfig. The arguments of a handler by position
	// are its Args, those by name are among its fields. Paths are those of the file: [handler_file] args[0].
	Root *document.Value
	// Warnings are about what Python ignores without a word.
	Warnings []*document.Error
}

// Parse reads a file. Its errors are joined, and each is a *document.Error; then a Config has no more than warnings.
func Parse(text []byte, opts *Options) (*Config, error) {
	if opts == nil {
		opts = &Options{}
	}
	s, err := document.Text(text)
	if err != nil {
		return &Config{}, err
	}
	file, err := read(s, opts.Defaults)
	if err != nil {
		return &Config{}, err
	}
	c := converter{file: file, names: opts.Names, listed: map[string]map[string]bool{}, loggerAt: map[string]int{}}
	if c.names == nil {
		c.names = Names
	}
	root := &document.Value{Kind: document.Map}
	add(root, "version", 0, &document.Value{Kind: document.Int, Int: 1, Path: "version"})
	add(root, "formatters", 0, c.each("formatters", "formatter_", c.formatter))
	add(root, "handlers", 0, c.each("handlers", "handler_", c.handler))
	c.loggers(root)
	c.warnOfSections()
	if err := c.errs.Err(); err != nil {
		return &Config{Warnings: c.warnings}, err
	}
	return &Config{Root: root, Warnings: c.warnings}, nil
}

// A converter makes the shape of dictConfig of a file.
type converter struct {
	file     *file
	names    func(string) (*document.Value, bool)
	listed   map[string]map[string]bool // the keys of [formatters], [handlers] and [loggers], if they have any
	loggerAt map[string]int             // where a logger is among the fields of loggers
	errs     document.Errors
	warnings []*document.Error
}

func add(v *document.Value, key string, line int, value *document.Value) {
	v.Fields = append(v.Fields, document.Field{Key: key, KeyLine: line, Value: value})
}

// fault adds an error about an option, or about its section if there is no name.
func (c *converter) fault(s *section, name string, format string, args ...any) {
	c.errs.Add(newValue(document.Null, s, name).Errorf(format, args...))
}

func (c *converter) warn(s *section, name string, format string, args ...any) {
	v := newValue(document.Null, s, name)
	c.warnings = append(c.warnings, &document.Error{Path: v.Path, Line: v.Line, Msg: fmt.Sprintf(format, args...)})
}

// newValue returns a value that stands at an option, or at the head of a section if there is no name.
func newValue(kind document.Kind, s *section, name string) *document.Value {
	v := &document.Value{Kind: kind, Path: "[" + s.name + "]", Line: s.line}
	if name == "" {
		return v
	}
	v.Path += " " + name
	if o := s.option(name); o != nil {
		v.Line = o.line()
	}
	return v
}

// line returns the line that the option begins in, 0 if it is not from the file.
func (o *option) line() int {
	if len(o.lines) == 0 {
		return 0
	}
	return o.lines[0].line
}

// get returns an option after interpolation. It is false if there is none, or a wrong one.
func (c *converter) get(s *section, name string) (text string, ok bool) {
	o := s.option(name)
	if o == nil {
		return "", false
	}
	text, err := s.interpolated(o)
	if err != nil {
		c.fault(s, name, "%v", err)
	}
	return text, err == nil
}

// want is get for an option that must be there.
func (c *converter) want(s *section, name string) (text string, ok bool) {
	if s.option(name) == nil {
		c.fault(s, "", "wants %s", name)
	}
	return c.get(s, name)
}

// list returns what an option names with commas between, as a list of texts.
func (c *converter) list(s *section, name string) *document.Value {
	list := newValue(document.List, s, name)
	text, ok := c.want(s, name)
	if !ok || text == "" {
		return list
	}
	for item := range strings.SplitSeq(text, ",") {
		if item = strings.TrimFunc(item, isSpace); item == "" {
			c.fault(s, name, "a name between the commas is empty")
			continue
		}
		list.Items = append(list.Items, &document.Value{Kind: document.String, Str: item, Line: list.Line})
	}
	list.SetPath(list.Path)
	return list
}

// each returns a map of what f makes of the sections that are named in the keys of a section.
func (c *converter) each(kind, prefix string, f func(*section) *document.Value) *document.Value {
	s := c.file.named[kind]
	if s == nil {
		c.errs.Add(&document.Error{Path: "[" + kind + "]", Msg: "the section is missing"})
		return &document.Value{Kind: document.Map}
	}
	all := newValue(document.Map, s, "")
	keys := c.list(s, "keys")
	if s.option("keys") == nil {
		return all
	}
	listed := map[string]bool{}
	c.listed[kind] = listed
	for _, key := range keys.Items {
		part := c.file.named[prefix+key.Str]
		switch {
		case listed[key.Str]:
			c.warn(s, "keys", "%s is named twice", key.Str)
		case part == nil:
			c.errs.Add(key.Errorf("the section [%s%s] is missing", prefix, key.Str))
		default:
			add(all, key.Str, part.line, f(part))
		}
		listed[key.Str] = true
	}
	return all
}

// warnOfUnknown warns of a section's own options that are not known.
func (c *converter) warnOfUnknown(s *section, known ...string) {
	for _, o := range s.options {
		if slices.Contains(known, o.name) {
			continue
		}
		hint := ""
		if near := nearest.Names(o.name, known); len(near) > 0 {
			hint = "; did you mean " + near[0] + "?"
		}
		c.warn(s, o.name, "the option is ignored, as in Python%s", hint)
	}
}

// warnOfSections warns of sections that would be read if keys named them.
func (c *converter) warnOfSections() {
	for _, s := range c.file.sections {
		kind, key, ok := strings.Cut(s.name, "_")
		if listed := c.listed[kind+"s"]; ok && listed != nil && !listed[key] {
			c.warn(s, "", "the section is ignored, as in Python: the keys of [%ss] do not name it", kind)
		}
	}
}

// isNonZero reads a number as Python's int does.
func isNonZero(text string) (truth, ok bool) {
	digits := strings.TrimFunc(text, isSpace)
	if digits != "" && (digits[0] == '+' || digits[0] == '-') {
		digits = digits[1:]
	}
	if digits == "" || strings.Trim(digits, "0123456789_") != "" || !areDigits(digits) {
		return false, false
	}
	n, err := strconv.ParseUint(strings.ReplaceAll(digits, "_", ""), 10, 64)
	return n != 0 || err != nil, true
}
