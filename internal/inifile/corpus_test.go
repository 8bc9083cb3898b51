// SPDX-License-Identifier: MIT

package inifile_test

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/internal/document"
	"github.com/slogx/slogx/internal/inifile"
)

// corpus returns what each line of a file in testdata holds.
func corpus[T any](t *testing.T, name string) (lines []T) {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	require.NoError(t, err)
	defer f.Close()
	scanner := bufio.NewScanner(f)
	scanner.Buffer(nil, 1<<20)
	for scanner.Scan() {
		var line T
		require.NoError(t, json.Unmarshal(scanner.Bytes(), &line))
		lines = append(lines, line)
	}
	require.NoError(t, scanner.Err())
	return lines
}

// plain returns what a value holds without where it stands.
func plain(v *document.Value) *document.Value {
	if v == nil {
		return nil
	}
	v = v.Clone()
	strip(v)
	return v
}

func strip(v *document.Value) {
	v.Path, v.Line = "", 0
	if len(v.Items) == 0 {
		v.Items = nil
	}
	for _, item := range slices.Concat(v.Items, v.Args) {
		strip(item)
	}
	for i := range v.Fields {
		v.Fields[i].KeyLine = 0
		strip(v.Fields[i].Value)
	}
}

// fromJSON returns the value of a text in JSON, which may be null.
func fromJSON(t *testing.T, text json.RawMessage) *document.Value {
	t.Helper()
	v, err := document.JSON([]byte("[" + string(text) + "]"))
	require.NoError(t, err)
	return plain(v.Items[0])
}

// TestLiteralReadsWhatPythonDoes compares with CPython.
func TestLiteralReadsWhatPythonDoes(t *testing.T) {
	type line struct {
		Text    string
		Value   json.RawMessage
		Refused string
	}
	lines := corpus[line](t, "literals.jsonl")
	require.Len(t, lines, 3000)
	for _, line := range lines {
		got, err := inifile.Literal(line.Text, 1, inifile.Names)
		if line.Refused != "" {
			require.Error(t, err, "%q: %s", line.Text, line.Refused)
			continue
		}
		require.NoError(t, err, "%q", line.Text)
		require.Equal(t, fromJSON(t, line.Value), plain(got), "%q", line.Text)
	}
}

// TestFilesMeanWhatPythonSays compares with CPython's fileConfig.
func TestFilesMeanWhatPythonSays(t *testing.T) {
	requirePythons(t, "fileconfig.jsonl", 800)
}

// TestDefaultsMeanWhatPythonSays compares with the argument defaults of CPython's fileConfig.
func TestDefaultsMeanWhatPythonSays(t *testing.T) {
	requirePythons(t, "defaults.jsonl", 400)
}

func requirePythons(t *testing.T, name string, n int) {
	t.Helper()
	lines := corpus[fileConfig](t, name)
	require.Len(t, lines, n)
	for _, line := range lines {
		got, err := inifile.Parse([]byte(line.Text), &inifile.Options{Defaults: line.Defaults})
		if line.Error != "" {
			require.Error(t, err, "%s\n%v\n%s", line.Text, line.Defaults, line.Error)
			continue
		}
		if strings.Contains(line.Text, "\nargs='ab'\n") { // which Python takes for two texts
			require.ErrorContains(t, err, "want a tuple")
			continue
		}
		require.NoError(t, err, "%s\n%v", line.Text, line.Defaults)
		line.compare(t, got.Root)
	}
}

// A fileConfig is what CPython made of a text.
type fileConfig struct {
	Text       string
	Defaults   map[string]string
	Error      string
	Formatters map[string][4]json.RawMessage
	Handlers   map[string][4]json.RawMessage
	Loggers    map[string][3]json.RawMessage
	Root       [2]json.RawMessage
}

func (c *fileConfig) compare(t *testing.T, root *document.Value) {
	t.Helper()
	require.Equal(t, []string{"version", "formatters", "handlers", "loggers", "root"}, root.Keys())
	require.Len(t, root.Get("formatters").Fields, len(c.Formatters), c.Text)
	for name, want := range c.Formatters {
		got := root.Get("formatters").Get(name)
		for i, key := range []string{"format", "datefmt", "style", "defaults"} {
			value := plain(got.Get(key))
			switch {
			case value == nil && key == "style":
				value = &document.Value{Kind: document.String, Str: "%"}
			case value == nil:
				value = &document.Value{}
			}
			require.Equal(t, fromJSON(t, want[i]), value, c.Text)
		}
	}
	require.Len(t, root.Get("handlers").Fields, len(c.Handlers), c.Text)
	for name, want := range c.Handlers {
		c.compareHandler(t, root.Get("handlers").Get(name), want)
	}
	for name, want := range c.Loggers {
		got := root.Get("loggers").Get(name)
		if got == nil { // a node between others
			continue
		}
		c.compareLogger(t, got, "NOTSET", want[0], want[2])
		require.Equal(t, fromJSON(t, want[1]), plain(got.Get("propagate")), c.Text)
	}
	if root.Get("loggers").Get("") == nil {
		c.compareLogger(t, root.Get("root"), "WARNING", c.Root[0], c.Root[1])
	}
}

func (c *fileConfig) compareHandler(t *testing.T, got *document.Value, want [4]json.RawMessage) {
	t.Helper()
	args := &document.Value{Kind: document.List, Items: got.Args}
	require.Equal(t, fromJSON(t, want[0]), plain(args), c.Text)
	kwargs := &document.Value{Kind: document.Map}
	for _, f := range got.Fields {
		if f.Key != "class" && f.Key != "level" && f.Key != "formatter" {
			kwargs.Fields = append(kwargs.Fields, f)
		}
	}
	require.Equal(t, fromJSON(t, want[1]), plain(kwargs), c.Text)
	require.Equal(t, fromJSON(t, want[2]), textOr(got.Get("level"), "NOTSET"), c.Text)
	if formatter := fromJSON(t, want[3]); formatter.Kind == document.Null {
		require.Nil(t, got.Get("formatter"), c.Text)
	} else {
		require.Equal(t, formatter, plain(got.Get("formatter")), c.Text)
	}
}

func (c *fileConfig) compareLogger(t *testing.T, got *document.Value, level string, wantLevel, wantHandlers json.RawMessage) {
	t.Helper()
	require.Equal(t, fromJSON(t, wantLevel), textOr(got.Get("level"), level), c.Text)
	require.Equal(t, fromJSON(t, wantHandlers), plain(got.Get("handlers")), c.Text)
}

func textOr(v *document.Value, text string) *document.Value {
	if v != nil {
		return plain(v)
	}
	return &document.Value{Kind: document.String, Str: text}
}
