// SPDX-License-Identifier: MIT

package tree

import (
	"context"
	"log/slog"
	"os"
	"sync"

	"github.com/slogx/slogx/internal/record"
	"github.com/slogx/slogx/internal/text"
	"github.com/slogx/slogx/levels"
)

// A lastResort prints records of WARNING and above to what is os.Stderr at the time:
// the message with its attributes. It is Python's lastResort.
type lastResort struct {
	scope *record.Scope
}

var lastResortMu sync.Mutex

// Enabled reports whether level is at least WARNING.
func (h lastResort) Enabled(_ context.Context, level slog.Level) bool {
	return level >= levels.Warning
}

// Handle prints r on one line, and an error's stack on those after it.
func (h lastResort) Handle(_ context.Context, r slog.Record) error {
	rec := record.Borrow(r, h.scope, nil)
	defer rec.Release()
	line := append(text.AppendLine(nil, rec), '\n')
	lastResortMu.Lock()
	defer lastResortMu.Unlock()
	_, err := os.Stderr.Write(line)
	return err
}

// WithAttrs returns a handler that prints attrs, too.
func (h lastResort) WithAttrs(attrs []slog.Attr) slog.Handler {
	return lastResort{h.scope.WithAttrs(record.Resolve(attrs))}
}

// WithGroup returns a handler that opens a group.
func (h lastResort) WithGroup(name string) slog.Handler {
	return lastResort{h.scope.WithGroup(name)}
}

// Reentrant reports that Handle calls nothing that logs while it holds its lock.
func (h lastResort) Reentrant() bool { return true }

func (h lastResort) String() string { return "last resort (stderr)" }
