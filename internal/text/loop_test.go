// SPDX-License-Identifier: MIT

package text_test

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/internal/text"
)

// A chain is a ring that fmt stops at: it does not follow pointers but for the first.
type chain struct {
	Next *chain
	Name string
}

// A named holds itself, and has a text of its own.
type named map[string]any

func (named) String() string { return "named" }

type holder struct{ hidden map[string]any }

func anyOf(v any) string { return string(text.AppendPlain(nil, slog.AnyValue(v), false)) }

// fmt would not come back from these, and end the process.
func TestAValueThatHoldsItselfIsToldSo(t *testing.T) {
	m := map[string]any{"a": 1}
	m["self"] = m
	s := []any{1, nil}
	s[1] = s
	inArray := map[string][1]any{}
	inArray["a"] = [1]any{inArray}
	type keyed struct{ any }
	key := map[keyed]int{}
	key[keyed{&key}] = 1 // a pointer below the top is no loop
	for name, v := range map[string]any{
		"map": m, "pointer to a map": &m, "slice": s, "pointer to a slice": &s, "array": inArray,
		"field": holder{m}, "pointer to a struct": &holder{m}, "further down": []any{"x", map[int]any{1: []any{m}}},
	} {
		require.Equal(t, "!ERROR:a value that holds itself", anyOf(v), name)
	}
	require.NotContains(t, anyOf(key), "!ERROR")
}

// All else prints as fmt prints it.
func TestAValueThatDoesNotHoldItselfIsPrinted(t *testing.T) {
	ring := &chain{Name: "n"}
	ring.Next = ring
	own := named{}
	own["self"] = own
	shared := []any{1, 2}
	deep := any("x")
	for range 900 {
		deep = []any{deep}
	}
	for _, v := range []any{
		ring, *ring, []any{own, own}, map[string]any{"a": shared, "b": shared}, []any{shared, &shared}, struct{ any }{nil}, [2]any{},
		map[any]any{1: "x", "y": []int{1}}, []map[string]string{{"a": "b"}}, deep, (*chain)(nil), []error{fmt.Errorf("x")}, holder{},
	} {
		want := strings.ReplaceAll(fmt.Sprintf("%+v", v), "\n", `\n`)
		require.Equal(t, want, anyOf(v))
	}
}
