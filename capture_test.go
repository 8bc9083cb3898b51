// SPDX-License-Identifier: MIT

package slogx_test

import (
	"bytes"
	"io"
	"log"
	"log/slog"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx"
	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/internal/testhelp"
	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/slogxtest"
	"github.com/slogx/slogx/tree"
)

// keepLog has the log package put back after the test, and lets it print to the writer.
func keepLog(t *testing.T, w io.Writer) {
	output, flags, prefix := log.Writer(), log.Flags(), log.Prefix()
	t.Cleanup(func() {
		log.SetOutput(output)
		log.SetFlags(flags)
		log.SetPrefix(prefix)
	})
	log.SetOutput(w)
}

// here returns the line that it is called from.
func here() int {
	_, _, n, _ := runtime.Caller(1)
	return n
}

func TestCaptureLogLogsUnderTheNameAtWarningWithTheCaller(t *testing.T) {
	keepLog(t, io.Discard)
	rec := slogxtest.NewRecorder(nil)
	fresh(t).Node("py.warnings").AddHandler(rec)
	defer slogx.CaptureLog("py.warnings")()
	first := here() + 1
	log.Print("Print")
	log.Printf("%s\n", "Printf")
	log.Println("Println")
	log.Default().Print("Default")
	_ = log.Output(1, "Output")
	func() { log.Print("in a closure") }()
	require.Panics(t, func() { log.Panic("Panic") })

	records := rec.Records()
	require.Len(t, records, 7)
	for i, msg := range []string{"Print", "Printf", "Println", "Default", "Output", "in a closure", "Panic"} {
		r := records[i]
		require.Equal(t, msg, r.Message)
		require.Equal(t, levels.Warning, r.Level)
		require.Equal(t, "py.warnings", r.Logger)
		require.Equal(t, "capture_test.go", filepath.Base(r.Source.File))
		require.Equal(t, first+i, r.Source.Line, msg)
		require.WithinDuration(t, time.Now(), r.Time, time.Minute)
	}
}

func TestCaptureLogKeepsTheLinesOfACallTogether(t *testing.T) {
	keepLog(t, io.Discard)
	rec := slogxtest.NewRecorder(nil)
	fresh(t).Node("").AddHandler(rec)
	defer slogx.CaptureLog("lib")()
	log.SetPrefix("lib: ")
	log.Print("one\ntwo\n\nfour\n\n")
	log.Print("")
	var got []string
	for _, r := range rec.Records() {
		got = append(got, r.Message)
	}
	require.Equal(t, []string{"lib: one\ntwo\n\nfour\n", "lib: "}, got)
}

func TestCaptureLogPutsEverythingBack(t *testing.T) {
	var out strings.Builder
	keepLog(t, &out)
	log.SetFlags(log.Lshortfile | log.Lmsgprefix)
	log.SetPrefix("p ")
	rec := slogxtest.NewRecorder(nil)
	fresh(t).Node("a").AddHandler(rec)
	restore := slogx.CaptureLog("a")
	log.Print("captured")
	inner := slogx.CaptureLog("a.b")
	log.Print("captured below")
	inner()
	log.Print("captured again")
	restore()
	log.Print("printed")
	require.Equal(t, log.Lshortfile|log.Lmsgprefix, log.Flags())
	require.Equal(t, "p ", log.Prefix())
	log.SetOutput(io.Discard)
	restore() // a second time does nothing
	require.Equal(t, io.Discard, log.Writer())
	require.Regexp(t, `^capture_test.go:\d+: p printed\n$`, out.String())
	require.Len(t, rec.Records(), 3)
	require.Equal(t, "a.b", rec.Records()[1].Logger)
}

func TestCaptureLogFollowsTheTree(t *testing.T) {
	keepLog(t, io.Discard)
	tr := fresh(t)
	defer slogx.CaptureLog("lib")()
	printed := testhelp.Stderr(t, func() { log.Print("no handler") })
	require.Equal(t, "no handler\n", printed)
	rec := slogxtest.NewRecorder(nil)
	tr.Node("").AddHandler(rec)
	tr.Node("lib").SetLevel(levels.Error)
	log.Print("not enabled")
	tr.Node("lib").SetLevel(nil)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 100 {
				log.Print("line")
			}
		})
	}
	wg.Wait()
	require.Len(t, rec.Records(), 400)
}

// A captured line would wait in slog's first handler for the lock of log, which is held while it is
// captured.
func TestACapturedLineDoesNotReachSlogsFirstHandler(t *testing.T) {
	var out bytes.Buffer
	keepLog(t, &out)
	log.SetFlags(0)
	var reported []string
	tr := tree.New(&tree.Options{OnError: func(err error) { reported = append(reported, err.Error()) }})
	defer slogx.SetDefault(tr)()
	first := slog.Default().Handler()
	require.Equal(t, "*slog.defaultHandler", reflect.TypeOf(first).String())
	tr.Node("").AddHandler(filter.NewHandler(first))
	tr.Node("apart").SetPropagate(false)
	rec := slogxtest.NewRecorder(nil)
	tr.Node("apart").AddHandler(rec)
	testhelp.InTime(t, func() {
		restore := slogx.CaptureLog("lib")
		log.Print("captured")
		restore()
		restore = slogx.CaptureLog("apart")
		log.Print("captured")
		restore()
	})
	require.Equal(t, "captured\n", out.String())
	require.Equal(t, []string{"slogx: captured line of log: not handed to slog's first handler, which prints with log"}, reported)
	require.Len(t, rec.Records(), 1)
}

// An unwilling is a handler that panics when it is asked what it is around.
type unwilling struct{ slog.Handler }

func (unwilling) Unwrap() slog.Handler { panic("no") }

func TestAHandlersPanicInUnwrapDoesNotReachWhoeverPrintsWithLog(t *testing.T) {
	keepLog(t, io.Discard)
	tr, rec := slogxtest.NewTree(t)
	defer slogx.SetDefault(tr)()
	tr.Node("lib").AddHandler(unwilling{slog.DiscardHandler})
	defer slogx.CaptureLog("lib")()
	log.Print("captured")
	require.Equal(t, []string{"captured"}, rec.Messages())
}

// What the documentation of the package says of slog.SetDefault.
func TestLinesOfLogAfterSetDefaultAreAtInfo(t *testing.T) {
	keepLog(t, io.Discard)
	defer slog.SetDefault(slog.Default())
	tr, rec := slogxtest.NewTree(t)
	defer slogx.SetDefault(tr)()
	slog.SetDefault(slogx.GetLogger(""))
	log.Print("to slog")
	defer slog.SetLogLoggerLevel(slog.SetLogLoggerLevel(slog.LevelError))
	log.Print("to slog, higher")
	defer slogx.CaptureLog("lib")()
	log.Print("captured")
	var got []string
	for _, r := range rec.Records() {
		got = append(got, levels.Name(r.Level)+" "+r.Logger+" "+r.Message)
	}
	require.Equal(t, []string{"INFO  to slog", "ERROR  to slog, higher", "WARNING lib captured"}, got)
}
