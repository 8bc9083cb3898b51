// SPDX-License-Identifier: MIT

package format

import (
	"bytes"
	"os"
	"runtime"
	"strconv"
	"time"

	"github.com/slogx/slogx/internal/text"
	"github.com/slogx/slogx/levels"
)

// started is when relativeCreated is 0.
var started = time.Now()

// kind is the type of a field. It says which conversions fit.
type kind uint8

const (
	textKind  kind = iota
	intKind        // a whole number
	floatKind      // a number
	otherKind      // neither a text nor a number: Python's None
)

// A field is something of a record that layouts name: how to get it, in the way of its kind.
type field struct {
	kind    kind
	text    func(l *look, dst []byte, r *Record, at *caller, raw bool) []byte // textKind, otherKind
	integer func(r *Record, at *caller) int64
	float   func(r *Record) float64

	// merged is the text of a field that prints attributes. It reports whether it met one
	// that makes a block below the line.
	merged func(l *look, dst []byte, r *Record, raw bool) ([]byte, bool)

	caller bool // at is needed; otherwise it may be nil
}

// fields are the fields by their names. All that is text or may be escaped is escaped unless raw.
var fields = map[string]*field{
	"asctime":         {text: (*look).asctime},
	"created":         {kind: floatKind, float: created},
	"msecs":           {kind: floatKind, float: msecs},
	"relativeCreated": {kind: floatKind, float: relativeCreated},

	"levelname": {text: levelname},
	"levelno":   {kind: intKind, integer: levelno},
	"name":      {text: (*look).name},
	"message":   {merged: (*look).message},
	"msg":       {text: (*look).msg},
	"attrs":     {merged: (*look).attrs},

	"pathname": fieldOfCaller(func(c *caller) string { return c.pathname }),
	"filename": fieldOfCaller(func(c *caller) string { return c.filename }),
	"module":   fieldOfCaller(func(c *caller) string { return c.module }),
	"funcName": fieldOfCaller(func(c *caller) string { return c.function }),
	"package":  fieldOfCaller(func(c *caller) string { return c.pkg }),
	"lineno":   {kind: intKind, integer: func(_ *Record, at *caller) int64 { return at.line }, caller: true},

	"process":     {kind: intKind, integer: process},
	"processName": constant(textKind, "MainProcess"),
	"thread":      {kind: intKind, integer: goroutine},
	"threadName":  {text: threadName},
	"goroutine":   {kind: intKind, integer: goroutine},

	"taskName":   constant(otherKind, "None"),
	"args":       constant(otherKind, "()"),
	"exc_info":   constant(otherKind, "None"),
	"exc_text":   constant(otherKind, "None"),
	"stack_info": constant(otherKind, "None"),
}

func fieldOfCaller(get func(*caller) string) *field {
	return &field{caller: true, text: func(_ *look, dst []byte, _ *Record, at *caller, _ bool) []byte {
		return append(dst, get(at)...)
	}}
}

func constant(k kind, s string) *field {
	return &field{kind: k, text: func(_ *look, dst []byte, _ *Record, _ *caller, _ bool) []byte {
		return append(dst, s...)
	}}
}

func levelname(_ *look, dst []byte, r *Record, _ *caller, _ bool) []byte {
	return append(dst, levels.Name(r.Level)...)
}

func levelno(r *Record, _ *caller) int64 { return int64(levels.Python(r.Level)) }

func created(r *Record) float64 {
	switch {
	case r.Time.IsZero():
		return 0
	case r.Time.Year() < 1700 || r.Time.Year() > 2200: // not in the range of UnixNano
		return float64(r.Time.Unix()) + float64(r.Time.Nanosecond())/1e9
	default:
		return float64(r.Time.UnixNano()) / 1e9
	}
}

func msecs(r *Record) float64 { return float64(r.Time.Nanosecond() / 1e6) }

func relativeCreated(r *Record) float64 {
	if r.Time.IsZero() {
		return 0
	}
	return float64(r.Time.Sub(started)) / 1e6
}

func process(*Record, *caller) int64 { return int64(os.Getpid()) }

// goroutine returns the id of the calling goroutine, which only its stack trace tells:
// "goroutine 12 [running]:".
func goroutine(*Record, *caller) int64 {
	var buf [40]byte
	trace := buf[:runtime.Stack(buf[:], false)]
	trace = bytes.TrimPrefix(trace, []byte("goroutine "))
	end := max(0, bytes.IndexByte(trace, ' '))
	id, _ := strconv.ParseInt(string(trace[:end]), 10, 64)
	return id
}

func threadName(_ *look, dst []byte, r *Record, at *caller, _ bool) []byte {
	return strconv.AppendInt(dst, goroutine(r, at), 10)
}

// appendText appends s escaped, or as it is if raw.
func appendText(dst []byte, s string, raw bool) []byte {
	if raw {
		return append(dst, s...)
	}
	return text.AppendEscaped(dst, s)
}
