// SPDX-License-Identifier: MIT

package torture

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
)

// segment reads one segment.
func (c *checker) segment(path string, newest bool) {
	c.report.Segments++
	f, err := os.Open(path)
	if err != nil {
		c.violate(kindUnreadable, place{path: path}, "%v", err)
		return
	}
	defer f.Close()
	c.mode(f)
	lines, bytes, err := c.lines(f)
	at := place{path, bytes}
	c.report.Bytes += bytes
	if err != nil {
		c.violate(kindUnreadable, at, "%v", err)
	}
	if lines == 0 && !newest && !c.files.MayBeEmpty {
		c.violate(kindEmpty, place{path: path}, "there is no line in it")
	}
	if lines > 1 && c.files.MaxBytes > 0 && bytes > c.files.MaxBytes {
		c.violate(kindLarge, at, "%d lines, and %d bytes are allowed", lines, c.files.MaxBytes)
	}
}

// lines reads the lines of a segment, and returns how much there was of it, headers not counted as lines.
func (c *checker) lines(f *os.File) (lines int, bytes int64, err error) {
	in, err := c.unpack(f)
	for r := bufio.NewReaderSize(in, 64<<10); err == nil; {
		var b []byte
		if b, err = r.ReadBytes('\n'); len(b) == 0 {
			break
		}
		if bytes > 0 || c.files.Header == "" || string(b) != c.files.Header+"\n" {
			lines++
			c.line(place{f.Name(), bytes}, b)
		}
		bytes += int64(len(b))
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return lines, bytes, err
}

func (c *checker) mode(f *os.File) {
	info, err := f.Stat()
	if err != nil {
		c.violate(kindUnreadable, place{path: f.Name()}, "%v", err)
	} else if c.files.Mode != 0 && runtime.GOOS != "windows" && info.Mode() != c.files.Mode {
		c.violate(kindMode, place{path: f.Name()}, "the mode is %v, want %v", info.Mode(), c.files.Mode)
	}
}

// unpack returns what reads a segment without its compression.
func (c *checker) unpack(f *os.File) (io.Reader, error) {
	for suffix, open := range c.files.Unpack {
		if strings.HasSuffix(f.Name(), suffix) {
			return open(f)
		}
	}
	if strings.HasSuffix(f.Name(), ".gz") {
		return gzip.NewReader(f)
	}
	return f, nil
}

// line takes what is between two line breaks.
func (c *checker) line(at place, b []byte) {
	b, ended := bytes.CutSuffix(b, []byte{'\n'})
	i, ok := c.whole(b)
	switch {
	case ok && !ended && c.acked(i):
		c.violate(kindTorn, at, "%v has no line break", i)
		fallthrough
	case ok:
		c.count(at, i)
	case c.isFragment(b):
		c.report.Fragments++
	default:
		c.broken(at, b)
	}
}

func (c *checker) acked(i id) bool {
	return c.log.workers[i.slot*c.log.goroutines+i.goroutine].acked(i.seq)
}

// broken takes what is no line. Lines in it that stand behind something else are torn, but not lost.
func (c *checker) broken(at place, b []byte) {
	if intact(b) {
		c.violate(kindStray, at, "a line of another run, %s", excerpt(b))
		return
	}
	type found struct {
		at int
		id id
	}
	var lines []found
	rest := b
	for {
		from, i, ok := c.lastWhole(rest)
		if !ok {
			break
		}
		lines = append(lines, found{from, i})
		rest = rest[:from]
	}
	c.violate(kindTorn, at, "%d whole lines at the end of %s", len(lines), excerpt(b))
	for _, f := range slices.Backward(lines) {
		c.count(place{at.path, at.offset + int64(f.at)}, f.id)
	}
}

// lastWhole returns where the line begins that b ends with.
func (c *checker) lastWhole(b []byte) (from int, i id, ok bool) {
	for from = range b {
		if b[from] < '0' || b[from] > '9' {
			continue
		}
		if i, ok = c.whole(b[from:]); ok {
			return from, i, true
		}
	}
	return 0, id{}, false
}

// isFragment reports whether b is the beginning of a line that was not acknowledged.
func (c *checker) isFragment(b []byte) bool {
	if len(b) == 0 {
		return false
	}
	begins := func(i id) bool { return bytes.HasPrefix(c.log.maker.line(i), b) }
	if i, ok := cutID(b); ok {
		return c.offered(i) && !c.acked(i) && begins(i)
	}
	for worker := range c.log.workers {
		i := id{slot: worker / c.log.goroutines, goroutine: worker % c.log.goroutines}
		for i.seq = range c.log.workers[worker].unacked() {
			if begins(i) {
				return true
			}
		}
	}
	return false
}

func trimNUL(b []byte) []byte { return bytes.TrimLeft(b, "\x00") }
