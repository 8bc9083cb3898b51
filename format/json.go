// SPDX-License-Identifier: MIT

package format

import (
	"log/slog"
	"maps"
	"slices"
	"time"

	"github.com/slogx/slogx/internal/record"
	"github.com/slogx/slogx/levels"
)

// JSONOptions are options for [JSON].
// The zero JSONOptions, and nil, print what slog's JSON handler prints.
//
// Behind each option stands in brackets what it is called in python-json-logger, the formatter that most
// programs in Python use. No option can be wrong: a field that nobody knows is an attribute.
//
// An attribute is first left out or renamed, then given to ReplaceAttr, then printed.
type JSONOptions struct {
	// Fields are the fields that stand before the attributes, in this order [fmt]: those of the package's
	// table, and
	//
	//	time       the time in RFC 3339, with nanoseconds. Left out if it is zero, as are the next two
	//	unix       the time in seconds since 1970, whole
	//	unixMilli  the time in milliseconds since 1970, whole
	//	level      the level in slog's words
	//	source     an object of the caller's function, file and line. Left out if they are not known
	//
	// msg and message are the message, without attributes. Any other field is the attribute with
	// this dotted key, or null. One outside of groups is not printed again among the attributes, and neither is
	// the logger's name, which has a field of its own: name.
	// If nil, the fields are time, level and msg, and the logger's name is an ordinary attribute.
	Fields []string

	// AddSource adds the field source before msg, if Fields is nil. It is that of [slog.HandlerOptions].
	AddSource bool

	// LevelName gives the text of the record's own level, in the fields level and levelname.
	// [levels.Name] gives Python's words (WARNING, CRITICAL), slog.Level.String only those of slog.
	// If nil, level has DEBUG, INFO, WARN and ERROR as in slog, and the names of [levels] for what slog
	// has no word for; levelname has Python's words.
	LevelName func(slog.Level) string

	// DateFormat is the strftime format of asctime [datefmt]. See [Options.DateFormat].
	DateFormat string

	// Location is the time zone of time and asctime.
	// If nil, time is in the zone that the record has, and asctime in the local one.
	Location *time.Location

	// Static are attributes that all records have, behind the fields [static_fields].
	Static []slog.Attr

	// Reserved are keys of attributes that are left out [reserved_attrs], groups that WithGroup opens among them.
	// Those in groups, fields and Static are not meant.
	Reserved []string

	// Rename has keys that are printed in place of others: of fields, Static, and attributes
	// outside of groups [rename_fields], groups that WithGroup opens among them.
	Rename map[string]string

	// AttrsKey is the key of an object that the attributes stand in.
	// If empty, they stand beside the fields.
	AttrsKey string

	// ReplaceAttr is called with each attribute and field that is no group, and says what is printed in its
	// place. It is that of [slog.HandlerOptions]. What With binds is given to it once, when it is bound,
	// unless Stacks has an error or a stack printed that is bound, too: then it is given with each record.
	ReplaceAttr func(groups []string, a slog.Attr) slog.Attr

	// Edit is called with all that a record has to print, fields first, and says what is printed in its
	// place [process_log_record]. It may overwrite what it is given, but not what is in groups.
	// ReplaceAttr is given what Edit returns. It costs allocations, and what is bound is rendered each time.
	Edit func(attrs []slog.Attr) []slog.Attr

	// Encode appends the JSON of a value that is of none of slog's own kinds, and no error [json_serializer].
	// If nil, encoding/json does.
	Encode func(dst []byte, v any) ([]byte, error)

	// Fallback returns what is printed in place of a value that has no JSON for the reason given, as NaN and
	// channels have none [json_default].
	// If nil, the reason is printed: "!ERROR:json: unsupported value: NaN".
	Fallback func(v any, err error) any

	// Stacks says whether errors and calls are printed with their stacks.
	Stacks StackStyle

	// Unique has one member printed for each key of an object: it has the value of the last attribute,
	// and stands where the first one would, as in a dict of Python's. If false, keys may come twice, as in slog.
	Unique bool

	// ASCII has everything that is not ASCII escaped [json_ensure_ascii].
	ASCII bool

	// Indent is the number of spaces that each member is indented by on a line of its own [json_indent].
	// If zero, a record is one line.
	Indent int

	// Prefix is text that is printed before each object, as it is [prefix].
	Prefix string
}

