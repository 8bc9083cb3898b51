// SPDX-License-Identifier: MIT

package slogx_test

import (
	"io"
	"log/slog"
	"math"
	"testing"

	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/internal/testhelp"
	"github.com/slogx/slogx/slogxtest"
	"github.com/slogx/slogx/tree"
)

// TestFormattersConformInATree runs the conformance kit on what each formatter prints of the records of a named
// logger: by a handler of its own node, and by one of the root.
func TestFormattersConformInATree(t *testing.T) {
	for name, f := range map[string]struct {
		formatter format.Formatter
		parse     func([]byte) (map[string]any, error)
	}{
		"percent": {format.MustPercent("%(asctime)s\x00%(levelname)s\x00%(msg)r\x00%(attrs)s", nil), testhelp.ReprParts},
		"brace":   {format.MustBrace("{asctime}\x00{levelname}\x00{msg!r}\x00{attrs}", nil), testhelp.ReprParts},
		"dollar":  {format.MustDollar("$asctime\x00$levelname\x00$msg\x00$attrs", nil), testhelp.PlainParts},
		"json":    {format.JSON(nil), parseNamedJSON},
	} {
		for _, at := range []string{"tested.child", ""} {
			t.Run(name+" at "+at, func(t *testing.T) {
				slogxtest.TestHandler(t, slogxtest.Target{
					New: func(w io.Writer) slog.Handler {
						tr := tree.New(&tree.Options{Level: slog.Level(math.MinInt), OnError: func(error) {}})
						tr.Node(at).AddHandler(format.NewHandler(w, f.formatter, nil))
						return tr.Node("tested.child").Handler()
					},
					Parse: f.parse,
					Level: math.MinInt,
				})
			})
		}
	}
}

// parseNamedJSON parses a line without the name that the tree has bound.
func parseNamedJSON(written []byte) (map[string]any, error) {
	line, err := slogxtest.ParseJSON(written)
	if line[tree.NameKey] == "tested.child" {
		delete(line, tree.NameKey)
	}
	return line, err
}
