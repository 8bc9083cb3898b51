// SPDX-License-Identifier: MIT

package record_test

import (
	"errors"
	"fmt"
	"runtime"
	"testing"

	"github.com/slogx/slogx/internal/record"
	"github.com/stretchr/testify/require"
)

func here() (pc uintptr) {
	var pcs [1]uintptr
	runtime.Callers(2, pcs[:])
	return pcs[0]
}

// below calls f with depth frames of its own above it.
func below(depth int, f func()) {
	if depth > 0 {
		below(depth-1, f)
		return
	}
	f()
}

func TestCallStackBeginsAtTheCall(t *testing.T) {
	for _, depth := range []int{0, 1, 10, 61, 62, 63, 64, 65, 150, 1000} {
		func() {
			var pcs [1]uintptr
			runtime.Callers(2, pcs[:]) // where this function is called from
			below(depth, func() {
				stack := record.CallStack(pcs[0])
				require.NotEmpty(t, stack, depth)
				require.Equal(t, pcs[0], stack[0])
				require.Regexp(t, `^> github.com/slogx/slogx/internal/record_test.TestCallStackBeginsAtTheCall\n>     /.*/stack_test.go:\d+\n> testing.tRunner\n>     .*:\d+\n$`,
					string(stack.Append(nil, "> ")))
			})
		}()
	}
}

func TestCallStackIsCut(t *testing.T) {
	below(1000, func() {
		var pcs [1]uintptr
		runtime.Callers(2, pcs[:])
		require.Len(t, record.CallStack(pcs[0]), 100)
	})
}

func TestCallStackOfAnotherPlace(t *testing.T) {
	require.Nil(t, record.CallStack(0))
	require.Nil(t, record.CallStack(1))
	pc := make(chan uintptr)
	go func() { pc <- here() }()
	require.Nil(t, record.CallStack(<-pc))
	require.Empty(t, record.Frames(nil).Append(nil, ""))
	require.Empty(t, record.Frames{}.Append(nil, ""))
}

type (
	frame     uintptr
	asFrames  struct{ error }
	asOwnType struct{ error }
	asCallers struct{ error }
	asOther   struct{ error }
	panicking struct{ error }
	cycle     struct{ error }
	many      []error
)

func (asFrames) StackTrace() []uintptr  { return []uintptr{1, 2} }
func (asOwnType) StackTrace() []frame   { return []frame{3} }
func (asCallers) Callers() []uintptr    { return []uintptr{4} }
func (asOther) StackTrace() string      { return "main.go:7" }
func (e asOther) Unwrap() error         { return e.error }
func (panicking) StackTrace() []uintptr { panic("no stack") }
func (c *cycle) Unwrap() error          { return c }
func (m many) Error() string            { return "many" }
func (m many) Unwrap() []error          { return m }

func TestErrStack(t *testing.T) {
	bare := errors.New("bare")
	twice := many{&cycle{}, nil}
	twice[1] = twice
	for _, tt := range []struct {
		err  error
		want record.Frames
	}{
		{nil, nil},
		{bare, nil},
		{asFrames{bare}, record.Frames{1, 2}},
		{asOwnType{bare}, record.Frames{3}},
		{asCallers{bare}, record.Frames{4}},
		{asOther{bare}, nil},
		{asOther{asOwnType{bare}}, record.Frames{3}},
		{panicking{bare}, nil},
		{&cycle{bare}, nil},
		{twice, nil},
		{fmt.Errorf("a: %w", fmt.Errorf("b: %w", asCallers{bare})), record.Frames{4}},
		{errors.Join(bare, fmt.Errorf("%w and %w", bare, asOwnType{bare})), record.Frames{3}},
		{many{nil, asFrames{bare}}, record.Frames{1, 2}},
	} {
		require.Equal(t, tt.want, record.ErrStack(tt.err))
	}
}
