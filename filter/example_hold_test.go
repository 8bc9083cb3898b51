// SPDX-License-Identifier: MIT

package filter_test

import (
	"context"
	"log/slog"
	"time"

	"github.com/slogx/slogx/filter"
)

func ExampleSample() {
	first3 := filter.Sample(&filter.SampleOptions{First: 3, Every: 100, Period: time.Minute})
	h := filter.NewHandler(onStdout(), first3)
	log := slog.New(h)

	for i := range 250 {
		log.Info("cache miss", "key", i)
	}
	_ = h.Flush() // else it is told with the first record after the minute
	// Output:
	// level=INFO msg="cache miss" key=0
	// level=INFO msg="cache miss" key=1
	// level=INFO msg="cache miss" key=2
	// level=INFO msg="cache miss" key=102
	// level=INFO msg="cache miss" key=202
	// level=INFO msg="cache miss" held_back=245 filter=sample
}

func ExampleLimit() {
	byLogger := func(r *filter.Record) string { return r.Logger }
	h := filter.NewHandler(onStdout(), filter.Limit(&filter.LimitOptions{Count: 2, Period: time.Hour, Key: byLogger}))
	loud, calm := slog.New(h).With("logger", "loud"), slog.New(h).With("logger", "calm")

	for i := range 10 {
		loud.Info("retry", "n", i)
	}
	loud.Error("gave up")
	calm.Info("ready")
	_ = h.Flush()
	// Output:
	// level=INFO msg=retry logger=loud n=0
	// level=INFO msg=retry logger=loud n=1
	// level=INFO msg=ready logger=calm
	// level=ERROR msg="gave up" logger=loud held_back=9 filter=limit
}

func ExampleDedup() {
	h := filter.NewHandler(onStdout(), filter.Dedup(&filter.DedupOptions{Period: time.Minute}))
	log := slog.New(h)

	for range 5 {
		log.Warn("disk is full", "path", "/var")
	}
	log.Warn("disk is full", "path", "/tmp")
	_ = h.Flush()
	// Output:
	// level=WARN msg="disk is full" path=/var
	// level=WARN msg="disk is full" path=/tmp
	// level=WARN msg="disk is full" held_back=4 filter=dedup
}

func ExampleHolder_Flush() {
	dedup := filter.Dedup(nil)
	log := slog.New(filter.NewHandler(onStdout(), dedup))

	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { // tells also while nothing else is logged
		defer close(done)
		tick := time.NewTicker(time.Minute)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				_ = dedup.Flush()
			case <-ctx.Done():
				return
			}
		}
	}()
	log.Info("started")
	cancel()
	<-done
	// Output: level=INFO msg=started
}

func ExampleHeldBack() {
	n := 0
	oneInTen := filter.Func(func(_ context.Context, r *filter.Record) bool {
		if _, ok := filter.HeldBack(r); ok {
			return true // the number of those that are not printed
		}
		n++
		return n%10 == 1
	})
	h := filter.NewHandler(onStdout(), filter.Dedup(nil), oneInTen)
	log := slog.New(h)

	for i := range 6 {
		log.Info("request", "path", "/index")
		log.Info("connected", "n", i)
	}
	_ = h.Flush()
	// Output:
	// level=INFO msg=request path=/index
	// level=INFO msg=request held_back=5 filter=dedup
}
