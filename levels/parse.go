// SPDX-License-Identifier: MIT

package levels

import (
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/slogx/slogx/internal/nearest"
)

var (
	errNotSet = errors.New("means NOTSET, which only a threshold can be")
	errRange  = errors.New("out of range")
)

// Parse returns the level that s stands for:
//   - a name in any case, also warn, fatal, the keywords of syslog (crit, err, emerg),
//     and what was registered;
//   - a name with an offset in slog's numbers, such as INFO+2 or WARNING-1;
//   - a whole number, which is Python's, so 10 is DEBUG: Python is where levels are written
//     as bare numbers. slog's numbers are written as offsets, so its 6 is INFO+6.
//
// Space is part of s, as it is for slog. NOTSET and 0 stand for no level:
// they, an unknown name and a number that does not fit are errors. Parse is safe for concurrent use.
func Parse(s string) (slog.Level, error) {
	level, err := parse(s)
	if err != nil {
		return 0, fmt.Errorf("levels: level %q: %w", s, err)
	}
	return level, nil
}

// ParseThreshold is like [Parse], but takes NOTSET (in any case) and 0 as well,
// for which it returns nil: the threshold that lets every level pass, or is inherited.
// On an error, too, the threshold is nil. ParseThreshold is safe for concurrent use.
func ParseThreshold(s string) (slog.Leveler, error) {
	level, err := Parse(s)
	if err != nil {
		if errors.Is(err, errNotSet) {
			err = nil
		}
		return nil, err
	}
	return level, nil
}

func parse(s string) (slog.Level, error) {
	if strings.EqualFold(s, notSet) {
		return 0, errNotSet
	}
	known := current.Load().byName
	if level, ok := known[strings.ToUpper(s)]; ok {
		return level, nil
	}
	base, digits, ok := cutOffset(s)
	level, isKnown := known[strings.ToUpper(base)]
	if !ok || base != "" && !isKnown {
		return 0, unknown(s, known)
	}
	n, err := strconv.Atoi(digits)
	switch sum := level + slog.Level(n); {
	case err != nil: // digits is a number, so it is a large one
		return 0, errRange
	case base == "" && n == 0:
		return 0, errNotSet
	case base == "":
		return FromPython(n), nil
	case (sum > level) != (n > 0):
		return 0, errRange
	default:
		return sum, nil
	}
}

// cutOffset cuts s into a base and the whole number that it ends with, which needs a sign
// if the base is not empty. ok is false if s does not end so.
func cutOffset(s string) (base, number string, ok bool) {
	end := strings.TrimRight(s, "0123456789")
	base = end
	if strings.HasSuffix(end, "+") || strings.HasSuffix(end, "-") {
		base = end[:len(end)-1]
	}
	return base, s[len(base):], end != s && (base == "" || base != end)
}

// unknown returns the error for a name that is not known, with the known names that look like it.
func unknown(name string, known map[string]slog.Level) error {
	if name == "" {
		return errors.New("empty name")
	}
	return errors.New("unknown name" + nearest.Hint(name, slices.Collect(maps.Keys(known))))
}
