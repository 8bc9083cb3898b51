// SPDX-License-Identifier: MIT

package filter

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"log/slog"
	"math"
	"math/bits"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"github.com/slogx/slogx/internal/record"
)

// A Holder is a [Filter] that holds records back, and tells how many: [Sample], [Limit] and [Dedup]
// make one. Python's logging has none; its cookbook leaves such filters to the reader.
//
// Records with the same key are counted together. How many of them were held back is told by a
// record that the Holder logs:
//
//   - when the time of the key is up, before the next record goes on that comes by, whatever its
//     key: at once if it is the same, else a tenth of a Period late at most;
//   - when the key is forgotten, because there are more than MaxKeys;
//   - by Flush, which the handler that the filter hangs on and the tree's Shutdown call.
//
// There is no timer and no goroutine: while nothing is logged, nothing is told. A program that may
// fall silent for long calls Flush now and then. Nothing is counted for a filter that is called by
// hand, with a Record that has no Owner.
//
// That record has the message of the last one that was held back and its place in the source, the
// highest level among them, and the attributes held_back, which is their number, and filter, which
// is "sample", "limit" or "dedup". Of a message or a name that is longer, it has the first 256 bytes.
// It is logged under the same name without what else was bound, and passes all filters there, those
// before the Holder too. No Holder, there or further on, holds it back or counts it; see [HeldBack].
// If a handler fails or panics at it, the error has the number, and it is not told again.
//
// Memory is bounded by 700 bytes for each of MaxKeys, 2.9 MB by default. Of these, 35 are taken at
// once, and the others while there is something to tell of a key. If there are more keys, those whose
// time is up are forgotten first, then the oldest: a record too many may pass, and none is lost.
// A MaxKeys above 8 is rounded up to a multiple of 8, and as keys are spread by their hashes, some
// are forgotten as soon as there are more than about half as many.
//
// A Holder is safe for concurrent use, and its counts are exact. A record that passes costs no
// allocation. It may hang in several places, and counts for all of them together.
type Holder struct {
	name    string // for the attribute filter
	text    string // for String
	key     hasher
	rule    rule
	seed    maphash.Seed
	start   time.Time
	gap     int64 // the least time between two sweeps
	used    int   // slots of a bucket
	buckets []bucket

	due   atomic.Int64 // when there is something to tell; never if nothing is held back
	pause atomic.Int64 // no sweep before
}

// A hasher returns the hash of what records have in common that are counted together.
type hasher func(seed maphash.Seed, r *Record) uint64

// A rule reports whether a record passes that comes now, and moves the slot of its key on.
// For one that does not pass, it says when that is to be told.
// It is called under the bucket's lock. An empty slot is a key that was never seen.
type rule func(s *slot, now int64) (pass bool, tellAt int64)

// Times are nanoseconds since the start of the Holder.
const (
	never   = math.MaxInt64
	longest = math.MaxInt64 / 4 // so that sums do not overflow
)

const defaultMaxKeys = 4096

// newHolder returns a Holder that keeps nothing yet.
func newHolder(name, text string, period time.Duration, maxKeys int, key hasher, rule rule) *Holder {
	h := &Holder{
		name: name, text: text, key: key, rule: rule,
		seed: maphash.MakeSeed(), start: time.Now(), gap: int64(period / 10),
		used: min(maxKeys, ways), buckets: make([]bucket, (maxKeys-1)/ways+1),
	}
	h.due.Store(never)
	return h
}

// Filter implements [Filter].
func (h *Holder) Filter(_ context.Context, r *Record) bool {
	if _, ok := HeldBack(r); ok {
		return true // before anything else: it may be this Holder that tells it, right now
	}
	key := h.key(h.seed, r)
	now := int64(time.Since(h.start))
	if now >= h.due.Load() {
		h.tellDue(now, r)
	}
	pass, forgotten := h.judge(key, now, r)
	if forgotten != nil {
		h.tellBefore(r, forgotten)
	}
	return pass
}

