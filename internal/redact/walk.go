// SPDX-License-Identifier: MIT

package redact

import (
	"bytes"
	"log/slog"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/slogx/slogx/internal/record"
)

// The bounds of what is looked at. What is beyond becomes the text for what was redacted.
const (
	maxValues = 10_000 // in one value
	maxDepth  = 50     // one inside the other
)

// A walk goes through attributes and what they hold, and keeps track of the way.
type walk struct {
	*Redactor
	places []place // the way to the present value is places[first:]
	first  int
	folded []byte // the name that is looked up
	buf    []byte // what is printed
	left   int    // values that may still be looked at
}

var walks = sync.Pool{New: func() any { return new(walk) }}

func (w *walk) release() {
	*w = walk{places: w.places[:0], folded: w.folded[:0], buf: w.buf[:0]}
	walks.Put(w)
}

// visit panics if too much was looked at.
func (w *walk) visit(depth int) {
	if w.left--; w.left < 0 || depth > maxDepth {
		panic(doubt{})
	}
}

// whole is what stands for a value that is redacted.
func (w *walk) whole() slog.Value { return slog.StringValue(w.text) }

// attr returns a redacted, and reports whether there was something to redact.
// If hidden, a key matches on the way here.
func (w *walk) attr(a slog.Attr, hidden bool, depth int) (_ slog.Attr, changed bool) {
	if a.Key == "" {
		if inline := a.Value.Kind() == slog.KindGroup; inline && !hidden || a.Equal(slog.Attr{}) {
			a.Value, changed = w.value(a.Value, depth)
			return a, changed
		}
	}
	back, matched := w.enter(a.Key)
	if hidden || matched {
		a.Value, changed = w.whole(), true
	} else {
		a.Value, changed = w.value(a.Value, depth)
	}
	w.leave(back)
	if a.Key != record.ErrKey && a.Key != record.StackKey { // what they mean is in the key
		if key, ok := w.Scrub(a.Key); ok {
			a.Key, changed = key, true
		}
	}
	return a, changed
}

// value returns v redacted, and reports whether there was something to redact.
func (w *walk) value(v slog.Value, depth int) (_ slog.Value, changed bool) {
	switch v.Kind() {
	case slog.KindString:
		if s, ok := w.Scrub(v.String()); ok {
			return slog.StringValue(s), true
		}
		return v, false
	case slog.KindGroup:
		if depth >= maxDepth {
			return w.whole(), true
		}
		return w.group(v, depth)
	case slog.KindAny:
		return w.any(v)
	case slog.KindLogValuer: // only an error's, which is not resolved
		v, _ = w.value(v.Resolve(), depth)
		return v, true
	default:
		return w.basic(v)
	}
}

// group returns the group redacted. The one that is given is not changed.
func (w *walk) group(v slog.Value, depth int) (_ slog.Value, changed bool) {
	attrs := v.Group()
	for i, a := range attrs {
		if a, ok := w.attr(a, false, depth+1); ok {
			if !changed {
				attrs, changed = slices.Clone(attrs), true
			}
			attrs[i] = a
		}
	}
	if !changed {
		return v, false
	}
	return slog.GroupValue(attrs...), true
}

// basic returns a number, time or bool redacted, as text.
func (w *walk) basic(v slog.Value) (_ slog.Value, changed bool) {
	if len(w.patterns) == 0 {
		return v, false
	}
	for i := 0; ; i++ {
		w.buf = appendBasic(w.buf[:0], v, i)
		if len(w.buf) == 0 {
			return v, false
		}
		if w.mayMatch(w.buf) {
			if s, ok := w.Scrub(string(w.buf)); ok {
				return slog.StringValue(s), true
			}
		}
	}
}

// appendBasic appends the i-th of the texts that v prints as, nothing if there is none.
// Handlers print floats, times and durations differently.
func appendBasic(dst []byte, v slog.Value, i int) []byte {
	switch kind := v.Kind(); {
	case kind == slog.KindFloat64 && i <= len(floatFormats):
		return appendFloat(dst, v.Float64(), i)
	case kind == slog.KindTime && i < len(timeFormats):
		return v.Time().AppendFormat(dst, timeFormats[i])
	case kind == slog.KindDuration && i == 1:
		return strconv.AppendInt(dst, int64(v.Duration()), 10)
	case i > 0:
		return dst
	case kind == slog.KindInt64:
		return strconv.AppendInt(dst, v.Int64(), 10)
	case kind == slog.KindUint64:
		return strconv.AppendUint(dst, v.Uint64(), 10)
	case kind == slog.KindBool:
		return strconv.AppendBool(dst, v.Bool())
	case kind == slog.KindDuration:
		return append(dst, v.Duration().String()...) // inlined, it does not allocate
	default: // a kind that is newer than this package
		return append(dst, v.String()...)
	}
}

const floatFormats = "gfe"

var timeFormats = [...]string{time.RFC3339Nano, "2006-01-02T15:04:05.000Z07:00", "2006-01-02 15:04:05.999999999 -0700 MST"}

// appendFloat appends the i-th of the texts that f prints as.
func appendFloat(dst []byte, f float64, i int) []byte {
	if i < len(floatFormats) {
		return strconv.AppendFloat(dst, f, floatFormats[i], -1, 64)
	}
	dst = strconv.AppendFloat(dst, f, 'e', -1, 64)
	return bytes.Replace(dst, []byte("e-0"), []byte("e-"), 1) // as in JSON
}
