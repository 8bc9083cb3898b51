// SPDX-License-Identifier: MIT

package redact

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A keySet is the keys of [RedactOptions], folded so that case does not matter.
type keySet struct {
	len   int
	exact map[string]bool // without a dot and a star
	globs []string        // without a dot, with stars
	paths [][]string      // with dots, taken apart
}

func compileKeys(keys []string) keySet {
	k := keySet{exact: map[string]bool{}}
	for _, key := range keys {
		if key == "" {
			continue
		}
		k.len++
		switch key := string(fold(nil, key)); {
		case strings.Contains(key, "."):
			k.paths = append(k.paths, strings.Split(key, "."))
		case strings.Contains(key, "*"):
			k.globs = append(k.globs, key)
		default:
			k.exact[key] = true
		}
	}
	return k
}

// match reports whether a key without a dot matches the folded name.
func (k *keySet) match(name []byte) bool {
	if k.exact[string(name)] {
		return true
	}
	for _, glob := range k.globs {
		if matchGlob(glob, name) {
			return true
		}
	}
	return false
}

// fold appends s with each character replaced by the first of those that differ in case only.
func fold(dst []byte, s string) []byte {
	for _, r := range s {
		switch {
		case 'a' <= r && r <= 'z':
			dst = append(dst, byte(r)-'a'+'A')
		case r < utf8.RuneSelf:
			dst = append(dst, byte(r))
		default:
			dst = utf8.AppendRune(dst, foldRune(r))
		}
	}
	return dst
}

func foldRune(r rune) rune {
	for {
		next := unicode.SimpleFold(r) // the next greater one, or the smallest
		if next <= r {
			return next
		}
		r = next
	}
}

// matchGlob reports whether name matches glob, in which a star stands for any run of bytes.
func matchGlob(glob string, name []byte) bool {
	star, from := -1, 0 // the last star, and where what follows it was tried last
	g, n := 0, 0
	for n < len(name) {
		switch {
		case g < len(glob) && glob[g] == '*':
			star, from = g, n
			g++
		case g < len(glob) && glob[g] == name[n]:
			g++
			n++
		case star >= 0:
			from++
			g, n = star+1, from
		default:
			return false
		}
	}
	return strings.Trim(glob[g:], "*") == ""
}

// A place says that the first parts of a path are those of the way to the present value.
type place struct{ path, parts int }

// A mark is where a walk was.
type mark struct{ first, end int }

// enter goes to what is found under a name: one of several names of the same thing.
// It reports whether a key matches there. Who has entered leaves.
func (w *walk) enter(names ...string) (back mark, matched bool) {
	back = mark{w.first, len(w.places)}
	if w.keys.len == 0 {
		return back, false
	}
	if back.end == 0 { // at the top
		for i := range w.keys.paths {
			w.places = append(w.places, place{path: i})
		}
		back.end = len(w.places)
	}
	for _, name := range names {
		matched = w.follow(back, name) || matched
	}
	w.first = back.end
	return back, matched
}

// enterEmbedded is enter for an embedded struct: what it holds belongs to the outer one, too.
func (w *walk) enterEmbedded(names ...string) (back mark, matched bool) {
	back, matched = w.enter(names...)
	w.places = append(w.places, w.places[back.first:back.end]...)
	return back, matched
}

// leave goes back to where the walk was before it entered.
func (w *walk) leave(back mark) {
	w.first, w.places = back.first, w.places[:back.end]
}

// follow adds the places that a name leads to. It reports whether a key matches there,
// or on the way there if there are dots in the name.
func (w *walk) follow(from mark, name string) (matched bool) {
	base := len(w.places)
	for more := true; more; {
		var part string
		part, name, more = strings.Cut(name, ".")
		w.folded = fold(w.folded[:0], part)
		matched = matched || w.keys.match(w.folded)
		end := len(w.places)
		for i := from.first; i < from.end; i++ {
			matched = w.advance(w.places[i]) || matched
		}
		from = mark{end, len(w.places)}
	}
	w.places = slices.Delete(w.places, base, from.first)
	return matched
}

// advance adds the place behind p if the folded name is its next part. It reports whether it is the last.
func (w *walk) advance(p place) (matched bool) {
	path := w.keys.paths[p.path]
	if !matchGlob(path[p.parts], w.folded) {
		return false
	}
	if p.parts++; p.parts == len(path) {
		return true
	}
	w.places = append(w.places, p)
	return false
}
