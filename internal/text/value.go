// SPDX-License-Identifier: MIT

package text

import (
	"encoding"
	"fmt"
	"log/slog"
	"reflect"
	"strconv"
	"time"
)

// AppendValue appends v as it stands behind the equals sign of an attribute.
// Quotes are as slog's text handler sets them. v must be resolved, and not be a group.
func AppendValue(dst []byte, v slog.Value) []byte { return appendKind(dst, v.Kind(), v) }

// appendKind is AppendValue of a value whose kind is known.
func appendKind(dst []byte, kind slog.Kind, v slog.Value) []byte {
	switch kind {
	case slog.KindString:
		return AppendQuoted(dst, v.String())
	case slog.KindInt64:
		return AppendInt(dst, v.Int64())
	case slog.KindUint64:
		return strconv.AppendUint(dst, v.Uint64(), 10)
	case slog.KindFloat64:
		return strconv.AppendFloat(dst, v.Float64(), 'g', -1, 64)
	case slog.KindBool:
		return strconv.AppendBool(dst, v.Bool())
	case slog.KindDuration:
		return AppendDuration(dst, v.Duration())
	case slog.KindTime:
		return AppendTime(dst, v.Time())
	case slog.KindAny:
		if b, ok := byteSlice(v.Any()); ok {
			return strconv.AppendQuote(dst, string(b))
		}
		return AppendQuoted(dst, anyText(v.Any()))
	default: // a kind that is newer than this package
		return AppendQuoted(dst, v.String())
	}
}

// AppendPlain appends the text of v without quotes, escaped unless raw.
// A group is a list of attributes in brackets.
func AppendPlain(dst []byte, v slog.Value, raw bool) []byte {
	switch v.Kind() {
	case slog.KindString:
		return AppendText(dst, v.String(), raw)
	case slog.KindLogValuer:
		return AppendPlain(dst, v.Resolve(), raw)
	case slog.KindAny:
		if b, ok := byteSlice(v.Any()); ok {
			return AppendText(dst, string(b), raw)
		}
		return AppendText(dst, anyText(v.Any()), raw)
	case slog.KindGroup:
		return append(appendGroup(append(dst, '['), v.Group()), ']')
	default:
		return AppendValue(dst, v)
	}
}

// AppendTime appends t as slog's text handler does: RFC 3339 with milliseconds.
func AppendTime(dst []byte, t time.Time) []byte {
	return t.AppendFormat(dst, "2006-01-02T15:04:05.000Z07:00")
}

// byteSlice returns v if it is a slice of bytes, whatever the slice and its bytes are called,
// and has no text of its own.
func byteSlice(v any) ([]byte, bool) {
	switch v := v.(type) {
	case []byte:
		return v, true
	case nil, encoding.TextMarshaler, error:
		return nil, false
	}
	if t := reflect.TypeOf(v); t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8 {
		return reflect.ValueOf(v).Bytes(), true
	}
	return nil, false
}

// anyText returns the text of a value that is of none of slog's own kinds.
// The value's methods may panic.
func anyText(v any) (s string) {
	defer func() {
		if p := recover(); p != nil {
			s = PanicText(v, p)
		}
	}()
	switch v := v.(type) {
	case encoding.TextMarshaler:
		text, err := v.MarshalText()
		if err != nil {
			return "!ERROR:" + err.Error()
		}
		return string(text)
	case *slog.Source:
		return v.File + ":" + strconv.Itoa(v.Line)
	case error:
		return v.Error()
	case fmt.Formatter:
		return fmt.Sprintf("%+v", v)
	case fmt.Stringer:
		return v.String()
	default:
		if isEndless(v) {
			return "!ERROR:a value that holds itself"
		}
		return fmt.Sprintf("%+v", v)
	}
}

// PanicText returns the text that stands for a value one of whose methods panicked with p, as slog has it: of a nil
// pointer <nil>, as its methods are most likely not made for it.
func PanicText(v, p any) string {
	if v := reflect.ValueOf(v); v.Kind() == reflect.Pointer && v.IsNil() {
		return "<nil>"
	}
	return fmt.Sprintf("!PANIC: %v", p)
}
