// SPDX-License-Identifier: MIT

package filter

import (
	"cmp"
	"fmt"
	"hash/maphash"
	"time"
)

// LimitOptions are options for [Limit]. The zero LimitOptions passes 100 records a second.
type LimitOptions struct {
	// Count is how many records pass in a Period, over time. If zero, it is 100.
	Count int

	// Period is the time for Count records. If zero, it is a second.
	Period time.Duration

	// Burst is how many records pass at once when none came before. If zero, it is Count.
	Burst int

	// Key says which records have a limit in common: those for which it returns the same.
	// If nil, all have.
	Key func(*Record) string

	// MaxKeys is for how many keys records are counted at a time, if there is a Key.
	// If zero, it is 4096.
	MaxKeys int
}

// Limit returns a filter that limits the rate of records: of all together, or of those of each key.
// In any stretch of time pass at most Burst records and Count for each Period of it: it is a token
// bucket of Burst tokens, which is full at first. Python's logging has none. [Holder] says when
// it is told how many were held back: a Period after the first of them.
//
// A nil opts is the zero LimitOptions. Limit panics if a number is negative.
func Limit(opts *LimitOptions) *Holder {
	o := *cmp.Or(opts, &LimitOptions{})
	count := setting("LimitOptions.Count", o.Count, 100)
	period := setting("LimitOptions.Period", o.Period, time.Second)
	burst := setting("LimitOptions.Burst", o.Burst, count)
	maxKeys := setting("LimitOptions.MaxKeys", o.MaxKeys, defaultMaxKeys)
	if o.Key == nil {
		maxKeys = 1
	}
	text := fmt.Sprintf("Limit(%d per %v)", count, period)
	if burst != count {
		text = fmt.Sprintf("Limit(%d per %v, burst %d)", count, period, burst)
	}
	return newHolder("limit", text, period, maxKeys, keyed(o.Key, hashNothing), bucketRule(count, burst, period))
}

// bucketRule is a token bucket, kept as one number: the end of a slot is when its bucket is full
// again (the generic cell rate algorithm, of ATM networks).
func bucketRule(count, burst int, period time.Duration) rule {
	window, others := min(int64(period), longest), int64(burst-1)
	each := window / int64(count)                    // the time that a token takes
	each = max(min(each, longest/max(others, 1)), 1) // a burst is worth 73 years at most
	room := min(others, longest) * each              // the time that all others of a burst take
	return func(s *slot, now int64) (bool, int64) {
		full := max(s.end, now)
		if full-now > room {
			return false, now + window
		}
		s.end = full + each
		return true, 0
	}
}

// hashNothing counts all records together.
func hashNothing(maphash.Seed, *Record) uint64 { return 0 }
