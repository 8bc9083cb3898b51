// SPDX-License-Identifier: MIT

package config

import (
	"io"
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/internal/document"
	"github.com/slogx/slogx/internal/nearest"
	"github.com/slogx/slogx/rotate"
)

// pythonHandlers are the classes of Python's logging and logging.handlers, with the names and the order of their arguments.
var pythonHandlers = map[string]any{
	"logging.StreamHandler":                     handlerClass{[]string{"stream"}, streamHandler},
	"logging.NullHandler":                       handlerClass{nil, nullHandler},
	"logging.FileHandler":                       handlerClass{fileParams("mode"), fileHandler(nil)},
	"logging.handlers.WatchedFileHandler":       handlerClass{fileParams("mode"), fileHandler(watched)},
	"logging.handlers.RotatingFileHandler":      handlerClass{fileParams("mode", "maxBytes", "backupCount"), fileHandler(bySize)},
	"logging.handlers.TimedRotatingFileHandler": handlerClass{timedParams, fileHandler(byTime)},
}

// pythonOthers are Python's other classes, and those of python-json-logger.
var pythonOthers = map[string]any{
	"logging.Formatter": formatterClass{[]string{"format", "datefmt", "style", "validate"}, pythonFormatter},
	"logging.Filter": filterClass{[]string{"name"}, func(a *Args, _ *plan) (filter.Filter, error) {
		return filter.Name(a.String("name", "")), nil
	}},
	"pythonjsonlogger.jsonlogger.JsonFormatter": formatterClass{jsonParams, pythonJSON},
	"pythonjsonlogger.json.JsonFormatter":       formatterClass{jsonParams, pythonJSON},
}

// absent are classes of Python's that are not here, and why.
var absent = func() map[string]string {
	m := map[string]string{}
	for _, name := range []string{
		"MemoryHandler", "QueueHandler", "SocketHandler", "DatagramHandler", "SysLogHandler", "SMTPHandler", "HTTPHandler",
	} {
		for _, prefix := range []string{"handlers.", "logging.handlers."} {
			m[prefix+name] = "slogx has no such handler yet; one of the program's own is made known with config.Register"
		}
	}
	m["logging.handlers.NTEventLogHandler"] = "it is of Windows only, and slogx has none"
	m["logging.handlers.BaseRotatingHandler"] = "it is the base of other classes: logging.handlers.RotatingFileHandler is one"
	m["logging.Handler"] = "it is the base of other classes: logging.StreamHandler is one"
	return m
}()

func fileParams(own ...string) []string {
	return append(append([]string{"filename"}, own...), "encoding", "delay", "errors")
}

var (
	timedParams = []string{"filename", "when", "interval", "backupCount", "encoding", "delay", "utc", "atTime", "errors"}
	jsonParams  = []string{"format", "datefmt", "style", "validate"}
)

func streamHandler(a *Args) opener {
	w := writer(a, "stream")
	return func(o *opening) (slog.Handler, error) { return o.format(resolve(w), false), nil }
}

// writer reads a stream: os.Stderr if there is none.
func writer(a *Args, name string) any {
	return read(a, name, any(std{"stderr"}), func(v *document.Value) (any, error) {
		switch w := v.Object.(type) {
		case std, io.Writer:
			return w, nil
		}
		return nil, v.Errorf("want a stream (ext://sys.stdout, ext://sys.stderr), not %s", v.Describe())
	})
}

// resolve returns the stream that is meant now.
func resolve(w any) io.Writer {
	if s, ok := w.(std); ok {
		return s.writer()
	}
	return w.(io.Writer)
}

func nullHandler(*Args) opener {
	return func(*opening) (slog.Handler, error) { return slog.DiscardHandler, nil }
}

// fileHandler returns what makes a handler that writes to a file, with what more reads options for its rotation.
func fileHandler(more func(*Args, *rotate.Options)) func(*Args) opener {
	return func(a *Args) opener {
		opts := &rotate.Options{Delay: a.Bool("delay", false)}
		path := filename(a)
		checkEncoding(a)
		if mode := a.String("mode", "a"); mode == "w" {
			opts.Truncate = true
		} else if mode != "a" {
			a.Errorf("mode", "want a to append, or w to empty the file first, not %q", mode)
		}
		if more != nil {
			more(a, opts)
		}
		return openFile(a, path, opts)
	}
}

func watched(_ *Args, opts *rotate.Options) { opts.Watch = true }

// bySize reads what RotatingFileHandler takes. As there, a file that is rotated is not emptied.
func bySize(a *Args, opts *rotate.Options) {
	opts.MaxBytes = read(a, "maxBytes", 0, asBytes)
	opts.BackupCount = int(a.Int("backupCount", 0))
	if opts.MaxBytes > 0 {
		opts.Truncate = false
	}
}

func byTime(a *Args, opts *rotate.Options) {
	opts.When = a.String("when", "h")
	opts.Interval = int(a.Int("interval", 1))
	opts.BackupCount = int(a.Int("backupCount", 0))
	opts.At = a.String("atTime", "")
	opts.Suffix = a.String("suffix", "")
	if a.Bool("utc", false) {
		opts.Location = time.UTC
	}
}

// filename reads the name of a file.
func filename(a *Args) string {
	path := a.String("filename", "")
	if v := a.get("filename"); v == nil || v.Kind == document.String && path == "" {
		a.Errorf("filename", "a file needs the argument filename")
	}
	return path
}

// errorHandlers are Python's ways to deal with errors of an encoding, of which UTF-8 has none.
var errorHandlers = []string{"strict", "ignore", "replace", "backslashreplace", "surrogateescape", "xmlcharrefreplace", "namereplace"}

