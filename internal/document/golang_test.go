// SPDX-License-Identifier: MIT

package document_test

import (
	"encoding/json"
	"log/slog"
	"math"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/internal/document"
)

func TestGo(t *testing.T) {
	type (
		id    string
		count uint8
		ids   []id
	)
	v, err := document.Go(map[string]any{
		"z": 1, "y": int8(-2), "x": uint64(3), "w": float32(0.5), "v": count(4), "u": true, "t": id("text"), "s": nil,
		"r": ids{"a", "b"}, "q": [2]int{5, 6}, "p": map[id]any{"k": map[any]any{7: "n", true: "b"}}, "o": (*os.File)(nil),
		"n": time.Second, "m": slog.LevelDebug, "l": os.Stderr, "k": func() {}, "j": struct{}{}, "i": []byte("x"), "h": json.Number("1.5"),
		"g": []any{}, "f": map[string]int(nil), "e": json.Number("7"), "d": &document.Value{Kind: document.Int, Int: 8, Path: "x", Line: 9},
	})
	require.NoError(t, err)
	require.Equal(t, lines(`
0: d
d:9: the number 8
e:0: the number 7
f:0: a map
g:0: a list
h:0: the number 1.5
i:0: a Go value of type []uint8
j:0: a Go value of type struct {}
k:0: a Go value of type func()
l:0: a Go value of type *os.File
m:0: a Go value of type slog.Level
n:0: a Go value of type time.Duration
o:0: nothing
p.k.7:0: the text "n"
p.k.true:0: the text "b"
q[0]:0: the number 5
q[1]:0: the number 6
r[0]:0: the text "a"
r[1]:0: the text "b"
s:0: nothing
t:0: the text "text"
u:0: true
v:0: the number 4
w:0: the number 0.5
x:0: the number 3
y:0: the number -2
z:0: the number 1
`), leaves(v))
	require.Same(t, os.Stderr, v.Get("l").Object)
}

func TestWhatCameFromGoGoesBackToGo(t *testing.T) {
	want := map[string]any{
		"none": nil, "truth": true, "whole": int64(math.MaxInt64), "number": 1.5, "text": "t", "object": os.Stderr,
		"list": []any{int64(1), []any{}, nil}, "map": map[string]any{"empty": map[string]any{}},
	}
	v, err := document.Go(want)
	require.NoError(t, err)
	require.Equal(t, want, v.Go())
	require.Same(t, os.Stderr, v.Get("object").Go())
	require.Nil(t, v.Get("missing").Go())
}

func TestGoMistakes(t *testing.T) {
	cyclic := map[string]any{}
	cyclic["a"] = []any{cyclic}
	list := make([]any, 1)
	list[0] = list
	deep := any(1)
	for range 101 {
		deep = []any{deep}
	}
	tests := []struct {
		of   any
		want string
	}{
		{map[string]any{"a": uint64(math.MaxUint64)}, "a: 18446744073709551615 is more than 9223372036854775807"},
		{map[any]any{1.5: 1}, "a key of the map has type float64, want string"},
		{map[any]any{1: 1, "1": 2}, `two keys of the map read "1"`},
		{cyclic, "a[0]: the map is inside of itself"},
		{list, "[0]: the slice is inside of itself"},
		{json.Number("x"), "x is not between -9223372036854775808 and 9223372036854775807"},
	}
	for _, test := range tests {
		_, err := document.Go(test.of)
		require.EqualError(t, err, test.want)
	}
	_, err := document.Go(deep)
	require.ErrorContains(t, err, "lists and maps are more than 100 deep")
}

func TestGoBoundsWhatIsShared(t *testing.T) {
	shared := any(1)
	for range 50 {
		shared = []any{shared, shared}
	}
	_, err := document.Go(shared)
	require.ErrorContains(t, err, "more than 200000 values")
}

func TestGoDoesNotShareWithItsArgument(t *testing.T) {
	inner := &document.Value{Kind: document.List, Items: []*document.Value{{Kind: document.Int}}}
	v, err := document.Go(map[string]any{"a": inner})
	require.NoError(t, err)
	v.Get("a").Items[0].Int = 5
	require.Zero(t, inner.Items[0].Int)
	require.Equal(t, "a[0]", v.Get("a").Items[0].Path)
}
