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
		replace: j.replace, stacks: j.stacks, fallback: j.fallback, encode: j.encode,
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
	attrs = j.renamed(attrs, j.omit)
	if j.attrsKey != "" {
		attrs = []slog.Attr{{Key: j.attrsKey, Value: slog.GroupValue(attrs...)}}
	}
	var fields []slog.Attr
	for i := range j.fields {
		f := &j.fields[i]
		if v := j.fieldValue(f, r); v.Kind() != slog.KindGroup || len(v.Group()) > 0 {
			fields = append(fields, slog.Attr{Key: f.key, Value: v})
		}
	}
	return record.Resolve(slices.Concat(fields, j.renamed(j.static, nil), attrs))
}

// renamed returns the attributes that stay, under the keys that they are printed under.
func (j *jsonFormatter) renamed(attrs []slog.Attr, omit map[string]bool) []slog.Attr {
	attrs = slices.DeleteFunc(slices.Clone(attrs), func(a slog.Attr) bool { return omit[a.Key] })
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
