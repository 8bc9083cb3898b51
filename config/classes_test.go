// SPDX-License-Identifier: MIT

package config_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/config"
	"github.com/slogx/slogx/internal/testhelp"
	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/tree"
)

// inDir returns a text with DIR replaced by a directory's path.
func inDir(text, dir string) string { return strings.ReplaceAll(text, "DIR", filepath.ToSlash(dir)) }

// filesOf returns what the files of a directory hold, by their names.
func filesOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, e := range testhelp.ReadDir(t, dir) {
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		require.NoError(t, err)
		all[e.Name()] = string(text)
	}
	return all
}

// logThrough applies a document with a handler h on the root, has f log, and closes all.
func logThrough(t *testing.T, handler string, f func(tr *tree.Tree)) {
	t.Helper()
	tr := newTree(t)
	apply(t, tr, "version: 1\nhandlers: {h: "+handler+"}\nroot: {level: NOTSET, handlers: [h]}\n")
	f(tr)
	require.NoError(t, tr.Shutdown(context.Background()))
}

func threeLines(tr *tree.Tree) {
	for i := range 3 {
		tr.Logger("a").Info(fmt.Sprint("line ", i), "k", "v")
	}
}

func TestEachHandlerClassWritesWhatItIsGiven(t *testing.T) {
	const lines = "line 0 k=v\nline 1 k=v\nline 2 k=v\n"
	for i, tt := range []struct {
		handler string
		want    map[string]string
	}{
		{`{class: logging.NullHandler}`, map[string]string{"old": "old\n"}},
		{`{class: slogx.Discard}`, map[string]string{"old": "old\n"}},
		{`{class: logging.FileHandler, filename: DIR/a}`, map[string]string{"old": "old\n", "a": lines}},
		{`{class: FileHandler, filename: DIR/old}`, map[string]string{"old": "old\n" + lines}},
		{`{class: logging.FileHandler, filename: DIR/old, mode: w}`, map[string]string{"old": lines}},
		{`{class: logging.FileHandler, filename: DIR/old, mode: w, delay: true, encoding: UTF-8, errors: backslashreplace}`, map[string]string{"old": lines}},
		{`{(): logging.FileHandler, ".": {filename: DIR/old, mode: w}}`, map[string]string{"old": lines}},
		{`{class: logging.handlers.WatchedFileHandler, filename: DIR/old}`, map[string]string{"old": "old\n" + lines}},
		{`{class: handlers.WatchedFileHandler, filename: DIR/old, mode: w}`, map[string]string{"old": lines}},
		{`{class: logging.handlers.RotatingFileHandler, filename: DIR/old}`, map[string]string{"old": "old\n" + lines}},
		{`{class: logging.handlers.RotatingFileHandler, filename: DIR/old, mode: w}`, map[string]string{"old": lines}},
		{ // as in Python, w is a where the file is rotated
			`{class: logging.handlers.RotatingFileHandler, filename: DIR/old, mode: w, maxBytes: 24, backupCount: 2}`,
			map[string]string{"old": "line 1 k=v\nline 2 k=v\n", "old.1": "old\nline 0 k=v\n"},
		},
		{
			`{class: logging.handlers.RotatingFileHandler, filename: DIR/a, maxBytes: 12, backupCount: 1}`,
			map[string]string{"old": "old\n", "a": "line 2 k=v\n", "a.1": "line 1 k=v\n"},
		},
		{`{class: logging.handlers.RotatingFileHandler, filename: DIR/a, maxBytes: 12}`, map[string]string{"old": "old\n", "a": lines}},
		{
			`{class: slogx.rotate.File, filename: DIR/b/a, dirMode: "0755", header: top, maxBytes: 16, backupCount: 9}`,
			map[string]string{"old": "old\n"},
		},
		{`{class: slogx.rotate.File, filename: DIR/old, onOpen: true, backupCount: 3}`, map[string]string{"old": lines, "old.1": "old\n"}},
		{`{class: logging.FileHandler, filename: "DIR/a-{pid}"}`, map[string]string{"old": "old\n", fmt.Sprint("a-", os.Getpid()): lines}},
		{`{class: logging.FileHandler, filename: "DIR/{logger}.{pid}"}`, map[string]string{"old": "old\n", fmt.Sprint("a.", os.Getpid()): lines}},
	} {
		t.Run(fmt.Sprint(i), func(t *testing.T) { // the name is part of the directory's
			dir := t.TempDir()
			put(t, filepath.Join(dir, "old"), "old\n")
			logThrough(t, inDir(tt.handler, dir), threeLines)
			if sub := filepath.Join(dir, "b"); strings.Contains(tt.handler, "DIR/b/") {
				require.Equal(t, map[string]string{"a": "top\nline 2 k=v\n", "a.1": "top\nline 1 k=v\n", "a.2": "top\nline 0 k=v\n"}, filesOf(t, sub))
				require.NoError(t, os.RemoveAll(sub))
			}
			require.Equal(t, tt.want, filesOf(t, dir), tt.handler)
		})
	}
}

