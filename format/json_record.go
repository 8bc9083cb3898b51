// SPDX-License-Identifier: MIT

package format

import (
	"log/slog"
	"sync"
)

// jsonOptions are the options of a formatter, made ready. They never change.
type jsonOptions struct {
	jsonRules
	jsonFinish
	touched   bool   // the rules touch attributes
	open      string // the prefix and the brace
	fields    []jsonField
	plain     bool // nothing is done but what slog does without options
	static    []slog.Attr
	attrsKey  string
	edit      func([]slog.Attr) []slog.Attr
	unnamed   bool // the logger's name is no attribute
	levelName func(slog.Level) string
	clock     jsonClock
	date      *clock
}

// A jsonFormatter is what [JSON] returns. It never changes, and is safe for concurrent use.
type jsonFormatter struct {
	*jsonOptions
	bound *jsonBound // nil if it differs from record to record
}

// reentrant reports whether nothing of the program's own is called for each record.
func (j *jsonFormatter) reentrant() bool {
	return j.replace == nil && j.edit == nil && j.encode == nil && j.fallback == nil && j.levelName == nil
}

// String names the formatter.
func (j *jsonFormatter) String() string { return "JSON" }

// Bind returns a formatter for the records of a scope. It renders what is bound once: of a scope that is one
// step beyond that of the receiver only this step.
func (j *jsonFormatter) Bind(s *Scope) Formatter {
	if j.edit != nil || j.stacks != NoStacks && asksForStack(s) {
		return &jsonFormatter{jsonOptions: j.jsonOptions}
	}
	b := &struct {
		jsonFormatter
		own jsonBound
	}{}
	b.jsonFormatter = jsonFormatter{j.jsonOptions, &b.own}
	if j.bound != nil && s != nil && j.bound.scope == s.Parent() {
		j.bindNext(&b.own, j.bound, s)
	} else {
		j.bind(&b.own, s, 0)
	}
	return &b.jsonFormatter
}

// Append appends r as an object.
func (j *jsonFormatter) Append(dst []byte, r *Record) []byte {
	if j.edit != nil {
		return j.edited(dst, r)
	}
	b := j.bound
	if b == nil || b.scope != r.Scope {
		b = new(jsonBound)
		j.bind(b, r.Scope, r.PC)
	}
	if j.plain {
		return j.line(dst, b, &r.Record)
	}
	return j.append(dst, b, r)
}

// line appends r as slog does without options.
func (j *jsonFormatter) line(dst []byte, b *jsonBound, r *slog.Record) []byte {
	dst = appendMembers(j.head(dst, r), b.attrs)
	n := len(dst)
	e := jsonEncoder{jsonRules: &j.jsonRules, dst: appendMembers(dst, b.open)}
	some := false
	r.Attrs(func(a slog.Attr) bool { // NumAttrs would copy the record once more
		some = e.attr(a) || some
		return true
	})
	if !some {
		return append(e.dst[:n], b.end...)
	}
	return append(e.dst, b.endAll...)
}

// append is Append with all options.
func (j *jsonFormatter) append(dst []byte, b *jsonBound, r *Record) []byte {
	n := len(dst)
	e := jsonEncoder{jsonRules: &j.jsonRules, dst: append(dst, j.open...), pc: r.PC}
	j.appendFields(&e, r)
	e.dst = appendMembers(e.dst, b.attrs)
	end := b.end
	if j.given(&e, b, r) {
		end = b.endAll
	}
	return j.finish(append(e.dst, end...), n+len(j.open)-1)
}

// given appends the attributes that are given with r, in the groups that are open.
// It reports whether the groups that b left to it are open now.
func (j *jsonFormatter) given(e *jsonEncoder, b *jsonBound, r *Record) bool {
	if b.hidden {
		return false
	}
	n := len(e.dst)
	e.dst = appendMembers(e.dst, b.open)
	e.touched, e.depth = j.touched, len(b.groups)
	if j.replace != nil {
		e.borrowGroups(b.groups)
		defer e.returnGroups()
	}
	some := false
	r.Attrs(func(a slog.Attr) bool {
		some = e.attr(a) || some
		return true
	})
	if !some {
		e.dst = e.dst[:n]
	}
	return some
}

// appendMembers appends members to the object that dst ends in.
func appendMembers(dst, members []byte) []byte {
	if len(members) == 0 {
		return dst
	}
	if dst[len(dst)-1] != '{' {
		dst = append(dst, ',')
	}
	return append(dst, members...)
}

// groupNames holds lists of open groups. ReplaceAttr is given one, so that it cannot lie on the stack.
var groupNames = sync.Pool{New: func() any { return new(make([]string, 0, 8)) }}

func (e *jsonEncoder) borrowGroups(groups []string) {
	e.groups = groupNames.Get().(*[]string)
	*e.groups = append((*e.groups)[:0], groups...)
}

func (e *jsonEncoder) returnGroups() {
	groupNames.Put(e.groups)
	e.groups = nil
}