// judge reports whether r passes, and counts it if it does not. It returns what else there is to
// tell: of the key whose time is up, or of another one, whose slot was taken.
func (h *Holder) judge(key uint64, now int64, r *Record) (pass bool, tell *held) {
	b := h.bucketOf(key)
	b.mu.Lock()
	defer b.mu.Unlock()
	s := b.slotLocked(key, h.used)
	if s.key != key {
		tell, *s = s.held, slot{key: key}
	} else if s.held != nil && now >= s.held.due {
		tell, s.held = s.held, nil
	}
	pass, tellAt := h.rule(s, now)
	if !pass && r.Owner != nil {
		s.holdLocked(r, tellAt)
		h.dueAt(s.held.due)
	}
	return pass, tell
}

// dueAt has the next sweep come when something is due, if it would not come before.
func (h *Holder) dueAt(due int64) {
	due = max(due, h.pause.Load())
	for old := h.due.Load(); due < old && !h.due.CompareAndSwap(old, due); {
		old = h.due.Load()
	}
}

// tellDue tells all whose time is up, before r goes on.
func (h *Holder) tellDue(now int64, r *Record) {
	due := h.due.Load()
	if now < due || !h.due.CompareAndSwap(due, never) {
		return // another goroutine does it
	}
	h.pause.Store(now + h.gap)
	rest := now // what is due if a handler ends the goroutine in between
	defer func() { h.dueAt(rest) }()
	rest = h.sweep(now, func(k *held) { h.tellBefore(r, k) })
}

// sweep takes out all that is due, and tells it with no lock held. It takes one at a time, so that
// no other is lost if a handler ends the goroutine. It returns when the rest is due.
func (h *Holder) sweep(now int64, tell func(*held)) (rest int64) {
	rest = never
	for i := range h.buckets {
		b := &h.buckets[i]
		for k, next := b.takeDue(0, now, &rest); k != nil; k, next = b.takeDue(next, now, &rest) {
			tell(k)
		}
	}
	return rest
}

// Flush tells at once how many records were held back, as far as that was not told yet.
// The windows go on. It returns the errors of the handlers, and is nil if there is nothing to tell.
func (h *Holder) Flush() error {
	var errs []error
	h.sweep(never, func(k *held) { errs = append(errs, h.tell(k)) })
	return errors.Join(errs...)
}

// tellBefore tells something before r goes on, which has the error if nobody else reports it:
// a tree reports those of its handlers.
func (h *Holder) tellBefore(r *Record, k *held) {
	err := h.tell(k)
	if _, ok := k.owner.(*Handler); ok {
		r.Fail(err)
	}
}

// tell logs how many records were held back. No lock may be held.
func (h *Holder) tell(k *held) (err error) {
	defer func() {
		if p := recover(); p != nil { // it is no fault of the record that is under way
			err = fmt.Errorf("panic: %v", p)
		}
		if err != nil {
			err = fmt.Errorf("filter: tell held_back=%d of %s: %w", k.n, h, err)
		}
	}()
	to := k.owner
	if bare, ok := to.(*Handler); ok && len(k.logger) > 0 { // a tree's node binds the name itself
		to = bare.WithAttrs([]slog.Attr{slog.String(record.NameKey, string(k.logger))})
	}
	r := slog.NewRecord(time.Now(), k.level, string(k.message), k.pc)
	r.AddAttrs(slog.Int64(heldBackKey, k.n), slog.Any(filterKey, heldBy(h.name)))
	// Those that were held back had been enabled, so that nobody is asked again.
	return to.Handle(context.Background(), r)
}

// Predict implements [Predictor]: it depends on what came before.
func (h *Holder) Predict(string, slog.Level) (pass, sure bool) { return true, false }

// String says what passes: "Dedup(10s)".
func (h *Holder) String() string { return h.text }

// Keys of the attributes that tell of records that were held back.
const (
	heldBackKey = "held_back"
	filterKey   = "filter"
)

// heldBy is the value of the attribute filter in a record that tells of others: its type is the
// mark by which such a record is known.
type heldBy string