func TestStreamsAreThoseOfTheMomentOfApply(t *testing.T) {
	for _, handler := range []string{
		`{class: logging.StreamHandler}`, `{class: logging.StreamHandler, stream: "ext://sys.stderr"}`, `{class: StreamHandler, stream: null}`,
		`{class: slogx.format.Stream, stream: "ext://sys.__stderr__"}`,
	} {
		c := parsed(t, "version: 1\nhandlers: {h: "+handler+"}\nroot: {handlers: [h]}\n")
		for range 2 {
			require.Equal(t, "boo\n", testhelp.Stderr(t, func() {
				tr := newTree(t)
				require.NoError(t, c.Apply(tr))
				tr.Logger("").Error("boo")
			}), handler)
		}
	}
}

func TestAConsoleIsPlainWhereThereIsNoTerminal(t *testing.T) {
	got := testhelp.Stderr(t, func() {
		logThrough(t, `{class: slogx.format.Console, noColor: true, level: ERROR}`, func(tr *tree.Tree) {
			tr.Logger("a").Warn("below its level")
			tr.Logger("a").Error("boo", "k", 1)
		})
	})
	require.Equal(t, "ERROR:a:boo k=1\n", got)
}

func TestEveryWayToSayUTF8(t *testing.T) {
	for _, encoding := range []string{"utf-8", "UTF8", "utf_8", "Utf-8", "u8", "utf", "locale", `""`, "null"} {
		_, err := config.Parse([]byte("version: 1\nhandlers: {h: {class: logging.FileHandler, filename: a, encoding: "+encoding+"}}\n"), ".yaml")
		require.NoError(t, err, encoding)
	}
	for _, encoding := range []string{"latin-1", "utf-16", "cp1252", "gbk", "ascii"} {
		_, err := config.Parse([]byte("version: 1\nhandlers: {h: {class: logging.FileHandler, filename: a, encoding: "+encoding+"}}\n"), ".yaml")
		require.EqualError(t, err, fmt.Sprintf("config: handlers.h.encoding (line 2): %q: files are written in UTF-8, and in no other encoding", encoding))
	}
	dir := t.TempDir()
	logThrough(t, inDir(`{class: logging.FileHandler, filename: DIR/日志.log, encoding: utf-8}`, dir), func(tr *tree.Tree) { tr.Logger("").Info("中文") })
	require.Equal(t, map[string]string{"日志.log": "中文\n"}, filesOf(t, dir))
}

func TestDelayOpensWithTheFirstLine(t *testing.T) {
	dir := t.TempDir()
	logThrough(t, inDir(`{class: logging.FileHandler, filename: DIR/a, delay: yes}`, dir), func(tr *tree.Tree) {
		require.Empty(t, filesOf(t, dir))
		tr.Logger("").Info("m")
		require.Equal(t, map[string]string{"a": "m\n"}, filesOf(t, dir))
	})
}

func TestAWatchedFileIsOpenedAnew(t *testing.T) {
	if os.PathSeparator == '\\' {
		t.Skip("Windows renames no open file")
	}
	dir := t.TempDir()
	logThrough(t, inDir(`{class: logging.handlers.WatchedFileHandler, filename: DIR/a}`, dir), func(tr *tree.Tree) {
		tr.Logger("").Info("one")
		require.NoError(t, os.Rename(filepath.Join(dir, "a"), filepath.Join(dir, "b")))
		tr.Logger("").Info("two")
	})
	require.Equal(t, map[string]string{"a": "two\n", "b": "one\n"}, filesOf(t, dir))
}

