// SPDX-License-Identifier: MIT

package format

import (
	"cmp"
	"log/slog"
	"os"
	"strconv"

	"github.com/slogx/slogx/internal/text"
	"github.com/slogx/slogx/levels"
)

// A jsonField is something of a record that stands before the attributes.
type jsonField struct {
	name string
	key  string // as it is printed
	jsonGetter
}

// A jsonGetter is how to get a field. The zero jsonGetter is an attribute.
type jsonGetter struct {
	// value returns the field; an empty group if it is to be left out.
	value func(o *jsonOptions, r *Record) slog.Value

	// text appends what value returns as JSON, and quicker. nil if there is no such way.
	// It returns dst if the field is to be left out.
	text func(o *jsonOptions, dst []byte, r *Record) []byte
}

func (o *jsonOptions) newField(name string) jsonField {
	f := jsonField{name: name, key: name, jsonGetter: jsonGetters[name]}
	if key, ok := o.rename[name]; ok {
		f.key = key
	}
	return f
}

// jsonGetters are the fields by their names.
var jsonGetters = map[string]jsonGetter{
	"time":      {value: (*jsonOptions).timeValue, text: (*jsonOptions).appendTime},
	"asctime":   {value: (*jsonOptions).asctimeValue, text: (*jsonOptions).appendAsctime},
	"unix":      {value: unlessZero(func(r *Record) slog.Value { return slog.Int64Value(r.Time.Unix()) })},
	"unixMilli": {value: unlessZero(func(r *Record) slog.Value { return slog.Int64Value(r.Time.UnixMilli()) })},

	"created":         {value: ofRecord(func(r *Record) slog.Value { return slog.Float64Value(created(&r.Record)) })},
	"msecs":           {value: ofRecord(func(r *Record) slog.Value { return slog.Float64Value(msecs(&r.Record)) })},
	"relativeCreated": {value: ofRecord(func(r *Record) slog.Value { return slog.Float64Value(relativeCreated(&r.Record)) })},

	"level":     ofText((*jsonOptions).nameOf),
	"levelname": ofText((*jsonOptions).pythonNameOf),
	"levelno":   {value: ofRecord(func(r *Record) slog.Value { return slog.IntValue(levels.Python(r.Level)) })},
	"name":      ofText(func(_ *jsonOptions, r *Record) string { return cmp.Or(r.Logger, rootName) }),
	"msg":       ofText(func(_ *jsonOptions, r *Record) string { return r.Message }),
	"message":   ofText(func(_ *jsonOptions, r *Record) string { return r.Message }),

	"source":   {value: sourceValue, text: appendSource},
	"pathname": ofText(func(_ *jsonOptions, r *Record) string { return callerAt(r.PC).pathname }),
	"filename": ofText(func(_ *jsonOptions, r *Record) string { return callerAt(r.PC).filename }),
	"module":   ofText(func(_ *jsonOptions, r *Record) string { return callerAt(r.PC).module }),
	"lineno":   {value: ofRecord(func(r *Record) slog.Value { return slog.Int64Value(callerAt(r.PC).line) })},
	"funcName": ofText(func(_ *jsonOptions, r *Record) string { return callerAt(r.PC).function }),
	"package":  ofText(func(_ *jsonOptions, r *Record) string { return callerAt(r.PC).pkg }),

	"process":     {value: ofRecord(func(*Record) slog.Value { return slog.IntValue(os.Getpid()) })},
	"processName": {value: ofRecord(func(*Record) slog.Value { return slog.StringValue("MainProcess") })},
	"thread":      {value: ofRecord(func(*Record) slog.Value { return slog.Int64Value(goroutine()) })},
	"threadName":  {value: ofRecord(func(*Record) slog.Value { return slog.StringValue(strconv.FormatInt(goroutine(), 10)) })},
	"goroutine":   {value: ofRecord(func(*Record) slog.Value { return slog.Int64Value(goroutine()) })},
}

func ofRecord(get func(*Record) slog.Value) func(*jsonOptions, *Record) slog.Value {
	return func(_ *jsonOptions, r *Record) slog.Value { return get(r) }
}

// ofText is the field of a text.
func ofText(get func(*jsonOptions, *Record) string) jsonGetter {
	return jsonGetter{
		value: func(o *jsonOptions, r *Record) slog.Value { return slog.StringValue(get(o, r)) },
		text:  func(o *jsonOptions, dst []byte, r *Record) []byte { return text.AppendJSON(dst, get(o, r)) },
	}
}

