// SPDX-License-Identifier: MIT

package slogx_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx"
	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/internal/testhelp"
	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/tree"
)

// fresh makes a new tree the default one for a test, with a root at WARNING as the process's has.
func fresh(t *testing.T) *tree.Tree {
	tr := tree.New(&tree.Options{Level: slog.LevelWarn, OnError: func(err error) { t.Error(err) }})
	t.Cleanup(slogx.SetDefault(tr))
	return tr
}

func read(t *testing.T, path string) string {
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(text)
}

func TestTheDefaultTreeIsTheProcesss(t *testing.T) {
	require.Same(t, tree.Default(), slogx.Default())
	require.Same(t, tree.Default().Logger("a.b"), slogx.GetLogger("a.b"))
	require.Same(t, tree.Default().Node("a.b"), slogx.Node("a.b"))
	require.Same(t, slogx.GetLogger(""), slogx.GetLogger("root"))
	require.Equal(t, levels.Warning, slogx.Node("").EffectiveLevel())
}

func TestSetDefaultDecidesForLaterCallsAndRestores(t *testing.T) {
	old, kept := slogx.Default(), slogx.GetLogger("kept")
	one, two := tree.New(nil), tree.New(nil)
	restoreOld := slogx.SetDefault(one)
	restoreOne := slogx.SetDefault(two)
	require.Same(t, two.Logger("kept"), slogx.GetLogger("kept"))
	require.NotSame(t, kept, slogx.GetLogger("kept"))
	restoreOne()
	require.Same(t, one, slogx.Default())
	slogx.SetDefault(nil)
	require.Same(t, tree.Default(), slogx.Default())
	restoreOld()
	require.Same(t, old, slogx.Default())
}

func TestAfterShutdownLinesGoToTheLastResort(t *testing.T) {
	fresh(t)
	path := filepath.Join(t.TempDir(), "app.log")
	require.NoError(t, slogx.BasicConfig(&slogx.Options{Filename: path}))
	log := slogx.GetLogger("a").With("k", 1)
	log.Warn("before")
	got := testhelp.Stderr(t, func() {
		require.NoError(t, slogx.Shutdown(t.Context()))
		log.Warn("after")
		log.Info("too low")
		require.NoError(t, slogx.Shutdown(t.Context()))
	})
	require.Equal(t, "after k=1\n", got)
	require.Equal(t, "WARNING:a:before k=1\n", read(t, path))
	require.NoError(t, slogx.BasicConfig(&slogx.Options{Filename: path}))
	log.Warn("again")
	require.Equal(t, "WARNING:a:before k=1\nWARNING:a:again k=1\n", read(t, path))
}

func TestDisableHoldsForTheDefaultTree(t *testing.T) {
	tr := fresh(t)
	slogx.Disable(slog.LevelError)
	require.False(t, tr.Logger("a").Enabled(t.Context(), slog.LevelError))
	slogx.Disable(nil)
	require.True(t, tr.Logger("a").Enabled(t.Context(), slog.LevelError))
}

func TestErrAndStackCostNothingWhereTheCallIsDisabled(t *testing.T) {
	log, err, ctx := tree.New(nil).Logger("a"), fmt.Errorf("wrapped: %w", io.EOF), t.Context()
	require.Zero(t, testing.AllocsPerRun(100, func() {
		log.LogAttrs(ctx, slog.LevelDebug, "m", slogx.Err(err), slogx.Stack())
	}))
}

func TestErrPrintsErrorAndStackOnTheLinesAfterTheRecord(t *testing.T) {
	fresh(t)
	var out bytes.Buffer
	require.NoError(t, slogx.BasicConfig(&slogx.Options{Writer: &out, Format: "%(message)s."}))
	log := slogx.GetLogger("a")
	log.Error("m", "k", 1, slogx.Err(errors.New("boom\nERROR:root:forged")))
	lines := strings.Split(out.String(), "\n")
	require.Equal(t, "m k=1.", lines[0])
	require.Equal(t, `  error: boom`, lines[1])
	require.Equal(t, `  ERROR:root:forged`, strings.Replace(lines[2], "    ", "  ", 1))
	require.Contains(t, out.String(), "slogx_test.TestErrPrintsErrorAndStackOnTheLinesAfterTheRecord\n")
	out.Reset()
	log.Error("m", slogx.Err(nil), "k", 1)
	log.Error("m", slog.Any("err", io.EOF))
	require.Equal(t, "m k=1.\nm err=EOF.\n", out.String())
	out.Reset()
	log.Error("m", slogx.Stack())
	require.Regexp(t, `^m\.\n  stack:\n    \S+slogx_test\.TestErrPrints`, out.String())
}

