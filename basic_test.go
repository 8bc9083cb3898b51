// SPDX-License-Identifier: MIT

package slogx_test

import (
	"bytes"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx"
	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/internal/testhelp"
	"github.com/slogx/slogx/rotate"
	"github.com/slogx/slogx/slogxtest"
	"github.com/slogx/slogx/tree"
)

func TestBasicConfigPrintsInTheBasicLayoutToStderrFromWarningUp(t *testing.T) {
	fresh(t)
	got := testhelp.Stderr(t, func() {
		require.NoError(t, slogx.BasicConfig(nil))
		slogx.GetLogger("a").Info("hidden")
		slogx.GetLogger("a").Warn("shown", "k", "v")
		slogx.GetLogger("").Error("shown")
	})
	require.Equal(t, "WARNING:a:shown k=v\nERROR:root:shown\n", got)
}

func TestBasicConfigTakesWriterLayoutAndLevel(t *testing.T) {
	fresh(t)
	var out bytes.Buffer
	level := new(slog.LevelVar)
	require.NoError(t, slogx.BasicConfig(&slogx.Options{
		Writer: &out, Format: "%(asctime)s|%(levelname)s|%(message)s", DateFormat: "[%d]", Level: level,
	}))
	slogx.GetLogger("a").Info("one")
	level.Set(slog.LevelError)
	slogx.GetLogger("a").Info("hidden")
	require.Regexp(t, `^\[\d\d\]\|INFO\|one\n$`, out.String())
}

func TestBasicConfigLeavesTheLevelAloneUnlessToldOtherwise(t *testing.T) {
	fresh(t)
	slogx.Node("").SetLevel(slog.LevelDebug)
	require.NoError(t, slogx.BasicConfig(&slogx.Options{Writer: io.Discard}))
	require.Equal(t, slog.LevelDebug, slogx.Node("").Level())
}

func TestBasicConfigChangesNothingWhereTheRootHasHandlers(t *testing.T) {
	fresh(t)
	var out bytes.Buffer
	require.NoError(t, slogx.BasicConfig(&slogx.Options{Writer: &out}))
	path := filepath.Join(t.TempDir(), "app.log")
	require.NoError(t, os.WriteFile(path, []byte("kept\n"), 0o600))
	err := slogx.BasicConfig(&slogx.Options{Filename: path, Filemode: "w", Level: slog.LevelDebug})
	require.ErrorIs(t, err, slogx.ErrConfigured)
	require.Equal(t, "kept\n", read(t, path))
	require.Len(t, slogx.Node("").Handlers(), 1)
	require.Equal(t, slog.LevelWarn, slogx.Node("").Level())
}

func TestBasicConfigWithFilename(t *testing.T) {
	for _, tt := range []struct{ mode, want string }{
		{"", "old\nWARNING:a:new\n"}, {"a", "old\nWARNING:a:new\n"}, {"w", "WARNING:a:new\n"},
	} {
		t.Run("mode "+tt.mode, func(t *testing.T) {
			fresh(t)
			path := filepath.Join(t.TempDir(), "app.log")
			require.NoError(t, os.WriteFile(path, []byte("old\n"), 0o600))
			require.NoError(t, slogx.BasicConfig(&slogx.Options{Filename: path, Filemode: tt.mode}))
			slogx.GetLogger("a").Warn("new")
			require.NoError(t, slogx.Shutdown(t.Context()))
			require.Equal(t, tt.want, read(t, path))
		})
	}
}

func TestBasicConfigForceReplacesAndClosesInOneStep(t *testing.T) {
	fresh(t)
	dir := t.TempDir()
	one, two := filepath.Join(dir, "one"), filepath.Join(dir, "two")
	kept := slogxtest.NewRecorder(nil)
	require.NoError(t, slogx.BasicConfig(&slogx.Options{Filename: one}))
	log := slogx.GetLogger("a")
	log.Warn("first")
	late := slogx.Node("").Handlers()[0]
	require.NoError(t, slogx.BasicConfig(&slogx.Options{Filename: two, Force: true}))
	log.Warn("second")
	require.NoError(t, slog.New(late).Handler().Handle(t.Context(), slog.Record{Message: "late", Level: slog.LevelWarn}))
	require.Equal(t, "WARNING:a:first\nWARNING:root:late\n", read(t, one))
	require.NoError(t, slogx.BasicConfig(&slogx.Options{Handlers: []slog.Handler{kept}, Force: true}))
	log.Warn("third")
	require.Equal(t, "WARNING:a:second\n", read(t, two))
	require.Equal(t, []string{"third"}, kept.Messages())
	require.NoError(t, slogx.BasicConfig(&slogx.Options{Handlers: []slog.Handler{}, Force: true}))
	require.Empty(t, slogx.Node("").Handlers())
}

// closer counts how often it was closed.
type closer struct {
	slog.Handler
	closed int
}

func (c *closer) Close() error { c.closed++; return nil }

func TestBasicConfigForceKeepsAHandlerOpenThatIsAddedAgain(t *testing.T) {
	fresh(t)
	again, gone := &closer{Handler: slog.DiscardHandler}, &closer{Handler: slog.DiscardHandler}
	require.NoError(t, slogx.BasicConfig(&slogx.Options{Handlers: []slog.Handler{again, gone}}))
	require.NoError(t, slogx.BasicConfig(&slogx.Options{Handlers: []slog.Handler{again}, Force: true}))
	require.Equal(t, []int{0, 1}, []int{again.closed, gone.closed})
}

