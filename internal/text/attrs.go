// SPDX-License-Identifier: MIT

package text

import (
	"log/slog"
	"strconv"

	"github.com/slogx/slogx/internal/record"
)

// appendGroup appends the attributes of a group as a list.
func appendGroup(dst []byte, attrs []slog.Attr) []byte {
	m := merger{dst: dst, place: &outside}
	m.attrs(attrs)
	return TrimSpace(m.dst, len(dst))
}

// A merger appends attributes to a line.
type merger struct {
	dst    []byte
	place  *place
	groups int  // that LogValuers gave
	block  bool // an attribute was left out because it makes a block
}

func (m *merger) attrs(attrs []slog.Attr) {
	for _, a := range attrs {
		m.attr(a)
	}
}

func (m *merger) attr(a slog.Attr) {
	if m.place.isSpecial(a.Key) && m.omits(a) {
		return
	}
	kind := a.Value.Kind()
	if kind == slog.KindAny || kind >= slog.KindGroup {
		m.oddAttr(kind, a)
		return
	}
	dst := m.key(a.Key)
	switch kind { // the most frequent ones: a further call for each of them would show
	case slog.KindString:
		s := a.Value.String()
		if plain, ok := appendOf(dst, s, bare()); ok {
			dst = plain
		} else {
			dst = appendOddText(dst, s)
		}
	case slog.KindInt64:
		dst = AppendInt(dst, a.Value.Int64())
	case slog.KindDuration:
		dst = AppendDuration(dst, a.Value.Duration())
	case slog.KindBool:
		dst = strconv.AppendBool(dst, a.Value.Bool())
	default:
		dst = appendKind(dst, kind, a.Value)
	}
	m.dst = dst
}

// oddAttr is attr for one that may become several, or none.
func (m *merger) oddAttr(kind slog.Kind, a slog.Attr) {
	switch {
	case kind == slog.KindGroup:
		m.group(a.Key, a.Value.Group())
	case kind == slog.KindLogValuer:
		m.attr(m.resolved(a))
	case kind == slog.KindAny && isEmptySource(a.Value.Any()):
	default:
		m.dst = appendKind(m.key(a.Key), kind, a.Value)
	}
}

// omits reports whether an attribute with a special key is left out.
func (m *merger) omits(a slog.Attr) bool {
	switch a.Key {
	case "":
		if a.Equal(slog.Attr{}) {
			return true
		}
	case record.ErrKey, record.StackKey:
		if m.makesBlock(a) {
			return true
		}
	}
	if !m.place.skips(a.Key) {
		return false
	}
	if kind := a.Value.Kind(); kind == slog.KindGroup || kind == slog.KindLogValuer {
		m.block = true // there may be an error in it
	}
	return true
}

func isEmptySource(v any) bool {
	src, ok := v.(*slog.Source)
	return ok && (src == nil || *src == slog.Source{})
}

func (m *merger) resolved(a slog.Attr) slog.Attr {
	if a.Value = a.Value.Resolve(); a.Value.Kind() == slog.KindGroup {
		if m.groups++; m.groups > record.MaxGroups {
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

func (m *merger) group(key string, attrs []slog.Attr) {
	if key == "" {
		m.attrs(attrs)
		return
	}
	outer, inner := m.place, places.Get().(*place)
	*inner = newPlace(append(append(append(inner.groups[:0], outer.groups...), key...), '.'), outer.skip)
	m.place = inner
	m.attrs(attrs)
	m.place = outer
	places.Put(inner)
}

// key returns dst with the key behind a space and its groups, in quotes if they need them, and the
// equals sign.
func (m *merger) key(key string) []byte {
	dst := append(m.dst, ' ')
	if len(m.place.groups) > 0 {
		dst = append(dst, m.place.groups...)
	}
	dst, ok := appendOf(dst, key, bare())
	if !ok || m.place.quoted {
		dst = m.appendOddKey(append(m.dst, ' '), key)
	}
	return append(dst, '=')
}

// appendOddKey appends a key that may need quotes. The empty one always does, also in groups.
func (m *merger) appendOddKey(dst []byte, key string) []byte {
	if m.place.quoted || key == "" || needsQuotes(key) {
		return strconv.AppendQuote(dst, string(m.place.groups)+key)
	}
	return append(append(dst, m.place.groups...), key...)
}
