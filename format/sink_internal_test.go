// SPDX-License-Identifier: MIT

package format

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestLeftJobIsDoneAtOnceWhereNobodyHoldsTheLock covers a holder who left in between.
func TestLeftJobIsDoneAtOnceWhereNobodyHoldsTheLock(t *testing.T) {
	var errs []error
	s := &sink{}
	s.errors.Set(func(err error) { errs = append(errs, err) })
	done := 0
	s.leave(func() error { done++; return nil })
	s.leave(func() error { done++; return errors.New("bad") })
	require.Equal(t, 2, done)
	require.EqualError(t, errors.Join(errs...), "format: write: bad")
	require.True(t, s.mu.TryLock())
}

func TestLargeBuffersAreNotKept(t *testing.T) {
	h := NewHandler(new(bytes.Buffer), MustPercent("", nil), nil)
	for _, size := range []int{1, maxBuffer - 1, maxBuffer, 1 << 20} {
		require.NoError(t, h.Handle(context.Background(), slog.NewRecord(time.Time{}, 0, strings.Repeat("x", size), 0)))
		for range 3 {
			s := states.Get().(*state)
			require.LessOrEqual(t, cap(s.buf), maxBuffer)
			require.Zero(t, s.record, "values are held on to")
		}
	}
}