// unlessZero is ofRecord for a time, which is left out if it is zero.
func unlessZero(get func(*Record) slog.Value) func(*jsonOptions, *Record) slog.Value {
	return func(_ *jsonOptions, r *Record) slog.Value {
		if r.Time.IsZero() {
			return slog.GroupValue()
		}
		return get(r)
	}
}

// nameOf returns the text of the field level.
func (o *jsonOptions) nameOf(r *Record) string { return o.levelText(r.Level) }

func (o *jsonOptions) levelText(level slog.Level) string {
	if o.levelName != nil {
		return o.levelName(level)
	}
	return slogLevelName(level)
}

func (o *jsonOptions) pythonNameOf(r *Record) string {
	if o.levelName != nil {
		return o.levelName(r.Level)
	}
	return levels.Name(r.Level)
}

func (o *jsonOptions) timeValue(r *Record) slog.Value {
	switch {
	case r.Time.IsZero():
		return slog.GroupValue()
	case o.clock.location != nil:
		return slog.TimeValue(r.Time.In(o.clock.location))
	default:
		return slog.TimeValue(r.Time)
	}
}

func (o *jsonOptions) appendTime(dst []byte, r *Record) []byte {
	if r.Time.IsZero() {
		return dst
	}
	return o.at(r.Time).append(dst, r.Time.Nanosecond())
}

func (o *jsonOptions) asctimeValue(r *Record) slog.Value {
	if r.Time.IsZero() {
		return slog.GroupValue()
	}
	return slog.StringValue(string(o.date.append(nil, r.Time)))
}

func (o *jsonOptions) appendAsctime(dst []byte, r *Record) []byte {
	if r.Time.IsZero() {
		return dst
	}
	n := len(dst)
	dst = o.date.append(dst, r.Time)
	return text.AppendJSON(dst[:n], string(dst[n:]))
}

func sourceValue(_ *jsonOptions, r *Record) slog.Value {
	src := r.Source()
	if src == nil {
		src = &slog.Source{}
	}
	return slog.AnyValue(src)
}

func isNoSource(src *slog.Source) bool { return src == nil || *src == slog.Source{} }

// sourceAttrs returns what is known of a place.
func sourceAttrs(src *slog.Source) []slog.Attr {
	attrs := make([]slog.Attr, 0, 3)
	if src.Function != "" {
		attrs = append(attrs, slog.String("function", src.Function))
	}
	if src.File != "" {
		attrs = append(attrs, slog.String("file", src.File))
	}
	if src.Line != 0 {
		attrs = append(attrs, slog.Int("line", src.Line))
	}
	return attrs
}

// sourceJSON returns the object of the place of a logging call; nil if nothing is known.
func sourceJSON(src *slog.Source) []byte {
	if isNoSource(src) {
		return nil
	}
	e := jsonEncoder{jsonRules: &jsonRules{}, dst: []byte{'{'}}
	e.attrs(sourceAttrs(src))
	return append(e.dst, '}')
}

func appendSource(_ *jsonOptions, dst []byte, r *Record) []byte {
	return append(dst, callerAt(r.PC).source...)
}

// appendFields appends the fields of r.
func (o *jsonOptions) appendFields(e *jsonEncoder, r *Record) {
	e.touched, e.depth = o.touched, 1 // neither left out nor renamed
	for i := range o.fields {
		f := &o.fields[i]
		if f.text == nil || o.replace != nil {
			o.appendField(e, f, r)
			continue
		}
		n := len(e.dst)
		e.dst = text.AppendJSONKey(e.dst, f.key)
		m := len(e.dst)
		if e.dst = f.text(o, e.dst, r); len(e.dst) == m {
			e.dst = e.dst[:n]
		}
	}
}

// appendField appends a field by its value.
func (o *jsonOptions) appendField(e *jsonEncoder, f *jsonField, r *Record) {
	a := slog.Attr{Key: f.key, Value: o.fieldValue(f, r)}
	switch {
	case f.value == nil && e.stacks != NoStacks && isStackKey(f.name) && !isNil(a.Value):
		e.stack(f.name, a, true)
	case f.name == slog.LevelKey && e.replace != nil: // the function may look for a slog.Level
		e.words, a.Value = o, slog.AnyValue(r.Level)
		e.replaced(a)
		e.words = nil
	default:
		e.replaced(a)
	}
}

// isNil reports whether v is null, as a field is that a record does not have.
func isNil(v slog.Value) bool { return v.Kind() == slog.KindAny && v.Any() == nil }

// fieldValue returns what a field holds, an empty group if it is to be left out.
func (o *jsonOptions) fieldValue(f *jsonField, r *Record) slog.Value {
	if f.value != nil {
		return f.value(o, r)
	}
	v, _ := r.Attr(f.name) // the zero Value is null
	return v
}
