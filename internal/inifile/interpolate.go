// SPDX-License-Identifier: MIT

package inifile

import (
	"fmt"
	"strings"
)

const (
	maxReferences = 10      // that lead to each other, as in Python
	maxFollowed   = 10_000  // in one value, all in all
	maxValue      = 1 << 20 // bytes
)

// interpolated returns the value of an option with what its references name: %(option)s of the same section or
// of [DEFAULT], and %% for a percent sign.
func (s *section) interpolated(o *option) (string, error) {
	i := interpolation{section: s}
	err := i.add(o.text, 1)
	return i.b.String(), err
}

// An interpolation makes one value.
type interpolation struct {
	section  *section
	b        strings.Builder
	followed int
}

func (i *interpolation) add(text string, depth int) error {
	switch {
	case !strings.Contains(text, "%"):
	case depth > maxReferences:
		return fmt.Errorf("more than %d references lead to each other", maxReferences)
	case i.followed > maxFollowed:
		return fmt.Errorf("more than %d references", maxFollowed)
	}
	for {
		before, rest, ok := strings.Cut(text, "%")
		if i.b.WriteString(before); i.b.Len() > maxValue {
			return fmt.Errorf("the value is longer than %d bytes", maxValue)
		}
		switch {
		case !ok:
			return nil
		case strings.HasPrefix(rest, "%"):
			i.b.WriteByte('%')
			text = rest[1:]
			continue
		}
		after, err := i.reference(rest, depth)
		if err != nil {
			return err
		}
		text = after
	}
}

// reference adds what the reference at the beginning of text names, without its percent sign.
func (i *interpolation) reference(text string, depth int) (after string, err error) {
	name, ok := strings.CutPrefix(text, "(")
	name, after, closed := strings.Cut(name, ")")
	if !ok || !closed || name == "" || !strings.HasPrefix(after, "s") {
		return "", fmt.Errorf("%.20q is no reference, want %%(option)s; a percent sign is written as %%%%", "%"+text)
	}
	o := i.section.option(strings.ToLower(name))
	if o == nil {
		return "", fmt.Errorf("%%(%s)s names no option of [%s] or [DEFAULT]", name, i.section.name)
	}
	i.followed++
	return after[1:], i.add(o.text, depth+1)
}
