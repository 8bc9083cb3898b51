// SPDX-License-Identifier: MIT

package tree_test

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/tree"
)

func TestANodesFilterTellsThroughTheNodeWhatItHeldBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tr := newTree(t)
		rec, own := newRecorder(nil), newRecorder(nil)
		tr.Node("").AddHandler(rec)
		tr.Node("a.b").AddHandler(filter.NewHandler(own, filter.Sample(nil), filter.Dedup(nil)))
		tr.Node("a.b").AddFilter(filter.Dedup(nil))
		tr.Node("a.b").AddFilter(redactor{"k"})
		l := tr.Logger("a.b").With("k", 1).WithGroup("g")
		for range 5 {
			l.Info("m", "x", 1)
		}
		time.Sleep(10 * time.Second)
		l.Info("next")
		want := []string{"INFO m logger=a.b k=*** g.x=1", "INFO m logger=a.b held_back=4 filter=dedup", "INFO next logger=a.b k=***"}
		require.Equal(t, want, rec.take())
		require.Equal(t, want, own.take())
		l.Info("next")
		l.Info("next")
		require.NoError(t, tr.Shutdown(context.Background()))
		require.Equal(t, []string{"INFO next logger=a.b held_back=2 filter=dedup"}, rec.take())
		require.Equal(t, []string{"INFO next logger=a.b held_back=2 filter=dedup"}, own.take())
	})
}

func TestAHandlersFilterTellsAtShutdownWithItsName(t *testing.T) {
	tr := newTree(t)
	own := newRecorder(nil)
	tr.Node("").AddHandler(filter.NewHandler(own, filter.Dedup(nil)))
	for range 3 {
		tr.Logger("a.b").Info("m")
		tr.Logger("").Info("m")
	}
	require.NoError(t, tr.Shutdown(context.Background()))
	require.ElementsMatch(t, []string{"INFO m logger=a.b", "INFO m", "INFO m logger=a.b held_back=2 filter=dedup", "INFO m held_back=2 filter=dedup"}, own.take())
}

func TestAHandlerThatPanicsAtWhatAFilterTellsIsReportedAndTheRecordGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var reported []string
		tr := tree.New(&tree.Options{OnError: func(err error) { reported = append(reported, err.Error()) }})
		rec := newRecorder(nil)
		tr.Node("").AddHandler(rec)
		tr.Node("").AddHandler(&stub{handle: func(_ context.Context, r slog.Record) error {
			if r.NumAttrs() > 0 {
				panic("bad")
			}
			return nil
		}})
		tr.Node("a").AddFilter(filter.Dedup(nil))
		l := tr.Logger("a")
		l.Info("m")
		l.Info("m")
		time.Sleep(10 * time.Second)
		l.Info("next")
		require.Equal(t, []string{"INFO m logger=a", "INFO m logger=a held_back=1 filter=dedup", "INFO next logger=a"}, rec.take())
		require.Equal(t, []string{"tree: *tree_test.stub: panic: bad"}, reported)
	})
}

func TestCountsOfHeldBackRecordsAreExactAcrossNodes(t *testing.T) {
	tr := newTree(t)
	out := newRecorder(nil)
	var n atomic.Int64
	count := filter.Func(func(_ context.Context, r *filter.Record) bool {
		told, ok := filter.HeldBack(r)
		if !ok {
			told = 1
		}
		n.Add(told)
		return true
	})
	tr.Node("").AddHandler(filter.NewHandler(out, filter.Limit(&filter.LimitOptions{Count: 100, Period: time.Millisecond}), count))
	tr.Node("a").AddFilter(filter.Sample(&filter.SampleOptions{First: 3, Period: time.Millisecond}))
	tr.Node("b").AddFilter(filter.Dedup(&filter.DedupOptions{Period: time.Millisecond}))
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for i := range 2000 {
				tr.Logger([]string{"a", "b", "c"}[(g+i)%3]).Info("m", "i", i%7)
			}
		})
	}
	wg.Wait()
	require.NoError(t, tr.Shutdown(context.Background()))
	require.EqualValues(t, 16000, n.Load())
}
