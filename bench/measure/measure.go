// SPDX-License-Identifier: MIT

// Package measure times the cases of a scenario in turns, so that whatever else the machine does meets all of them alike.
package measure

import (
	"errors"
	"fmt"
	"runtime"
	"time"

	"github.com/slogx/slogx/bench"
)

// Options say how much is measured.
type Options struct {
	Rounds int           // how often each case has its turn
	Time   time.Duration // how long a turn takes at least
}

// A Result is what a case took.
type Result struct {
	Case *bench.Case

	// Times are the nanoseconds of each turn, for each thing that was done.
	Times []float64

	Allocs, Bytes float64 // for each thing that was done
	Held          float64 // bytes that each thing occupies; see [bench.Case.Hold]
}

// Run measures the cases that wanted reports true for; nil wants all of them. Each must pass [bench.Check] first.
func Run(s *bench.Scenario, wanted func(*bench.Case) bool, opts Options) ([]Result, error) {
	var results []Result
	var runs []*run
	var envs []*bench.Env
	for i := range s.Cases {
		c := &s.Cases[i]
		if wanted != nil && !wanted(c) {
			continue
		}
		if err := bench.Check(s, c); err != nil {
			return nil, err
		}
		e := &bench.Env{Out: new(bench.Void)}
		r := &run{loop: c.New(e), per: float64(max(c.Per, 1))}
		r.calibrate(opts.Time)
		results = append(results, Result{Case: c, Allocs: r.allocs, Bytes: r.bytes, Held: held(c)})
		runs, envs = append(runs, r), append(envs, e)
	}
	for round := range opts.Rounds {
		for i := range runs {
			at := (i + round) % len(runs) // nobody always comes after the same one
			results[at].Times = append(results[at].Times, runs[at].time())
		}
	}
	var errs []error
	for i, e := range envs {
		if err := e.Close(); err != nil {
			errs = append(errs, fmt.Errorf("%s: %s: %w", s.Name, results[i].Case.Label(s), err))
		}
	}
	return results, errors.Join(errs...)
}

// A run is a case that is ready to be timed.
type run struct {
	loop          func(n int)
	n             int     // turns that take the time that was asked for
	per           float64 // things that are done in a turn
	allocs, bytes float64
}

// calibrate finds n, and counts what is allocated.
func (r *run) calibrate(least time.Duration) {
	var before, after runtime.MemStats
	for n := 1; ; {
		runtime.GC()
		runtime.ReadMemStats(&before)
		start := time.Now()
		r.loop(n)
		took := time.Since(start)
		runtime.ReadMemStats(&after)
		if took >= least/2 {
			things := float64(n) * r.per
			// What is not a part of each thing is the runtime's own.
			r.allocs = float64((after.Mallocs-before.Mallocs)/uint64(n)) / r.per
			r.bytes = float64(after.TotalAlloc-before.TotalAlloc) / things
			r.n = max(1, int(float64(n)*float64(least)/float64(took)))
			return
		}
		n = max(n+1, min(100*n, int(1.2*float64(n)*float64(least)/float64(took+1))))
	}
}

// time returns the nanoseconds that each thing takes.
func (r *run) time() float64 {
	if r.allocs > 0 { // a collection that begins in between would be what others left
		runtime.GC()
	}
	start := time.Now()
	r.loop(r.n)
	return float64(time.Since(start)) / float64(r.n) / r.per
}

// held returns the bytes of each of the things that a case holds.
func held(c *bench.Case) float64 {
	if c.Hold == nil {
		return 0
	}
	names := bench.Names(c.Per)
	before := heap()
	things := c.Hold(names)
	bytes := float64(heap()) - float64(before)
	runtime.KeepAlive(things)
	runtime.KeepAlive(names)
	return bytes / float64(max(c.Per, 1))
}

func heap() uint64 {
	runtime.GC()
	runtime.GC() // the first one may leave what it had finalizers for
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}
