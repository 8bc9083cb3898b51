// SPDX-License-Identifier: MIT

package redact

import (
	"cmp"
	"encoding"
	"reflect"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// A field is a field of a struct, with all names that it goes by, the one in Go first.
type field struct {
	names    []string
	embedded bool
}

// What is known of types: []field and map[string]jsonField by the struct, bool by what prints itself.
var structFields, jsonFields, selfPrinters sync.Map

// fieldsOf returns the fields of a struct.
func fieldsOf(t reflect.Type) []field {
	if known, ok := structFields.Load(t); ok {
		return known.([]field)
	}
	fields := make([]field, t.NumField())
	for i := range fields {
		f := t.Field(i)
		fields[i] = field{[]string{f.Name}, f.Anonymous}
		if tag := tagOf(f); tag != "" && tag != f.Name {
			fields[i].names = append(fields[i].names, tag)
		}
	}
	structFields.Store(t, fields)
	return fields
}

// tagOf returns the name that a field is given in JSON, "" if it is given none.
func tagOf(f reflect.StructField) string {
	tag := f.Tag.Get("json")
	if tag == "-" {
		return ""
	}
	name, _, _ := strings.Cut(tag, ",")
	if strings.ContainsFunc(name, isOddInTag) {
		return ""
	}
	return name
}

// isOddInTag reports whether encoding/json ignores a name with r in it.
func isOddInTag(r rune) bool {
	return !strings.ContainsRune("!#$%&()*+-./:;<=>?@[]^_{|}~ ", r) && !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// enterField goes to a field.
func (w *walk) enterField(f field) (back mark, matched bool) {
	if f.embedded {
		return w.enterEmbedded(f.names...)
	}
	return w.enter(f.names...)
}

// A jsonField is a field as it is found by its key in JSON.
type jsonField struct {
	index []int    // as for [reflect.Value.FieldByIndex]
	names []string // all that it goes by; the way to it, if it is promoted
}

// jsonFieldsOf returns the fields of a struct by their keys in JSON, as encoding/json finds them.
func jsonFieldsOf(t reflect.Type) map[string]jsonField {
	if known, ok := jsonFields.Load(t); ok {
		return known.(map[string]jsonField)
	}
	all := appendJSONFields(nil, t, nil, "")
	// What is less deep comes first, and among equals what has a tag.
	slices.SortStableFunc(all, func(a, b jsonField) int {
		return cmp.Or(cmp.Compare(len(a.index), len(b.index)), cmp.Compare(len(b.names), len(a.names)))
	})
	found := map[string]jsonField{}
	for _, f := range all {
		if _, ok := found[f.names[0]]; !ok {
			found[f.names[0]] = f
		}
	}
	jsonFields.Store(t, found)
	return found
}

// appendJSONFields appends the fields of t, which is embedded at index, with its name in way.
func appendJSONFields(dst []jsonField, t reflect.Type, index []int, way string) []jsonField {
	for i := range t.NumField() {
		f := t.Field(i)
		at := append(slices.Clone(index), i)
		inner := f.Type
		if f.Anonymous && inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		tag := tagOf(f)
		switch {
		case f.Tag.Get("json") == "-", !f.IsExported() && (!f.Anonymous || inner.Kind() != reflect.Struct):
		case f.Anonymous && inner.Kind() == reflect.Struct && tag == "":
			if len(at) < maxEmbedded {
				dst = appendJSONFields(dst, inner, at, way+f.Name+".")
			}
		default:
			dst = append(dst, jsonField{at, jsonNames(f.Name, tag, way)})
		}
	}
	return dst
}

// maxEmbedded is how deep embedded structs are looked into: one may embed itself.
const maxEmbedded = 10

// jsonNames returns what a field goes by, that in JSON first.
func jsonNames(name, tag, way string) []string {
	names := []string{name}
	if tag != "" {
		names = []string{tag, name}
	}
	if way != "" {
		for _, name := range names {
			names = append(names, way+name)
		}
	}
	return names
}

// keyNames returns what the key of a map goes by: in JSON first, and in text.
func keyNames(key reflect.Value) []string {
	for key.Kind() == reflect.Interface {
		key = key.Elem()
	}
	switch {
	case !key.IsValid():
		return []string{"<nil>"}
	case key.Kind() == reflect.String && !printsItself(key.Type()):
		return []string{key.String()}
	}
	name := jsonName(key)
	if key.CanInterface() && textual(key.Interface()) {
		return []string{name, format("%v", key.Interface())}
	}
	return []string{name}
}

// jsonName returns what the key of a map is in JSON, "" if it cannot be one.
func jsonName(key reflect.Value) string {
	if key.Kind() == reflect.String {
		return key.String()
	}
	if key.CanInterface() && !isNil(key.Interface()) {
		if m, ok := key.Interface().(encoding.TextMarshaler); ok {
			return marshalText(m)
		}
	}
	switch key.Kind() {
	case reflect.Bool, reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Uint, reflect.Uint8,
		reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr, reflect.Float32, reflect.Float64:
		return scalarText(key)
	default:
		return ""
	}
}
