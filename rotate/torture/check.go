// SPDX-License-Identifier: MIT

package torture

import (
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
)

// Files are what a writer has left, and what it was to leave.
type Files struct {
	// Paths are the segments from the oldest to the newest, and last the file that was written to.
	Paths []string

	// Unpack returns what decompresses segments, by the ends of their names. That of ".gz" is there anyway.
	Unpack map[string]func(io.Reader) (io.Reader, error)

	// MaxBytes is the size that a segment may have if it holds more than one line. If zero, any.
	MaxBytes int64

	// Mode is the mode of each segment. If zero, any, and so on Windows.
	Mode fs.FileMode

	// Header is a line, without its line break, that segments may begin with.
	Header string

	// Events are the paths of segments in the order in which the writer reported that they were finished. If not nil,
	// they must be all Paths but the last.
	Events []string

	// Before is how it was before the writer was opened: nothing else may have changed. If nil, that is not checked.
	Before *Snapshot

	// Ours are other files of the writer that may lie there after Close, such as that of a lock.
	Ours []string

	// MayReject allows errors of Write, for the time of the disturbances: the disk was full.
	MayReject bool

	// MayBeEmpty allows segments without lines.
	MayBeEmpty bool

	// Expired says that the oldest segments have been removed: a goroutine's first lines may be gone.
	Expired bool
}

// Check reads the segments, and compares them with the log.
func (l *Log) Check(f Files) *Report {
	c := &checker{log: l, files: f, report: &Report{seed: l.Seed}}
	c.report.Violations = slices.Clone(l.found)
	for _, led := range l.workers {
		c.tallies = append(c.tallies, tally{seen: make([]uint8, led.offered), last: -1, first: led.offered})
	}
	for i, path := range f.Paths {
		c.segment(path, i == len(f.Paths)-1)
	}
	c.account()
	c.rejections()
	if f.Events != nil && !slices.Equal(f.Events, f.Paths[:max(0, len(f.Paths)-1)]) {
		c.violate(kindEvents, place{}, "the segments are %q, and reported were %q", f.Paths[:max(0, len(f.Paths)-1)], f.Events)
	}
	if f.Before != nil {
		c.report.Violations = append(c.report.Violations, f.Before.changes(append(slices.Clone(f.Paths), f.Ours...))...)
		c.report.Violations = append(c.report.Violations, f.Before.held()...)
	}
	return c.report
}

type checker struct {
	log     *Log
	files   Files
	report  *Report
	tallies []tally
}

// A tally is what was found of the lines of one goroutine.
type tally struct {
	seen        []uint8 // how often, up to 2
	last, first int64
}

// A place is where something was found.
type place struct {
	path   string
	offset int64
}

func (c *checker) violate(kind string, at place, format string, args ...any) {
	c.report.Violations = append(c.report.Violations, Violation{kind, at.path, at.offset, fmt.Sprintf(format, args...)})
}

// count takes a whole line of this run that was found.
func (c *checker) count(at place, i id) {
	worker := i.slot*c.log.goroutines + i.goroutine
	t, acked := &c.tallies[worker], c.log.workers[worker].acked(i.seq)
	c.report.Lines++
	t.first = min(t.first, i.seq)
	if !acked {
		c.report.Unacked++
	}
	switch {
	case t.seen[i.seq] > 0:
		why := ""
		if !acked {
			why = ", which was not even acknowledged"
		}
		c.violate(kindDoubled, at, "%v again%s", i, why)
	case i.seq < t.last:
		c.violate(kindDisorder, at, "%v comes after line %d", i, t.last)
	}
	t.seen[i.seq] = 1
	t.last = max(t.last, i.seq)
}

// account reports the lines that are missing.
func (c *checker) account() {
	for worker, t := range c.tallies {
		led := &c.log.workers[worker]
		from := int64(0)
		if c.files.Expired {
			from = t.first
		}
		for seq := from; seq < led.offered; seq++ {
			if t.seen[seq] == 0 && led.acked(seq) {
				c.violate(kindLost, place{}, "%v", id{worker / c.log.goroutines, worker % c.log.goroutines, seq})
			}
		}
	}
}

// rejections reports errors of Write where there should be none.
func (c *checker) rejections() {
	for _, led := range c.log.workers {
		for _, o := range led.outages {
			if led.calm > 0 && o.Last >= led.calm {
				c.violate(kindStuck, place{}, "all was well from line %d on, and yet %v", led.calm, o)
			} else if !c.files.MayReject {
				c.violate(kindRejected, place{}, "%v", o)
			}
		}
	}
}

// whole returns which line of this run b is, without its line break.
func (c *checker) whole(b []byte) (i id, ok bool) {
	if i, ok = cutID(b); !ok || !c.offered(i) {
		return id{}, false
	}
	line := c.log.maker.line(i)
	return i, string(b) == string(line[:len(line)-1])
}

// offered reports whether a line is one of this run.
func (c *checker) offered(i id) bool {
	if i.goroutine >= c.log.goroutines || i.slot >= len(c.tallies)/c.log.goroutines {
		return false
	}
	return i.seq < c.log.workers[i.slot*c.log.goroutines+i.goroutine].offered
}

// excerpt is what is printed of bytes that are no line.
func excerpt(b []byte) string {
	if nul := len(b) - len(trimNUL(b)); nul > 0 {
		return fmt.Sprintf("%d NUL bytes, and then %s", nul, excerpt(b[nul:]))
	}
	const most = 60
	if len(b) <= most {
		return strconv.Quote(string(b))
	}
	return fmt.Sprintf("%q… of %d bytes", b[:most], len(b))
}
