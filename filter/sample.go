// SPDX-License-Identifier: MIT

package filter

import (
	"cmp"
	"fmt"
	"hash/maphash"
	"log/slog"
	"time"
)

// SampleOptions are options for [Sample]. The zero SampleOptions has the first 100 records of each
// key pass in a second, and no others.
type SampleOptions struct {
	// First is how many records of a key pass in a Period. If zero, it is 100.
	First int

	// Every has each Every-th record after the First pass, too. If zero, none does.
	Every int

	// Period begins with a record of the key, and again with the next one after its end.
	// If zero, it is a second.
	Period time.Duration

	// Key says which records are counted together: those for which it returns the same.
	// If nil, those are that have the logger, the level and the message in common.
	Key func(*Record) string

	// MaxKeys is for how many keys records are counted at a time. If zero, it is 4096.
	MaxKeys int
}

// Sample returns a filter that passes the first records of each key in a period, and a sample of
// those that follow, so that a flood shows as such without drowning the rest. It is the sampler of
// zap, with exact counts; Python's logging has none. [Holder] says when it is told how many were held back.
//
// A nil opts is the zero SampleOptions. Sample panics if a number is negative.
func Sample(opts *SampleOptions) *Holder {
	o := *cmp.Or(opts, &SampleOptions{})
	first := int64(setting("SampleOptions.First", o.First, 100))
	every := int64(setting("SampleOptions.Every", o.Every, 0))
	period := setting("SampleOptions.Period", o.Period, time.Second)
	maxKeys := setting("SampleOptions.MaxKeys", o.MaxKeys, defaultMaxKeys)
	text := fmt.Sprintf("Sample(%d per %v)", first, period)
	if every > 0 {
		text = fmt.Sprintf("Sample(%d per %v, then 1 of %d)", first, period, every)
	}
	window := min(int64(period), longest)
	return newHolder("sample", text, period, maxKeys, keyed(o.Key, hashStatement), func(s *slot, now int64) (bool, int64) {
		if now >= s.end {
			s.n, s.end = 0, now+window
		}
		s.n++
		return s.n <= first || every > 0 && (s.n-first)%every == 0, s.end
	})
}

// hashStatement tells apart what logging statements say, without their attributes.
func hashStatement(seed maphash.Seed, r *Record) uint64 {
	return maphash.Comparable(seed, struct {
		logger, message string
		level           slog.Level
	}{r.Logger, r.Message, r.Level})
}
