// SPDX-License-Identifier: MIT

package text

import (
	"fmt"
	"reflect"
)

// maxNested is how deep maps and slices stand in each other in a value that is printed. Nothing that is meant
// is as deep; what holds itself has no end, and fmt would not come back from it: it ends the process.
const maxNested = 1000

// isEndless reports whether fmt would find no end in v: maps, slices and what interfaces hold it follows to any depth,
// a pointer at the top only.
func isEndless(v any) bool {
	top := reflect.ValueOf(v)
	if top.Kind() == reflect.Pointer {
		top = top.Elem()
	}
	return nestsBeyond(top, maxNested)
}

func nestsBeyond(v reflect.Value, depth int) bool {
	switch v.Kind() {
	case reflect.Interface:
		return nestsBeyond(v.Elem(), depth)
	case reflect.Struct:
		return !isPrinted(v) && anyField(v, depth)
	case reflect.Slice, reflect.Array:
		return mayNest(v.Type().Elem()) && !isPrinted(v) && (depth == 0 || anyItem(v, depth-1))
	case reflect.Map:
		return (mayNest(v.Type().Elem()) || mayNest(v.Type().Key())) && !isPrinted(v) && (depth == 0 || anyEntry(v, depth-1))
	default:
		return false
	}
}

// mayNest reports whether values of a type may hold others that fmt follows.
func mayNest(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Interface, reflect.Struct, reflect.Slice, reflect.Array, reflect.Map:
		return true
	default:
		return false
	}
}

// isPrinted reports whether a value has methods that print it, which are called instead.
func isPrinted(v reflect.Value) bool {
	if v.NumMethod() == 0 || !v.CanInterface() {
		return false
	}
	switch v.Interface().(type) {
	case fmt.Formatter, fmt.Stringer, error:
		return true
	default:
		return false
	}
}

func anyField(v reflect.Value, depth int) bool {
	for i := range v.NumField() {
		if nestsBeyond(v.Field(i), depth) {
			return true
		}
	}
	return false
}

func anyItem(v reflect.Value, depth int) bool {
	for i := range v.Len() {
		if nestsBeyond(v.Index(i), depth) {
			return true
		}
	}
	return false
}

func anyEntry(v reflect.Value, depth int) bool {
	for entries := v.MapRange(); entries.Next(); {
		if nestsBeyond(entries.Value(), depth) || nestsBeyond(entries.Key(), depth) {
			return true
		}
	}
	return false
}
