// SPDX-License-Identifier: MIT

package torture

import (
	"fmt"
	"iter"
	"slices"
	"time"
)

// A Log is what a writer made of the lines of a run, as the goroutines that wrote saw it.
type Log struct {
	Dir  string
	Seed uint64

	Offered  int64 // lines that were handed to Write
	Acked    int64 // those for which it returned nil
	Rejected int64 // those for which it returned an error
	Unknown  int64 // those that were being written when a process was killed
	Kills    int

	// Outages are the lines that were rejected, of each process and goroutine in order.
	Outages []Outage

	goroutines int // of each process
	maker      *maker
	workers    []ledger
	found      []Violation
}

// An Outage is a row of lines of one goroutine that were rejected, one after the other.
type Outage struct {
	Process, Goroutine int
	First, Last        int64         // lines, from 0
	Next               int64         // the next line that was acknowledged; -1 if there is none
	Lasted             time.Duration // from the first error to the last one
	Err                string        // the first error
}

func (o Outage) String() string {
	next := "and none after it was acknowledged"
	if o.Next >= 0 {
		next = fmt.Sprintf("and line %d was acknowledged", o.Next)
	}
	return fmt.Sprintf("lines %d to %d of goroutine %d of process %d were rejected for %v, %s: %s",
		o.First, o.Last, o.Goroutine, o.Process, o.Lasted, next, o.Err)
}

// A ledger is what is known of the lines of one goroutine.
type ledger struct {
	offered, calm int64
	outages       []Outage
	unknown       []int64 // sorted
}

// acked reports whether a line was acknowledged.
func (l *ledger) acked(seq int64) bool {
	_, unknown := slices.BinarySearch(l.unknown, seq)
	return seq < l.offered && !unknown && !l.rejected(seq)
}

// unacked returns all lines that were offered and not acknowledged.
func (l *ledger) unacked() iter.Seq[int64] {
	return func(yield func(int64) bool) {
		for _, seq := range l.unknown {
			if !yield(seq) {
				return
			}
		}
		for _, o := range l.outages {
			for seq := o.First; seq <= o.Last; seq++ {
				if !yield(seq) {
					return
				}
			}
		}
	}
}

func (l *ledger) rejected(seq int64) bool {
	n, _ := slices.BinarySearchFunc(l.outages, seq, func(o Outage, seq int64) int {
		if o.Last < seq {
			return -1
		}
		return 1
	})
	return n < len(l.outages) && l.outages[n].First <= seq
}

// next returns the first line from seq on that was acknowledged, -1 if there is none.
func (l *ledger) next(seq int64) int64 {
	for ; seq < l.offered; seq++ {
		if l.acked(seq) {
			return seq
		}
	}
	return -1
}

// log reads the book when the run is over.
func (r *run) log() *Log {
	l := &Log{
		Dir: r.plan.Dir, Seed: r.plan.Seed, Kills: r.kills, goroutines: r.plan.Goroutines,
		maker: newMaker(r.plan.Seed, r.plan.Bytes), found: r.found,
	}
	for worker := range r.book.workers {
		l.add(worker, r.book, r.unknown[worker])
	}
	return l
}

func (l *Log) add(worker int, b *book, unknown []int64) {
	led := ledger{offered: b.get(worker, cellOffered), calm: b.get(worker, cellCalm), unknown: unknown}
	led.outages = b.outages(worker)
	for i := range led.outages {
		o := &led.outages[i]
		o.Process, o.Goroutine = worker/l.goroutines, worker%l.goroutines
		o.Next = led.next(o.Last + 1)
	}
	l.workers = append(l.workers, led)
	l.Outages = append(l.Outages, led.outages...)
	acked, rejected := b.get(worker, cellAcked), b.get(worker, cellRejected)
	l.Offered += led.offered
	l.Acked += acked
	l.Rejected += rejected
	l.Unknown += int64(len(unknown))
	who := fmt.Sprintf("goroutine %d of process %d: ", worker%l.goroutines, worker/l.goroutines)
	if n := b.get(worker, cellFlawed); n > 0 {
		l.found = append(l.found, Violation{Kind: kindCount,
			Detail: who + fmt.Sprintf("%d calls of Write returned nil and not the number of bytes", n)})
	}
	if n := led.offered - acked - rejected - int64(len(unknown)); n != 0 {
		l.found = append(l.found, Violation{Kind: kindCount,
			Detail: who + fmt.Sprintf("%d lines offered, %d acknowledged, %d rejected, %d unknown", led.offered, acked, rejected, len(unknown))})
	}
}
