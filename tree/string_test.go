// SPDX-License-Identifier: MIT

package tree_test

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/levels"
)

func TestStringIsAPictureOfTheTree(t *testing.T) {
	tr := newTree(t)
	sink := named{newRecorder(nil), "sink"}
	tr.Disable(levels.Debug)
	tr.Node("").AddHandler(sink)
	tr.Node("").AddHandler(slog.DiscardHandler)
	tr.Node("app").SetLevel(levels.Debug)
	tr.Node("app.db").SetPropagate(false)
	tr.Node("app.db").AddHandler(levels.NewHandler(sink, levels.Error))
	tr.Node("app.db").AddFilter(filter.Name("app"))
	tr.Node("app.db.pool").SetDisabled(true)
	tr.Node("app.web.http").SetLevel(levels.Error)
	tr.Node("app.web.http").AddFilter(dropping("m"))
	tr.Node("lib\nforged WARNING").AddHandler(named{newRecorder(nil), "two\nlines"})
	tr.Node("lib.x")
	require.Equal(t, `disabled: DEBUG and below
root INFO
│  handler sink
│  handler slog.discardHandler
├─ app DEBUG
│  ├─ app.db (DEBUG), propagate off
│  │  │  filter Name("app")
│  │  │  handler levels.Handler(ERROR) > sink
│  │  └─ app.db.pool (DEBUG), disabled
│  └─ app.web.http ERROR
│        filter filter.Func
├─ "lib\nforged WARNING" (INFO)
│     handler tree_test.named
└─ lib.x (INFO)
`, tr.String())
}

func TestStringQuotesHostileNames(t *testing.T) {
	tr := newTree(t)
	names := []string{"\n", "\x1b[2J", "a\r", "\u202eb", "\xff\x9b", "nul\x00", "\u2028", "\ttab"}
	for _, name := range names {
		tr.Node(name)
	}
	text := tr.String()
	require.Equal(t, len(names)+1, strings.Count(text, "\n"), text)
	for _, forbidden := range []string{"\x1b", "\r", "\u202e", "\xff", "\x9b", "\x00", "\u2028"} {
		require.NotContains(t, text, forbidden, fmt.Sprintf("%+q", forbidden))
	}
	require.Contains(t, text, `"\n" (INFO)`)
}
