// SPDX-License-Identifier: MIT

package rotate_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/rotate"
	"github.com/slogx/slogx/rotate/torture"
)

// What is promised of a log writer under torture, and where it is checked. "every run" is subject.check.
//
//	each acknowledged line is there exactly once         every run; Stats.Lines and Stats.Bytes: writer.Close
//	no line is torn                                      every run; TestTortureOnAFullDisk
//	lines of a goroutine are in their order              every run, over the segments from the oldest to the newest
//	lines without acknowledgement are never doubled      every run; there are such in TestTortureKilled, TestTortureOnAFullDisk
//	files of others do not change                        TestTortureKeepsOnlySoMany; every run for what lies beside the directory
//	limits of retention hold, the newest are kept        TestTortureKeepsOnlySoMany
//	no file is too large, and none empty                 every run
//	Close leaves no goroutine, descriptor, other file    every run, in children, too; all is compressed: subject.segments
//	errors are counted, and there is none without cause  every run; writer.Close; TestTortureOnAFullDisk
//	all goes on when a fault is over                     TestTortureOnAFullDisk
//	modes are what was asked for                         TestTortureUnderUmasks
//	events are the segments, in their order              every run in this process: subject.requireEvents

// A cell is one of the matrix.
type cell struct {
	name string
	opts rotate.Options
	plan torture.Plan
}

func (c cell) subject(t *testing.T) *subject {
	t.Helper()
	s := newSubject(t, c.opts)
	c.plan.Dir, c.plan.Open = s.plan.Dir, s.plan.Open
	s.plan = c.plan
	return s
}

// A load are the lines for a size, so many that there are some dozens of rotations: the time that numbers take is quadratic.
type load struct {
	size  int64
	lines int
	bytes func(*rand.Rand) int
	pause time.Duration
}

var loads = []load{
	{200, 120, func(r *rand.Rand) int { return r.IntN(60) + 300*(r.IntN(50)/49) }, 0},
	{4 << 10, 400, nil, 0},
	{1 << 20, 250, func(r *rand.Rand) int { return r.IntN(4 << 10) }, time.Millisecond},
}

// cells returns a third of the matrix, in which each pair of values is, and in a long run all of it.
func cells(third int) (chosen []cell) {
	many, all := 1, torture.Long(0) > 0
	if all {
		many = 3
	}
	for i, goroutines := range []int{1, 8} {
		for j, load := range loads {
			for k, names := range []rotate.Options{{BackupCount: 90_000}, {Suffix: "%Y-%m-%d"}, {When: "S"}} {
				for l, codec := range []rotate.Codec{nil, rotate.Gzip} {
					if !all && (i+j+k+l)%3 != third {
						continue
					}
					names.MaxBytes, names.Compress = load.size, codec
					plan := torture.Plan{
						Goroutines: goroutines, Lines: many * load.lines / goroutines, Bytes: load.bytes, Pause: load.pause, Inside: pests,
					}
					name := fmt.Sprintf("%d goroutines, %d bytes, %s%s, gzip %t", goroutines, load.size, names.Suffix, names.When, codec != nil)
					chosen = append(chosen, cell{name, names, plan})
				}
			}
		}
	}
	return chosen
}

// rounds does the tests once, or again and again as long as the flag -torture says. The name of each is its own.
func rounds(t *testing.T, round func(t *testing.T)) {
	t.Helper()
	end := time.Now().Add(torture.Long(0))
	for i := 0; i == 0 || time.Now().Before(end) && !t.Failed(); i++ {
		t.Run(fmt.Sprint(i), round)
	}
	total.log(t)
}

// total is what was done and found so far.
var total totals

type totals struct{ lines, segments, kills, violations int64 }

func (n *totals) add(log *torture.Log, r *torture.Report) {
	n.lines += log.Acked
	n.segments += int64(r.Segments)
	n.kills += int64(log.Kills)
	n.violations += int64(len(r.Violations))
}

func (n *totals) log(t *testing.T) {
	if torture.Long(0) > 0 {
		t.Logf("so far: %d lines acknowledged, %d segments, %d kills, %d violations", n.lines, n.segments, n.kills, n.violations)
	}
}

func TestTorture(t *testing.T) {
	rounds(t, func(t *testing.T) {
		for _, c := range cells(0) {
			t.Run(c.name, func(t *testing.T) {
				c.plan.Pause = 0
				c.subject(t).run(t)
			})
		}
	})
}

func TestTortureKilled(t *testing.T) {
	kills := 2
	if torture.Long(0) > 0 {
		kills = 10
	}
	rounds(t, func(t *testing.T) {
		for _, c := range cells(1) {
			t.Run(c.name, func(t *testing.T) {
				c.plan.Processes, c.plan.Kills = 1, kills
				require.Equal(t, kills, c.subject(t).run(t).Kills)
			})
		}
	})
}
