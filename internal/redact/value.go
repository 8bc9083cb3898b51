// SPDX-License-Identifier: MIT

package redact

import (
	"encoding"
	"encoding/json"
	"fmt"
	"log/slog"
	"reflect"
	"strconv"
	"strings"

	"github.com/slogx/slogx/internal/record"
)

// A printed is what a value was redacted to: what is printed of it.
type printed struct {
	asText string
	asJSON []byte
}

func (p printed) String() string               { return p.asText }
func (p printed) MarshalText() ([]byte, error) { return []byte(p.asText), nil }
func (p printed) MarshalJSON() ([]byte, error) { return p.asJSON, nil }

// doubt is what is panicked with where a value has to be redacted whole.
type doubt struct{}

// any returns a value of none of slog's own kinds redacted.
func (w *walk) any(v slog.Value) (_ slog.Value, changed bool) {
	x := v.Any()
	switch x := x.(type) {
	case nil, record.Frames:
		return v, false
	case error:
		if err, ok := w.error(x); ok {
			return slog.AnyValue(err), true
		}
		return v, false
	}
	copied, changed := w.other(x)
	if !changed {
		return v, false
	}
	return copied, true
}

// other returns x redacted. Its methods may panic.
func (w *walk) other(x any) (copied slog.Value, changed bool) {
	back := mark{w.first, len(w.places)}
	defer func() {
		if recover() == nil {
			return
		}
		w.leave(back)
		copied, changed = w.whole(), true
	}()
	w.left = maxValues
	v := reflect.ValueOf(x)
	if len(w.patterns) == 0 && !w.mayHoldKey(v) {
		return slog.Value{}, false
	}
	if bytes, ok := bytesOf(v); ok && v.Type() != rawMessage && !printsItself(v.Type()) {
		s, changed := w.Scrub(string(bytes))
		return slog.AnyValue([]byte(s)), changed
	}
	return w.copy(x, v)
}

// bytesOf returns what v holds if that is a slice or an array of bytes.
func bytesOf(v reflect.Value) ([]byte, bool) {
	switch {
	case v.Kind() != reflect.Slice && v.Kind() != reflect.Array || v.Type().Elem().Kind() != reflect.Uint8:
		return nil, false
	case v.Kind() == reflect.Slice:
		return v.Bytes(), true
	}
	b := make([]byte, v.Len())
	for i := range b {
		b[i] = byte(v.Index(i).Uint())
	}
	return b, true
}

func isNil(x any) bool {
	v := reflect.ValueOf(x)
	return v.Kind() == reflect.Pointer && v.IsNil()
}

// copy returns a copy of x that prints as x does, but redacted, and reports whether it differs.
func (w *walk) copy(x any, v reflect.Value) (copied slog.Value, changed bool) {
	text := textPrinter{walk: w}
	text.top(x, v)
	raw, err := encode(x)
	asJSON := jsonPrinter{walk: w}
	if err == nil {
		asJSON.print(raw, v)
	}
	if !text.changed && !asJSON.changed && !w.shows(x, raw, err) {
		return slog.Value{}, false
	}
	p := printed{asJSON: asJSON.dst}
	if err != nil {
		p.asJSON = appendJSONString(nil, w.text)
	}
	p.asText, _ = w.Scrub(string(text.dst))
	if w.isMatch(p.asText) || w.isMatch(string(p.asJSON)) {
		return w.whole(), true
	}
	return slog.AnyValue(p), true
}

// shows reports whether a pattern matches in what x prints as a whole. It is in doubt if x prints
// as something else each time.
func (w *walk) shows(x any, raw []byte, err error) bool {
	if len(w.patterns) == 0 {
		return false
	}
	texts := append(textsOf(x), string(raw))
	if err != nil {
		texts = append(texts, err.Error())
	}
	for _, text := range texts {
		if w.isMatch(text) {
			return true
		}
	}
	if again, _ := encode(x); string(again) != string(raw) {
		panic(doubt{})
	}
	return false
}

// textsOf returns the texts that x prints as.
func textsOf(x any) []string {
	long, short := format("%+v", x), format("%v", x)
	texts := []string{long, short}
	if _, ok := x.(fmt.Formatter); !ok && textual(x) && long != short {
		panic(doubt{})
	}
	if x, ok := x.(encoding.TextMarshaler); ok {
		texts = append(texts, marshalText(x))
	}
	if isNil(x) {
		return texts
	}
	switch x := x.(type) {
	case error:
		texts = append(texts, x.Error())
	case fmt.Stringer:
		texts = append(texts, x.String())
	case *slog.Source:
		texts = append(texts, sourceText(x))
	}
	return texts
}

// format is [fmt.Sprintf] of one value. It panics if a method of the value did: fmt prints what it
// panicked with.
func format(verb string, x any) string {
	s := fmt.Sprintf(verb, x)
	if strings.Contains(s, "(PANIC=") {
		panic(doubt{})
	}
	return s
}

func sourceText(src *slog.Source) string { return src.File + ":" + strconv.Itoa(src.Line) }

// textual reports whether fmt asks x itself what to print.
func textual(x any) bool {
	switch x.(type) {
	case fmt.Formatter, fmt.Stringer, error:
		return true
	default:
		return false
	}
}

// marshalText returns what slog prints of x. It panics as x does, unless x is nil.
func marshalText(x encoding.TextMarshaler) (s string) {
	if isNil(x) {
		defer func() {
			if recover() != nil {
				s = "<nil>"
			}
		}()
	}
	text, err := x.MarshalText()
	if err != nil {
		return "!ERROR:" + err.Error() // as slog has it
	}
	return string(text)
}

// printsItself reports whether values of the type, or what points to them, have a method to print them.
func printsItself(t reflect.Type) bool {
	if t == rawMessage || t.PkgPath() == "" && t.Kind() != reflect.Pointer && t.Kind() != reflect.Struct {
		return false
	}
	if known, ok := selfPrinters.Load(t); ok {
		return known.(bool)
	}
	is := false
	for _, method := range printMethods {
		is = is || t.Implements(method) || reflect.PointerTo(t).Implements(method)
	}
	selfPrinters.Store(t, is)
	return is
}

var rawMessage = reflect.TypeFor[json.RawMessage]()

var printMethods = []reflect.Type{
	reflect.TypeFor[fmt.Formatter](), reflect.TypeFor[fmt.Stringer](), reflect.TypeFor[error](),
	reflect.TypeFor[encoding.TextMarshaler](), reflect.TypeFor[json.Marshaler](),
}
