// SPDX-License-Identifier: MIT

package document_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/internal/document"
)

// TestResolveIsCPythons compares with CPython's dictConfig. It takes digits in brackets for keys of a map, too,
// where Python would look for a number.
func TestResolveIsCPythons(t *testing.T) {
	f, err := os.Open("testdata/resolve.jsonl")
	require.NoError(t, err)
	defer f.Close()
	scanner := bufio.NewScanner(f)
	require.True(t, scanner.Scan())
	root, err := document.JSON(scanner.Bytes())
	require.NoError(t, err)
	n := 0
	for ; scanner.Scan(); n++ {
		var line struct {
			Path, Error string
			Value       json.RawMessage
		}
		require.NoError(t, json.Unmarshal(scanner.Bytes(), &line))
		got, err := root.Resolve(line.Path)
		if line.Error != "" {
			require.Error(t, err, "%q: %s", line.Path, line.Error)
			continue
		}
		require.NoError(t, err, "%q", line.Path)
		text, err := json.Marshal(got.Go())
		require.NoError(t, err)
		require.JSONEq(t, string(line.Value), string(text), "%q", line.Path)
	}
	require.Equal(t, 1500, n)
}

const referring = `
handlers:
  a: {level: 5, nums: [1, 2], "0": x, "k]": 1}
  b: cfg://handlers.a
text: hello
loop: cfg://loop
loops: {one: cfg://loops.two, two: cfg://loops.one.x}
bad: cfg://handlers.nope
`

func TestResolveMistakes(t *testing.T) {
	root, err := document.YAML([]byte(lines(referring)))
	require.NoError(t, err)
	tests := []struct{ path, want string }{
		{"nope", `cfg://nope: the document has no key "nope"`},
		{"handlers.c.level", `cfg://handlers.c.level: handlers has no key "c"`},
		{"handlers.b.none", `cfg://handlers.b.none: handlers.b has no key "none"`},
		{"handlers.a.nums[2]", "cfg://handlers.a.nums[2]: handlers.a.nums has no item 2, its length is 2"},
		{"handlers.a.nums[x]", `cfg://handlers.a.nums[x]: handlers.a.nums is a list, want an index in brackets instead of "x"`},
		{"handlers.a.nums.0", `cfg://handlers.a.nums.0: handlers.a.nums is a list, want an index in brackets instead of "0"`},
		{"handlers.a[k]]", `cfg://handlers.a[k]]: handlers.a has no key "k"`},
		{"text[0]", `cfg://text[0]: text is the text "hello", which holds no "0"`},
		{"", `cfg://: want a word, .word or [index] at ""`},
		{"!", `cfg://!: want a word, .word or [index] at "!"`},
		{"handlers!", `cfg://handlers!: want a word, .word or [index] at "!"`},
		{"handlers[a", `cfg://handlers[a: want a word, .word or [index] at "[a"`},
		{"handlers[a[b]]", `cfg://handlers[a[b]]: want a word, .word or [index] at "[a[b]]"`},
		{"handlers.", `cfg://handlers.: want a word, .word or [index] at "."`},
		{"loop", "loop (line 5): cfg://loop stands for itself"},
		{"loops.one", "loops.one (line 6): cfg://loops.two stands for itself"},
		{"bad.x", `bad (line 7): cfg://handlers.nope: handlers has no key "nope"`},
	}
	for _, test := range tests {
		_, err := root.Resolve(test.path)
		require.EqualError(t, err, test.want)
	}
}

func TestResolveFollowsReferences(t *testing.T) {
	root, err := document.YAML([]byte(lines(referring)))
	require.NoError(t, err)
	got, err := root.Resolve("text")
	require.NoError(t, err)
	require.Same(t, root.Get("text"), got)
	got, err = root.Resolve("handlers.b")
	require.NoError(t, err)
	require.Same(t, root.Get("handlers").Get("a"), got)
	got, err = root.Resolve(" cfg://handlers.b"[1:] + ".nums[1]")
	require.NoError(t, err)
	require.Equal(t, int64(2), got.Int)
	got, err = root.Resolve("handlers.b[0]")
	require.NoError(t, err)
	require.Equal(t, "x", got.Str)
	_, err = root.Resolve("bad")
	require.EqualError(t, err, `bad (line 7): cfg://handlers.nope: handlers has no key "nope"`)
}

func TestResolveEnds(t *testing.T) {
	var b strings.Builder
	b.WriteString("m:\n  k0: cfg://m\n")
	for i := range 60 {
		fmt.Fprintf(&b, "  k%d: cfg://m.k%d.k%d\n", i+1, i, i)
	}
	root, err := document.YAML([]byte(b.String()))
	require.NoError(t, err)
	_, err = root.Resolve("m.k60")
	require.ErrorContains(t, err, "takes more than 10000 steps")
	_, err = root.Resolve("m.k8")
	require.NoError(t, err)
}

func FuzzResolveNeverPanics(f *testing.F) {
	f.Add(referring, "handlers.b[nums][0]")
	f.Add("{a: cfg://a.b, b: [cfg://a]}", "b[0]")
	f.Add("[cfg://x]", "\x1c é .[")
	f.Fuzz(func(t *testing.T, text, path string) {
		root, err := document.YAML([]byte(text))
		if err != nil {
			return
		}
		got, err := root.Resolve(path)
		require.Equal(t, err == nil, got != nil)
		if err == nil && got.Kind == document.String {
			require.False(t, strings.HasPrefix(got.Str, document.Reference))
		}
	})
}
