// SPDX-License-Identifier: MIT

package filter

import (
	"context"
	"fmt"
	"regexp"
	"strings"
)

// MessageContains returns a filter that passes records whose message contains the text.
// Attributes are no part of the message.
func MessageContains(text string) Filter {
	return &message{
		test: func(msg string) bool { return strings.Contains(msg, text) },
		name: fmt.Sprintf("MessageContains(%q)", text),
	}
}

// MessageMatches returns a filter that passes records whose message contains a match of the
// regular expression. Attributes are no part of the message. It panics if re is nil.
func MessageMatches(re *regexp.Regexp) Filter {
	if re == nil {
		panic("filter: nil regular expression")
	}
	return &message{test: re.MatchString, name: fmt.Sprintf("MessageMatches(%q)", re)}
}

type message struct {
	test func(msg string) bool
	name string
}

// Filter implements [Filter].
func (m *message) Filter(_ context.Context, r *Record) bool { return m.test(r.Message) }

func (m *message) String() string { return m.name }
