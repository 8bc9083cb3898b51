// SPDX-License-Identifier: MIT

package document

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// Reference begins a text that stands for another part of the same document.
const Reference = "cfg://"

// maxSteps ends references that take each other again and again.
const maxSteps = 10_000

// Resolve returns the part of a document that a reference names: Python's cfg:// with or without that prefix.
// A path is a word, then any number of .word, [index] of a list, and [key] of a map; what stands in brackets is anything
// but brackets; digits are those of ASCII. A text on the way that is a reference itself is followed, and so is the last.
// The error names the document's path of the reference that cannot be followed, unless it is path itself.
func (v *Value) Resolve(path string) (*Value, error) {
	r := resolver{root: v, open: map[*Value]bool{}}
	return r.resolve(nil, strings.TrimPrefix(path, Reference))
}

// A resolver follows one reference, and those that it leads to.
type resolver struct {
	root  *Value
	open  map[*Value]bool // references that are being followed
	steps int
}

// follow returns what v stands for: v itself if it is not a reference.
func (r *resolver) follow(v *Value) (*Value, error) {
	if v == nil || v.Kind != String || !strings.HasPrefix(v.Str, Reference) {
		return v, nil
	}
	if r.open[v] {
		return nil, v.Errorf("%s stands for itself", v.Str)
	}
	r.open[v] = true
	defer delete(r.open, v)
	return r.resolve(v, v.Str[len(Reference):])
}

// resolve returns what path names. Errors are about from, which is nil for a path out of nowhere.
func (r *resolver) resolve(from *Value, path string) (*Value, error) {
	at, place := r.root, "the document"
	rest := trimSpace(path)
	for first := true; first || rest != ""; first = false {
		if r.steps++; r.steps > maxSteps {
			return nil, from.Errorf("%s%s takes more than %d steps", Reference, path, maxSteps)
		}
		key, brackets, after, ok := cutStep(rest, first)
		if !ok {
			return nil, from.Errorf("%s%s: want a word, .word or [index] at %q", Reference, path, rest)
		}
		next, err := at.step(key, brackets)
		if err != nil {
			return nil, from.Errorf("%s%s: %s %v", Reference, path, place, err)
		}
		if at, err = r.follow(next); err != nil {
			return nil, err
		}
		rest = trimSpace(after)
		place = strings.TrimRight(path[:len(path)-len(rest)], " ")
	}
	return at, nil
}

// step returns what key names in v.
func (v *Value) step(key string, brackets bool) (*Value, error) {
	digits := brackets && isDigits(key)
	switch {
	case v.Kind == Map:
		if next := v.Get(key); next != nil {
			return next, nil
		}
		return nil, fmt.Errorf("has no key %q", key)
	case v.Kind == List && digits:
		if i, err := strconv.Atoi(key); err == nil && i < len(v.Items) {
			return v.Items[i], nil
		}
		return nil, fmt.Errorf("has no item %s, its length is %d", key, len(v.Items))
	case v.Kind == List:
		return nil, fmt.Errorf("is a list, want an index in brackets instead of %q", key)
	}
	return nil, fmt.Errorf("is %s, which holds no %q", v.Describe(), key)
}

// cutStep cuts the next step off a path: a word, and after the first also .word and [anything].
func cutStep(path string, first bool) (key string, brackets bool, rest string, ok bool) {
	switch {
	case first:
	case strings.HasPrefix(path, "."):
		path = trimSpace(path[1:])
	case strings.HasPrefix(path, "["):
		end := strings.IndexAny(path[1:], "[]") + 1
		if end == 0 || path[end] == '[' {
			return "", false, "", false
		}
		return path[1:end], true, path[end+1:], true
	default:
		return "", false, "", false
	}
	end := strings.IndexFunc(path, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	if end < 0 {
		end = len(path)
	}
	return path[:end], false, path[end:], end > 0
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// trimSpace removes what Python takes for space from the beginning.
func trimSpace(s string) string {
	return strings.TrimLeftFunc(s, func(r rune) bool { return unicode.IsSpace(r) || '\x1c' <= r && r <= '\x1f' })
}
