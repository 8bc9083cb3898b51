// SPDX-License-Identifier: MIT

package reentry_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/internal/reentry"
)

//go:noinline
func handle(f func()) { f() }

//go:noinline
func report(f func()) { f() }

//go:noinline
func deep(n int, f func()) {
	if n == 0 {
		f()
		return
	}
	deep(n-1, f)
}

var (
	_ = reentry.Mark(handle)
	_ = reentry.MarkReport(report)
)

func TestWhereSeesMarkedFunctionsAtAnyDepth(t *testing.T) {
	for range 3 { // with what the first round remembered
		for _, depth := range []int{0, 1, 50, 60, 61, 62, 63, 64, 65, 200} {
			require.Equal(t, reentry.Outside, reentry.Where())
			deep(depth, func() { require.Equal(t, reentry.Outside, reentry.Where(), depth) })
			handle(func() {
				deep(depth, func() { require.Equal(t, reentry.Inside, reentry.Where(), depth) })
			})
			report(func() {
				deep(depth, func() {
					require.True(t, reentry.Reporting(), depth)
					require.Equal(t, reentry.Outside, reentry.Where(), depth)
				})
			})
			require.False(t, reentry.Reporting())
		}
	}
}

func TestAnotherGoroutineIsOutside(t *testing.T) {
	handle(func() {
		where := make(chan reentry.Place)
		go func() { where <- reentry.Where() }()
		require.Equal(t, reentry.Outside, <-where)
	})
}

func TestBacklogRunsWhatWasLeftInOrder(t *testing.T) {
	var b reentry.Backlog
	require.False(t, b.Waiting())
	b.Run()
	var ran []int
	for i := range 3 {
		b.Put(func() {
			require.Equal(t, reentry.InBacklog, reentry.Where())
			ran = append(ran, i)
		})
	}
	require.True(t, b.Waiting())
	handle(b.Run)
	require.False(t, b.Waiting())
	require.Equal(t, []int{0, 1, 2}, ran)
	b.Run()
	require.Len(t, ran, 3)
}

func TestWorkThatIsLeftByWorkWaitsForTheNextRun(t *testing.T) {
	var b reentry.Backlog
	ran := 0
	b.Put(func() {
		ran++
		b.Put(func() { ran++ })
	})
	b.Run()
	require.Equal(t, 1, ran)
	require.True(t, b.Waiting())
	b.Run()
	require.Equal(t, 2, ran)
}

func BenchmarkWhere(b *testing.B) {
	deep(20, func() {
		for b.Loop() {
			reentry.Where()
		}
	})
}
