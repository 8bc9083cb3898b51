// SPDX-License-Identifier: MIT

package format_test

import (
	"io"
	"log/slog"
	"math"
	"testing"

	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/internal/testhelp"
	"github.com/slogx/slogx/slogxtest"
)

// Layouts that can be read back: a NUL stands nowhere else.
var parts = map[string]struct {
	layout *format.Layout
	parse  func([]byte) (map[string]any, error)
}{
	"percent": {format.MustPercent("%(asctime)s\x00%(levelname)s\x00%(msg)r\x00%(attrs)s", nil), testhelp.ReprParts},
	"brace":   {format.MustBrace("{asctime}\x00{levelname}\x00{msg!r}\x00{attrs}", nil), testhelp.ReprParts},
	"dollar":  {format.MustDollar("$asctime\x00$levelname\x00$msg\x00$attrs", nil), testhelp.PlainParts},
}

func TestHandlerConforms(t *testing.T) {
	opts := &format.HandlerOptions{OnError: func(error) {}}
	for style, p := range parts {
		t.Run(style, func(t *testing.T) {
			slogxtest.TestHandler(t, slogxtest.Target{
				New:     func(w io.Writer) slog.Handler { return format.NewHandler(w, p.layout, opts) },
				Parse:   p.parse,
				Level:   math.MinInt,
				Options: func() any { return opts },
			})
		})
	}
}
