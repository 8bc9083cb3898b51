// SPDX-License-Identifier: MIT

package text

import (
	"log/slog"
	"strconv"

	"github.com/slogx/slogx/internal/record"
)

// AppendBound appends " key=value" for each attribute that is bound, but for the logger's name,
// those whose dotted key is in skip, and those that make a block below the line.
// It reports whether there were any of the last.
func AppendBound(dst []byte, s *record.Scope, skip []string) (_ []byte, block bool) {
	m := merger{dst: dst, skip: skip}
	var scratch [64]byte
	for prefix, a := range s.All() {
		m.attr(append(scratch[:0], prefix...), a)
	}
	return m.dst, m.block
}

// AppendGiven is [AppendBound] for the attributes that are given with r.
// Prefix stands for the groups that are open: "http.request.". It is not changed.
func AppendGiven(dst []byte, r *record.Record, prefix string, skip []string) (_ []byte, block bool) {
	m := merger{dst: dst, skip: skip}
	var scratch [64]byte
	groups := append(scratch[:0], prefix...)
	r.Attrs(func(a slog.Attr) bool { m.attr(groups, a); return true })
	return m.dst, m.block
}

// appendGroup appends the attributes of a group as a list.
func appendGroup(dst []byte, attrs []slog.Attr) []byte {
	n := len(dst)
	m := merger{dst: dst}
	var scratch [64]byte
	m.attrs(scratch[:0], attrs)
	if len(m.dst) > n { // without the space before the first
		m.dst = append(m.dst[:n], m.dst[n+1:]...)
	}
	return m.dst
}

// maxGroups is the number of groups that the LogValuers of one record may give.
// A LogValuer that gives a group that holds it again would never end.
const maxGroups = 1000

// A merger appends attributes to a line. The prefix that its methods take is the names of the
// groups that an attribute is in, each followed by a dot.
type merger struct {
	dst    []byte
	skip   []string // dotted keys of attributes that are left out
	groups int      // that LogValuers gave
	block  bool     // an attribute was left out because it makes a block
}

func (m *merger) attrs(prefix []byte, attrs []slog.Attr) {
	for _, a := range attrs {
		m.attr(prefix, a)
	}
}

func (m *merger) attr(prefix []byte, a slog.Attr) {
	if a.Key == "" || a.Key == record.ErrKey || a.Key == record.StackKey {
		if a.Equal(slog.Attr{}) || m.makesBlock(a) {
			return
		}
	}
	if m.skip != nil && m.skips(prefix, a.Key) {
		return
	}
	switch a.Value.Kind() {
	case slog.KindLogValuer:
		m.resolved(prefix, a)
	case slog.KindGroup:
		if a.Key != "" {
			prefix = append(append(prefix, a.Key...), '.')
		}
		m.attrs(prefix, a.Value.Group())
	case slog.KindAny:
		if !isEmptySource(a.Value.Any()) {
			m.key(prefix, a.Key)
			m.dst = AppendValue(m.dst, a.Value)
		}
	default:
		m.key(prefix, a.Key)
		m.dst = AppendValue(m.dst, a.Value)
	}
}

func isEmptySource(v any) bool {
	src, ok := v.(*slog.Source)
	return ok && (src == nil || *src == slog.Source{})
}

func (m *merger) resolved(prefix []byte, a slog.Attr) {
	if a.Value = a.Value.Resolve(); a.Value.Kind() == slog.KindGroup {
		if m.groups++; m.groups > maxGroups {
			a.Value = slog.StringValue(record.TooMany)
		}
	}
	m.attr(prefix, a)
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
func (m *merger) skips(prefix []byte, key string) bool {
	n := len(prefix)
	for _, s := range m.skip {
		if len(s) == n+len(key) && s[:n] == string(prefix) && s[n:] == key {
			return true
		}
	}
	return false
}

// key appends the key with its groups, in quotes if they need them, and the equals sign.
func (m *merger) key(prefix []byte, key string) {
	dst := append(m.dst, ' ')
	if key != "" && isPlain(key) && (len(prefix) == 0 || isPlain(prefix)) {
		dst = append(append(dst, prefix...), key...)
	} else {
		dst = appendKey(dst, string(prefix), key)
	}
	m.dst = append(dst, '=')
}

// appendKey appends a key that may need quotes. The empty one always does, also behind a prefix.
func appendKey(dst []byte, prefix, key string) []byte {
	if key == "" || needsQuotes(prefix+key) {
		return strconv.AppendQuote(dst, prefix+key)
	}
	return append(append(dst, prefix...), key...)
}
