// SPDX-License-Identifier: MIT

package format

import (
	"cmp"

	"github.com/slogx/slogx/internal/text"
)

// rootName is the name of the logger that has none.
const rootName = "root"

// A binding is what is bound to a handler, rendered.
type binding struct {
	prefix []byte // the names of the open groups, each followed by a dot
	attrs  []byte // " key=value" for each attribute that is merged
	block  bool   // an attribute makes a block below the line
	name   string // of the logger
	plain  string // the name, escaped
}

// bind renders what is bound in a scope.
func (l *Layout) bind(s *Scope) binding {
	b := binding{prefix: []byte(s.Prefix())}
	b.attrs, b.block = text.AppendBound(nil, s, l.named)
	b.setName(s.Logger())
	return b
}

func (b *binding) setName(name string) {
	b.name = cmp.Or(name, rootName)
	b.plain = text.Escaped(b.name)
}

// bindingOf returns what is bound to the record's handler.
func (l *Layout) bindingOf(r *Record) *binding {
	switch {
	case l.bound != nil:
		return l.bound
	case r.Scope == nil && r.Logger == "":
		return nothing
	default: // formatted without Bind
		b := l.bind(r.Scope)
		b.setName(r.Logger)
		return &b
	}
}

// nothing is what is bound to a handler that was not derived.
var nothing = &binding{name: rootName, plain: rootName}

// nameText returns the logger's name as it is printed.
func (b *binding) nameText(raw bool) string {
	if raw {
		return b.name
	}
	return b.plain
}

// appendText appends s escaped, or as it is if raw.
func appendText(dst []byte, s string, raw bool) []byte {
	if raw {
		return append(dst, s...)
	}
	return text.AppendEscaped(dst, s)
}
