// SPDX-License-Identifier: MIT

package document_test

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/internal/document"
)

// leaves returns a line for each value that holds no others, with its place.
func leaves(v *document.Value) string {
	var b strings.Builder
	var write func(v *document.Value)
	write = func(v *document.Value) {
		if len(v.Items)+len(v.Fields) == 0 {
			fmt.Fprintf(&b, "%s:%d: %s\n", v.Path, v.Line, v.Describe())
		}
		for _, item := range v.Items {
			write(item)
		}
		for _, f := range v.Fields {
			if f.KeyLine != f.Value.Line {
				fmt.Fprintf(&b, "%d: %s\n", f.KeyLine, f.Key)
			}
			write(f.Value)
		}
	}
	write(v)
	return b.String()
}

// lines returns a text without the line break that it begins with.
func lines(s string) string { return strings.TrimPrefix(s, "\n") }

func TestKindsHaveWords(t *testing.T) {
	require.Equal(t, "a list", document.List.String())
	require.Equal(t, "a Go value", document.Object.String())
	require.Equal(t, "kind 8", document.Kind(8).String())
	require.Equal(t, "kind -1", document.Kind(-1).String())
}

func TestDescribe(t *testing.T) {
	tests := []struct {
		of   any
		want string
	}{
		{nil, "nothing"},
		{true, "true"},
		{-5, "the number -5"},
		{2.5, "the number 2.5"},
		{"a\nb", `the text "a\nb"`},
		{strings.Repeat("é", 61), `the text "` + strings.Repeat("é", 60) + `"...`},
		{[]int{1}, "a list"},
		{map[string]int{}, "a map"},
		{errors.New("x"), "a Go value of type *errors.errorString"},
	}
	for _, test := range tests {
		v, err := document.Go(test.of)
		require.NoError(t, err)
		require.Equal(t, test.want, v.Describe())
	}
	require.Equal(t, "nothing", (*document.Value)(nil).Describe())
}

func TestGetAndKeys(t *testing.T) {
	v, err := document.YAML([]byte("b: 1\na: {c: 2}\nn:\n"))
	require.NoError(t, err)
	require.Equal(t, []string{"b", "a", "n"}, v.Keys())
	require.Equal(t, int64(2), v.Get("a").Get("c").Int)
	require.Nil(t, v.Get("nope").Get("c"))
	require.Nil(t, v.Get("b").Get("c"))
	require.Same(t, v.Get("b"), v.Given("b"))
	require.NotNil(t, v.Get("n"))
	require.Nil(t, v.Given("n"))
	require.Nil(t, v.Given("nope").Given("c"))
	require.Empty(t, v.Get("nope").Keys())
}

func TestWhole(t *testing.T) {
	tests := []struct {
		of   any
		want int64
		ok   bool
	}{
		{5, 5, true}, {1.0, 1, true}, {-3.0, -3, true}, {1.5, 0, false}, {"1", 0, false}, {true, 0, false},
		{math.Inf(1), 0, false}, {math.NaN(), 0, false}, {1e18, 0, false}, {int64(math.MaxInt64), math.MaxInt64, true}, {nil, 0, false},
	}
	for _, test := range tests {
		v, err := document.Go(test.of)
		require.NoError(t, err)
		n, ok := v.Whole()
		require.Equal(t, test.ok, ok, test.of)
		require.Equal(t, test.want, n, test.of)
	}
	_, ok := (*document.Value)(nil).Whole()
	require.False(t, ok)
}

func TestCloneSharesNothing(t *testing.T) {
	v, err := document.YAML([]byte("a: [1, {b: 2}]\n"))
	require.NoError(t, err)
	v.Args = []*document.Value{{Kind: document.Int, Int: 3}}
	c := v.Clone()
	require.Equal(t, v, c)
	c.Fields[0].Key = "x"
	c.Fields[0].Value.Items[0].Int = 9
	c.Fields[0].Value.Items[1].Fields[0].Value.Int = 9
	c.Args[0].Int = 9
	require.Equal(t, "a", v.Fields[0].Key)
	require.Equal(t, int64(1), v.Get("a").Items[0].Int)
	require.Equal(t, int64(2), v.Get("a").Items[1].Get("b").Int)
	require.Equal(t, int64(3), v.Args[0].Int)
	require.Nil(t, (*document.Value)(nil).Clone())
}

func TestSetPathMovesAll(t *testing.T) {
	v, err := document.YAML([]byte("a: [1, {b.c: 2}]\n"))
	require.NoError(t, err)
	v.Args = []*document.Value{{Kind: document.Int, Int: 3}}
	v.SetPath("[handler_x] kwargs")
	require.Equal(t, "[handler_x] kwargs.a[0]", v.Get("a").Items[0].Path)
	require.Equal(t, `[handler_x] kwargs.a[1]["b.c"]`, v.Get("a").Items[1].Get("b.c").Path)
	require.Equal(t, "[handler_x] kwargs.args[0]", v.Args[0].Path)
}

