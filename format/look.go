// SPDX-License-Identifier: MIT

package format

import "github.com/slogx/slogx/internal/text"

// rootName is the name of the logger that has none.
const rootName = "root"

// A look is what fields need to know beside the record. It never changes.
type look struct {
	clock *clock
	named []string // dotted keys of the attributes that are fields, and not merged
	bare  bool     // message is without attributes, because attrs is a field

	bound *binding // nil before Bind
}

// A binding is what is bound to a handler, rendered.
type binding struct {
	prefix []byte // the names of the open groups, each followed by a dot
	attrs  []byte // " key=value" for each attribute that is merged
	block  bool   // an attribute makes a block below the line
}

func (l *look) bind(s *Scope) *binding {
	b := &binding{prefix: []byte(s.Prefix())}
	b.attrs, b.block = text.AppendBound(nil, s, l.named)
	return b
}

// binding returns what is bound to the record's handler.
func (l *look) binding(r *Record) *binding {
	switch {
	case l.bound != nil:
		return l.bound
	case r.Scope == nil:
		return nothing
	default: // formatted without Bind
		return l.bind(r.Scope)
	}
}

// nothing is what is bound to a handler that was not derived.
var nothing = &binding{}

func (l *look) asctime(dst []byte, r *Record, _ *caller, _ bool) []byte {
	return l.clock.append(dst, r.Time)
}

func (l *look) name(dst []byte, r *Record, _ *caller, raw bool) []byte {
	if r.Logger == "" {
		return append(dst, rootName...)
	}
	return appendText(dst, r.Logger, raw)
}

func (l *look) msg(dst []byte, r *Record, _ *caller, raw bool) []byte {
	return appendText(dst, r.Message, raw)
}

func (l *look) message(dst []byte, r *Record, raw bool) ([]byte, bool) {
	n := len(dst)
	dst = appendText(dst, r.Message, raw)
	if l.bare {
		return dst, false
	}
	dst, block := l.merge(dst, r)
	if r.Message == "" {
		dst = text.TrimSpace(dst, n)
	}
	return dst, block
}

func (l *look) attrs(dst []byte, r *Record, _ bool) ([]byte, bool) {
	n := len(dst)
	dst, block := l.merge(dst, r)
	return text.TrimSpace(dst, n), block
}

// merge appends " key=value" for each attribute that no field names.
// It reports whether there are some that make a block below the line.
func (l *look) merge(dst []byte, r *Record) ([]byte, bool) {
	bound := l.binding(r)
	dst = append(dst, bound.attrs...)
	dst, block := text.AppendGiven(dst, r, bound.prefix, l.named)
	return dst, block || bound.block
}
