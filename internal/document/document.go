// SPDX-License-Identifier: MIT

// Package document turns the text of a configuration into one model, whatever it is written in: values in
// their order, each of which knows the path and the line that it stands at, so that whoever reads them
// can say where something is wrong.
//
// Nothing here knows what a configuration means, and nothing in a document is ever evaluated or constructed.
package document

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"unicode/utf8"
)

// A Kind is what a [Value] is.
type Kind int

// The kinds. Object is what only a Go map can hold: a function, an io.Writer, a slog.Handler.
const (
	Null Kind = iota
	Bool
	Int
	Float
	String
	List
	Map
	Object
)

var kindWords = [...]string{"nothing", "a truth value", "a whole number", "a number", "a text", "a list", "a map", "a Go value"}

// String returns the kind in words, with an article.
func (k Kind) String() string {
	if k < 0 || int(k) >= len(kindWords) {
		return "kind " + strconv.Itoa(int(k))
	}
	return kindWords[k]
}

// A Value is a document, or a part of one. Which of the other fields hold depends on Kind.
type Value struct {
	Kind   Kind
	Path   string // as in handlers.file.maxBytes or root.handlers[0]; "" is the whole. See [Join].
	Line   int    // from 1; 0 where the document has no lines
	Bool   bool
	Int    int64
	Float  float64
	Str    string
	Items  []*Value
	Fields []Field  // in the document's order; a Go map has none and is sorted
	Object any      // also of an Int from a Go constant of a type with a name
	Args   []*Value // of a Map that describes a call: what is given by position
}

// A Field is an entry of a Map. No two in one map have the same key.
type Field struct {
	Key     string
	KeyLine int
	Value   *Value
}

// Get returns the value of a key. It is nil if there is none, if v is not a Map, and if v is nil.
func (v *Value) Get(key string) *Value {
	if v == nil || v.Kind != Map {
		return nil
	}
	for i := range v.Fields {
		if v.Fields[i].Key == key {
			return v.Fields[i].Value
		}
	}
	return nil
}

// Given is Get, but a value that is Null is none.
func (v *Value) Given(key string) *Value {
	if got := v.Get(key); got != nil && got.Kind != Null {
		return got
	}
	return nil
}

// Keys returns the keys of a Map in the document's order.
func (v *Value) Keys() []string {
	if v == nil {
		return nil
	}
	keys := make([]string, len(v.Fields))
	for i := range v.Fields {
		keys[i] = v.Fields[i].Key
	}
	return keys
}

// Whole returns a whole number, also of a Float such as 1.0, which is what a JSON document becomes in a map[string]any.
func (v *Value) Whole() (n int64, ok bool) {
	const exact = 1 << 53 // beyond it a float64 may stand for several
	switch {
	case v == nil:
		return 0, false
	case v.Kind == Int:
		return v.Int, true
	case v.Kind == Float && v.Float == math.Trunc(v.Float) && math.Abs(v.Float) <= exact:
		return int64(v.Float), true
	}
	return 0, false
}

// Describe returns in words what v is, for a message that says what stands there instead.
func (v *Value) Describe() string {
	if v == nil {
		return Null.String()
	}
	switch v.Kind {
	case Bool:
		return strconv.FormatBool(v.Bool)
	case Int:
		return "the number " + strconv.FormatInt(v.Int, 10)
	case Float:
		return "the number " + strconv.FormatFloat(v.Float, 'g', -1, 64)
	case String:
		return "the text " + shortened(v.Str)
	case Object:
		return fmt.Sprintf("a Go value of type %T", v.Object)
	}
	return v.Kind.String()
}

// shortened quotes a text, or the beginning of a long one.
func shortened(s string) string {
	const most = 60
	if utf8.RuneCountInString(s) <= most {
		return strconv.Quote(s)
	}
	return strconv.Quote(string([]rune(s)[:most])) + "..."
}

// Clone returns a copy that shares nothing with v but the Go values of Objects.
func (v *Value) Clone() *Value {
	if v == nil {
		return nil
	}
	c := *v
	c.Items, c.Args = cloned(v.Items), cloned(v.Args)
	c.Fields = slices.Clone(v.Fields)
	for i := range c.Fields {
		c.Fields[i].Value = c.Fields[i].Value.Clone()
	}
	return &c
}

func cloned(values []*Value) []*Value {
	if values == nil {
		return nil
	}
	copies := make([]*Value, len(values))
	for i, v := range values {
		copies[i] = v.Clone()
	}
	return copies
}

// each calls f with the path of what v holds as if v stood at path.
func (v *Value) each(path string, f func(path string, v *Value)) {
	for i, item := range v.Items {
		f(index(path, i), item)
	}
	for _, field := range v.Fields {
		f(Join(path, field.Key), field.Value)
	}
	for i, arg := range v.Args {
		f(index(Join(path, "args"), i), arg)
	}
}

// Walk calls f with v and with all below it, except for what is below a value that f returns false for.
func (v *Value) Walk(f func(*Value) bool) {
	if v != nil && f(v) {
		v.each("", func(_ string, v *Value) { v.Walk(f) })
	}
}

// SetPath says that v stands at path, and what it holds below it.
func (v *Value) SetPath(path string) {
	v.Path = path
	v.each(path, func(path string, v *Value) { v.SetPath(path) })
}