func TestBasicConfigRefusesWhatContradictsItselfAndChangesNothing(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "missing", "app.log")
	handlers := []slog.Handler{slog.DiscardHandler}
	for _, tt := range []struct {
		name string
		opts slogx.Options
		want string
	}{
		{"two places", slogx.Options{Writer: io.Discard, Filename: "x"}, "slogx: Writer and Filename contradict each other"},
		{"handlers and writer", slogx.Options{Writer: io.Discard, Handlers: handlers}, "slogx: Handlers and Writer contradict each other"},
		{"handlers and file", slogx.Options{Filename: "x", Handlers: handlers}, "slogx: Handlers and Filename contradict each other"},
		{"handlers and layout", slogx.Options{Format: "%(message)s", Handlers: handlers}, "slogx: Handlers and Format contradict each other"},
		{"handlers and date", slogx.Options{DateFormat: "%Y", Handlers: handlers}, "slogx: Handlers and DateFormat contradict each other"},
		{"no handler", slogx.Options{Handlers: []slog.Handler{nil}}, "slogx: Handlers: nil handler"},
		{"rotation without file", slogx.Options{Rotate: &rotate.Options{}}, "slogx: Rotate without Filename"},
		{"handlers and rotation", slogx.Options{Rotate: &rotate.Options{}, Handlers: handlers}, "slogx: Handlers and Rotate contradict each other"},
		{"bad rotation", slogx.Options{Filename: missing, Rotate: &rotate.Options{When: "W7"}}, "W7"},
		{"emptied and rotated", slogx.Options{Filename: missing, Filemode: "w", Rotate: &rotate.Options{MaxBytes: 1}}, "Truncate"},
		{"mode without file", slogx.Options{Filemode: "a"}, `slogx: Filemode "a" without Filename`},
		{"unknown mode", slogx.Options{Filename: "x", Filemode: "r"}, `slogx: Filemode "r": neither "a" nor "w"`},
		{"bad layout", slogx.Options{Filename: missing, Format: "%(levelname"}, `slogx: Format: format: "%(levelname" at byte 0`},
		{"missing directory", slogx.Options{Filename: missing}, "rotate: open " + missing},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fresh(t)
			tt.opts.Level = slog.LevelDebug
			err := slogx.BasicConfig(&tt.opts)
			require.ErrorContains(t, err, tt.want)
			require.Empty(t, slogx.Node("").Handlers())
			require.Equal(t, slog.LevelWarn, slogx.Node("").Level())
		})
	}
	_, err := os.Stat("x")
	require.ErrorIs(t, err, os.ErrNotExist)
}

func TestBasicConfigReportsAllContradictionsAtOnce(t *testing.T) {
	err := slogx.BasicConfig(&slogx.Options{Writer: io.Discard, Filename: "x", Filemode: "z"})
	require.ErrorContains(t, err, "contradict")
	require.ErrorContains(t, err, "neither")
}

func TestALayoutErrorTellsThePosition(t *testing.T) {
	var syntax *format.SyntaxError
	require.ErrorAs(t, slogx.BasicConfig(&slogx.Options{Format: "%(message)s %(name)"}), &syntax)
	require.Equal(t, 19, syntax.Pos)
}

func TestBasicConfigFromManyGoroutinesAddsOneHandler(t *testing.T) {
	fresh(t)
	done := make(chan error)
	for range 16 {
		go func() { done <- slogx.BasicConfig(&slogx.Options{Writer: io.Discard}) }()
	}
	configured := 0
	for range 16 {
		if err := <-done; err != nil {
			require.ErrorIs(t, err, slogx.ErrConfigured)
			configured++
		}
	}
	require.Equal(t, 15, configured)
	require.Len(t, slogx.Node("").Handlers(), 1)
}

func TestBasicConfigAppliesTheLevelsOfTheEnvironment(t *testing.T) {
	tr := fresh(t)
	t.Setenv("SLOGX_LEVELS", "error,app.db=debug")
	var out bytes.Buffer
	require.NoError(t, slogx.BasicConfig(&slogx.Options{Writer: &out, Level: slog.LevelInfo}))
	require.Equal(t, "ERROR,app.db=DEBUG", slogx.Levels())
	tr.Logger("app").Warn("hidden")
	tr.Logger("app.db.pool").Debug("shown")
	require.Equal(t, "DEBUG:app.db.pool:shown\n", out.String())

	t.Setenv("SLOGX_LEVELS", "trace")
	require.ErrorIs(t, slogx.BasicConfig(nil), slogx.ErrConfigured)
	require.Equal(t, "ERROR,app.db=DEBUG", slogx.Levels(), "BasicConfig changed something")
}

func TestAMistakeInTheEnvironmentIsReportedAndStopsNothing(t *testing.T) {
	var reported []error
	tr := tree.New(&tree.Options{OnError: func(err error) { reported = append(reported, err) }})
	defer slogx.SetDefault(tr)()
	t.Setenv("SLOGX_LEVELS", "app=debug,lib=eror")
	var out bytes.Buffer
	require.NoError(t, slogx.BasicConfig(&slogx.Options{Writer: &out, Level: slog.LevelWarn}))
	require.Len(t, reported, 1)
	require.EqualError(t, reported[0], `slogx: environment variable SLOGX_LEVELS: `+
		`tree: levels "app=debug,lib=eror" at byte 14: levels: level "eror": unknown name; did you mean ERR or ERROR?`)
	slogx.GetLogger("app").Warn("shown")
	require.Equal(t, "WARNING:app:shown\n", out.String())
	require.Equal(t, "WARNING", slogx.Levels())
}
