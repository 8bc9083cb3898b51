// SPDX-License-Identifier: MIT

package redact

import (
	"cmp"
	"encoding"
	"encoding/json"
	"fmt"
	"log/slog"
	"reflect"
	"slices"
)

// A textPrinter prints a value as fmt does with %+v, redacted.
type textPrinter struct {
	*walk
	dst     []byte
	changed bool // something was redacted
}

// top prints x, of which v is the reflection, as text handlers do.
func (p *textPrinter) top(x any, v reflect.Value) {
	if src, ok := x.(*slog.Source); ok && src != nil && !p.mayHoldKey(v) {
		p.text(sourceText(src))
		return
	}
	m, ok := x.(encoding.TextMarshaler)
	switch {
	case !ok:
		p.value(v, 0)
	case p.hides(v):
		p.whole()
	default:
		p.text(marshalText(m))
	}
}

func (p *textPrinter) whole() {
	p.dst, p.changed = append(p.dst, p.walk.text...), true
}

// text prints a text of its own.
func (p *textPrinter) text(s string) {
	s, changed := p.Scrub(s)
	p.dst, p.changed = append(p.dst, s...), p.changed || changed
}

// json prints what is JSON and not read as anything else.
func (p *textPrinter) json(raw []byte) {
	inner := jsonPrinter{walk: p.walk}
	inner.print(raw, reflect.Value{})
	p.changed = p.changed || inner.changed
	p.text(string(inner.dst))
}

func (p *textPrinter) value(v reflect.Value, depth int) {
	p.visit(depth)
	if !v.IsValid() {
		p.dst = append(p.dst, "<nil>"...)
		return
	}
	if v.CanInterface() && isOpaque(v.Type()) && p.special(v.Interface(), depth) {
		return
	}
	if v.Type() == rawMessage && json.Valid(v.Bytes()) {
		p.json(v.Bytes())
		return
	}
	if printsItself(v.Type()) {
		if p.hides(v) {
			p.whole()
			return
		}
		if v.CanInterface() && textual(v.Interface()) {
			p.text(format("%+v", v.Interface()))
			return
		}
	}
	p.structure(v, depth)
}

// special prints slog's own types, which reflection does not see through.
func (p *textPrinter) special(x any, depth int) bool {
	switch x := x.(type) {
	case slog.Value:
		p.value(reflect.ValueOf(x.Any()), depth+1)
	case slog.Attr:
		p.text(x.Key)
		p.dst = append(p.dst, '=')
		back, matched := p.enter(x.Key)
		if matched {
			p.whole()
		} else {
			p.value(reflect.ValueOf(x.Value.Any()), depth+1)
		}
		p.leave(back)
	default:
		return false
	}
	return true
}

// structure prints what v consists of.
func (p *textPrinter) structure(v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.Interface:
		p.value(v.Elem(), depth+1)
	case reflect.Pointer:
		p.pointer(v, depth)
	case reflect.Struct:
		p.fields(v, depth)
	case reflect.Map:
		p.entries(v, depth)
	case reflect.Slice, reflect.Array:
		p.elements(v, depth)
	case reflect.Chan, reflect.Func, reflect.UnsafePointer:
		p.address(v)
	default:
		p.text(scalarText(v))
	}
}

// scalarText returns a bool, number or string as text. It may be from a field that is not exported.
func scalarText(v reflect.Value) string {
	switch {
	case v.Kind() == reflect.String:
		return v.String()
	case v.Kind() == reflect.Bool:
		return fmt.Sprint(v.Bool())
	case v.CanInt():
		return fmt.Sprint(v.Int())
	case v.CanUint():
		return fmt.Sprint(v.Uint())
	case v.Kind() == reflect.Float32:
		return fmt.Sprint(float32(v.Float()))
	case v.CanFloat():
		return fmt.Sprint(v.Float())
	case v.Kind() == reflect.Complex64:
		return fmt.Sprint(complex64(v.Complex()))
	default:
		return fmt.Sprint(v.Complex())
	}
}

// pointer prints what is pointed to if that is what is logged, and else the address.
func (p *textPrinter) pointer(v reflect.Value, depth int) {
	if depth == 0 && !v.IsNil() {
		switch v.Elem().Kind() {
		case reflect.Array, reflect.Slice, reflect.Struct, reflect.Map:
			p.dst = append(p.dst, '&')
			p.value(v.Elem(), depth+1)
			return
		}
	}
	p.address(v)
}

func (p *textPrinter) address(v reflect.Value) {
	if v.IsNil() {
		p.dst = append(p.dst, "<nil>"...)
		return
	}
	p.dst = fmt.Appendf(p.dst, "%#x", v.Pointer())
}

func (p *textPrinter) fields(v reflect.Value, depth int) {
	p.dst = append(p.dst, '{')
	for i, f := range fieldsOf(v.Type()) {
		if i > 0 {
			p.dst = append(p.dst, ' ')
		}
		p.dst = append(append(p.dst, f.names[0]...), ':')
		back, matched := p.enterField(f)
		if matched {
			p.whole()
		} else {
			p.value(v.Field(i), depth+1)
		}
		p.leave(back)
	}
	p.dst = append(p.dst, '}')
}

func (p *textPrinter) entries(v reflect.Value, depth int) {
	entries := v.MapKeys()
	slices.SortFunc(entries, func(a, b reflect.Value) int { return cmp.Compare(keyNames(a)[0], keyNames(b)[0]) })
	p.dst = append(p.dst, "map["...)
	for i, key := range entries {
		if i > 0 {
			p.dst = append(p.dst, ' ')
		}
		p.value(key, depth+1)
		p.dst = append(p.dst, ':')
		back, matched := p.enter(keyNames(key)...)
		if matched {
			p.whole()
		} else {
			p.value(v.MapIndex(key), depth+1)
		}
		p.leave(back)
	}
	p.dst = append(p.dst, ']')
}

func (p *textPrinter) elements(v reflect.Value, depth int) {
	if b, ok := bytesOf(v); ok {
		if s, changed := p.Scrub(string(b)); changed {
			p.dst, p.changed = append(p.dst, s...), true
			return
		}
		p.left += len(b) // they were looked at as one
	}
	p.dst = append(p.dst, '[')
	for i := range v.Len() {
		if i > 0 {
			p.dst = append(p.dst, ' ')
		}
		p.value(v.Index(i), depth+1)
	}
	p.dst = append(p.dst, ']')
}
