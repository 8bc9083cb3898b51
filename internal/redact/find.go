// SPDX-License-Identifier: MIT

package redact

import (
	"encoding/json"
	"log/slog"
	"reflect"
	"slices"
	"time"
)

// A finder looks for values that a key matches, wherever who prints a value may find them.
//
// Of a value that prints itself, it looks at no pointer, map, slice or interface that is in a field that is
// not exported: there may be a lock for it.
type finder struct {
	*walk
	empty bool // find zero values, too
	over  bool // there was too much to look at
	left  int
	way   []pointer // the pointers that were followed to the present value
}

type pointer struct {
	typ  reflect.Type
	addr uintptr
}

// mayHoldKey reports whether v has to be looked at by those who print it.
func (w *walk) mayHoldKey(v reflect.Value) bool {
	f := finder{walk: w, empty: true, left: maxValues}
	return f.find(v, false, 0) || f.over
}

// hides reports whether v, which prints itself, may print something that a key matches.
func (w *walk) hides(v reflect.Value) bool {
	if w.keys.len == 0 {
		return false
	}
	f := finder{walk: w, left: maxValues}
	return f.find(v, true, 0) || f.over
}

// find reports whether a key matches a value inside of v. Own says that v belongs to what prints itself.
func (f *finder) find(v reflect.Value, own bool, depth int) bool {
	if !v.IsValid() || isScalar(v.Type()) || v.Type() == reflect.TypeFor[time.Time]() {
		return false
	}
	if f.left--; f.left < 0 || depth > maxDepth {
		f.over = true
		return false
	}
	if v.CanInterface() {
		own = own || printsItself(v.Type())
		if f.inJSON(v) || f.wrapped(v, depth) {
			return true
		}
	} else if v.Kind() == reflect.Pointer || own && v.Kind() != reflect.Struct && v.Kind() != reflect.Array {
		return false
	}
	return f.inside(v, own, depth)
}

func (f *finder) inside(v reflect.Value, own bool, depth int) bool {
	switch v.Kind() {
	case reflect.Interface:
		return f.find(v.Elem(), own, depth+1)
	case reflect.Pointer:
		return f.behind(v, own, depth)
	case reflect.Struct:
		return f.special(v, depth) || f.inFields(v, own, depth)
	case reflect.Map:
		return f.inMap(v, own, depth)
	case reflect.Slice, reflect.Array:
		if v.Type() == rawMessage && json.Valid(v.Bytes()) {
			return f.inRaw(v.Bytes())
		}
		for i := 0; i < v.Len() && !f.over && !isScalar(v.Type().Elem()); i++ {
			if f.find(v.Index(i), own, depth+1) {
				return true
			}
		}
	}
	return false
}

// isScalar reports whether values of the type hold no others, and do not say what they are in JSON.
func isScalar(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Array, reflect.Interface, reflect.Map, reflect.Pointer, reflect.Slice, reflect.Struct:
		return false
	default:
		return t.PkgPath() == "" || !printsItself(t)
	}
}

// inJSON reports whether a key matches in what v prints itself as in JSON.
func (f *finder) inJSON(v reflect.Value) bool {
	if v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface { // what is there comes next
		return false
	}
	switch t := v.Type(); { // v itself is copied only if it is a copy that is asked: there may be a lock in it
	case v.CanAddr() && reflect.PointerTo(t).Implements(jsonMarshaler):
		v = v.Addr()
	case !t.Implements(jsonMarshaler):
		return false
	}
	raw, err := encode(v.Interface())
	return err == nil && f.inRaw(raw)
}

// inRaw reports whether a key matches in raw, which is JSON.
func (f *finder) inRaw(raw []byte) bool {
	p := jsonPrinter{walk: f.walk}
	p.print(raw, reflect.Value{})
	return p.keyed
}

// wrapped looks into the errors that an error wraps, which may be in fields that are not exported.
func (f *finder) wrapped(v reflect.Value, depth int) bool {
	if !v.Type().Implements(errorType) || v.Kind() == reflect.Interface || isNil(v.Interface()) {
		return false
	}
	switch err := v.Interface().(type) {
	case interface{ Unwrap() error }:
		return f.find(reflect.ValueOf(err.Unwrap()), true, depth+1)
	case interface{ Unwrap() []error }:
		return f.find(reflect.ValueOf(err.Unwrap()), true, depth+1)
	default:
		return false
	}
}

var jsonMarshaler = reflect.TypeFor[json.Marshaler]()

var errorType = reflect.TypeFor[error]()

// behind looks behind a pointer, unless it was followed to get here.
func (f *finder) behind(v reflect.Value, own bool, depth int) bool {
	to := pointer{v.Type(), v.Pointer()}
	if v.IsNil() || slices.Contains(f.way, to) {
		return false
	}
	f.way = append(f.way, to)
	found := f.find(v.Elem(), own, depth+1)
	f.way = f.way[:len(f.way)-1]
	return found
}

func (f *finder) inFields(v reflect.Value, own bool, depth int) bool {
	for i, field := range fieldsOf(v.Type()) {
		back, matched := f.enterField(field)
		inner := v.Field(i)
		found := matched && (f.empty || !inner.IsZero()) || f.find(inner, own, depth+1)
		f.leave(back)
		if found {
			return true
		}
	}
	return false
}

func (f *finder) inMap(v reflect.Value, own bool, depth int) bool {
	for entries := v.MapRange(); entries.Next() && !f.over; {
		back, matched := f.enter(keyNames(entries.Key())...)
		inner := entries.Value()
		found := matched && (f.empty || !inner.IsZero()) || f.find(inner, own, depth+1)
		f.leave(back)
		if found || f.find(entries.Key(), own, depth+1) {
			return true
		}
	}
	return false
}

// special looks into types that reflection does not see through.
func (f *finder) special(v reflect.Value, depth int) bool {
	if !v.CanInterface() || !isOpaque(v.Type()) {
		return false
	}
	switch x := v.Interface().(type) {
	case slog.Attr:
		back, matched := f.enter(x.Key)
		defer f.leave(back)
		return matched || f.find(reflect.ValueOf(x.Value), true, depth+1)
	case slog.Value:
		if x.Kind() == slog.KindGroup {
			return f.find(reflect.ValueOf(x.Group()), true, depth+1)
		}
		return f.find(reflect.ValueOf(x.Any()), true, depth+1)
	case reflect.Value: // fmt prints what it holds
		return f.find(x, true, depth+1)
	default:
		return false
	}
}

// isOpaque reports whether special is for values of the type.
func isOpaque(t reflect.Type) bool {
	return t == reflect.TypeFor[slog.Attr]() || t == reflect.TypeFor[slog.Value]() || t == reflect.TypeFor[reflect.Value]()
}
