// SPDX-License-Identifier: MIT

package format

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"slices"
	"strings"

	"github.com/slogx/slogx/internal/record"
	"github.com/slogx/slogx/internal/text"
)

// edited appends r as Edit has it.
func (j *jsonFormatter) edited(dst []byte, r *Record) []byte {
	n := len(dst)
	e := jsonEncoder{jsonRules: &jsonRules{
		replace: j.replace, fallback: j.fallback, encode: j.encode,
	}, dst: append(dst, j.open...), pc: r.PC}
	e.touched = e.touch()
	if j.replace != nil {
		e.borrowGroups(nil)
		defer e.returnGroups()
	}
	e.attrs(j.edit(j.list(r)))
	return j.finish(append(e.dst, '}'), n+len(j.open)-1)
}

// list returns all that a record has to print.
func (j *jsonFormatter) list(r *Record) []slog.Attr {
	var attrs []slog.Attr
	r.Attrs(func(a slog.Attr) bool { attrs = append(attrs, a); return true })
	attrs = r.Scope.Nest(attrs)
	if j.unnamed && r.Scope.Logger() != "" {
		i := (*Scope)(nil).NameIn(attrs)
		attrs = slices.Delete(attrs, i, i+1)
	}
	attrs = slices.DeleteFunc(slices.Clone(attrs), func(a slog.Attr) bool { return j.omit[a.Key] })
	attrs = j.ready(attrs, r.PC)
	if j.attrsKey != "" {
		attrs = []slog.Attr{{Key: j.attrsKey, Value: slog.GroupValue(attrs...)}}
	}
	return slices.Concat(j.listFields(r), j.ready(j.static, 0), attrs)
}

// listFields returns the fields of a record.
func (j *jsonFormatter) listFields(r *Record) (fields []slog.Attr) {
	for i := range j.fields {
		f := &j.fields[i]
		v := j.fieldValue(f, r)
		switch {
		case v.Kind() == slog.KindGroup && len(v.Group()) == 0:
		case f.value == nil && !isNil(v):
			fields = append(fields, j.ready([]slog.Attr{{Key: f.name, Value: v}}, r.PC)...)
		default:
			fields = append(fields, slog.Attr{Key: f.key, Value: v})
		}
	}
	return record.Resolve(fields)
}

// ready returns the attributes with the stacks that they ask for, under the keys that they are printed under.
func (j *jsonFormatter) ready(attrs []slog.Attr, pc uintptr) []slog.Attr {
	attrs = slices.Clone(j.stacks.expanded(record.Resolve(attrs), pc))
	for i, a := range attrs {
		if key, ok := j.rename[a.Key]; ok {
			attrs[i].Key = key
		}
	}
	return attrs
}

// jsonFinish is what becomes of an object that is complete.
type jsonFinish struct {
	unique bool
	ascii  bool
	indent int
}

// finish gives the object dst[n:] its form.
func (f jsonFinish) finish(dst []byte, n int) []byte {
	if f.unique {
		dst = newJSONTree(dst[n:]).appendUnique(dst[:n], 0)
	}
	if f.ascii {
		dst = text.ASCIIJSON(dst, n)
	}
	if f.indent > 0 {
		var out bytes.Buffer
		if json.Indent(&out, dst[n:], "", strings.Repeat(" ", f.indent)) == nil { // or it is nested too deeply
			dst = append(dst[:n], out.Bytes()...)
		}
	}
	return dst
}
