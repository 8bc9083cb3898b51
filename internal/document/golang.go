// SPDX-License-Identifier: MIT

package document

import (
	"cmp"
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"strconv"
)

// maxValues is how many values a Go value may have, counted each time that they are met.
const maxValues = 200_000

// Go reads a document from a Go value: maps and slices of every type, and of anything below them truth values,
// numbers and texts; a whole number of a type with a name, as constants are, is also kept in Object. What has methods of its own (time.Duration, slog.Level, slog.Handler) and what is nothing
// of these stays an Object. A nil pointer is Null. A *Value stands for a copy of itself.
func Go(v any) (*Value, error) {
	b := goBuilder{open: map[goPlace]bool{}}
	value := b.value(reflect.ValueOf(v), "", 0)
	if err := b.errs.Err(); err != nil {
		return nil, err
	}
	return value, nil
}

// Go returns what v holds as Go has it: nil, bool, int64, float64, string, []any, map[string]any, or the Go value of an Object.
// It is the way back from the function Go.
func (v *Value) Go() any {
	if v == nil {
		return nil
	}
	switch v.Kind {
	case Bool:
		return v.Bool
	case Int:
		return v.Int
	case Float:
		return v.Float
	case String:
		return v.Str
	case Object:
		return v.Object
	case List:
		list := make([]any, len(v.Items))
		for i, item := range v.Items {
			list[i] = item.Go()
		}
		return list
	case Map:
		m := make(map[string]any, len(v.Fields))
		for _, f := range v.Fields {
			m[f.Key] = f.Value.Go()
		}
		return m
	}
	return nil
}

// A goPlace is where the contents of a map or slice are.
type goPlace struct {
	pointer uintptr
	length  int
	kind    reflect.Kind
}

// A goBuilder makes values of Go values.
type goBuilder struct {
	errs Errors
	open map[goPlace]bool // maps and slices that are being read
	made int
}

var (
	numberType = reflect.TypeFor[json.Number]()
	valueType  = reflect.TypeFor[*Value]()
)

// value returns the value of a Go value. What cannot be made is Null.
func (b *goBuilder) value(x reflect.Value, path string, depth int) *Value {
	for x.Kind() == reflect.Interface {
		x = x.Elem()
	}
	v := &Value{Path: path}
	b.made++
	switch {
	case !x.IsValid():
		return v
	case b.made > maxValues:
		if b.made == maxValues+1 {
			b.errs.Add(v.Errorf("more than %d values", maxValues))
		}
		return v
	case x.Type() == valueType && !x.IsNil():
		v = x.Interface().(*Value).Clone()
		v.SetPath(path)
		return v
	case x.Type() == numberType:
		b.errs.Add(v.setNumber(x.String()))
		return v
	case hasMethods(x.Type()):
		return object(v, x)
	}
	b.plain(v, x, depth)
	return v
}

// plain makes v what x is, whose type has no methods.
func (b *goBuilder) plain(v *Value, x reflect.Value, depth int) {
	if x.CanInt() && x.Type().PkgPath() != "" {
		v.Object = x.Interface()
	}
	switch x.Kind() {
	case reflect.Bool:
		v.Kind, v.Bool = Bool, x.Bool()
	case reflect.String:
		v.Kind, v.Str = String, x.String()
	case reflect.Float32, reflect.Float64:
		v.Kind, v.Float = Float, x.Float()
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.Kind, v.Int = Int, x.Int()
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		if x.Uint() > math.MaxInt64 {
			b.errs.Add(v.Errorf("%d is more than %d", x.Uint(), int64(math.MaxInt64)))
			return
		}
		v.Kind, v.Int = Int, int64(x.Uint())
	case reflect.Map:
		b.within(v, goPlace{x.Pointer(), x.Len(), reflect.Map}, depth, func() { b.mapping(v, x, depth) })
	case reflect.Slice:
		if x.Type().Elem().Kind() == reflect.Uint8 {
			object(v, x)
			return
		}
		b.within(v, goPlace{x.Pointer(), x.Len(), reflect.Slice}, depth, func() { b.list(v, x, depth) })
	case reflect.Array:
		b.list(v, x, depth)
	default:
		object(v, x)
	}
}

// within calls f unless the map or slice at a place is inside of itself.
func (b *goBuilder) within(v *Value, p goPlace, depth int, f func()) {
	if p.length == 0 { // different ones may have the same place
		f()
		return
	}
	switch {
	case b.open[p]:
		b.errs.Add(v.Errorf("the %s is inside of itself", p.kind))
		return
	case depth >= maxDepth:
		b.errs.Add(v.Errorf("lists and maps are more than %d deep", maxDepth))
		return
	}
	b.open[p] = true
	defer delete(b.open, p)
	f()
}

// object makes v hold a Go value as it is.
func object(v *Value, x reflect.Value) *Value {
	switch x.Kind() {
	case reflect.Pointer, reflect.Func, reflect.Chan, reflect.UnsafePointer:
		if x.IsNil() {
			return v
		}
	}
	v.Kind, v.Object = Object, x.Interface()
	return v
}

// hasMethods reports whether somebody gave the type, or a pointer to it, methods.
func hasMethods(t reflect.Type) bool {
	return t.NumMethod() > 0 || t.Name() != "" && reflect.PointerTo(t).NumMethod() > 0
}

func (b *goBuilder) list(v *Value, x reflect.Value, depth int) {
	v.Kind, v.Items = List, make([]*Value, x.Len())
	for i := range v.Items {
		v.Items[i] = b.value(x.Index(i), index(v.Path, i), depth+1)
	}
}

func (b *goBuilder) mapping(v *Value, x reflect.Value, depth int) {
	v.Kind = Map
	taken := map[string]bool{}
	for keys := x.MapRange(); keys.Next(); {
		key, ok := goKey(keys.Key())
		switch {
		case !ok:
			b.errs.Add(v.Errorf("a key of the map has type %T, want string", keys.Key().Interface()))
			continue
		case taken[key]:
			b.errs.Add(v.Errorf("two keys of the map read %q", key))
			continue
		}
		taken[key] = true
		v.Fields = append(v.Fields, Field{Key: key, Value: b.value(keys.Value(), Join(v.Path, key), depth+1)})
	}
	slices.SortFunc(v.Fields, func(a, b Field) int { return cmp.Compare(a.Key, b.Key) })
}

// goKey returns the text of a key of a map.
func goKey(x reflect.Value) (key string, ok bool) {
	for x.Kind() == reflect.Interface {
		x = x.Elem()
	}
	switch {
	case !x.IsValid():
		return "", false
	case x.Kind() == reflect.String:
		return x.String(), true
	case x.Kind() == reflect.Bool:
		return strconv.FormatBool(x.Bool()), true
	case x.CanInt():
		return strconv.FormatInt(x.Int(), 10), true
	case x.CanUint():
		return strconv.FormatUint(x.Uint(), 10), true
	}
	return "", false
}
