// SPDX-License-Identifier: MIT

package format

import (
	"bytes"
	"cmp"
	"log/slog"
	"slices"
	"strings"

	"github.com/slogx/slogx/internal/text"
)

// A jsonBound is what is bound to a handler, rendered.
type jsonBound struct {
	jsonPlace
	scope  *Scope
	attrs  []byte // members: Static and what is bound
	open   []byte // members: the groups that are still to be opened
	end    string // the braces that end a record
	endAll string // the same behind open
}

// A jsonPlace is where in an object further attributes stand.
type jsonPlace struct {
	groups  []string // that are open
	pending []string // objects that are not opened, as nothing stands in them so far
	opened  int      // the number of objects that are
	hidden  bool     // a group that is open is left out
}

// bind renders what is bound in a scope into bound, for a record with the given PC or for all.
func (o *jsonOptions) bind(bound *jsonBound, s *Scope, pc uintptr) {
	b := o.binder(jsonPlace{}, nil, pc)
	b.bindStatic()
	if o.attrsKey != "" {
		b.pending = []string{o.attrsKey}
	}
	b.steps(s)
	b.finish(bound, s)
}

// bindNext is bind for a scope that is one step beyond that of prev.
func (o *jsonOptions) bindNext(bound, prev *jsonBound, s *Scope) {
	b := o.binder(prev.jsonPlace, prev.attrs, 0)
	b.step(s)
	b.finish(bound, s)
}

// A jsonBinder renders what is bound to it.
type jsonBinder struct {
	*jsonOptions
	jsonPlace
	e jsonEncoder
}

// boundJSONSize is the room that is made for what a step binds.
const boundJSONSize = 64

// binder returns one that goes on behind members.
func (o *jsonOptions) binder(at jsonPlace, members []byte, pc uintptr) jsonBinder {
	dst := append(make([]byte, 0, 1+len(members)+boundJSONSize), '{')
	b := jsonBinder{jsonOptions: o, jsonPlace: at}
	b.e = jsonEncoder{jsonRules: &o.jsonRules, dst: append(dst, members...), touched: o.touched, depth: len(at.groups), pc: pc}
	if o.replace != nil {
		b.e.borrowGroups(at.groups)
	}
	return b
}

// finish makes bound of what was rendered.
func (b *jsonBinder) finish(bound *jsonBound, s *Scope) {
	if b.e.groups != nil {
		b.e.returnGroups()
	}
	n := len(b.e.dst)
	b.openPending()
	bound.jsonPlace, bound.scope = b.jsonPlace, s
	bound.attrs, bound.open = b.e.dst[1:n:n], bytes.TrimPrefix(b.e.dst[n:], []byte{','})
	bound.end = strings.Repeat("}", b.opened+1)
	bound.endAll = strings.Repeat("}", b.opened+len(b.pending)+1)
}

// steps renders all steps of a scope.
func (b *jsonBinder) steps(s *Scope) {
	if s != nil {
		b.steps(s.Parent())
		b.step(s)
	}
}

// step renders the last step of a scope.
func (b *jsonBinder) step(s *Scope) {
	group, attrs, name := s.Step()
	switch {
	case group != "":
		b.group(group)
	case b.hidden:
	case name >= 0 && b.unnamed:
		b.add(slices.Concat(attrs[:name], attrs[name+1:]))
	default:
		b.add(attrs)
	}
}

func (b *jsonBinder) group(name string) {
	if len(b.groups) == 0 { // an attribute as any other
		b.hidden = b.omit[name]
		name = cmp.Or(b.rename[name], name)
	}
	b.groups, b.pending = append(slices.Clip(b.groups), name), append(slices.Clip(b.pending), name)
	b.e.depth++
	if b.e.groups != nil {
		*b.e.groups = append(*b.e.groups, name)
	}
}

func (b *jsonBinder) add(attrs []slog.Attr) {
	if !slices.ContainsFunc(attrs, isNoEmptyGroup) {
		return
	}
	n := len(b.e.dst)
	b.openPending()
	if !b.e.attrs(attrs) {
		b.e.dst = b.e.dst[:n]
		return
	}
	b.opened += len(b.pending)
	b.pending = nil
}

// isNoEmptyGroup reports whether a is more than a group without attributes. Only such attributes open a group,
// as slog has it.
func isNoEmptyGroup(a slog.Attr) bool {
	return a.Value.Kind() != slog.KindGroup || len(a.Value.Group()) > 0
}

// bindStatic renders Static, from which nothing is left out.
func (b *jsonBinder) bindStatic() {
	if len(b.static) == 0 {
		return
	}
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
