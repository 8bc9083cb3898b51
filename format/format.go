// SPDX-License-Identifier: MIT

// Package format makes bytes of log records: it is Python's Formatter and StreamHandler as one
// [slog.Handler].
//
// [NewHandler] puts a [Formatter] and an [io.Writer] together. [Percent] compiles the layouts that
// Python's logging is configured with, [Brace] and [Dollar] those of its other two styles:
//
//	h := format.NewHandler(os.Stderr, format.MustPercent("%(asctime)s - %(name)s - %(levelname)s - %(message)s", nil), nil)
//	slog.New(h).Info("listening", "port", 8080)
//	// 2026-01-02 15:04:05,678 - root - INFO - listening port=8080
//
// # Fields
//
// A field is %(name)s in a layout, or {name}, or $name. Python's fields are all there, with Python's types:
//
//	asctime          text   the time; see [Options.DateFormat]. Nothing for a zero time
//	created          float  the time in seconds since 1970
//	msecs            float  the milliseconds of the time, whole
//	relativeCreated  float  milliseconds since the program started
//	levelname        text   the level in Python's words: WARNING, CRITICAL; DEBUG+2 for one without a name
//	levelno          int    the level as Python's number: 30 for WARNING
//	name             text   the logger's name; root for the root
//	message          text   the message and the attributes that no other field of the layout names
//	pathname         text   the caller's file, filename its base, module that without its extension
//	lineno           int    the caller's line
//	funcName         text   the caller's function, without its package
//	process          int    the process's id
//	processName      text   MainProcess
//	thread           int    the goroutine's id; it costs a microsecond
//	threadName       text   the same
//	taskName         none   None, as are exc_info, exc_text and stack_info; args is ()
//
// and some of our own:
//
//	msg              text   the message without attributes
//	attrs            text   the attributes that no other field names; message is without them then
//	package          text   the import path of the caller's package
//	goroutine        int    the goroutine's id; it costs a microsecond
//	log_color        text   begins the colour of the level, where [NewConsole] would have colour
//	reset            text   ends it
//
// A record without a caller prints (unknown file), 0 and (unknown function), as in Python.
// Any other name is that of an attribute, bound or given, by its dotted key: %(user)s, %(http.status)d,
// {http.status:d}, ${http.status}.
//
// # Attributes
//
// In slog what Python has in msg % args is attributes. So the message is printed merged with them,
// as slog's text handler prints them: " key=value", groups as dotted keys, quotes where they are needed.
// The logger's name is not among them, and neither are errors and stacks that are given under the
// keys exc_info and stack_info: they stand on the lines after the record, indented.
//
// # JSON
//
// [JSON] prints each record as an object, as slog's JSON handler does, and has the options of
// python-json-logger.
//
// # Safety
//
// Whatever comes from outside is escaped so that it cannot end a line, drive a terminal, or reorder
// the text. [Options.Raw] turns that off.
package format

import (
	"fmt"
	"time"

	"github.com/slogx/slogx/internal/record"
)

// Basic is the layout that is used where none is given. It is Python's BASIC_FORMAT.
const Basic = "%(levelname)s:%(name)s:%(message)s"

// A Record is a log record as formatters see it: the [slog.Record], the name of its logger,
// and what With and WithGroup have bound. Its Attr method finds an attribute by its dotted key.
// It is valid during the call that it is given to, and not safe for concurrent use.
type Record = record.Record

// A Scope is what With and WithGroup have bound to a handler, in order; nil is nothing.
// Its All method yields the attributes, each with the prefix of its groups.
// It never changes, and is safe for concurrent use.
type Scope = record.Scope

// A Formatter makes text of records. It is Python's Formatter.
//
// Append appends the text of r to dst and returns the extended slice. It does not append the line
// break that ends the record. It must not keep dst or r, nor change r, and must be safe for
// concurrent use. It runs in the goroutine that logs, outside of any lock.
//
// A Formatter that is also a [Binder] can render what With binds once.
type Formatter interface {
	Append(dst []byte, r *Record) []byte
}

// A Binder is a [Formatter] that renders once what is the same in all records of a scope.
//
// Bind is called once for each handler that With or WithGroup derive, with all that is bound to it.
// It is always called on the formatter that [NewHandler] was given. The formatter that it
// returns is given records of that scope only; it must not be nil. Bind must not change the receiver.
type Binder interface {
	Formatter
	Bind(s *Scope) Formatter
}

// Options are options for [Percent], [Brace] and [Dollar].
// The zero Options, and nil, are Python's defaults.
type Options struct {
	// DateFormat is the strftime format of %(asctime)s, Python's datefmt; see also [RFC3339].
	// %f in it stands for microseconds, %3f for milliseconds and %9f for nanoseconds, all cut off.
	// If empty, it is that of Python's default, 2006-01-02 15:04:05,123. Another format of
	// milliseconds, Python's default_msec_format, is written there: "%Y-%m-%d %H:%M:%S.%3f".
	DateFormat string

	// Location is the time zone of %(asctime)s, Python's converter.
	// If nil, it is the local one.
	Location *time.Location

	// Defaults are printed by fields that name an attribute that a record does not have: Python's
	// defaults. An attribute of the record, bound or given, comes first. They are not merged with the message.
	Defaults map[string]any

	// Raw has messages, names, errors, and attributes as fields printed as they are.
	// Attributes that are merged with the message keep their quotes.
	// If false, whatever could forge a line is escaped.
	Raw bool
}

// A SyntaxError describes a mistake in a layout.
type SyntaxError struct {
	Layout string // the whole layout
	Pos    int    // the byte where the mistake is
	Msg    string // what is wrong
}

// Error returns the layout, the position and what is wrong.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("format: %q at byte %d: %s", e.Layout, e.Pos, e.Msg)
}
