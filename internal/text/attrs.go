// SPDX-License-Identifier: MIT

package text

import (
	"log/slog"
	"strconv"
	"sync"

	"github.com/slogx/slogx/internal/record"
)

// AppendBound appends " key=value" for each attribute that is bound, but for the logger's name,
// those whose dotted key is in skip, and those that make a block below the line.
// It reports whether there were any of the last.
func AppendBound(dst []byte, s *record.Scope, skip []string) (_ []byte, block bool) {
	m := newMerger(skip)
	for prefix, a := range s.All() {
		if prefix != string(m.prefix) {
			m.open([]byte(prefix))
		}
		dst = m.attr(dst, a)
	}
	return dst, m.block
}

// AppendGiven is [AppendBound] for the attributes that are given with r.
// Prefix stands for the groups that are open: "http.request.".
func AppendGiven(dst []byte, r *record.Record, prefix []byte, skip []string) (_ []byte, block bool) {
	if r.NumAttrs() == 0 {
		return dst, false // which spares a copy of the record
	}
	m := newMerger(skip)
	m.open(prefix)
	r.Attrs(func(a slog.Attr) bool {
		dst = m.attr(dst, a)
		return true
	})
	return dst, m.block
}

// appendGroup appends the attributes of a group as a list.
func appendGroup(dst []byte, attrs []slog.Attr) []byte {
	n := len(dst)
	var m merger
	return TrimSpace(m.attrs(dst, attrs), n)
}

// maxGroups is the number of groups that the LogValuers of one record may give.
// A LogValuer that gives a group that holds it again would never end.
const maxGroups = 1000

// A merger appends attributes to a line.
type merger struct {
	prefix  []byte   // the names of the groups that are open, each followed by a dot; not changed
	skip    []string // dotted keys of attributes that are left out
	lengths uint64   // of these, a bit for each modulo 64: most attributes are none of them
	odd     bool     // prefix needs quotes
	groups  int      // that LogValuers gave
	block   bool     // an attribute was left out because it makes a block
}

func newMerger(skip []string) merger {
	m := merger{skip: skip}
	for _, key := range skip {
		m.lengths |= 1 << (len(key) % 64)
	}
	return m
}

func (m *merger) attrs(dst []byte, attrs []slog.Attr) []byte {
	for _, a := range attrs {
		dst = m.attr(dst, a)
	}
	return dst
}

func (m *merger) attr(dst []byte, a slog.Attr) []byte {
	if len(a.Key) == 0 || a.Key == record.ErrKey || a.Key == record.StackKey {
		if a.Equal(slog.Attr{}) || m.makesBlock(a) {
			return dst
		}
	}
	if m.lengths>>(uint(len(m.prefix)+len(a.Key))%64)&1 != 0 && m.skips(a.Key) {
		return dst
	}
	kind := a.Value.Kind()
	switch kind {
	case slog.KindString: // most are
		v := a.Value.String()
		return AppendQuoted(m.key(dst, a.Key), v)
	case slog.KindGroup:
		return m.group(dst, a.Key, a.Value.Group())
	case slog.KindLogValuer:
		return m.attr(dst, m.resolved(a))
	case slog.KindAny:
		if isEmptySource(a.Value.Any()) {
			return dst
		}
	}
	return appendKind(m.key(dst, a.Key), kind, a.Value)
}

func isEmptySource(v any) bool {
	src, ok := v.(*slog.Source)
	return ok && (src == nil || *src == slog.Source{})
}

func (m *merger) resolved(a slog.Attr) slog.Attr {
	if a.Value = a.Value.Resolve(); a.Value.Kind() == slog.KindGroup {
		if m.groups++; m.groups > maxGroups {
			a.Value = slog.StringValue(record.TooMany)
		}
	}
	return a
}

// makesBlock reports whether a stands in a block below the line, and not on it.
func (m *merger) makesBlock(a slog.Attr) bool {
	err, ok := record.ErrOf(a)
	if err != nil || a.Key == record.StackKey {
		m.block = true
	}
	return ok || a.Key == record.StackKey
}

// skips reports whether the attribute is left out.
func (m *merger) skips(key string) bool {
	n := len(m.prefix)
	for _, s := range m.skip {
		if len(s) == n+len(key) && s[:n] == string(m.prefix) && s[n:] == key {
			return true
		}
	}
	return false
}

func (m *merger) group(dst []byte, key string, attrs []slog.Attr) []byte {
	if key == "" {
		return m.attrs(dst, attrs)
	}
	inner := prefixes.Get().(*[]byte)
	*inner = append(append(append((*inner)[:0], m.prefix...), key...), '.')
	in := merger{skip: m.skip, lengths: m.lengths, groups: m.groups}
	in.open(*inner)
	dst = in.attrs(dst, attrs)
	m.groups, m.block = in.groups, m.block || in.block
	prefixes.Put(inner)
	return dst
}

// prefixes holds buffers for the names of groups.
var prefixes = sync.Pool{New: func() any { return new([]byte) }}

// open makes the attributes that come next stand in the groups of the prefix.
func (m *merger) open(prefix []byte) {
	m.prefix = prefix
	m.odd = len(prefix) > 0 && needsQuotes(prefix)
}

// key appends the key with its groups, in quotes if they need them, and the equals sign.
func (m *merger) key(dst []byte, key string) []byte {
	dst = append(dst, ' ')
	if len(m.prefix) > 0 {
		dst = append(dst, m.prefix...)
	}
	if plain, ok := appendPlain(dst, key); ok && key != "" && !m.odd {
		return append(plain, '=')
	}
	return append(m.appendOddKey(dst[:len(dst)-len(m.prefix)], key), '=')
}

// appendOddKey appends a key that may need quotes. The empty one always does, also in groups.
func (m *merger) appendOddKey(dst []byte, key string) []byte {
	if m.odd || key == "" || needsQuotes(key) {
		return strconv.AppendQuote(dst, string(m.prefix)+key)
	}
	return append(append(dst, m.prefix...), key...)
}
