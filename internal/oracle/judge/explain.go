// SPDX-License-Identifier: MIT

package judge

import (
	"fmt"
	"strings"
	"testing"
)

// explain returns a script that ends in the first mismatch, as short as can be found with a Python.
func (o *Oracle[C]) explain(t *testing.T, s *Script) string {
	if first := o.broken(t, s); first != nil {
		s = first
	}
	if py, why := Find(o.Probe); why != "" {
		t.Logf("not made shorter: %s", why)
	} else {
		s = o.shorten(t, py, s)
	}
	_, err := o.compare(t, new(Tally), s)
	var b strings.Builder
	b.WriteString("the script, with what must be seen:\n")
	for _, st := range s.Steps {
		fmt.Fprintln(&b, st)
		for _, line := range st.Wanted() {
			fmt.Fprintf(&b, "\t%s\n", line)
		}
	}
	return fmt.Sprintf("%s%v", &b, err)
}

// broken returns the script as far as the first mismatch, nil if there is none.
func (o *Oracle[C]) broken(t *testing.T, s *Script) *Script {
	n, err := o.compare(t, new(Tally), s)
	if err == nil {
		return nil
	}
	return &Script{s.Name, s.Steps[:n], s.Minor}
}

// shorten leaves out what can be left out while there is a mismatch.
func (o *Oracle[C]) shorten(t *testing.T, py Python, s *Script) *Script {
	for {
		answered, err := py.scripts(o.shorter(s))
		if err != nil {
			t.Logf("not made shorter: %v", err)
			return s
		}
		shorter := s
		for _, candidate := range answered {
			if first := o.broken(t, candidate); first != nil {
				shorter = first
				break
			}
		}
		if shorter == s {
			return s
		}
		s = shorter
	}
}

// shorter returns the scripts that have one thing less: a step, or a part of one.
func (o *Oracle[C]) shorter(s *Script) (found []*Script) {
	for i, st := range s.Steps {
		if o.Needed != nil && o.Needed(s, i) {
			continue
		}
		found = append(found, s.with(i))
		if o.Less != nil {
			for _, text := range o.Less(st) {
				found = append(found, s.with(i, &Step{Text: text, Doc: st.Doc}))
			}
		}
	}
	return found
}
