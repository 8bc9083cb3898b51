// SPDX-License-Identifier: MIT

package filter

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
)

// Name returns a filter that passes records of the logger of that name and of those below it:
// "A.B" passes A.B and A.B.C, not A.BB. The empty name passes every record; "root" is the root.
// It is Python's logging.Filter(name).
func Name(name string) Filter { return named(name) }

type named string

// Filter implements [Filter].
func (n named) Filter(_ context.Context, r *Record) bool { return n.passes(r.Logger) }

// Predict implements [Predictor]: the name decides alone.
func (n named) Predict(logger string, _ slog.Level) (pass, sure bool) {
	return n.passes(logger), true
}

func (n named) passes(logger string) bool {
	if n == "" {
		return true
	}
	if logger == "" {
		logger = "root"
	}
	rest, ok := strings.CutPrefix(logger, string(n))
	return ok && (rest == "" || rest[0] == '.')
}

func (n named) String() string { return fmt.Sprintf("Name(%q)", string(n)) }
