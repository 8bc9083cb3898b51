// SPDX-License-Identifier: MIT

package filter

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"hash/maphash"
	"log/slog"
	"math"
	"strconv"
	"time"

	"github.com/slogx/slogx/internal/record"
	"github.com/slogx/slogx/internal/text"
)

// DedupOptions are options for [Dedup]. The zero DedupOptions holds back what is equal to a record
// that passed less than 10 seconds ago.
type DedupOptions struct {
	// Period is how long after a record those that are equal to it are held back.
	// If zero, it is 10 seconds.
	Period time.Duration

	// Key says which records are equal: those for which it returns the same.
	// If nil, those are that have the logger, the level, the message and all attributes in common,
	// bound and given, in the same order and groups. LogValuers are resolved for that; values that
	// are of none of slog's own kinds are equal if their texts are.
	Key func(*Record) string

	// MaxKeys is how many different records are remembered. If zero, it is 4096.
	MaxKeys int
}

// Dedup returns a filter that holds back a record that is equal to one that passed less than a
// period ago. What is held back does not make the period longer: something that goes on is heard of
// once a period. Python's logging has no such filter; it is syslog's "last message repeated n times".
// [Holder] says when it is told how many were held back.
//
// A filter before it that gives each record an attribute of its own, as a number, makes all different.
//
// A nil opts is the zero DedupOptions. Dedup panics if a number is negative.
func Dedup(opts *DedupOptions) *Holder {
	o := *cmp.Or(opts, &DedupOptions{})
	period := setting("DedupOptions.Period", o.Period, 10*time.Second)
	maxKeys := setting("DedupOptions.MaxKeys", o.MaxKeys, defaultMaxKeys)
	window := min(int64(period), longest)
	text := fmt.Sprintf("Dedup(%v)", period)
	return newHolder("dedup", text, period, maxKeys, keyed(o.Key, hashRecord), func(s *slot, now int64) (bool, int64) {
		if now < s.end {
			return false, s.end
		}
		s.end = now + window
		return true, 0
	})
}

// hashRecord tells apart records that differ in anything but the time and the place in the source.
func hashRecord(seed maphash.Seed, r *Record) uint64 {
	d := digest{valuers: record.MaxGroups}
	d.SetSeed(seed)
	d.number(int64(r.Level))
	d.text(r.Logger)
	d.text(r.Message)
	for prefix, a := range r.Scope.All() {
		d.text(prefix)
		d.attr(a)
	}
	given, prefix := r.Record, r.Scope.Prefix()
	if out, ok := r.Ungrouped(); ok { // a filter has added some outside of the groups
		given, prefix = out, ""
	}
	given.Attrs(func(a slog.Attr) bool {
		d.text(prefix)
		d.attr(a)
		return true
	})
	return d.Sum64()
}

// A digest hashes attributes. What it is given is written so that nothing else is written alike:
// texts with their lengths, values with their kinds, groups with their sizes.
type digest struct {
	maphash.Hash
	valuers int // that may be resolved yet
}

func (d *digest) attr(a slog.Attr) {
	d.text(a.Key)
	if err, ok := record.ErrOf(a); ok {
		a.Value = record.Err(err).Value // an error is what it says, also if it is a LogValuer
	}
	if a.Key == record.StackKey {
		return // the value is no more than a request for the stack
	}
	v := a.Value
	if v.Kind() == slog.KindLogValuer {
		if d.valuers--; d.valuers < 0 {
			return
		}
		v = v.Resolve()
	}
	_ = d.WriteByte(byte(v.Kind()))
	d.value(v)
}

func (d *digest) value(v slog.Value) {
	switch v.Kind() {
	case slog.KindString:
		d.text(v.String())
	case slog.KindInt64:
		d.number(v.Int64())
	case slog.KindUint64:
		d.number(int64(v.Uint64()))
	case slog.KindFloat64:
		d.number(int64(math.Float64bits(v.Float64())))
	case slog.KindBool:
		_, _ = d.WriteString(strconv.FormatBool(v.Bool()))
	case slog.KindDuration:
		d.number(int64(v.Duration()))
	case slog.KindTime:
		d.time(v.Time())
	case slog.KindGroup:
		d.size(len(v.Group()))
		for _, a := range v.Group() {
			d.attr(a)
		}
	default:
		var room [128]byte
		plain := text.AppendPlain(room[:0], v, true)
		d.size(len(plain))
		_, _ = d.Write(plain)
	}
}

func (d *digest) time(t time.Time) {
	_, offset := t.Zone()
	d.number(t.Unix())
	d.number(int64(t.Nanosecond()))
	d.number(int64(offset))
}

func (d *digest) text(s string) {
	d.size(len(s))
	_, _ = d.WriteString(s)
}

// size writes a length: in one byte, as most are short.
func (d *digest) size(n int) {
	_ = d.WriteByte(byte(min(n, 0xff)))
	if n >= 0xff {
		d.number(int64(n))
	}
}

func (d *digest) number(n int64) {
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], uint64(n))
	_, _ = d.Write(b[:])
}
