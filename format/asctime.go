// SPDX-License-Identifier: MIT

package format

import (
	"strings"
	"sync/atomic"
	"time"

	"github.com/itchyny/timefmt-go"
)

// Date formats for [Options.DateFormat].
const (
	// RFC3339 is the time with its zone: 2006-01-02T15:04:05+01:00.
	RFC3339 = "%Y-%m-%dT%H:%M:%S%:z"

	// RFC3339Milli is the time with milliseconds and its zone: 2006-01-02T15:04:05.123+01:00.
	RFC3339Milli = "%Y-%m-%dT%H:%M:%S.%3f%:z"
)

// defaultDate is the date format that is used where none is given: Python's.
const defaultDate = "%Y-%m-%d %H:%M:%S,%3f"

// A clock renders times. What is the same for a whole second is rendered once, by whoever
// comes first, for all goroutines and without a lock.
type clock struct {
	head, tail string         // strftime, around the fraction of a second
	digits     int            // of the fraction: 3, 6 or 9; 0 is none
	exact      bool           // all of head, as there are several fractions
	location   *time.Location // nil is the local one

	last atomic.Pointer[second]
}

// A second is the text of a second in a time zone, around its fraction.
type second struct {
	unix       int64
	location   *time.Location
	head, tail string
}

func newClock(opts *Options) *clock {
	c := &clock{location: opts.Location, head: opts.DateFormat}
	if c.head == "" {
		c.head = defaultDate
	}
	head, digits, tail, _ := cutFraction(c.head)
	if c.exact = varies(head) || varies(tail); !c.exact {
		c.head, c.digits, c.tail = head, digits, tail
	}
	return c
}

// varies reports whether a date format has a further fraction of a second.
func varies(format string) bool {
	whole := time.Unix(0, 0)
	_, _, _, ok := cutFraction(format)
	return ok || timefmt.Format(whole, format) != timefmt.Format(whole.Add(123456789), format)
}

// cutFraction cuts a date format around its first fraction of a second.
func cutFraction(format string) (head string, digits int, tail string, ok bool) {
	for i := 0; i < len(format)-1; i++ {
		if format[i] != '%' {
			continue
		}
		for directive, digits := range map[string]int{"%f": 6, "%3f": 3, "%6f": 6, "%9f": 9} {
			if tail, ok := strings.CutPrefix(format[i:], directive); ok {
				return format[:i], digits, tail, true
			}
		}
		i++ // what follows belongs to this one, also a percent sign
	}
	return format, 0, "", false
}

// append appends the text of t; nothing for the zero time.
func (c *clock) append(dst []byte, t time.Time) []byte {
	if t.IsZero() {
		return dst
	}
	s := c.last.Load()
	if s == nil || s.unix != t.Unix() || s.location != c.zone() {
		if c.exact {
			return c.appendExact(dst, t.In(c.zone()))
		}
		s = c.render(t)
	}
	dst = append(dst, s.head...)
	if c.digits == 0 {
		return dst
	}
	dst = appendFraction(dst, t.Nanosecond(), c.digits)
	if s.tail == "" {
		return dst
	}
	return append(dst, s.tail...)
}

// zone returns the time zone of what is printed.
func (c *clock) zone() *time.Location {
	if c.location == nil {
		return time.Local
	}
	return c.location
}

// render makes the text of the second of t, and keeps it.
func (c *clock) render(t time.Time) *second {
	location := c.zone()
	local := t.In(location)
	s := &second{t.Unix(), location, timefmt.Format(local, c.head), timefmt.Format(local, c.tail)}
	c.last.Store(s)
	return s
}

// appendExact appends the text of t in a format with several fractions.
func (c *clock) appendExact(dst []byte, t time.Time) []byte {
	for format := c.head; ; {
		head, digits, tail, ok := cutFraction(format)
		dst = timefmt.AppendFormat(dst, t, head)
		if !ok {
			return dst
		}
		dst = appendFraction(dst, t.Nanosecond(), digits)
		format = tail
	}
}

// appendFraction appends the first digits of a fraction of a second, cut off and not rounded.
func appendFraction(dst []byte, nanoseconds, digits int) []byte {
	if digits == 3 {
		ms := nanoseconds / 1e6
		return append(dst, byte('0'+ms/100), byte('0'+ms/10%10), byte('0'+ms%10))
	}
	return appendDigits(dst, nanoseconds, digits)
}

// appendDigits is appendFraction of any number of digits.
func appendDigits(dst []byte, nanoseconds, digits int) []byte {
	var buf [9]byte
	for i := len(buf) - 1; i >= 0; i-- {
		buf[i] = byte('0' + nanoseconds%10)
		nanoseconds /= 10
	}
	return append(dst, buf[:digits]...)
}
