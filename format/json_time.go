// SPDX-License-Identifier: MIT

package format

import (
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/slogx/slogx/internal/text"
)

// A jsonClock renders times in RFC 3339. What is the same for a whole second is rendered once.
type jsonClock struct {
	location *time.Location // nil is the time's own
	last     atomic.Pointer[jsonSecond]
}

// A jsonSecond is the text of a second in a time zone, around its fraction.
type jsonSecond struct {
	unix       int64
	location   *time.Location
	head, tail string
	bad        bool // there is no such year in RFC 3339, and the fraction is left out

	open   string    // how a record begins, to the head
	levels [4]string // from the tail to the message, for slog's levels
}

// at returns the second of t.
func (o *jsonOptions) at(t time.Time) *jsonSecond {
	location := o.clock.location
	if location == nil {
		location = t.Location()
	}
	s := o.clock.last.Load()
	if unix := t.Unix(); s == nil || s.unix != unix || s.location != location {
		s = o.second(t.In(location))
		o.clock.last.Store(s)
	}
	return s
}

func (o *jsonOptions) second(t time.Time) *jsonSecond {
	s := &jsonSecond{unix: t.Unix(), location: t.Location()}
	if y := t.Year(); y < 0 || y > 9999 {
		s.head, s.bad = errYear, true
	} else {
		s.head = t.Format(`"2006-01-02T15:04:05`)
		s.tail = t.Format(`Z07:00"`)
	}
	s.open = o.open + `"time":` + s.head
	for i := range s.levels {
		level := slog.Level(4*i) + slog.LevelDebug
		s.levels[i] = s.tail + `,"level":"` + level.String() + `","msg":`
	}
	return s
}

// append appends the text of the second with a fraction.
func (s *jsonSecond) append(dst []byte, nanoseconds int) []byte {
	dst = append(dst, s.head...)
	if !s.bad {
		dst = text.AppendNanoseconds(dst, uint(nanoseconds))
	}
	return append(dst, s.tail...)
}

// head appends the fields time, level and msg.
func (o *jsonOptions) head(dst []byte, r *slog.Record) []byte {
	level := uint(r.Level - slog.LevelDebug)
	if r.Time.IsZero() || level%4 != 0 || level/4 > 3 || o.levelName != nil {
		return o.oddHead(dst, r)
	}
	s := o.at(r.Time)
	dst = append(dst, s.open...)
	if !s.bad {
		dst = text.AppendNanoseconds(dst, uint(r.Time.Nanosecond()))
	}
	dst = append(dst, s.levels[level/4]...)
	return text.AppendJSON(dst, r.Message)
}

// oddHead is head for a record without a time, or with a level that is none of slog's or has a name of its own.
func (o *jsonOptions) oddHead(dst []byte, r *slog.Record) []byte {
	dst = append(dst, o.open...)
	if !r.Time.IsZero() {
		dst = append(o.at(r.Time).append(append(dst, `"time":`...), r.Time.Nanosecond()), ',')
	}
	dst = text.AppendJSON(append(dst, `"level":`...), o.levelText(r.Level))
	dst = append(dst, `,"msg":`...)
	return text.AppendJSON(dst, r.Message)
}
