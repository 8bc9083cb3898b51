// SPDX-License-Identifier: MIT

package record_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/slogx/slogx/internal/record"
	"github.com/stretchr/testify/require"
)

// redacted is an error that is a LogValuer.
type redacted struct{}

func (redacted) Error() string        { return "the error" }
func (redacted) LogValue() slog.Value { return slog.StringValue("the value") }

func TestErrIsFoundHoweverItIsBound(t *testing.T) {
	plain := errors.New("bad")
	for _, err := range []error{plain, redacted{}, &redacted{}, fmt.Errorf("with: %w", plain), errors.Join(plain, plain)} {
		for _, a := range []slog.Attr{record.Err(err), slog.Any(record.ErrKey, err)} {
			group := []slog.Attr{a, slog.Group("g", a, slog.Any("v", redacted{}))}
			for _, a := range []slog.Attr{a, record.Resolve(group)[0], record.Resolve(group)[1].Value.Group()[0]} {
				got, ok := record.ErrOf(a)
				require.True(t, ok)
				require.EqualError(t, got, err.Error())
				require.ErrorIs(t, got, err)
			}
		}
	}
}

// TestErrSurvivesForeignResolving covers handlers in between that resolve values on their own.
func TestErrSurvivesForeignResolving(t *testing.T) {
	a := record.Err(redacted{})
	a.Value = a.Value.Resolve()
	err, ok := record.ErrOf(a)
	require.True(t, ok)
	require.ErrorIs(t, err, redacted{})
}

func TestErrOfOtherAttributes(t *testing.T) {
	require.Equal(t, slog.Attr{}, record.Err(nil))
	err, ok := record.ErrOf(slog.Any(record.ErrKey, nil))
	require.True(t, ok)
	require.NoError(t, err)
	for _, a := range []slog.Attr{{}, slog.Any("err", errors.New("x")), slog.String(record.ErrKey, "x"), slog.Int(record.ErrKey, 1), slog.Any(record.ErrKey, []int{1})} {
		_, ok := record.ErrOf(a)
		require.False(t, ok)
	}
}

func TestErrAndStackDoNotAllocate(t *testing.T) {
	err := errors.New("bad")
	var a slog.Attr
	require.Zero(t, testing.AllocsPerRun(100, func() { a = record.Err(err) }))
	require.Zero(t, testing.AllocsPerRun(100, func() { a = record.Stack() }))
	require.Equal(t, record.StackKey, a.Key)
}

func TestStackInHandlersThatDoNotKnowIt(t *testing.T) {
	var buf bytes.Buffer
	log := slog.New(slog.NewJSONHandler(&buf, nil))
	log.Info("hi", record.Stack())
	require.Contains(t, buf.String(), `"stack_info":"github.com/slogx/slogx/internal/record_test.TestStackInHandlersThatDoNotKnowIt\n    /`)
	buf.Reset()
	log.With(record.Stack()).Info("hi")
	require.Contains(t, buf.String(), `"stack_info":"github.com/slogx/slogx/internal/record_test.TestStackInHandlersThatDoNotKnowIt\n    /`)
	require.NotContains(t, buf.String(), "log/slog")
	buf.Reset()
	log.Info("hi", slog.Any(record.StackKey, record.CallStack(0)))
	require.Contains(t, buf.String(), `"stack_info":""`)
}

// branching gives a group that holds it twice.
type branching struct{}

func (branching) LogValue() slog.Value {
	return slog.GroupValue(slog.Any("a", branching{}), slog.Any("b", branching{}))
}

func TestResolveEnds(t *testing.T) {
	got := fmt.Sprint(record.Resolve([]slog.Attr{slog.Any("x", branching{}), slog.Int("y", 1)}))
	require.Contains(t, got, record.TooMany)
	require.True(t, strings.HasSuffix(got, "y=1]"))
}
