// SPDX-License-Identifier: MIT

package filter

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/slogx/slogx/levels"
)

// Level returns a filter that passes records of exactly that level.
func Level(level slog.Level) Filter { return LevelRange(level, level) }

// LevelRange returns a filter that passes records whose level is at least min and at most max.
// Nil sets no bound. A [slog.LevelVar] is asked for each record.
func LevelRange(min, max slog.Leveler) Filter { return &levelRange{min, max} }

type levelRange struct{ min, max slog.Leveler }

// Filter implements [Filter].
func (l *levelRange) Filter(_ context.Context, r *Record) bool { return l.passes(r.Level) }

// Predict implements [Predictor]: the level decides alone.
func (l *levelRange) Predict(_ string, level slog.Level) (pass, sure bool) {
	return l.passes(level), true
}

func (l *levelRange) passes(level slog.Level) bool {
	return (l.min == nil || level >= l.min.Level()) && (l.max == nil || level <= l.max.Level())
}

func (l *levelRange) String() string {
	bound := func(l slog.Leveler) string {
		if l == nil {
			return "nil"
		}
		return levels.Name(l.Level())
	}
	if l.min != nil && l.min == l.max {
		return fmt.Sprintf("Level(%s)", bound(l.min))
	}
	return fmt.Sprintf("LevelRange(%s, %s)", bound(l.min), bound(l.max))
}
