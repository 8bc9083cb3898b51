// SPDX-License-Identifier: MIT

package config_test

import (
	"context"
	"log/slog"
	"regexp"
	"strings"
	"testing"

	"github.com/slogx/slogx/config"
	"github.com/slogx/slogx/internal/document"
	escape "github.com/slogx/slogx/internal/text"
	"github.com/slogx/slogx/tree"
)

// opensFiles matches documents that may open files, which no fuzzing should.
var opensFiles = regexp.MustCompile(`(?i)file|rotat|log_test|\\[xuUN0-7]|\$`)

// checkDocument requires of any text that it is refused with the places of all mistakes, or applied again and again.
func checkDocument(t *testing.T, text, ext string) {
	if opensFiles.MatchString(text) || len(text) > 10_000 {
		t.Skip("it may open files")
	}
	c, err := config.Parse([]byte(text), ext)
	if err != nil {
		checkPlaces(t, err)
		return
	}
	tr := tree.New(&tree.Options{LastResort: slog.DiscardHandler, OnError: func(error) {}})
	tr.Logger("a.b")
	before := tr.String()
	if err := c.Apply(tr); err != nil {
		checkPlaces(t, err)
		if tr.String() != before {
			t.Errorf("it failed (%v), and changed the tree to\n%s", err, tr)
		}
		return
	}
	once := tr.String()
	if err := c.Apply(tr); err != nil {
		t.Fatalf("the second time it fails: %v", err)
	}
	if twice := tr.String(); twice != once {
		t.Errorf("the second time it makes\n%s\nthe first time it made\n%s", twice, once)
	}
	if err := tr.Shutdown(context.Background()); err != nil {
		t.Error(err)
	}
}

// checkPlaces requires that each mistake is a document.Error, a line that says where it is.
func checkPlaces(t *testing.T, err error) {
	if text := err.Error(); !strings.HasPrefix(text, "config: ") || strings.Contains(text, "config: config:") {
		t.Errorf("%q does not begin with config: once", text)
	}
	var leaves func(error)
	leaves = func(err error) {
		switch e := err.(type) {
		case *document.Error:
			if text := e.Error(); text != escape.Escaped(text) {
				t.Errorf("%q is more than a line of text", text)
			}
			if e.Path == "" && e.Line == 0 && e.Msg != "the document is empty" {
				t.Errorf("%q has no place", e)
			}
		case interface{ Unwrap() []error }:
			for _, err := range e.Unwrap() {
				leaves(err)
			}
		case interface{ Unwrap() error }:
			leaves(e.Unwrap())
		default:
			if !strings.HasPrefix(err.Error(), "and ") {
				t.Errorf("%q has no place", err)
			}
		}
	}
	leaves(err)
}

func FuzzYAMLDocumentNeverPanicsAndNamesItsPlace(f *testing.F) {
	f.Add(tutorialYAML)
	for _, tt := range append(mistakesInYAML, mistakesInArguments...) {
		f.Add(tt.text)
	}
	f.Add("version: 1\nx-a: &a {level: 10, handlers: [c]}\nhandlers: {c: {class: logging.StreamHandler, stream: ext://sys.stdout, level: ERROR}}\n" +
		"filters: {l: {(): slogx.filter.Limit, count: 1}, m: {(): slogx.filter.Not, filter: l}}\n" +
		"loggers: {a: {<<: *a, filters: [m]}, a.b: *a}\nroot: cfg://loggers.a\ndisable_existing_loggers: true\n")
	f.Add("version: 1\nincremental: true\nloggers: {a: {level: NOTSET, propagate: off}}\n")
	f.Fuzz(func(t *testing.T, text string) { checkDocument(t, text, ".yaml") })
}

func FuzzJSONDocumentNeverPanicsAndNamesItsPlace(f *testing.F) {
	for _, tt := range mistakesInJSON {
		f.Add(tt.text)
	}
	f.Add(`{"version": 1.0, "handlers": {"h": {"class": "StreamHandler", "level": 20.0}}, "root": {"handlers": ["h"], "level": "ext://logging.DEBUG"}}`)
	f.Add(`{'version': True, 'loggers': {'': {'propagate': 0,}},}`)
	f.Fuzz(func(t *testing.T, text string) { checkDocument(t, text, ".json") })
}

func FuzzINIDocumentNeverPanicsAndNamesItsPlace(f *testing.F) {
	f.Add(tutorialINI)
	f.Add(tutorialGunicorn)
	for _, tt := range mistakesInINI {
		f.Add(tt.text)
	}
	f.Fuzz(func(t *testing.T, text string) { checkDocument(t, text, ".ini") })
}