func TestForeignHandlersPrintErrAsAnAttribute(t *testing.T) {
	tr := tree.New(nil)
	var out bytes.Buffer
	tr.Node("").AddHandler(slog.NewJSONHandler(&out, nil))
	tr.Logger("a").Error("m", slogx.Err(io.EOF))
	require.Contains(t, out.String(), `"exc_info":"EOF"`)
}

// chatty is a formatter that logs for each record.
type chatty struct{ log *slog.Logger }

func (c chatty) Append(dst []byte, r *format.Record) []byte {
	c.log.Info("formatting " + r.Message)
	return append(dst, r.Message...)
}

func TestAFormatterThatLogsThroughItsTreeComesToAnEnd(t *testing.T) {
	var out bytes.Buffer
	var failed []error
	tr := tree.New(&tree.Options{OnError: func(err error) { failed = append(failed, err) }})
	tr.Node("").AddHandler(format.NewHandler(&out, chatty{tr.Logger("format")}, nil))
	tr.Logger("a").Info("m")
	require.Equal(t, "m\nformatting m\n", out.String())
	require.Len(t, failed, 1, "what is logged about the second line is refused")
}

func TestAWriterOfALayoutMayLogThroughItsTree(t *testing.T) {
	var out bytes.Buffer
	tr := tree.New(&tree.Options{OnError: func(err error) { t.Error(err) }})
	log := tr.Logger("writer")
	tr.Node("").AddHandler(format.NewHandler(writerFunc(func(p []byte) (int, error) {
		if bytes.HasPrefix(p, []byte("a:")) {
			log.Info("wrote")
		}
		return out.Write(p)
	}), format.MustPercent("%(name)s:%(message)s", nil), nil))
	tr.Logger("a").Info("m")
	require.Equal(t, "a:m\nwriter:wrote\n", out.String())
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// hours counts the bubbles in which errors are printed: in each of them the clock starts anew,
// and at most a line a second is printed.
var hours int

func TestAnErrorHasOneWayOut(t *testing.T) {
	full := writerFunc(func([]byte) (int, error) { return 0, errors.New("disk full") })
	layout := format.MustPercent("%(message)s %(user)s", nil)
	for _, tt := range []struct {
		name string
		own  bool // the handler has an OnError
		tree bool // the tree has one
		want string
	}{
		{"to the handler's", true, true, "own: format: field; own: format: write: disk full"},
		{"to the handler's alone", true, false, "own: format: field; own: format: write: disk full"},
		{"to the tree's", false, true, "tree: format: field; tree: format: write: disk full"},
		{"to stderr", false, false, "stderr: format: field"}, // and one suppressed, as a line a second is printed
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			take := func(who string, set bool) func(error) {
				if !set {
					return nil
				}
				return func(err error) {
					text, _, _ := strings.Cut(err.Error(), " \"user\"")
					got = append(got, who+": "+text)
				}
			}
			text := testhelp.Stderr(t, func() {
				synctest.Test(t, func(t *testing.T) {
					hours++
					time.Sleep(time.Duration(hours) * time.Hour) // past what was printed before, by the same clock
					tr := tree.New(&tree.Options{OnError: take("tree", tt.tree)})
					h := format.NewHandler(full, layout, &format.HandlerOptions{OnError: take("own", tt.own)})
					tr.Node("").AddHandler(levels.NewHandler(h, nil))
					err := tr.Node("a").Handler().Handle(t.Context(), slog.Record{Message: "m"})
					require.ErrorContains(t, err, "disk full", "it is returned all the same")
				})
			})
			if text != "" {
				text, _, _ = strings.Cut(strings.TrimPrefix(text, "slogx: "), " \"user\"")
				got = append(got, "stderr: "+text)
			}
			require.Equal(t, tt.want, strings.Join(got, "; "))
		})
	}
}

func TestLoggingConfiguresNothing(t *testing.T) {
	fresh(t)
	require.Equal(t, "m\n", testhelp.Stderr(t, func() { slogx.GetLogger("").Warn("m") }))
	require.Empty(t, slogx.Node("").Handlers())
}

func TestSetLevelsAndLevelsAreThoseOfTheDefaultTree(t *testing.T) {
	tr := fresh(t)
	require.NoError(t, slogx.SetLevels("info,a=debug"))
	require.Equal(t, "INFO,a=DEBUG", slogx.Levels())
	require.Equal(t, "INFO,a=DEBUG", tr.Levels())
	require.Error(t, slogx.SetLevels("a=x"))
}
