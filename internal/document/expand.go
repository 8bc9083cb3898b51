// SPDX-License-Identifier: MIT

package document

import (
	"errors"
	"fmt"
	"strings"
)

// maxNested is how deep defaults stand in defaults.
const maxNested = 10

// Expand puts the values of variables into the texts of v and of all below it, in place:
//
//	${NAME}            what lookup has; it is an error if it has nothing
//	${NAME:-default}   default if it has nothing, or an empty text
//	${NAME:?message}   in that case, an error that says message
//	$$                 a dollar
//
// Any other dollar stays. A default may hold variables, a value that was put in is not looked at again.
// What skip reports true for stays as it is, and all below it; nil skips nothing.
// Errors name the variable and never a value. If there is one, v may be half done.
func Expand(v *Value, lookup func(name string) (string, bool), skip func(path string) bool) error {
	var errs Errors
	v.Walk(func(v *Value) bool {
		if skip != nil && skip(v.Path) {
			return false
		}
		if v.Kind == String && strings.Contains(v.Str, "$") {
			e := expander{lookup: lookup}
			v.Str = e.expand(v.Str, 0)
			for _, err := range e.errs {
				errs.Add(v.Errorf("%v", err))
			}
		}
		return true
	})
	return errs.Err()
}

// An expander expands one text.
type expander struct {
	lookup func(string) (string, bool)
	errs   []error
}

func (e *expander) expand(s string, depth int) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(s, "$")
		b.WriteString(before)
		switch {
		case !ok:
			return b.String()
		case strings.HasPrefix(rest, "$"):
			b.WriteByte('$')
			s = rest[1:]
		case !strings.HasPrefix(rest, "{"):
			b.WriteByte('$')
			s = rest
		default:
			end := closing(rest)
			if end < 0 {
				e.errs = append(e.errs, errors.New("${ has no }; a dollar is written as $$"))
				return b.String()
			}
			b.WriteString(e.variable(rest[1:end], depth))
			s = rest[end+1:]
		}
	}
}

// closing returns where the brace that s begins with is closed, -1 if nowhere.
func closing(s string) int {
	open := 0
	for i := 0; i < len(s); i++ {
		switch {
		case strings.HasPrefix(s[i:], "$$"):
			i++
		case strings.HasPrefix(s[i:], "${"):
			open++
			i++
		case s[i] == '{' && i == 0:
			open++
		case s[i] == '}':
			if open--; open == 0 {
				return i
			}
		}
	}
	return -1
}

// variable returns the value of what stands between braces.
func (e *expander) variable(s string, depth int) string {
	end := strings.IndexFunc(s, func(r rune) bool {
		return r != '_' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	})
	if end < 0 {
		end = len(s)
	}
	name, rest := s[:end], s[end:]
	isDefault, isMessage := strings.HasPrefix(rest, ":-"), strings.HasPrefix(rest, ":?")
	if name == "" || '0' <= name[0] && name[0] <= '9' || rest != "" && !isDefault && !isMessage {
		e.errs = append(e.errs, fmt.Errorf("${%s} is no variable, want ${NAME}, ${NAME:-default} or ${NAME:?message}", s))
		return ""
	}
	value, ok := e.lookup(name)
	switch {
	case ok && (value != "" || rest == ""):
		return value
	case isDefault && depth == maxNested:
		e.errs = append(e.errs, fmt.Errorf("defaults are more than %d deep", maxNested))
	case isDefault:
		return e.expand(rest[2:], depth+1)
	case isMessage && rest != ":?":
		e.errs = append(e.errs, fmt.Errorf("environment variable %s: %s", name, rest[2:]))
	case ok:
		e.errs = append(e.errs, fmt.Errorf("environment variable %s is empty", name))
	default:
		e.errs = append(e.errs, fmt.Errorf("environment variable %s is not set", name))
	}
	return ""
}
