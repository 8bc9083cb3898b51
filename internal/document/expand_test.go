// SPDX-License-Identifier: MIT

package document_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/internal/document"
)

var variables = map[string]string{"HOME": "/root", "EMPTY": "", "_x1": "1", "TRICK": "${HOME}$$"}

func lookup(name string) (string, bool) {
	value, ok := variables[name]
	return value, ok
}

func TestExpand(t *testing.T) {
	tests := []struct{ text, want, err string }{
		{"", "", ""},
		{"plain", "plain", ""},
		{"${HOME}/log", "/root/log", ""},
		{"a${_x1}b${EMPTY}c", "a1bc", ""},
		{"${TRICK}", "${HOME}$$", ""},
		{"$$ $$$$ $${HOME}", "$ $$ ${HOME}", ""},
		{"$HOME $ a$", "$HOME $ a$", ""},
		{"${NO:-x y}", "x y", ""},
		{"${EMPTY:-x}", "x", ""},
		{"${NO:-}", "", ""},
		{"${HOME:-x}", "/root", ""},
		{"${NO:-${HOME}/{a}", "/root/{a", ""},
		{"${NO:-${NO:-${HOME}}}!", "/root!", ""},
		{"${HOME:-${NO}}", "/root", ""},
		{"${NO:-$${x}}", "${x}", ""},
		{"${HOME:?needed}", "/root", ""},
		{"${NO}", "", "environment variable NO is not set"},
		{"${NO:-${NO}}", "", "environment variable NO is not set"},
		{"${NO:?say where}", "", "environment variable NO: say where"},
		{"${EMPTY:?}", "", "environment variable EMPTY is empty"},
		{"${NO:?}", "", "environment variable NO is not set"},
		{"${HOME", "", "${ has no }; a dollar is written as $$"},
		{"${}", "", "${} is no variable, want ${NAME}, ${NAME:-default} or ${NAME:?message}"},
		{"${1A}", "", "${1A} is no variable, want ${NAME}, ${NAME:-default} or ${NAME:?message}"},
		{"${HOME-x}", "", "${HOME-x} is no variable, want ${NAME}, ${NAME:-default} or ${NAME:?message}"},
		{strings.Repeat("${NO:-", 12) + strings.Repeat("}", 12), "", "defaults are more than 10 deep"},
	}
	for _, test := range tests {
		v := &document.Value{Kind: document.String, Str: test.text, Path: "a", Line: 3}
		err := document.Expand(v, lookup, nil)
		if test.err != "" {
			require.EqualError(t, err, "a (line 3): "+test.err, test.text)
			continue
		}
		require.NoError(t, err, test.text)
		require.Equal(t, test.want, v.Str, test.text)
	}
}

func TestExpandGoesEverywhereButWhereItIsToldNotTo(t *testing.T) {
	v, err := document.YAML([]byte("a: [\"${HOME}\", {b: \"${NO}\"}]\nformat: {c: \"${message}\"}\nd: 5\n\"${HOME}\": x\ne: \"${NO2} ${NO3}\"\n"))
	require.NoError(t, err)
	v.Args = []*document.Value{{Kind: document.String, Str: "${HOME}"}}
	err = document.Expand(v, lookup, func(path string) bool { return path == "format" })
	require.EqualError(t, err, "a[1].b (line 1): environment variable NO is not set\n"+
		"e (line 5): environment variable NO2 is not set\ne (line 5): environment variable NO3 is not set")
	require.Equal(t, "/root", v.Get("a").Items[0].Str)
	require.Equal(t, "/root", v.Args[0].Str)
	require.Equal(t, "${message}", v.Get("format").Get("c").Str)
	require.NotNil(t, v.Get("${HOME}"))
	require.NoError(t, document.Expand(nil, lookup, nil))
}

// FuzzExpandKeepsOtherText holds that a text without dollars stays, that doubled dollars come out as they were,
// and that nothing panics.
func FuzzExpandKeepsOtherText(f *testing.F) {
	f.Add("a${HOME:-b}$$c${")
	f.Add("${NO:-${HOME}}$")
	f.Fuzz(func(t *testing.T, text string) {
		v := &document.Value{Kind: document.String, Str: text}
		if err := document.Expand(v, lookup, nil); err == nil && !strings.Contains(text, "$") {
			require.Equal(t, text, v.Str)
		}
		v.Str = strings.ReplaceAll(text, "$", "$$")
		require.NoError(t, document.Expand(v, lookup, nil))
		require.Equal(t, text, v.Str)
	})
}
