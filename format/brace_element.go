// SPDX-License-Identifier: MIT

package format

import (
	"encoding"
	"fmt"
	"log/slog"
	"reflect"
	"strconv"
	"strings"

	"github.com/slogx/slogx/internal/text"
)

// An element is the shape of a field that prints a part of an attribute: {user[name]}, {list[0].id:>5}.
type element struct {
	shape          // of the part; nil: it is printed as it is
	path  []string // member by member
}

// value appends the part of v. It reports false if there is no such part, or if it cannot take the form.
func (e *element) value(dst []byte, v slog.Value, raw bool) (_ []byte, ok bool) {
	for _, name := range e.path {
		if v, ok = member(v, name); !ok {
			return dst, false
		}
	}
	if e.shape == nil {
		return text.AppendPlain(dst, v, raw), true
	}
	return e.shape.value(dst, v, raw)
}

// conversion names the part, and the form that it was to be given: "[name]:d".
func (e *element) conversion() string {
	name := "[" + strings.Join(e.path, "][") + "]"
	if e.shape != nil {
		name += ":" + e.shape.conversion()
	}
	return name
}

// member returns a member of a group, a map, a slice or an array. It looks into nothing else, so that a
// layout cannot print what a value does not show: a value with a text of its own is a whole, and so is a struct.
func member(v slog.Value, name string) (slog.Value, bool) {
	switch v.Kind() {
	case slog.KindGroup:
		var r Record
		r.AddAttrs(v.Group()...)
		return r.Attr(name)
	case slog.KindAny:
		if isText(v.Any()) {
			return v, false
		}
		m, ok := reflectedMember(reflect.ValueOf(v.Any()), name)
		if !ok {
			return v, false
		}
		return slog.AnyValue(m.Interface()).Resolve(), true
	default:
		return v, false
	}
}

// isText reports whether v has a text of its own.
func isText(v any) bool {
	switch v.(type) {
	case error, encoding.TextMarshaler, fmt.Formatter, fmt.Stringer:
		return true
	default:
		return false
	}
}

func reflectedMember(v reflect.Value, name string) (m reflect.Value, ok bool) {
	switch v.Kind() {
	case reflect.Map:
		if key, ok := keyOf(v.Type().Key(), name); ok {
			m = v.MapIndex(key)
		}
	case reflect.Slice, reflect.Array:
		if i, err := strconv.ParseUint(name, 10, 31); err == nil && int(i) < v.Len() {
			m = v.Index(int(i))
		}
	}
	return m, m.IsValid()
}

// keyOf returns the key of a map that a name is.
func keyOf(t reflect.Type, name string) (reflect.Value, bool) {
	key := reflect.New(t).Elem()
	switch {
	case t.Kind() == reflect.String:
		key.SetString(name)
	case t.Kind() == reflect.Interface && t.NumMethod() == 0:
		key.Set(reflect.ValueOf(name))
	case key.CanInt():
		i, err := strconv.ParseInt(name, 10, t.Bits())
		key.SetInt(i)
		return key, err == nil
	case key.CanUint():
		i, err := strconv.ParseUint(name, 10, t.Bits())
		key.SetUint(i)
		return key, err == nil
	default:
		return key, false
	}
	return key, true
}