func TestPathsAreUnambiguous(t *testing.T) {
	tests := []struct{ path, key, want string }{
		{"", "root", "root"},
		{"handlers", "file", "handlers.file"},
		{"loggers", "gunicorn.error", `loggers["gunicorn.error"]`},
		{"loggers", "", `loggers[""]`},
		{"", "()", `["()"]`},
		{"a", `b"]["c`, `a["b\"][\"c"]`},
		{"a", "0", "a.0"},
		{"a", "日本-x_1", "a.日本-x_1"},
	}
	for _, test := range tests {
		require.Equal(t, test.want, document.Join(test.path, test.key))
	}
}

func TestErrorsNameTheirPlace(t *testing.T) {
	tests := []struct {
		err  document.Error
		want string
	}{
		{document.Error{Path: "a.b", Line: 12, Msg: "m"}, "a.b (line 12): m"},
		{document.Error{Path: "a.b", Line: 12, Column: 3, Msg: "m"}, "a.b (line 12, column 3): m"},
		{document.Error{Path: "a.b", Msg: "m"}, "a.b: m"},
		{document.Error{Line: 12, Column: 3, Msg: "m"}, "line 12, column 3: m"},
		{document.Error{Msg: "m"}, "m"},
	}
	for _, test := range tests {
		require.EqualError(t, &test.err, test.want)
	}
	v := &document.Value{Path: "a", Line: 2}
	require.Equal(t, &document.Error{Path: "a", Line: 2, Msg: "wants 1 of x"}, v.Errorf("wants %d of %s", 1, "x"))
	require.EqualError(t, (*document.Value)(nil).Errorf("m"), "m")
}

func TestAMistakeIsOneLineAndDrivesNoTerminal(t *testing.T) {
	v := &document.Value{Path: "[handler_\x1b[2J] class", Line: 2}
	err := v.Errorf("%s is no class", "a\nroot: \u202e\x9b\xff\r")
	require.EqualError(t, err, `[handler_\x1b[2J] class (line 2): a\nroot: \u202e\x9b\xff\r is no class`)
	var placed *document.Error
	require.ErrorAs(t, err, &placed)
	require.Equal(t, `[handler_\x1b[2J] class: a\nroot: \u202e\x9b\xff\r is no class`, placed.Text())
}

func TestAMistakeHasItsCause(t *testing.T) {
	v := &document.Value{Path: "a", Line: 2}
	missing := &fs.PathError{Op: "open", Path: "x\n", Err: fs.ErrNotExist}
	for _, err := range []error{v.Errorf("why: %w", missing), v.Wrap(missing), v.Wrap(errors.Join(errors.New("b"), missing))} {
		require.ErrorIs(t, err, fs.ErrNotExist)
		require.Contains(t, err.Error(), `open x\n: file does not exist`)
	}
	require.NotErrorIs(t, v.Errorf("%v", missing), fs.ErrNotExist)
	require.EqualError(t, v.Wrap(errors.Join(errors.New("b"), errors.Join(errors.New("c"), nil, errors.New("d")))), "a (line 2): b\na (line 2): c\na (line 2): d")
	require.NoError(t, v.Wrap(nil))
	both := fmt.Errorf("%w, because of %w", errors.New("b"), missing) // is one error
	require.Equal(t, []error{both}, document.Joined(both))
	require.ErrorIs(t, v.Errorf("%w", both), fs.ErrNotExist)
}

func TestErrorsTellAllAtOnce(t *testing.T) {
	var errs document.Errors
	require.NoError(t, errs.Err())
	errs.Add(nil)
	require.NoError(t, errs.Err())
	errs.Add(errors.Join(errors.New("a"), errors.Join(errors.New("b"), errors.New("c"))))
	require.EqualError(t, errs.Err(), "a\nb\nc")
	for range 60 {
		errs.Add(errors.New("d"))
	}
	require.Equal(t, 50, strings.Count(errs.Err().Error(), "\n"))
	require.ErrorContains(t, errs.Err(), "\nand 13 more")
}

func TestText(t *testing.T) {
	tests := []struct{ raw, want, err string }{
		{"a\n", "a\n", ""},
		{"\ufeffa: é", "a: é", ""},
		{"\xff\xfea\x00:\x00 \x00=\xd8\x00\xde", "a: 😀", ""},
		{"\xfe\xff\x00a\x65\xe5", "a日", ""},
		{"a\né\xff", "", "line 2, column 2: the text is not UTF-8"},
		{"\xfe\xff\x00a\x00", "", "line 1, column 2: the text begins as UTF-16 and is not"},
		{"\xfe\xff\x00\n\xd8\x00\x00a", "", "line 2, column 1: the text begins as UTF-16 and is not"},
	}
	for _, test := range tests {
		got, err := document.Text([]byte(test.raw))
		require.Equal(t, test.want, got)
		if test.err == "" {
			require.NoError(t, err)
		} else {
			require.EqualError(t, err, test.err)
		}
	}
}
