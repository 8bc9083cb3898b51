// SPDX-License-Identifier: MIT

package redact

import (
	"cmp"
	"slices"
	"strings"
)

// maxMatches is how many matches of a pattern are replaced one by one in a text. With more, all of it is.
const maxMatches = 10_000

// Scrub returns s with all matches of the patterns replaced, and reports whether there were any.
// What was replaced before is not replaced again.
func (d *Redactor) Scrub(s string) (_ string, changed bool) {
	spans := d.matches(s)
	if len(spans) == 0 {
		return s, false
	}
	var b strings.Builder
	end := 0
	for i, span := range spans {
		if i > 0 && span[0] < end { // what overlaps is replaced as one
			end = max(end, span[1])
			continue
		}
		b.WriteString(s[end:span[0]])
		b.WriteString(d.text)
		end = span[1]
	}
	b.WriteString(s[end:])
	return b.String(), true
}

// isMatch reports whether there is something to replace in a text.
func (d *Redactor) isMatch(text string) bool { return len(d.matches(text)) > 0 }

// matches returns where the patterns match in s, in order. All are looked for in the text as it is:
// if one were replaced first, the rest of another that overlaps would stay.
func (d *Redactor) matches(s string) (spans [][]int) {
	for _, p := range d.patterns {
		if !p.MatchString(s) { // allocates nothing
			continue
		}
		found := p.FindAllStringIndex(s, maxMatches)
		if len(found) == maxMatches && slices.ContainsFunc(p.FindAllStringIndex(s, -1), isSpan) {
			return [][]int{{0, len(s)}}
		}
		for _, span := range found {
			if isSpan(span) && !d.isReplaced(s, span) {
				spans = append(spans, span)
			}
		}
	}
	if len(spans) < 2 {
		return spans
	}
	slices.SortFunc(spans, func(a, b []int) int { return cmp.Compare(a[0], b[0]) })
	return spans
}

// isSpan reports whether a match is not empty.
func isSpan(match []int) bool { return match[0] < match[1] }

// isReplaced reports whether the span of s is part of what stands there for something redacted.
func (d *Redactor) isReplaced(s string, span []int) bool {
	size := span[1] - span[0]
	if size > len(d.text) {
		return false
	}
	around := s[max(0, span[1]-len(d.text)):min(len(s), span[0]+len(d.text))]
	return strings.Contains(around, d.text)
}

// mayMatch reports whether the patterns have to be looked for in a text. It allocates nothing.
func (d *Redactor) mayMatch(text []byte) bool {
	for _, p := range d.patterns {
		if p.Match(text) {
			return true
		}
	}
	return false
}
