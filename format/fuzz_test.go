// SPDX-License-Identifier: MIT

package format_test

import (
	"errors"
	"log/slog"
	"strings"
	"testing"

	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/internal/record"
	"github.com/stretchr/testify/require"
)

// FuzzPercentNeverPanics compiles any layout, and formats any record with what compiles.
func FuzzPercentNeverPanics(f *testing.F) {
	for _, layout := range []string{
		format.Basic, "", "%", "%(a", "%(x)#+08.3e%%", "%(message)-8.3s%(attrs)r", "%(created)F%(lineno)c%(x)a%(x.y)d", "%(message)*s", "%(b)a%(b)d%(b)s",
	} {
		f.Add(layout, "hi", "x", "value", int64(7), 1.5)
	}
	f.Fuzz(func(t *testing.T, layout, msg, key, value string, i int64, x float64) {
		fuzzLayout(t, format.Percent, layout, msg, key, value, i, x)
	})
}

// fuzzLayout fails if the layout panics, or a line that it prints is not one line.
func fuzzLayout(t *testing.T, compile func(string, *format.Options) (*format.Layout, error), layout, msg, key, value string, i int64, x float64) {
	l, err := compile(layout, utc)
	if err != nil {
		var syntax *format.SyntaxError
		require.ErrorAs(t, err, &syntax)
		require.LessOrEqual(t, syntax.Pos, len(layout))
		return
	}
	r := &format.Record{Record: slog.NewRecord(theTime, slog.Level(i), msg, pcAtLine42())}
	r.AddAttrs(slog.String(key, value), slog.Int64("i", i), slog.Float64("x", x), slog.Float64(msg, x), slog.Group(key, slog.Any(msg, errors.New(value))),
		slog.Any("x", map[string]any{key: value, value: []any{i, x, nil, true}}), slog.Any("b", []byte(msg)), slog.Float64("y", x), record.Err(errors.New(msg)))
	scope := (*format.Scope)(nil).WithAttrs([]slog.Attr{slog.String("logger", value)}).WithGroup(key).WithAttrs([]slog.Attr{slog.String(value, key)})
	for _, s := range []*format.Scope{nil, scope} {
		r.Scope, r.Logger = s, s.Logger()
		got := string(l.Bind(s).Append(nil, r))
		require.Equal(t, got, string(l.Append(nil, r)), "bound and unbound")
		line, block, found := strings.Cut(got, "\n  error: ")
		require.True(t, found)
		literal := strings.Count(layout, "\n")
		require.LessOrEqual(t, strings.Count(line, "\n"), literal)
		for _, more := range strings.Split(block, "\n")[1:] {
			require.True(t, strings.HasPrefix(more, "    "))
		}
	}
}
