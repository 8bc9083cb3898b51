// SPDX-License-Identifier: MIT

package format

import (
	"bytes"
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"

	"github.com/slogx/slogx/internal/record"
	"github.com/slogx/slogx/internal/text"
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

// Bind returns a formatter for the records of a scope. It renders what is bound once.
func (j *jsonFormatter) Bind(s *Scope) Formatter {
	b := &jsonFormatter{jsonOptions: j.jsonOptions}
	if j.edit == nil && (j.stacks == NoStacks || !asksForStack(s)) {
		b.bound = j.bind(s, 0)
	}
	return b
}

// Append appends r as an object.
func (j *jsonFormatter) Append(dst []byte, r *Record) []byte {
	if j.edit != nil {
		return j.edited(dst, r)
	}
	b := j.bound
	if b == nil || b.scope != r.Scope {
		b = j.bind(r.Scope, r.PC)
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

// A jsonBound is what is bound to a handler, rendered.
type jsonBound struct {
	scope  *Scope
	attrs  []byte   // members: Static and what is bound
	open   []byte   // members: the groups that are still to be opened
	groups []string // the names of the groups that are open
	end    string   // the braces that end a record
	endAll string   // the same behind open
}

// bind renders what is bound in a scope, for a record with the given PC or for all.
func (o *jsonOptions) bind(s *Scope, pc uintptr) *jsonBound {
	b := &jsonBinder{jsonOptions: o}
	b.e = jsonEncoder{jsonRules: &o.jsonRules, dst: make([]byte, 1, 64), touched: o.touched, pc: pc}
	b.e.dst[0] = '{'
	if o.replace != nil {
		b.e.borrowGroups(nil)
		defer b.e.returnGroups()
	}
	b.bindStatic()
	if o.attrsKey != "" {
		b.pending = []string{o.attrsKey}
	}
	s.Apply(b)
	n := len(b.e.dst)
	b.openPending()
	return &jsonBound{
		scope: s, groups: s.Groups(),
		attrs: b.e.dst[1:n], open: bytes.TrimPrefix(b.e.dst[n:], []byte{','}),
		end:    strings.Repeat("}", b.opened+1),
		endAll: strings.Repeat("}", b.opened+len(b.pending)+1),
	}
}

// A jsonBinder renders what is bound to it. It is a [slog.Handler] to be given what a scope holds.
type jsonBinder struct {
	*jsonOptions
	e       jsonEncoder
	groups  []string
	pending []string // of groups: not opened, as nothing stands in them so far
	opened  int
	named   bool // the logger's name was left out
}

func (b *jsonBinder) Enabled(context.Context, slog.Level) bool  { return false }
func (b *jsonBinder) Handle(context.Context, slog.Record) error { return nil }
func (b *jsonBinder) WithGroup(name string) slog.Handler {
	b.groups, b.pending = append(b.groups, name), append(b.pending, name)
	b.e.depth++
	if b.e.groups != nil {
		*b.e.groups = append(*b.e.groups, name)
	}
	return b
}

func (b *jsonBinder) WithAttrs(attrs []slog.Attr) slog.Handler {
	if b.unnamed && !b.named && b.e.depth == 0 {
		if i := (*record.Scope)(nil).NameIn(attrs); i >= 0 {
			attrs, b.named = slices.Delete(attrs, i, i+1), true
		}
	}
	if !slices.ContainsFunc(attrs, isNoEmptyGroup) {
		return b
	}
	n := len(b.e.dst)
	b.openPending()
	if !b.e.attrs(attrs) {
		b.e.dst = b.e.dst[:n]
		return b
	}
	b.opened += len(b.pending)
	b.pending = nil
	return b
}

// isNoEmptyGroup reports whether a is more than a group without attributes. Only such attributes open a group,
// as slog has it.
func isNoEmptyGroup(a slog.Attr) bool {
	return a.Value.Kind() != slog.KindGroup || len(a.Value.Group()) > 0
}

// bindStatic renders Static, from which nothing is left out.
func (b *jsonBinder) bindStatic() {
	rules := b.jsonRules
	rules.omit = nil
	b.e.jsonRules = &rules
	b.e.attrs(b.static)
	b.e.jsonRules = &b.jsonOptions.jsonRules
}

func (b *jsonBinder) openPending() {
	for _, name := range b.pending {
		b.e.dst = append(text.AppendJSONKey(b.e.dst, name), '{')
	}
}

// asksForStack reports whether an attribute is bound that is printed with a stack.
func asksForStack(s *Scope) bool {
	for _, a := range s.All() {
		if attrAsksForStack(a) {
			return true
		}
	}
	return false
}

func attrAsksForStack(a slog.Attr) bool {
	switch {
	case isStackKey(a.Key):
		return true
	case a.Value.Kind() == slog.KindGroup:
		return slices.ContainsFunc(a.Value.Group(), attrAsksForStack)
	default:
		return false
	}
}
