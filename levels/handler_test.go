// SPDX-License-Identifier: MIT

package levels_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/slogxtest"
)

func TestHandlerConforms(t *testing.T) {
	slogxtest.TestHandler(t, slogxtest.Target{
		New: func(w io.Writer) slog.Handler {
			return levels.NewHandler(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: levels.Trace}), levels.Debug)
		},
		Parse: slogxtest.ParseJSON,
		Level: levels.Debug,
	})
}

func TestHandlerEnabled(t *testing.T) {
	ctx := t.Context()
	var live slog.LevelVar
	live.Set(levels.Error)
	atInfo := slog.NewTextHandler(nil, nil)
	tests := []struct {
		name    string
		min     slog.Leveler
		lowest  slog.Level // that is enabled
		message string
	}{
		{"its own threshold", levels.Warning, levels.Warning, "levels.Handler(WARNING)"},
		{"the other handler's", levels.Debug, levels.Info, "levels.Handler(DEBUG)"},
		{"none", nil, levels.Info, "levels.Handler(NOTSET)"},
		{"a live one", &live, levels.Error, "levels.Handler(ERROR)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := levels.NewHandler(atInfo, tt.min)
			require.True(t, h.Enabled(ctx, tt.lowest))
			require.False(t, h.Enabled(ctx, tt.lowest-1))
			require.Equal(t, tt.message, fmt.Sprint(h))
		})
	}
}

func TestHandlerReadsItsLevelLive(t *testing.T) {
	var live slog.LevelVar
	var buf bytes.Buffer
	h := levels.NewHandler(slog.NewTextHandler(&buf, nil), &live).WithAttrs([]slog.Attr{slog.Int("a", 1)}).WithGroup("g")
	require.True(t, h.Enabled(t.Context(), levels.Info))
	live.Set(levels.Critical)
	require.False(t, h.Enabled(t.Context(), levels.Error))
	require.True(t, h.Enabled(t.Context(), levels.Critical))
	require.Zero(t, testing.AllocsPerRun(100, func() { h.Enabled(t.Context(), levels.Info) }))
}

// A stub is a handler that says whether it may be called by itself, and fails.
type stub struct {
	slog.Handler
	reentrant bool
}

var errStub = errors.New("stub")

func (s stub) Reentrant() bool                           { return s.reentrant }
func (s stub) Handle(context.Context, slog.Record) error { return errStub }

func TestHandlerHandsOn(t *testing.T) {
	inner := stub{Handler: slog.DiscardHandler}
	h := levels.NewHandler(inner, levels.Error)
	record := slog.Record{Level: levels.Debug}
	require.ErrorIs(t, h.Handle(t.Context(), record), errStub, "Handle does not look at the level")
	require.Equal(t, inner, h.(*levels.Handler).Unwrap())
	require.Same(t, h, h.WithGroup(""))
	require.Same(t, h, h.WithAttrs(nil))
	require.PanicsWithValue(t, "levels: nil handler", func() { levels.NewHandler(nil, levels.Error) })
}

// A threshold is a handler that says its threshold.
type threshold struct {
	slog.Handler
	min slog.Leveler
}

func (h threshold) Threshold() slog.Leveler { return h.min }

func TestHandlerThreshold(t *testing.T) {
	var live slog.LevelVar
	tests := []struct{ own, next, want slog.Leveler }{
		{nil, nil, nil},
		{nil, levels.Info, levels.Info},
		{levels.Info, nil, levels.Info},
		{levels.Info, levels.Warning, levels.Warning},
		{levels.Warning, levels.Info, levels.Warning},
		{&live, nil, &live},
		{nil, &live, &live},
	}
	for _, tt := range tests {
		h := levels.NewHandler(threshold{slog.DiscardHandler, tt.next}, tt.own).(*levels.Handler)
		require.Equal(t, tt.want, h.Threshold())
	}

	h := levels.NewHandler(threshold{slog.DiscardHandler, &live}, levels.Warning).(*levels.Handler)
	both := h.Threshold()
	require.Equal(t, levels.Warning, both.Level())
	live.Set(levels.Error)
	require.Equal(t, levels.Error, both.Level())

	h = levels.NewHandler(slog.DiscardHandler, levels.Info).(*levels.Handler)
	require.Equal(t, slog.Level(math.MaxInt), h.Threshold(), "the other handler says nothing")
}

func TestHandlerIsAsReentrantAsTheOther(t *testing.T) {
	tests := []struct {
		next slog.Handler
		want bool
	}{
		{slog.DiscardHandler, false},
		{stub{}, false},
		{stub{reentrant: true}, true},
		{levels.NewHandler(stub{reentrant: true}, nil), true},
	}
	for _, tt := range tests {
		require.Equal(t, tt.want, levels.NewHandler(tt.next, nil).(*levels.Handler).Reentrant())
	}
}