// HeldBack reports whether r is a record with which a [Holder] tells how many it has held back.
// A filter of your own that drops records by chance or by number should let these pass.
func HeldBack(r *Record) (n int64, ok bool) {
	if r.NumAttrs() < 2 {
		return 0, false
	}
	r.Attrs(func(a slog.Attr) bool {
		switch {
		case a.Key == heldBackKey && a.Value.Kind() == slog.KindInt64:
			n = a.Value.Int64()
		case a.Key == filterKey && a.Value.Kind() == slog.KindAny:
			_, ok = a.Value.Any().(heldBy)
		}
		return true
	})
	if !ok {
		return 0, false
	}
	return n, true
}

// ways is the number of slots of a bucket.
const ways = 8

// A bucket holds the slots of the keys whose hashes lead to it.
type bucket struct {
	mu    sync.Mutex
	slots [ways]slot
}

// A slot is what is known of a key. The zero slot is free.
type slot struct {
	key  uint64
	end  int64 // when its time is up, and the key as good as forgotten
	n    int64 // for the rule
	held *held // nil if there is nothing to tell
}

// held is what there is to tell of a key.
type held struct {
	n       int64
	due     int64
	level   slog.Level // the highest
	pc      uintptr    // of the last one, as what follows
	message []byte
	logger  []byte
	owner   slog.Handler
}

func (h *Holder) bucketOf(key uint64) *bucket {
	i, _ := bits.Mul64(key, uint64(len(h.buckets)))
	return &h.buckets[i]
}

// slotLocked returns the slot of the key or, if it has none, the one to be taken for it: a free
// one, else one whose time is up, else the oldest; that is always the one that ends first.
func (b *bucket) slotLocked(key uint64, used int) *slot {
	first := &b.slots[0]
	for i := range b.slots[:used] {
		s := &b.slots[i]
		if s.key == key {
			return s
		}
		if s.end < first.end {
			first = s
		}
	}
	return first
}

// takeDue takes what is due from the first slot, from the i-th on, that has such a thing, and returns it
// with the place where to go on. It lowers rest to when what it passes by is due.
func (b *bucket) takeDue(i int, now int64, rest *int64) (k *held, next int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for ; i < ways; i++ {
		switch k := b.slots[i].held; {
		case k == nil:
		case k.due <= now:
			b.slots[i].held = nil
			return k, i + 1
		default:
			*rest = min(*rest, k.due)
		}
	}
	return nil, i
}

// holdLocked counts r as held back, to be told at the given time if there is nothing to tell yet.
func (s *slot) holdLocked(r *Record, due int64) {
	if s.held == nil {
		s.held = &held{due: due, level: r.Level}
	}
	k := s.held
	k.n++
	k.level = max(k.level, r.Level)
	k.pc, k.owner = r.PC, r.Owner
	k.message, k.logger = keep(k.message, r.Message), keep(k.logger, r.Logger)
}

// maxKept is how many bytes are kept of a message and of a name.
const maxKept = 256

// keep returns the beginning of s in the memory of old, if it fits.
func keep(old []byte, s string) []byte {
	if n := maxKept; len(s) > n {
		for !utf8.RuneStart(s[n]) && n > maxKept-utf8.UTFMax {
			n--
		}
		s = s[:n]
	}
	if len(s) > cap(old) {
		old = make([]byte, 0, len(s)) // append might take more than the bound
	}
	return append(old[:0], s...)
}

// setting returns the value of an option, or its default if it is zero. A negative one is the
// programmer's mistake, as a nil handler is.
func setting[T int | time.Duration](name string, v, byDefault T) T {
	if v < 0 {
		panic(fmt.Sprintf("filter: %s: %v is negative", name, v))
	}
	return cmp.Or(v, byDefault)
}

// keyed returns the hasher for the key that the options give, if they do.
func keyed(key func(*Record) string, byDefault hasher) hasher {
	if key == nil {
		return byDefault
	}
	return func(seed maphash.Seed, r *Record) uint64 { return maphash.String(seed, key(r)) }
}
