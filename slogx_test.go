// SPDX-License-Identifier: MIT

package slogx_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx"
	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/internal/testhelp"
	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/rotate"
	"github.com/slogx/slogx/slogxtest"
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

func TestBasicConfigRotatesItsFile(t *testing.T) {
	fresh(t)
	dir := t.TempDir()
	require.NoError(t, slogx.BasicConfig(&slogx.Options{
		Filename: filepath.Join(dir, "app.log"), Format: "%(message)s",
		Rotate: &rotate.Options{MaxBytes: 12, BackupCount: 1},
	}))
	log := slogx.GetLogger("a")
	for _, line := range []string{"first", "second", "third"} {
		log.Warn(line)
	}
	require.NoError(t, slogx.Shutdown(t.Context()))
	require.Equal(t, "third\n", read(t, filepath.Join(dir, "app.log")))
	require.Equal(t, "second\n", read(t, filepath.Join(dir, "app.log.1")))
	require.NoFileExists(t, filepath.Join(dir, "app.log.2"))
}

func TestBasicConfigForceTakesOverItsOwnFile(t *testing.T) {
	fresh(t)
	path := filepath.Join(t.TempDir(), "app.log")
	layout := slogx.Options{Filename: path, Format: "%(message)s"}
	log := slogx.GetLogger("a")
	require.NoError(t, slogx.BasicConfig(&layout))
	log.Warn("grows")
	late := slogx.Node("").Handlers()[0]

	layout.Force, layout.Rotate = true, &rotate.Options{MaxBytes: 11, BackupCount: 2}
	require.NoError(t, slogx.BasicConfig(&layout))
	log.Warn("rotates")
	require.NoError(t, late.Handle(t.Context(), slog.Record{Message: "late", Level: slog.LevelWarn}))
	require.Equal(t, "late\n", read(t, path), "the file's new owner counts what its old one writes")
	require.Equal(t, "rotates\n", read(t, path+".1"))
	require.Equal(t, "grows\n", read(t, path+".2"))

	layout.Rotate, layout.Filemode = nil, "w"
	for range 2 {
		require.NoError(t, slogx.BasicConfig(&layout))
		log.Warn("emptied")
		require.Equal(t, "emptied\n", read(t, path))
	}
}

// broken is a codec that fails as soon as there is something to compress.
type broken struct{ used *atomic.Bool }

func (broken) Suffix() string { return ".broken" }

func (b broken) NewWriter(w io.Writer) (io.WriteCloser, error) {
	if b.used.Swap(true) {
		return nil, errors.New("out of order")
	}
	return gzip.NewWriter(w), nil
}

func TestAFilesErrorIsReportedToTheTree(t *testing.T) {
	tr := fresh(t)
	var errs []error
	tr.SetOnError(func(err error) { errs = append(errs, err) })
	path := filepath.Join(t.TempDir(), "app.log")
	require.NoError(t, slogx.BasicConfig(&slogx.Options{
		Filename: path, Rotate: &rotate.Options{MaxBytes: 10, Suffix: "%Y", Compress: broken{new(atomic.Bool)}},
	}))
	log := slogx.GetLogger("a")
	log.Warn("first")
	log.Warn("second")
	require.NoError(t, slogx.Shutdown(t.Context()))
	require.NotEmpty(t, errs)
	require.ErrorContains(t, errs[0], "rotate: "+path+": compress: ")
	require.ErrorContains(t, errs[0], "out of order")
}

// TestShutdownWaitsForARotation has what is called after a rotation log to the very handler that is closed.
func TestShutdownWaitsForARotation(t *testing.T) {
	synctest.Test(t, shutdownDuringARotation)
}

func shutdownDuringARotation(t *testing.T) {
	fresh(t)
	path := filepath.Join(t.TempDir(), "app.log")
	shutting, seen := make(chan struct{}), ""
	log := slogx.GetLogger("a")
	require.NoError(t, slogx.BasicConfig(&slogx.Options{
		Filename: path, Format: "%(message)s",
		Rotate: &rotate.Options{MaxBytes: 10, BackupCount: 1, OnRotate: func(_ context.Context, e rotate.Event) {
			<-shutting
			seen = e.Path
			log.Warn("seen")
		}},
	}))
	file := slogx.Node("").Handlers()[0]
	log.Warn("first")
	log.Warn("second")
	go func() {
		synctest.Wait() // until Shutdown waits
		close(shutting)
	}()
	slogx.Default().SetLastResort(nil)
	require.NoError(t, slogx.Shutdown(t.Context()))
	require.Equal(t, path+".1", seen)
	require.NoError(t, file.Handle(t.Context(), slog.Record{Message: "late", Level: slog.LevelWarn}))
	require.Equal(t, "second\nlate\n", read(t, path))
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

// counted counts how often it is formatted.
type counted struct{ n *int }

func (c counted) String() string { *c.n++; return "counted" }

func TestLogfFormatsOnlyIfEnabledAndNamesItsCaller(t *testing.T) {
	tr, rec := slogxtest.NewTree(t)
	log, n := tr.Logger("a"), 0
	slogx.Logf(t.Context(), log, slog.LevelInfo, "%v and %d%%", counted{&n}, 5)
	_, file, line, _ := runtime.Caller(0)
	r := rec.Take()[0]
	require.Equal(t, "counted and 5%", r.Message)
	require.Equal(t, file, r.Source.File)
	require.Equal(t, line-1, r.Source.Line)
	tr.Node("").SetLevel(slog.LevelWarn)
	slogx.Logf(t.Context(), log, slog.LevelInfo, "%v", counted{&n})
	require.Equal(t, 1, n)
	var none context.Context
	slogx.Logf(none, log, slog.LevelWarn, "no context")
	require.Equal(t, []string{"no context"}, rec.Messages())
}

//go:noinline
func helper(depth int, log *slog.Logger) {
	slogx.LogDepth(context.Background(), depth, log, slog.LevelInfo, "m", "k", "v")
}

func TestLogDepthNamesACallerFurtherUp(t *testing.T) {
	tr, rec := slogxtest.NewTree(t)
	for depth, want := range map[int]string{-1: "helper", 0: "helper", 1: "TestLogDepthNamesACallerFurtherUp", 2: "tRunner", 1000: ""} {
		helper(depth, tr.Logger("a"))
		r := rec.Take()[0]
		require.Equal(t, map[string]any{"k": "v"}, r.Values())
		if want == "" {
			require.Nil(t, r.Source)
			continue
		}
		require.True(t, strings.HasSuffix(r.Source.Function, "."+want), r.Source.Function)
	}
	tr.Node("").SetLevel(slog.LevelWarn)
	helper(0, tr.Logger("a"))
	require.Zero(t, rec.Len())
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
		`tree: levels "app=debug,lib=eror" at byte 14: levels: level "eror": unknown name, did you mean ERR or ERROR?`)
	slogx.GetLogger("app").Warn("shown")
	require.Equal(t, "WARNING:app:shown\n", out.String())
	require.Equal(t, "WARNING", slogx.Levels())
}

func TestSetLevelsAndLevelsAreThoseOfTheDefaultTree(t *testing.T) {
	tr := fresh(t)
	require.NoError(t, slogx.SetLevels("info,a=debug"))
	require.Equal(t, "INFO,a=DEBUG", slogx.Levels())
	require.Equal(t, "INFO,a=DEBUG", tr.Levels())
	require.Error(t, slogx.SetLevels("a=x"))
}
