// SPDX-License-Identifier: MIT

package format

import (
	"sync/atomic"
	"time"

	"github.com/itchyny/timefmt-go"
)

// defaultDate is the part of the default date format that is the same for a whole second.
const defaultDate = "%Y-%m-%d %H:%M:%S"

// A clock renders times. The text of a second is rendered once.
type clock struct {
	format   string         // strftime
	millis   bool           // behind it stand a comma and the milliseconds
	exact    bool           // times in one second may differ in their text
	location *time.Location // nil is the local one

	last atomic.Pointer[second]
}

// A second is the text of a second in a time zone.
type second struct {
	unix     int64
	location *time.Location
	text     string
}

func newClock(opts *Options) *clock {
	c := &clock{format: opts.DateFormat, location: opts.Location}
	if c.format == "" {
		c.format, c.millis = defaultDate, true
	}
	whole := time.Unix(0, 0)
	c.exact = timefmt.Format(whole, c.format) != timefmt.Format(whole.Add(123456789), c.format)
	return c
}

// append appends the text of t; nothing for the zero time.
func (c *clock) append(dst []byte, t time.Time) []byte {
	if t.IsZero() {
		return dst
	}
	location := c.location
	if location == nil {
		location = time.Local
	}
	if c.exact {
		return timefmt.AppendFormat(dst, t.In(location), c.format)
	}
	s := c.last.Load()
	if unix := t.Unix(); s == nil || s.unix != unix || s.location != location {
		s = &second{unix, location, timefmt.Format(t.In(location), c.format)}
		c.last.Store(s)
	}
	dst = append(dst, s.text...)
	if c.millis {
		ms := t.Nanosecond() / 1e6
		dst = append(dst, ',', byte('0'+ms/100), byte('0'+ms/10%10), byte('0'+ms%10))
	}
	return dst
}