// checkEncoding refuses what is not UTF-8.
func checkEncoding(a *Args) {
	encoding := a.String("encoding", "utf-8")
	switch strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(encoding)) {
	case "utf8", "u8", "utf", "locale", "":
	default:
		a.Errorf("encoding", "%q: files are written in UTF-8, and in no other encoding", encoding)
	}
	if errors := a.String("errors", "strict"); !slices.Contains(errorHandlers, errors) {
		a.Errorf("errors", "%q is no way to deal with errors of an encoding%s", errors, nearest.Hint(errors, errorHandlers))
	}
}

// layouts are the styles of layouts.
var layouts = map[string]func(string, *format.Options) (*format.Layout, error){
	"%": format.Percent, "{": format.Brace, "$": format.Dollar,
}

// pythonFormatter reads what logging.Formatter takes.
func pythonFormatter(a *Args) (format.Formatter, error) {
	opts := &format.Options{DateFormat: a.String("datefmt", "")}
	style := a.String("style", "%")
	compile, ok := layouts[style]
	if !ok {
		a.Errorf("style", "want %%, { or $, not %q", style)
		compile = format.Percent
	}
	a.Bool("validate", true) // a layout with a mistake is refused in any case
	if defaults, ok := a.Any("defaults").(map[string]any); ok {
		opts.Defaults = defaults
	} else if a.Has("defaults") {
		a.Errorf("defaults", "want a map")
	}
	opts.Location = location(a)
	if date := defaultDate(a); opts.DateFormat == "" {
		opts.DateFormat = date
	}
	layout, err := compile(layoutText(a, map[string]string{"%": "%(message)s", "{": "{message}", "$": "${message}"}[style]), opts)
	if err != nil {
		a.Errorf("format", "%v", err)
	}
	return layout, nil
}

// layoutText reads the layout, by either of its two names.
func layoutText(a *Args, def string) string {
	fmt := a.String("fmt", def)
	return a.String("format", fmt)
}

// location reads Python's converter: time.gmtime or time.localtime.
func location(a *Args) *time.Location {
	return read(a, "converter", nil, func(v *document.Value) (*time.Location, error) {
		if loc, ok := v.Object.(*time.Location); ok {
			return loc, nil
		}
		return nil, v.Errorf("want ext://time.gmtime or ext://time.localtime, not %s", v.Describe())
	})
}

// defaultDate reads Python's default_time_format and default_msec_format: the second holds the date and the
// milliseconds, "%s,%03d".
func defaultDate(a *Args) string {
	hasDate, hasMsec := a.Has("default_time_format"), a.Has("default_msec_format")
	if !hasDate && !hasMsec && a.at.Get(".").Get("default_msec_format") == nil {
		return ""
	}
	date := a.String("default_time_format", "%Y-%m-%d %H:%M:%S")
	if v := a.at.Get(".").Get("default_msec_format"); v != nil && v.Kind == document.Null {
		return date
	}
	msec := a.String("default_msec_format", "%s,%03d")
	if strings.Count(msec, "%s") != 1 || strings.Count(msec, "%03d") != 1 || strings.Count(msec, "%") != 2 {
		a.Errorf("default_msec_format", "want %%s and %%03d once each, not %q", msec)
		return date
	}
	before, after, _ := strings.Cut(msec, "%s")
	return strings.Replace(before, "%03d", "%3f", 1) + date + strings.Replace(after, "%03d", "%3f", 1)
}

// named finds the fields of a layout, as python-json-logger does.
var named = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\((.+?)\)|\$\{(.+?)\}|\{(.+?)\}`)
})

// pythonJSON reads what python-json-logger's formatter takes.
func pythonJSON(a *Args) (format.Formatter, error) {
	opts := &format.JSONOptions{
		DateFormat: a.String("datefmt", ""),
		Prefix:     a.String("prefix", ""),
		Indent:     int(a.Int("json_indent", 0)),
		ASCII:      a.Bool("json_ensure_ascii", true),
		Reserved:   a.Strings("reserved_attrs"),
		Location:   location(a),
		Unique:     true,
	}
	if style := a.String("style", "%"); layouts[style] == nil {
		a.Errorf("style", "want %%, { or $, not %q", style)
	}
	a.Bool("validate", true)
	opts.Stacks = format.StackText
	for _, name := range []string{"exc_info_as_array", "stack_info_as_array"} { // there is one way for both
		if a.Bool(name, false) {
			opts.Stacks = format.StackList
		}
	}
	for _, m := range named().FindAllStringSubmatch(layoutText(a, "%(message)s"), -1) {
		opts.Fields = append(opts.Fields, m[1]+m[2]+m[3])
	}
	a.into("rename_fields", &opts.Rename)
	a.into("static_fields", &opts.Static)
	addTimestamp(a, opts)
	a.into("json_default", &opts.Fallback)
	a.into("json_serializer", &opts.Encode)
	if a.Has("json_encoder") {
		a.Errorf("json_encoder", "Go has no classes of encoders: json_serializer and json_default take functions (ext://…)")
	}
	return format.JSON(opts), nil
}

// addTimestamp reads timestamp: true, or the name of the field.
func addTimestamp(a *Args, opts *format.JSONOptions) {
	name := read(a, "timestamp", "", func(v *document.Value) (string, error) {
		if on, err := asBool(v); err == nil && len(v.Str) != 1 { // one letter is a name
			return map[bool]string{true: "timestamp"}[on], nil
		}
		return asString(v)
	})
	if name == "" {
		return
	}
	opts.Fields = append(opts.Fields, "time")
	rename := map[string]string{"time": name}
	for from, to := range opts.Rename {
		rename[from] = to
	}
	opts.Rename = rename
}
