// SPDX-License-Identifier: MIT

package slogx_test

import (
	"bytes"
	"io"
	"log/slog"
	"path/filepath"
	"testing"

	"github.com/slogx/slogx"
	"github.com/slogx/slogx/internal/testhelp"
	"github.com/stretchr/testify/require"
)

func TestBasicConfigTakesLayoutsOfEachStyle(t *testing.T) {
	for _, tt := range []struct{ style, layout, want string }{
		{"", "%(levelname)-8s|%(message)s", "WARNING |hi k=v\n"},
		{"%", "%(levelname)-8s|%(message)s", "WARNING |hi k=v\n"},
		{"{", "{levelname:<8}|{message}", "WARNING |hi k=v\n"},
		{"$", "$levelname|${k}|$message", "WARNING|v|hi\n"},
		{"{", "", "WARNING:a:hi k=v\n"},
		{"$", "", "WARNING:a:hi k=v\n"},
	} {
		fresh(t)
		var out bytes.Buffer
		require.NoError(t, slogx.BasicConfig(&slogx.Options{Writer: &out, Format: tt.layout, Style: tt.style}))
		slogx.GetLogger("a").Warn("hi", "k", "v")
		require.Equal(t, tt.want, out.String(), tt.style+tt.layout)
	}
}

func TestBasicConfigHasABasicLayoutInEachStyle(t *testing.T) {
	for _, style := range []string{"", "%", "{", "$"} {
		fresh(t)
		got := testhelp.Stderr(t, func() {
			require.NoError(t, slogx.BasicConfig(&slogx.Options{Style: style, DateFormat: "%Y"})) // so that there is a layout on terminals, too
			slogx.GetLogger("a").Warn("hi", "k", "v")
		})
		require.Equal(t, "WARNING:a:hi k=v\n", got, style)
	}
}

func TestBasicConfigRefusesStylesAndLayoutsThatAreNone(t *testing.T) {
	for _, tt := range []struct {
		name string
		opts slogx.Options
		want string
	}{
		{"no style", slogx.Options{Style: "x"}, `slogx: Style "x": neither "%", "{" nor "$"`},
		{"two styles", slogx.Options{Style: "{$", Format: "{message}"}, `slogx: Style "{$": neither "%", "{" nor "$"`},
		{"handlers and style", slogx.Options{Style: "{", Handlers: []slog.Handler{slog.DiscardHandler}}, "slogx: Handlers and Style contradict each other"},
		{"layout of another style", slogx.Options{Format: "{message}"}, `slogx: Format: format: "{message}" at byte 0: no field`},
		{"bad brace", slogx.Options{Style: "{", Format: "{message"}, `slogx: Format: format: "{message" at byte 0: unclosed field`},
		{"bad dollar", slogx.Options{Style: "$", Format: "a $"}, `slogx: Format: format: "a $" at byte 2: dollar sign without a name`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fresh(t)
			if tt.opts.Handlers == nil {
				tt.opts.Filename = filepath.Join(t.TempDir(), "app.log")
			}
			require.ErrorContains(t, slogx.BasicConfig(&tt.opts), tt.want)
			require.Empty(t, slogx.Node("").Handlers())
			if tt.opts.Filename != "" {
				require.NoFileExists(t, tt.opts.Filename)
			}
		})
	}
	fresh(t)
	require.ErrorContains(t, slogx.BasicConfig(&slogx.Options{Style: "x", Filemode: "r", Writer: io.Discard}), `neither "a" nor "w"`+"\n"+`slogx: Style "x"`)
}
