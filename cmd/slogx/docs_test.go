// SPDX-License-Identifier: MIT

package main

import (
	"encoding/json"
	"log/slog"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/config"
)

// page returns docs/config.md, and its blocks of a language.
func page(t *testing.T, language string) (text string, blocks []string) {
	raw, err := os.ReadFile("../../docs/config.md")
	require.NoError(t, err)
	for _, m := range regexp.MustCompile("(?ms)^```(\\w+)\n(.*?)^```$").FindAllStringSubmatch(string(raw), -1) {
		if m[1] == language {
			blocks = append(blocks, m[2])
		}
	}
	return string(raw), blocks
}

func TestThePageShowsDocumentsThatLoad(t *testing.T) {
	_, yaml := page(t, "yaml")
	_, ini := page(t, "ini")
	require.Len(t, yaml, 2)
	require.Len(t, ini, 1)
	for _, text := range yaml {
		_, err := config.Parse([]byte(text), ".yaml")
		require.NoError(t, err, text)
	}
}

// sameAsGo is what the page shows as a Go map.
func sameAsGo() map[string]any {
	return map[string]any{
		"version": 1,
		"formatters": map[string]any{
			"line": map[string]any{"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
		},
		"handlers": map[string]any{
			"console": map[string]any{"class": "logging.StreamHandler", "stream": os.Stdout, "formatter": "line"},
			"file": map[string]any{
				"class": "logging.handlers.RotatingFileHandler", "filename": "app.log", "maxBytes": 10 << 20, "backupCount": 5,
				"level": "WARNING", "formatter": "line",
			},
		},
		"loggers": map[string]any{"app.db": map[string]any{"level": slog.LevelDebug, "handlers": []string{"file"}, "propagate": true}},
		"root":    map[string]any{"level": "INFO", "handlers": []string{"console"}},
	}
}

func TestThePageShowsTheSameThreeTimes(t *testing.T) {
	_, yaml := page(t, "yaml")
	_, ini := page(t, "ini")
	_, golang := page(t, "go")
	fromYAML, err := config.Parse([]byte(yaml[0]), ".yaml")
	require.NoError(t, err)
	fromINI, err := config.Parse([]byte(ini[0]), ".ini")
	require.NoError(t, err)
	fromGo, err := config.Map(sameAsGo())
	require.NoError(t, err)
	want := fromYAML.Preview().String()
	require.Contains(t, want, "handler file (maxBytes 10485760, backupCount 5) > ")
	require.Equal(t, want, fromINI.Preview().String())
	require.Equal(t, want, fromGo.Preview().String())

	source, err := os.ReadFile("docs_test.go")
	require.NoError(t, err)
	body := strings.TrimSuffix(strings.TrimPrefix(golang[1], "err := config.Apply(slogx.Default(), "), ")\n")
	require.Contains(t, strings.ReplaceAll(string(source), "\n\t", "\n"), "return "+body, "sameAsGo is not what the page shows")
}

func TestThePageNamesEveryClassAndArgument(t *testing.T) {
	text, _ := page(t, "")
	var schema struct {
		Defs map[string]struct {
			Title      string
			Properties map[string]any
		} `json:"$defs"`
	}
	require.NoError(t, json.Unmarshal(config.Schema(), &schema))
	classes := 0
	for _, class := range schema.Defs {
		if class.Title == "" {
			continue
		}
		classes++
		require.Contains(t, text, "`"+class.Title+"`")
		for name := range class.Properties {
			require.Contains(t, text, "`"+name+"`", class.Title)
		}
	}
	require.Greater(t, classes, 20)
}

func TestThePageTellsWhatBecomesOfTutorials(t *testing.T) {
	text, _ := page(t, "")
	handler := func(entry string) string {
		return "{version: 1, handlers: {h: {" + entry + "}}, root: {handlers: [h]}}"
	}
	file := func(args string) string {
		return "[loggers]\nkeys=root\n[handlers]\nkeys=h\n[formatters]\nkeys=\n[logger_root]\nhandlers=h\n[handler_h]\nclass=FileHandler\nargs=" + args
	}
	for _, tt := range []struct{ ext, document, want string }{
		{".json", "{'version': 1, # a comment\n 'root': {'level': 'INFO',},}", ""},
		{".yaml", "{version: 1, loggers: {a: {propagate: no}}}", ""},
		{".yaml", `{version: 1, formatters: {f: {format: "%(asctime)s", datefmt: "%d-%M-%Y"}}}`, ""},
		{".yaml", handler("class: logging.handlers.RotaRotatingFileHandler, filename: a"), "is no handler that is known; did you mean logging.handlers.RotatingFileHandler?"},
		{".yaml", "{version: 1, formatters: {f: {format: '%(name) %(message)s'}}}", `at byte 8: unknown conversion '%' of field "name": its text is %(name)s`},
		{".yaml", "{version: 1, formatters: {f: {format: '%threadName)s'}}}", "at byte 0: percent sign without a (name); a literal one is %%"},
		{".yaml", "{version: 1, formatters: {f: {format: '%(threadName)d'}}}", `conversion 'd' does not fit the field "threadName", which is text`},
		{".yaml", handler("class: logging.StreamHandler, stream: sys.stdout"), `want a stream (ext://sys.stdout, ext://sys.stderr), not the text "sys.stdout"`},
		{".yaml", `{version: "1"}`, `the version is the number 1, not the text "1"`},
		{".yaml", "{root: {}}", "the document has no version; it is 1"},
		{".yaml", handler("class: logging.FileHandler, filename: a.log, encoding: gbk"), `"gbk": files are written in UTF-8, and in no other encoding`},
		{".yaml", handler("class: logging.handlers.SMTPHandler"), "slogx has no such handler yet; one of the program's own is made known with config.Register"},
		{".yaml", "{version: 1, formatters: {f: {class: app.JsonFormatter}}}", "app.JsonFormatter is no formatter that is known. Nothing is imported: " +
			`a class of the program's own is to be made known first, with config.Register("app.JsonFormatter", …)`},
		{".ini", file("('a.log', 'w')"), ""},
		{".ini", file("(sys.stdout)"), `is the text "ext://sys.stdout", want a tuple, such as ('a',)`},
		{".ini", file("(os.path.join('a', 'b'),)"), "os.path.join is followed by '(': only values are read, nothing is called or looked up"},
		{".ini", file("('app-%Y.log',)"), "is no reference, want %(option)s; a percent sign is written as %%"},
		{".ini", "[loggers]\nkeys=root,a\n[handlers]\nkeys=\n[formatters]\nkeys=\n[logger_root]\nhandlers=\n[logger_a]\nqualname=a\nhandlers=\npropagate=no",
			`"no" is no number, want 1 or 0: words such as yes and no are for YAML`},
	} {
		_, err := config.Parse([]byte(tt.document), tt.ext)
		if tt.want == "" {
			require.NoError(t, err, tt.document)
			continue
		}
		require.ErrorContains(t, err, tt.want)
		require.Contains(t, text, tt.want, "the page has another message")
	}
}
