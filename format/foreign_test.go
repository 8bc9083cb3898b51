// SPDX-License-Identifier: MIT

package format_test

import (
	"bytes"
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/format"
)

// chooser is a Binder that has a formatter of this package do its work.
type chooser struct {
	format.Formatter
	choose func(s *format.Scope) format.Formatter
}

func (c chooser) Bind(s *format.Scope) format.Formatter { return c.choose(s) }

// lineOf is what h writes of a record without a time.
func lineOf(t *testing.T, f format.Formatter, derive func(slog.Handler) slog.Handler) string {
	t.Helper()
	var buf bytes.Buffer
	h := derive(format.NewHandler(&buf, f, nil))
	require.NoError(t, h.Handle(context.Background(), slog.NewRecord(time.Time{}, 0, "hi", 0)))
	return buf.String()
}

func derived(h slog.Handler) slog.Handler {
	return h.WithAttrs([]slog.Attr{appDB, slog.Int("a", 1)}).WithGroup("g").WithAttrs([]slog.Attr{slog.Int("b", 2)})
}

// A Binder may return one of our formatters without binding it.
func TestABinderMayLeaveAFormatterUnbound(t *testing.T) {
	for name, f := range binders() {
		unbound := chooser{f, func(*format.Scope) format.Formatter { return f }}
		for _, derive := range []func(slog.Handler) slog.Handler{derived, func(h slog.Handler) slog.Handler { return h.WithGroup("g") }} {
			require.Equal(t, lineOf(t, f, derive), lineOf(t, unbound, derive), name)
		}
	}
}

// A Binder is asked for each handler, also if what it returned for the last one could be bound itself.
func TestABinderChoosesForEachHandler(t *testing.T) {
	for name, f := range binders() {
		other := format.MustPercent("other %(message)s", nil)
		choice := chooser{f, func(s *format.Scope) format.Formatter {
			if s.Prefix() != "" {
				return other.Bind(s)
			}
			return f.Bind(s)
		}}
		require.Equal(t, "other hi a=1 g.b=2\n", lineOf(t, choice, derived), name)
	}
}

// A handler prints what is bound to it, whatever its formatter was bound to before.
func TestAHandlerPrintsWhatIsBoundToItself(t *testing.T) {
	before := (*format.Scope)(nil).WithAttrs([]slog.Attr{slog.String("logger", "before"), slog.Int("before", 1)})
	itself := func(h slog.Handler) slog.Handler { return h }
	for name, f := range binders() {
		for _, derive := range []func(slog.Handler) slog.Handler{itself, derived} {
			require.Equal(t, lineOf(t, f, derive), lineOf(t, f.Bind(before), derive), name)
		}
	}
}
