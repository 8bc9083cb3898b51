// SPDX-License-Identifier: MIT

package text

import (
	"sync"

	"github.com/slogx/slogx/internal/record"
)

// A place is where attributes stand on a line: in which groups, and without which others.
// It never changes.
type place struct {
	groups  []byte   // the names of the groups, each followed by a dot
	quoted  bool     // they need quotes
	hidden  bool     // all attributes are left out
	skip    []string // dotted keys of attributes that are left out
	special uint64   // lengths of keys that may be special, a bit for each modulo 64: most keys are none of them
}

// outside of all groups, everything is printed.
var outside = newPlace(nil, nil)

// places holds those of groups that are open for a moment.
var places = sync.Pool{New: func() any { return new(place) }}

func newPlace(groups []byte, skip []string) place {
	p := place{groups: groups, quoted: len(groups) > 0 && needsQuotes(groups), skip: skip, special: specials}
	for _, key := range skip {
		p.special |= 1 << (uint(len(key)-len(groups)) % 64)
	}
	return p
}

// hide leaves out all that stands in p.
func (p *place) hide() { p.hidden, p.special = true, 1<<64-1 }

// specials are the lengths of the keys that are special everywhere, as in [place].
const specials = 1<<0 | 1<<len(record.ErrKey) | 1<<len(record.StackKey)

// isSpecial reports whether the key must be looked at.
func (p *place) isSpecial(key string) bool { return p.special>>(uint(len(key))%64)&1 != 0 }

// skips reports whether the attribute with the key is left out.
func (p *place) skips(key string) bool {
	if p.hidden {
		return true
	}
	n := len(p.groups)
	for _, s := range p.skip {
		if len(s) == n+len(key) && s[:n] == string(p.groups) && s[n:] == key {
			return true
		}
	}
	return false
}