func TestTimedFilesAreCutAndNamedAsInPython(t *testing.T) {
	here := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).Local()
	for i, tt := range []struct{ arguments, want string }{
		{`when: S`, "a a." + here.Format("2006-01-02_15-04-05")},
		{`when: h, utc: true`, "a a.2000-01-01_00"},
		{`when: midnight, utc: on`, "a a.2000-01-01"},
		{`when: midnight, utc: on, atTime: "12:30"`, "a a.1999-12-31"},
		{`when: MIDNIGHT, utc: on, suffix: "%Y%m%d.log"`, "a a.20000101.log"},
		{`when: D, interval: 3, utc: on`, "a"},
		{`when: W0, utc: on`, "a"},
		{`when: W5, utc: on`, "a a.1999-12-26"},
		{`utc: on, ".": {suffix: "%Y-%m-%dT%H"}`, "a a.2000-01-01T00"},
	} {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			dir := t.TempDir()
			synctest.Test(t, func(t *testing.T) { // it is midnight, a Saturday
				logThrough(t, inDir(`{class: logging.handlers.TimedRotatingFileHandler, filename: DIR/a, delay: yes, `+tt.arguments+`}`, dir), func(tr *tree.Tree) {
					tr.Logger("").Info("one")
					time.Sleep(25 * time.Hour)
					tr.Logger("").Info("two")
				})
			})
			var names []string
			for name := range filesOf(t, dir) {
				names = append(names, name)
			}
			require.ElementsMatch(t, strings.Fields(tt.want), names, tt.arguments)
		})
	}
}

// formatted returns the line that a formatter of a document makes of a record.
func formatted(t *testing.T, entry string) string {
	t.Helper()
	dir := t.TempDir()
	tr := newTree(t)
	apply(t, tr, inDir("version: 1\nformatters: {f: "+entry+"}\nhandlers: {h: {class: logging.FileHandler, filename: DIR/a, formatter: f}}\n"+
		"root: {level: NOTSET, handlers: [h]}\n", dir))
	tr.Logger("app.db").Log(t.Context(), levels.Warning, "slow", "user", "bo", "err", errors.New("no"))
	require.NoError(t, tr.Shutdown(context.Background()))
	return strings.TrimSuffix(filesOf(t, dir)["a"], "\n")
}

func TestLayoutsInEachStyle(t *testing.T) {
	for _, tt := range []struct{ formatter, want string }{
		{`{}`, `^slow user=bo err=no$`},
		{`{format: null}`, `^slow user=bo err=no$`},
		{`{style: "{"}`, `^slow user=bo err=no$`},
		{`{style: $}`, `^slow user=bo err=no$`},
		{`{format: "%(levelname)-8s|%(name)s|%(message)s"}`, `^WARNING |app\.db|slow user=bo err=no$`},
		{`{fmt: "%(msg)s"}`, `^slow$`},
		{`{format: "{levelname:>8}|{msg}", style: "{"}`, `^ WARNING\|slow$`},
		{`{format: "${levelname} $msg $$", style: "$"}`, `^WARNING slow \$$`},
		{`{format: "%(user)s %(ip)s", defaults: {ip: "-", user: x}}`, `^bo -$`},
		{`{format: "{asctime} {msg}", style: "{", datefmt: "%Y"}`, `^\d{4} slow$`},
		{`{format: "%(asctime)s"}`, `^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}$`},
		{`{format: "%(asctime)s", ".": {default_msec_format: "%s.%03d"}}`, `^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$`},
		{`{format: "%(asctime)s", ".": {default_msec_format: null}}`, `^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$`},
		{`{format: "%(asctime)s", ".": {default_time_format: "%H"}}`, `^\d\d,\d{3}$`},
		{`{format: "%(asctime)s", ".": {default_time_format: "%H", default_msec_format: null}}`, `^\d\d$`},
		{`{format: "%(asctime)s", datefmt: "%Y", ".": {default_time_format: "%H", default_msec_format: "%03d%s"}}`, `^\d{4}$`},
		{`{format: "%(asctime)s", ".": {default_time_format: "%H", default_msec_format: "%03d.%s"}}`, `^\d{3}\.\d\d$`},
		{`{format: "%(asctime)s", datefmt: "%Z", converter: "ext://time.gmtime"}`, `^UTC$`},
		{`{format: "%(asctime)s", datefmt: "%Z", ".": {converter: "ext://time.gmtime"}}`, `^UTC$`},
		{`{class: logging.Formatter, format: "%(message)s", validate: false}`, `^slow user=bo err=no$`},
		{`{(): logging.Formatter, fmt: "%(msg)s"}`, `^slow$`},
		{`{(): slogx.format.Percent, layout: "%(asctime)s %(msg)s", dateFormat: "%Z", location: UTC}`, `^UTC slow$`},
		{`{(): slogx.format.Brace, layout: "{msg} {ip}", defaults: {ip: "\e"}}`, `^slow \\x1b$`},
		{`{(): slogx.format.Dollar, layout: "$msg $ip", defaults: {ip: "\e"}, raw: true}`, "^slow \x1b$"},
		{`{(): slogx.format.Percent}`, `^slow user=bo err=no$`},
	} {
		require.Regexp(t, regexp.MustCompile(tt.want), formatted(t, tt.formatter), tt.formatter)
	}
}
