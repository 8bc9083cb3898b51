// SPDX-License-Identifier: MIT

package slogxtest

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

var optionRules = []rule{{
	"options",
	"options belong to the caller, who may use them for the next handler: a handler copies them and changes nothing",
	optionsUnchanged,
}}

func optionsUnchanged(k *kit) error {
	if k.target.Options == nil {
		return nil
	}
	b := k.bench()
	for _, br := range b.parents() {
		// What is written is the matter of other rules.
		_ = br.handler.Handle(context.Background(), newRecord("message", someAttrs("k", 2)...))
	}
	if after := snapshot(k.target.Options()); after != k.options {
		return fmt.Errorf("the options are\n%s\nand were\n%s", after, k.options)
	}
	return nil
}

// snapshot prints all that can be reached from v: what fmt prints stops at the first pointer.
// Functions and channels are printed by their address.
func snapshot(v any) string {
	p := printer{seen: map[uintptr]bool{}}
	p.print(reflect.ValueOf(v))
	return p.String()
}

type printer struct {
	strings.Builder
	seen map[uintptr]bool // pointers that were followed
}

func (p *printer) print(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		p.pointer(v)
	case reflect.Interface:
		p.print(v.Elem())
	case reflect.Struct:
		p.list(v, v.NumField(), func(i int) {
			p.WriteString(v.Type().Field(i).Name + ": ")
			p.print(v.Field(i))
		})
	case reflect.Slice, reflect.Array:
		p.list(v, v.Len(), func(i int) { p.print(v.Index(i)) })
	case reflect.Map:
		p.mapping(v)
	case reflect.Func, reflect.Chan, reflect.UnsafePointer:
		fmt.Fprintf(p, "%v(%#x)", v.Type(), v.Pointer())
	case reflect.Invalid:
		p.WriteString("nil")
	default:
		// fmt prints a reflect.Value as the value it holds, also from a field that is not exported.
		fmt.Fprintf(p, "%#v", v)
	}
}

func (p *printer) pointer(v reflect.Value) {
	fmt.Fprintf(p, "&%#x", v.Pointer())
	if v.IsNil() || p.seen[v.Pointer()] {
		return
	}
	p.seen[v.Pointer()] = true
	p.print(v.Elem())
}

func (p *printer) list(v reflect.Value, n int, element func(i int)) {
	p.WriteString(v.Type().String() + "{")
	for i := range n {
		element(i)
		p.WriteString(", ")
	}
	p.WriteString("}")
}

func (p *printer) mapping(v reflect.Value) {
	keys := v.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	p.list(v, len(keys), func(i int) {
		p.print(keys[i])
		p.WriteString(": ")
		p.print(v.MapIndex(keys[i]))
	})
}
