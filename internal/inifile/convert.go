// SPDX-License-Identifier: MIT

package inifile

import (
	"slices"
	"strings"
	"unicode"

	"github.com/slogx/slogx/internal/document"
)

func (c *converter) formatter(s *section) *document.Value {
	v := newValue(document.Map, s, "")
	if class, ok := c.get(s, "class"); ok && class != "" {
		c.addText(v, s, "class", class)
	}
	for _, name := range []string{"format", "datefmt", "style"} { // raw: their percent signs are those of layouts
		if o := s.option(name); o != nil {
			c.addText(v, s, name, o.text)
		}
	}
	if o := s.option("defaults"); o != nil {
		if defaults := c.literal(s, "defaults", o.text, document.Map); defaults != nil {
			add(v, "defaults", defaults.Line, defaults)
		}
	}
	c.warnOfUnknown(s, "class", "format", "datefmt", "style", "defaults")
	return v
}

// addText adds an option as a text.
func (c *converter) addText(v *document.Value, s *section, name, text string) {
	value := newValue(document.String, s, name)
	value.Str = text
	add(v, name, value.Line, value)
}

// literal returns what Python would evaluate an option to, nil if it is not of the kind.
func (c *converter) literal(s *section, name, text string, kind document.Kind) *document.Value {
	o := s.option(name)
	v, err := literal(text, c.names, func(n, column int) place {
		if text != o.text || n >= len(o.lines) { // interpolation may have moved everything
			return place{line: o.line()}
		}
		return place{o.lines[n].line, o.lines[n].column + column - 1}
	})
	at := newValue(document.Null, s, name)
	if err != nil {
		fault := err.(*document.Error)
		fault.Path = at.Path
		c.errs.Add(fault)
		return nil
	}
	v.SetPath(at.Path)
	switch {
	case v.Kind == kind:
		return v
	case kind == document.List:
		c.errs.Add(v.Errorf("is %s, want a tuple, such as ('a',)", v.Describe()))
	default:
		c.errs.Add(v.Errorf("is %s, want a dict, such as {'a': 1}", v.Describe()))
	}
	return nil
}

func (c *converter) handler(s *section) *document.Value {
	v := newValue(document.Map, s, "")
	class, ok := c.want(s, "class")
	switch {
	case ok && !isDotted(class):
		c.fault(s, "class", "%q is no name, and nothing is evaluated", class)
	case ok:
		c.addText(v, s, "class", fullName(class))
	}
	if level, ok := c.get(s, "level"); ok {
		c.addText(v, s, "level", level)
	}
	if formatter, ok := c.get(s, "formatter"); ok && formatter != "" {
		c.addText(v, s, "formatter", formatter)
	}
	if target, ok := c.get(s, "target"); ok && target != "" {
		if slices.Contains(withoutTarget, strings.TrimPrefix(fullName(class), "logging.")) {
			c.warn(s, "target", "the option is ignored, as in Python: only a MemoryHandler has a target")
		} else {
			c.addText(v, s, "target", target)
		}
	}
	c.arguments(v, s)
	c.warnOfUnknown(s, "class", "level", "formatter", "target", "args", "kwargs")
	return v
}

// arguments adds those of a handler.
func (c *converter) arguments(v *document.Value, s *section) {
	if text, ok := c.get(s, "args"); ok {
		if args := c.literal(s, "args", text, document.List); args != nil {
			v.Args = args.Items
		}
	}
	text, ok := c.get(s, "kwargs")
	if !ok {
		return
	}
	kwargs := c.literal(s, "kwargs", text, document.Map)
	if kwargs == nil {
		return
	}
	for _, f := range kwargs.Fields {
		if v.Get(f.Key) != nil || f.Key == "class" {
			c.errs.Add(f.Value.Errorf("[%s] has the option %s, too", s.name, f.Key))
			continue
		}
		v.Fields = append(v.Fields, f)
	}
}

// withoutTarget has Python's handlers but MemoryHandler, below logging.
var withoutTarget = []string{
	"StreamHandler", "FileHandler", "NullHandler", "handlers.WatchedFileHandler", "handlers.BaseRotatingHandler",
	"handlers.RotatingFileHandler", "handlers.TimedRotatingFileHandler", "handlers.SocketHandler", "handlers.DatagramHandler",
	"handlers.SysLogHandler", "handlers.NTEventLogHandler", "handlers.SMTPHandler", "handlers.HTTPHandler",
	"handlers.BufferingHandler", "handlers.QueueHandler",
}

// fullName returns the name of a class from the outside of Python's logging, where fileConfig looks first.
func fullName(class string) string {
	switch {
	case class == "Handler", class == "StreamHandler", class == "FileHandler", class == "NullHandler",
		strings.HasPrefix(class, "handlers."):
		return "logging." + class
	}
	return class
}

// isDotted reports whether a text is a name, or several with dots between them.
func isDotted(text string) bool {
	for word := range strings.SplitSeq(text, ".") {
		for i, r := range word {
			if r != '_' && !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r)) {
				return false
			}
		}
		if word == "" {
			return false
		}
	}
	return true
}

// loggers adds the loggers and the root, which stands aside.
func (c *converter) loggers(root *document.Value) {
	loggers := &document.Value{Kind: document.Map}
	s := c.file.named["loggers"]
	if s != nil {
		loggers = newValue(document.Map, s, "")
	}
	var rootLogger *document.Value
	c.each("loggers", "logger_", func(s *section) *document.Value {
		v := c.logger(s)
		c.warnOfUnknown(s, "level", "handlers", "qualname", "propagate") // files have the last two for the root, where they mean nothing
		if s.name == "logger_root" {
			rootLogger = v
		} else {
			c.addLogger(loggers, s, v)
		}
		return v
	})
	add(root, "loggers", loggers.Line, loggers)
	if rootLogger != nil {
		add(root, "root", rootLogger.Line, rootLogger)
	}
	if listed := c.listed["loggers"]; listed != nil && !listed["root"] {
		c.fault(s, "keys", "root is not among them")
	}
}

// logger returns what root and other loggers have.
func (c *converter) logger(s *section) *document.Value {
	v := newValue(document.Map, s, "")
	if level, ok := c.get(s, "level"); ok {
		c.addText(v, s, "level", level)
	}
	handlers := c.list(s, "handlers")
	add(v, "handlers", handlers.Line, handlers)
	return v
}

// addLogger adds a logger by its name. A second section for the same one takes its place, but for the level.
func (c *converter) addLogger(loggers *document.Value, s *section, v *document.Value) {
	propagate := newValue(document.Bool, s, "propagate")
	propagate.Bool = true
	if text, ok := c.get(s, "propagate"); ok {
		if propagate.Bool, ok = isNonZero(text); !ok {
			c.fault(s, "propagate", "%q is no number, want 1 or 0: words such as yes and no are for YAML", text)
		}
	}
	add(v, "propagate", propagate.Line, propagate)
	name, ok := c.want(s, "qualname")
	if !ok {
		return
	}
	line := newValue(document.Null, s, "qualname").Line
	i, again := c.loggerAt[name]
	if !again {
		c.loggerAt[name] = len(loggers.Fields)
		add(loggers, name, line, v)
		return
	}
	first := loggers.Fields[i].Value
	c.warn(s, "qualname", "%s is the logger of %s, too, which this section replaces", name, first.Path)
	if level := first.Get("level"); level != nil && v.Get("level") == nil {
		add(v, "level", level.Line, level)
	}
	loggers.Fields[i] = document.Field{Key: name, KeyLine: line, Value: v}
}
