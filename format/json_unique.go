// SPDX-License-Identifier: MIT

package format

import (
	"bytes"
	"encoding/json"
)

// A jsonTree is valid JSON without space between its tokens.
type jsonTree struct {
	text []byte
	ends map[int]int // of objects and arrays, by where they begin
}

// newJSONTree returns the tree of a text, of which it takes a copy.
func newJSONTree(text []byte) *jsonTree {
	t := &jsonTree{text: bytes.Clone(text), ends: map[int]int{}}
	var open []int
	for i := 0; i < len(t.text); i++ {
		switch t.text[i] {
		case '"':
			i = t.end(i) - 1
		case '{', '[':
			open = append(open, i)
		case '}', ']':
			t.ends[open[len(open)-1]] = i + 1
			open = open[:len(open)-1]
		}
	}
	return t
}

// end returns where the value ends that begins at i.
func (t *jsonTree) end(i int) int {
	switch t.text[i] {
	case '{', '[':
		return t.ends[i]
	case '"':
		for i++; t.text[i] != '"'; i++ {
			if t.text[i] == '\\' {
				i++
			}
		}
		return i + 1
	default:
		for i < len(t.text) && bytes.IndexByte([]byte(",]}"), t.text[i]) < 0 {
			i++
		}
		return i
	}
}

// appendUnique appends the value that begins at i, but each object with one member for each key:
// the value is that of the last one, and the place that of the first.
func (t *jsonTree) appendUnique(dst []byte, i int) []byte {
	switch t.text[i] {
	case '{':
		dst = append(dst, '{')
		for j, m := range t.members(i) {
			if j > 0 {
				dst = append(dst, ',')
			}
			dst = append(append(dst, m.key...), ':')
			dst = t.appendUnique(dst, m.value)
		}
		return append(dst, '}')
	case '[':
		dst = append(dst, '[')
		for i++; t.text[i] != ']'; i = t.end(i) {
			if t.text[i] == ',' {
				dst = append(dst, ',')
				i++
			}
			dst = t.appendUnique(dst, i)
		}
		return append(dst, ']')
	default:
		return append(dst, t.text[i:t.end(i)]...)
	}
}

// A jsonMember is a member of an object: its key as it is written, and where its value begins.
type jsonMember struct {
	key   []byte
	value int
}

// members returns those members of the object at i that are left if each key counts once.
func (t *jsonTree) members(i int) []jsonMember {
	var members []jsonMember
	places := map[string]int{}
	for i++; t.text[i] != '}'; {
		if t.text[i] == ',' {
			i++
		}
		colon := t.end(i)
		m := jsonMember{key: t.text[i:colon], value: colon + 1}
		i = t.end(m.value)
		var key string
		_ = json.Unmarshal(m.key, &key) // it is a string
		if place, ok := places[key]; ok {
			members[place].value = m.value
			continue
		}
		places[key] = len(members)
		members = append(members, m)
	}
	return members
}