// A StackStyle says how [JSON] prints the stacks that slogx.Err and slogx.Stack ask for.
// Stacks are those that layouts print: of an error the one that it carries, or else that of the logging call.
type StackStyle int

const (
	// NoStacks has an error printed as its text, and slogx.Stack as slog prints it.
	NoStacks StackStyle = iota

	// StackText has the error's stack printed as text under the key exc_stack, behind exc_info.
	// Each frame takes two lines, as in Go's own traces.
	StackText

	// StackList is StackText with a list of frames in place of the text: "main.run /src/main.go:12"
	// [exc_info_as_array, stack_info_as_array].
	StackList
)

// excStackKey is the key of an error's stack.
const excStackKey = "exc_stack"

// JSON returns a formatter that prints each record as a JSON object on a line of its own.
// It is python-json-logger's JsonFormatter. Nil opts are the zero JSONOptions; they are not changed.
//
// By default it prints what slog's JSON handler prints, byte for byte, but for
//
//   - levels that slog has no word for: they have the names of [levels], NOTICE and not INFO+2;
//   - a time that RFC 3339 has no year for, and what stands behind a group of which nothing is left:
//     slog prints no JSON there, and goes on as if that group were open;
//   - bound LogValuers that give an empty group, which are left out, and bound errors under exc_info, of which the text is printed
//     even if they are LogValuers;
//   - LogValuers that give groups without end.
//
// Whatever a value's methods do, there is one JSON object for each record: what cannot be printed
// is replaced by a text that begins with !ERROR or !PANIC.
func JSON(opts *JSONOptions) Formatter {
	if opts == nil {
		opts = &JSONOptions{}
	}
	j := &jsonFormatter{jsonOptions: newJSONOptions(opts)}
	if j.edit == nil {
		j.bound = new(jsonBound)
		j.bind(j.bound, nil, 0)
	}
	return j
}

func newJSONOptions(opts *JSONOptions) *jsonOptions {
	o := &jsonOptions{
		jsonRules: jsonRules{
			rename: maps.Clone(opts.Rename), replace: opts.ReplaceAttr,
			stacks: opts.Stacks, stackKey: excStackKey, fallback: opts.Fallback, encode: opts.Encode,
		},
		jsonFinish: jsonFinish{unique: opts.Unique, ascii: opts.ASCII, indent: max(0, opts.Indent)},
		open:       opts.Prefix + "{",
		static:     record.Resolve(record.Clone(opts.Static)),
		attrsKey:   opts.AttrsKey,
		edit:       opts.Edit,
		unnamed:    opts.Fields != nil,
		levelName:  opts.LevelName,
		date:       newClock(&Options{DateFormat: opts.DateFormat, Location: opts.Location}),
	}
	if key, ok := opts.Rename[excStackKey]; ok {
		o.stackKey = key
	}
	o.clock.location = opts.Location
	o.setFields(opts)
	o.touched = o.touch()
	o.plain = opts.Fields == nil && !opts.AddSource && o.edit == nil && !o.touched && o.jsonFinish == jsonFinish{}
	return o
}

// setFields makes what is printed of Fields, and leaves out elsewhere what they print.
func (o *jsonOptions) setFields(opts *JSONOptions) {
	names := opts.Fields
	if names == nil {
		names = []string{slog.TimeKey, slog.LevelKey, slog.MessageKey}
	}
	if opts.Fields == nil && opts.AddSource {
		names = slices.Insert(names, 2, slog.SourceKey)
	}
	omit := map[string]bool{}
	for _, key := range opts.Reserved {
		omit[key] = true
	}
	for _, name := range names {
		f := o.newField(name)
		if f.value == nil {
			omit[name] = true
		}
		o.fields = append(o.fields, f)
	}
	if len(omit) > 0 {
		o.omit = omit
	}
}

// slogLevelName is the text of a level in slog's words, or in ours where slog has none.
func slogLevelName(level slog.Level) string {
	switch level {
	case slog.LevelDebug, slog.LevelInfo, slog.LevelWarn, slog.LevelError:
		return level.String()
	default:
		return levels.Name(level)
	}
}
