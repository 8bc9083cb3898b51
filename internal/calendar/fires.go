// SPDX-License-Identifier: MIT

package calendar

import (
	"math"
	"time"
)

// A rule is a set of local times, without end in both directions.
type rule interface {
	next(local int64) int64 // the first one after local
	prev(local int64) int64 // the last one until local, which counts
}

// fires are the instants at which the clocks of a zone show what a rule asks for.
// Local times that are shown twice fire the first time, and those that are skipped fire when they would
// have been shown, had the clocks been left alone.
type fires struct {
	rule
	dayStart bool // what is skipped fires when the clocks are changed
	always   bool // local times fire whenever they are shown, and not if they are skipped
}

// The instants of fires that there are none of.
const (
	noneBefore = math.MinInt64
	noneAfter  = math.MaxInt64
)

// last returns the last fire until sec, which counts.
func (f *fires) last(loc *time.Location, sec int64) int64 {
	for {
		sp := spanAt(loc, sec)
		if at := max(f.lastShown(sp, sec), f.lastSkipped(sp, sec)); at != noneBefore {
			return at
		}
		sec = sp.start - 1
	}
}

// first returns the first fire after sec.
func (f *fires) first(loc *time.Location, sec int64) int64 {
	for sp := spanAt(loc, sec); ; sp = spanAt(loc, sp.end) {
		if at := min(f.firstShown(sp, sec), f.firstSkipped(sp, sec)); at < sp.end {
			return at
		}
	}
}

// fresh returns the first local time of the span that may fire: what was shown before the clocks were
// put back does not fire again.
func (f *fires) fresh(sp span) int64 {
	if f.always {
		return sp.start + sp.offset
	}
	return sp.start + max(sp.offset, sp.before)
}

func (f *fires) lastShown(sp span, sec int64) int64 {
	local := f.prev(sec + sp.offset)
	if local < f.fresh(sp) {
		return noneBefore
	}
	return local - sp.offset
}

func (f *fires) firstShown(sp span, sec int64) int64 {
	return f.next(max(sec+sp.offset, f.fresh(sp)-1)) - sp.offset
}

// lastSkipped is lastShown for the local times that are skipped where the span starts.
func (f *fires) lastSkipped(sp span, sec int64) int64 {
	if f.always || sp.before >= sp.offset {
		return noneBefore
	}
	end := sp.start + sp.offset
	if !f.dayStart {
		end = min(end, sec+sp.before+1)
	}
	switch local := f.prev(end - 1); {
	case local < sp.start+sp.before:
		return noneBefore
	case f.dayStart:
		return sp.start
	default:
		return local - sp.before
	}
}

// firstSkipped is firstShown for the local times that are skipped where the span starts.
func (f *fires) firstSkipped(sp span, sec int64) int64 {
	if f.always || sp.before >= sp.offset {
		return noneAfter
	}
	local := f.next(max(sec, sp.start-1) + sp.before)
	if local >= sp.start+sp.offset {
		return noneAfter
	}
	return local - sp.before
}
