// SPDX-License-Identifier: MIT

package text

import (
	"log/slog"
	"slices"
	"strconv"
	"sync"

	"github.com/slogx/slogx/internal/record"
)

// AppendBound appends " key=value" for each attribute that is bound, but for the logger's name,
// those whose dotted key is in skip, and those that make a block below the line.
// It reports whether there were any of the last.
func AppendBound(dst []byte, s *record.Scope, skip []string) (_ []byte, block bool) {
	m := newMerger(dst, skip)
	for prefix, a := range s.All() {
		if prefix != string(m.prefix) {
			m.open([]byte(prefix))
		}
		m.attr(a)
	}
	return m.dst, m.block
}

// AppendGiven is [AppendBound] for the attributes that are given with r.
// Prefix stands for the groups that are open: "http.request.".
func AppendGiven(dst []byte, r *record.Record, prefix []byte, skip []string) (_ []byte, block bool) {
	m := newMerger(dst, skip)
	m.open(prefix)
	r.Attrs(func(a slog.Attr) bool { // NumAttrs would copy the record once more
		m.attr(a)
		return true
	})
	return m.dst, m.block
}

// appendGroup appends the attributes of a group as a list.
func appendGroup(dst []byte, attrs []slog.Attr) []byte {
	m := merger{dst: dst}
	m.attrs(attrs)
	return TrimSpace(m.dst, len(dst))
}

// maxGroups is the number of groups that the LogValuers of one record may give.
// A LogValuer that gives a group that holds it again would never end.
const maxGroups = 1000

// A merger appends attributes to a line.
type merger struct {
	dst     []byte
	prefix  []byte   // the names of the groups that are open, each followed by a dot; not changed
	skip    []string // dotted keys of attributes that are left out
	lengths uint64   // of these, a bit for each modulo 64: most attributes are none of them
	odd     bool     // prefix needs quotes
	groups  int      // that LogValuers gave
	block   bool     // an attribute was left out because it makes a block
}

func newMerger(dst []byte, skip []string) merger {
	m := merger{dst: dst, skip: skip}
	for _, key := range skip {
		m.lengths |= 1 << (len(key) % 64)
	}
	return m
}

func (m *merger) attrs(attrs []slog.Attr) {
	for _, a := range attrs {
		m.attr(a)
	}
}

func (m *merger) attr(a slog.Attr) {
	if len(a.Key) == 0 || a.Key == record.ErrKey || a.Key == record.StackKey {
		if a.Equal(slog.Attr{}) || m.makesBlock(a) {
			return
		}
	}
	if m.lengths>>(uint(len(m.prefix)+len(a.Key))%64)&1 != 0 && m.skips(a.Key) {
		return
	}
	kind := a.Value.Kind()
	switch kind { // the most frequent ones first: a call for each of them would show
	case slog.KindString:
		m.dst = AppendQuoted(m.key(a.Key), a.Value.String())
	case slog.KindInt64:
		m.dst = AppendInt(m.key(a.Key), a.Value.Int64())
	case slog.KindGroup:
		m.group(a.Key, a.Value.Group())
	case slog.KindLogValuer:
		m.attr(m.resolved(a))
	case slog.KindAny:
		if isEmptySource(a.Value.Any()) {
			return
		}
		fallthrough
	default:
		m.dst = appendKind(m.key(a.Key), kind, a.Value)
	}
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

func (m *merger) group(key string, attrs []slog.Attr) {
	if key == "" {
		m.attrs(attrs)
		return
	}
	inner := prefixes.Get().(*[]byte)
	*inner = append(append(append((*inner)[:0], m.prefix...), key...), '.')
	outer, odd := m.prefix, m.odd
	m.open(*inner)
	m.attrs(attrs)
	m.prefix, m.odd = outer, odd
	prefixes.Put(inner)
}

// prefixes holds buffers for the names of groups.
var prefixes = sync.Pool{New: func() any { return new([]byte) }}

// open makes the attributes that come next stand in the groups of the prefix.
func (m *merger) open(prefix []byte) {
	m.prefix = prefix
	m.odd = len(prefix) > 0 && needsQuotes(prefix)
}

// key returns dst with the key behind a space and its groups, in quotes if they need them, and the
// equals sign.
func (m *merger) key(key string) []byte {
	if len(m.prefix) > 0 {
		return m.groupKey(key)
	}
	n, size := len(m.dst), len(key)
	dst := m.dst
	if cap(dst) < n+size+2 {
		dst = slices.Grow(dst, size+2)
	}
	buf := dst[n : n+size+2]
	buf[0] = ' '
	if size == 0 || !copyOf(buf[1:], key, bare()) {
		return append(m.appendOddKey(dst[:n+1], key), '=')
	}
	buf[size+1] = '='
	return dst[:n+size+2]
}

// groupKey is key for a key in groups.
func (m *merger) groupKey(key string) []byte {
	dst := append(append(m.dst, ' '), m.prefix...)
	if plain, ok := appendOf(dst, key, bare()); ok && key != "" && !m.odd {
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
