// SPDX-License-Identifier: MIT

package format

import (
	"log/slog"
	"strconv"

	"github.com/slogx/slogx/internal/record"
	"github.com/slogx/slogx/internal/text"
)

// jsonRules is what becomes of attributes on their way into an object.
type jsonRules struct {
	rename   map[string]string // outside of groups
	omit     map[string]bool   // outside of groups
	replace  func(groups []string, a slog.Attr) slog.Attr
	stacks   StackStyle
	stackKey string // of an error's stack outside of groups
	fallback func(v any, err error) any
	encode   func(dst []byte, v any) ([]byte, error)
}

// touch reports whether attributes may become other ones.
func (r *jsonRules) touch() bool {
	return r.rename != nil || r.omit != nil || r.replace != nil || r.stacks != NoStacks
}

// A jsonEncoder appends attributes to the object that dst ends in, as slog's JSON handler does.
type jsonEncoder struct {
	*jsonRules
	dst     []byte
	touched bool         // the rules touch attributes
	groups  *[]string    // the open groups, for ReplaceAttr; nil where there are none, as for time and level
	depth   int          // the number of open groups
	given   int          // groups that LogValuers and ReplaceAttr gave
	pc      uintptr      // of the record; 0 is unknown
	words   *jsonOptions // of levels, while the record's own one is being replaced; nil are slog's
}

// attrs appends attributes. It reports whether there is one that an object may not be left out for.
func (e *jsonEncoder) attrs(attrs []slog.Attr) bool {
	some := false
	for _, a := range attrs {
		if e.attr(a) {
			some = true
		}
	}
	return some
}

// attr appends an attribute. It reports whether it is one that an object may not be left out for.
func (e *jsonEncoder) attr(a slog.Attr) bool {
	kind := a.Value.Kind()
	if e.touched || kind == slog.KindAny || kind >= slog.KindGroup {
		return e.oddAttr(a)
	}
	dst := text.AppendJSONKey(e.dst, a.Key)
	switch kind { // the most frequent ones first: a call for each of them would show
	case slog.KindString:
		dst = text.AppendJSON(dst, a.Value.String())
	case slog.KindInt64:
		dst = text.AppendInt(dst, a.Value.Int64())
	case slog.KindDuration:
		dst = text.AppendInt(dst, int64(a.Value.Duration()))
	case slog.KindBool:
		dst = strconv.AppendBool(dst, a.Value.Bool())
	default:
		e.dst = dst
		e.value(kind, a.Value)
		return true
	}
	e.dst = dst
	return true
}

// oddAttr is attr for one that may become another one, or none.
func (e *jsonEncoder) oddAttr(a slog.Attr) bool {
	key := a.Key
	if e.touched && e.depth == 0 {
		if e.omit[key] {
			return false
		}
		if name, ok := e.rename[key]; ok {
			a.Key = name
		}
	}
	if e.stacks != NoStacks && isStackKey(key) {
		return e.stack(key, a, e.depth == 0)
	}
	return e.replaced(a)
}

// replaced appends what ReplaceAttr makes of an attribute.
func (e *jsonEncoder) replaced(a slog.Attr) bool {
	a.Value = e.resolve(a.Value)
	if e.replace != nil && a.Value.Kind() != slog.KindGroup {
		var groups []string
		if e.groups != nil {
			groups = *e.groups
		}
		if a = e.replace(groups, a); a.Value.Kind() == slog.KindGroup {
			a.Value = e.limit(a.Value)
		}
		a.Value = e.resolve(a.Value)
	}
	switch kind := a.Value.Kind(); kind {
	case slog.KindGroup:
		return e.group(a.Key, a.Value.Group())
	case slog.KindAny:
		return e.anyAttr(a.Key, a.Value.Any())
	default:
		e.dst = text.AppendJSONKey(e.dst, a.Key)
		e.value(kind, a.Value)
		return true
	}
}

func (e *jsonEncoder) anyAttr(key string, v any) bool {
	if key == "" && v == nil {
		return false
	}
	if src, ok := v.(*slog.Source); ok {
		return !isNoSource(src) && e.group(key, sourceAttrs(src))
	}
	e.dst = text.AppendJSONKey(e.dst, key)
	if level, ok := v.(slog.Level); ok && e.words != nil {
		v = e.words.levelText(level)
	}
	e.any(v)
	return true
}

// resolve returns v, and if it is a LogValuer what it says.
func (e *jsonEncoder) resolve(v slog.Value) slog.Value {
	if v.Kind() != slog.KindLogValuer {
		return v
	}
	if v = v.Resolve(); v.Kind() == slog.KindGroup {
		v = e.limit(v)
	}
	return v
}

// limit returns the group v, or a text that stands for it where there is no end.
func (e *jsonEncoder) limit(v slog.Value) slog.Value {
	if e.given++; e.given > record.MaxGroups {
		return slog.StringValue(record.TooMany)
	}
	return v
}

// group appends a group. One in which nothing is left is left out, but one that is empty from the start
// is as good as an attribute for the group that it stands in, as slog's handlers have it.
func (e *jsonEncoder) group(key string, attrs []slog.Attr) bool {
	switch {
	case len(attrs) == 0:
		return true
	case key == "":
		return e.attrs(attrs)
	}
	n := len(e.dst)
	e.open(key)
	some := e.attrs(attrs)
	e.depth--
	if e.groups != nil {
		*e.groups = (*e.groups)[:len(*e.groups)-1]
	}
	if !some {
		e.dst = e.dst[:n]
		return false
	}
	e.dst = append(e.dst, '}')
	return true
}

// open opens a group.
func (e *jsonEncoder) open(key string) {
	e.dst = append(text.AppendJSONKey(e.dst, key), '{')
	e.depth++
	if e.groups != nil {
		*e.groups = append(*e.groups, key)
	}
}
