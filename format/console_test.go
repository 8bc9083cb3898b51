// SPDX-License-Identifier: MIT

package format_test

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"math"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/internal/record"
	"github.com/slogx/slogx/levels"
	"github.com/stretchr/testify/require"
)

// console returns what a console prints in an environment.
func console(t *testing.T, env map[string]string, opts *format.ConsoleOptions, log func(*slog.Logger)) string {
	for _, key := range []string{"FORCE_COLOR", "NO_COLOR", "TERM"} {
		t.Setenv(key, env[key])
	}
	var buf bytes.Buffer
	log(slog.New(format.NewConsole(&buf, opts)))
	return buf.String()
}

var forced = map[string]string{"FORCE_COLOR": "1"}

func TestConsoleIsPlainWhereThereIsNoTerminal(t *testing.T) {
	log := func(l *slog.Logger) { l.With("logger", "a.b").Log(t.Context(), math.MinInt32, "hi", "a", 1) }
	plain := console(t, nil, nil, log)
	require.True(t, strings.HasSuffix(plain, ":a.b:hi a=1\n"), plain)
	require.Equal(t, plain, console(t, map[string]string{"FORCE_COLOR": "0"}, nil, log))
	require.Equal(t, plain, console(t, forced, &format.ConsoleOptions{NoColor: true}, log))
	require.NotEqual(t, plain, console(t, forced, nil, log))
	require.NotEqual(t, plain, console(t, map[string]string{"FORCE_COLOR": "1", "NO_COLOR": "1", "TERM": "dumb"}, nil, log))
	require.Empty(t, console(t, forced, &format.ConsoleOptions{Level: slog.LevelWarn}, func(l *slog.Logger) { l.Info("hi") }))
}

func TestConsoleOnATerminal(t *testing.T) {
	device, err := os.OpenFile("/dev/zero", os.O_WRONLY, 0) // a character device, as terminals are
	if err != nil {
		t.Skip("no character device to take for a terminal:", err)
	}
	defer device.Close()
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	require.NoError(t, err)
	defer null.Close()
	require.Contains(t, format.NewConsole(null, nil).String(), "levelname", "nobody looks at it")
	for env, want := range map[string]bool{"": true, "NO_COLOR": false, "TERM": false} {
		for _, key := range []string{"FORCE_COLOR", "NO_COLOR", "TERM"} {
			t.Setenv(key, "")
		}
		if env != "" {
			t.Setenv(env, "dumb")
		}
		got := format.NewConsole(device, nil).String()
		require.Equal(t, want, !strings.Contains(got, "levelname"), "%s: %s", env, got)
	}
}

func TestConsoleInColourIsSafeAndComplete(t *testing.T) {
	evil := "a\x1b[31m \\x1b[0m\x7f\nb"
	got := console(t, forced, nil, func(l *slog.Logger) {
		l = l.With("logger", "a.b").WithGroup("g").With(evil, evil)
		l.Error(evil, "err", errors.New(evil), slog.Group("h", evil, []byte(evil)), record.Err(errors.New("bad")))
	})
	first, block, _ := strings.Cut(got, "\n")
	require.Contains(t, first, `a\x1b[31m \x1b[0m\x7f\nb`)
	require.Contains(t, first, "\x1b[36ma.b\x1b[0m a\\x1b[31m")
	require.NotContains(t, first, "logger")
	require.Contains(t, first, "␛[31m")
	require.Contains(t, first, `g."a␛[31m`[:2])
	require.NotContains(t, first, "\x1b[31m")
	require.NotContains(t, first, "\x1b[0m\x7f")
	require.NotContains(t, first, "exc_info")
	require.True(t, strings.HasPrefix(block, "  error: bad\n    github.com/slogx/slogx/format_test.TestConsoleInColour"), block)
}

func TestNobodysNameDrivesATerminal(t *testing.T) {
	got := console(t, forced, nil, func(l *slog.Logger) { l.With("logger", "a\x1b[2J\nb").Info("hi") })
	require.Contains(t, got, `a\x1b[2J\nb`)
	require.Equal(t, 1, strings.Count(got, "\n"))
}

func TestAConsoleReportsErrorsOfItsWriter(t *testing.T) {
	for _, force := range []string{"", "1"} {
		t.Setenv("FORCE_COLOR", force)
		var got error
		h := format.NewConsole(writerFunc(func([]byte) (int, error) { return 0, io.ErrClosedPipe }), &format.ConsoleOptions{OnError: func(err error) { got = err }})
		slog.New(h).Info("hi")
		require.ErrorIs(t, got, io.ErrClosedPipe)
		require.True(t, h.Reentrant(), "nothing of the program's is called")
	}
}

func TestAConsoleInColourDoesNotChangeWhatIsInGroups(t *testing.T) {
	newGroup := func() slog.Attr {
		return slog.Group("g", record.Err(errors.New("bad")), "a", "\x1b", slog.Group("h", "b", "\x1b"), "c", 3)
	}
	given, bound := newGroup(), newGroup()
	got := console(t, forced, nil, func(l *slog.Logger) {
		l = l.With(bound)
		l.Info("hi", given)
		l.Info("hi", given)
	})
	require.Equal(t, newGroup().String(), given.String())
	require.Equal(t, newGroup().String(), bound.String())
	require.Equal(t, 4, strings.Count(got, "\n  error: bad\n"), got)
	require.Equal(t, 4, strings.Count(got, "g.c="), got)
}

func TestColorFieldsAreThoseOfTheLevelWhereColorIsWanted(t *testing.T) {
	layout := format.MustPercent("%(log_color)s%(levelname)s%(reset)s %(message)s", nil)
	for force, want := range map[string]string{
		"": "DEBUG m\nINFO m\nNOTICE m\nWARNING m\nERROR m\nCRITICAL m\n",
		"1": "\x1b[36mDEBUG\x1b[0m m\n\x1b[32mINFO\x1b[0m m\n\x1b[32mNOTICE\x1b[0m m\n" +
			"\x1b[33mWARNING\x1b[0m m\n\x1b[31mERROR\x1b[0m m\n\x1b[1;31mCRITICAL\x1b[0m m\n",
	} {
		t.Setenv("FORCE_COLOR", force)
		var buf bytes.Buffer
		log := slog.New(format.NewHandler(&buf, layout, nil))
		for _, level := range []slog.Level{levels.Debug, levels.Info, levels.Notice, levels.Warning, levels.Error, levels.Critical} {
			log.Log(t.Context(), level, "m")
		}
		require.Equal(t, want, buf.String())
	}
	require.Equal(t, "INFO m", string(layout.Append(nil, &format.Record{Record: slog.Record{Message: "m"}})), "without a handler")
}

func TestAConsoleInColourNamesLevelsThatSlogHasNoWordFor(t *testing.T) {
	got := console(t, forced, nil, func(l *slog.Logger) {
		for _, level := range []slog.Level{levels.Trace, levels.Info, levels.Info + 1, levels.Notice, levels.Critical} {
			l.Log(t.Context(), level, "m", "level", levels.Critical)
		}
	})
	var words []string
	for _, line := range strings.Split(strings.TrimSpace(regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(got, "")), "\n") {
		words = append(words, strings.Join(strings.Fields(line)[3:5], " "))
		require.True(t, strings.HasSuffix(line, "level=ERROR+4"), line)
	}
	require.Equal(t, []string{"TRC m", "INF m", "INF+1 m", "NTC m", "CRT m"}, words)
}
