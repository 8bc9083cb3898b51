// SPDX-License-Identifier: MIT

package tree_test

import (
	"log/slog"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/levels"
)

// What CPython's own tests ask of loggers, and no other test does.

func TestALoggerThatNobodyHoldsKeepsItsConfiguration(t *testing.T) {
	tr := newTree(t)
	rec := newRecorder(nil)
	tr.Node("").AddHandler(rec)
	tr.Node("a").SetLevel(levels.Debug)
	tr.Node("a").AddFilter(dropping("dropped"))
	for range 2 {
		runtime.GC()
	}
	tr.Logger("a").Debug("m")
	tr.Logger("a").Debug("dropped")
	tr.Logger("").Debug("too low")
	require.Equal(t, []string{"DEBUG m logger=a"}, rec.take())
}

func TestALaterFilterOfANodeSeesWhatAnEarlierOnePutInPlace(t *testing.T) {
	tr := newTree(t)
	rec := newRecorder(nil)
	tr.Node("").AddHandler(rec)
	for _, n := range []string{"1", "2"} {
		tr.Node("a").AddFilter(passing(func(r *filter.Record) {
			r.Record = slog.NewRecord(r.Time, r.Level, r.Message+n, r.PC)
		}))
	}
	tr.Logger("a").Info("m", "k", "left out")
	require.Equal(t, []string{"INFO m12 logger=a"}, rec.take())
}
