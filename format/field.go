// SPDX-License-Identifier: MIT

package format

import (
	"bytes"
	"log/slog"
	"math"
	"math/big"
	"os"
	"runtime"
	"strconv"
	"time"

	"github.com/slogx/slogx/levels"
)

// started is when relativeCreated is 0.
var started = time.Now()

// kind is the type of a field. It says which forms fit.
type kind uint8

const (
	anyKind   kind = iota // an attribute: known when it is printed
	textKind              // a text
	intKind               // a whole number
	floatKind             // a number
	otherKind             // neither a text nor a number: Python's None
)

func (k kind) String() string {
	return [...]string{"anything", "text", "a whole number", "a number", "neither text nor a number"}[k]
}

// An op is what a segment of a layout prints.
type op uint8

const (
	opAttribute op = iota // the attribute with the segment's name
	opAsctime
	opName
	opLevelname
	opMsg
	opMessage
	opAttrs
	opPathname
	opFilename
	opModule
	opFuncName
	opPackage
	opThreadName
	opLineno
	opLevelno
	opGoroutine
	opCreated
	opMsecs
	opRelativeCreated
	opLogColor
	opReset
	opConstant // what never changes; the parsers make literal text of it
)

// A field is something of a record that layouts name.
// The zero field is an attribute.
type field struct {
	op       op
	kind     kind
	constant string // of opConstant, unless it is of intKind
}

// fields are the fields by their names.
var fields = map[string]field{
	"asctime":         {op: opAsctime, kind: textKind},
	"created":         {op: opCreated, kind: floatKind},
	"msecs":           {op: opMsecs, kind: floatKind},
	"relativeCreated": {op: opRelativeCreated, kind: floatKind},

	"levelname": {op: opLevelname, kind: textKind},
	"levelno":   {op: opLevelno, kind: intKind},
	"name":      {op: opName, kind: textKind},
	"message":   {op: opMessage, kind: textKind},
	"msg":       {op: opMsg, kind: textKind},
	"attrs":     {op: opAttrs, kind: textKind},

	"pathname": {op: opPathname, kind: textKind},
	"filename": {op: opFilename, kind: textKind},
	"module":   {op: opModule, kind: textKind},
	"funcName": {op: opFuncName, kind: textKind},
	"package":  {op: opPackage, kind: textKind},
	"lineno":   {op: opLineno, kind: intKind},

	"log_color": {op: opLogColor, kind: textKind},
	"reset":     {op: opReset, kind: textKind},

	"process":     {op: opConstant, kind: intKind},
	"processName": {op: opConstant, kind: textKind, constant: "MainProcess"},
	"thread":      {op: opGoroutine, kind: intKind},
	"threadName":  {op: opThreadName, kind: textKind},
	"goroutine":   {op: opGoroutine, kind: intKind},

	"taskName":   {op: opConstant, kind: otherKind, constant: "None"},
	"args":       {op: opConstant, kind: otherKind, constant: "()"},
	"exc_info":   {op: opConstant, kind: otherKind, constant: "None"},
	"exc_text":   {op: opConstant, kind: otherKind, constant: "None"},
	"stack_info": {op: opConstant, kind: otherKind, constant: "None"},
}

// appendConstant appends a field that never changes, in the form that is asked for; nil is none.
func (f field) appendConstant(dst []byte, s shape) []byte {
	n := len(dst)
	switch {
	case f.kind == intKind && s != nil:
		return s.whole(dst, false, uint64(os.Getpid()))
	case f.kind == intKind:
		return strconv.AppendInt(dst, int64(os.Getpid()), 10)
	case s == nil:
		return append(dst, f.constant...)
	case f.kind == textKind:
		return s.text(append(dst, f.constant...), n)
	default:
		return s.fit(append(dst, f.constant...), n)
	}
}

func levelno(r *slog.Record) int64 { return int64(levels.Python(r.Level)) }

func created(r *slog.Record) float64 {
	switch {
	case r.Time.IsZero():
		return 0
	case r.Time.Year() < 1700 || r.Time.Year() > 2200: // not in the range of UnixNano
		ns := big.NewInt(r.Time.Unix())
		ns.Add(ns.Mul(ns, big.NewInt(1e9)), big.NewInt(int64(r.Time.Nanosecond())))
		f, _ := new(big.Float).SetInt(ns).Float64()
		return f / 1e9
	default:
		return float64(r.Time.UnixNano()) / 1e9
	}
}

func msecs(r *slog.Record) float64 { return float64(r.Time.Nanosecond() / 1e6) }

func relativeCreated(r *slog.Record) float64 {
	if r.Time.IsZero() {
		return 0
	}
	d := r.Time.Sub(started)
	if d == math.MinInt64 || d == math.MaxInt64 { // it is longer than a Duration
		return (created(r) - float64(started.UnixNano())/1e9) * 1e3
	}
	return float64(d) / 1e6
}

// goroutine returns the id of the calling goroutine, which only its stack trace tells:
// "goroutine 12 [running]:".
func goroutine() int64 {
	var buf [40]byte
	trace := buf[:runtime.Stack(buf[:], false)]
	trace = bytes.TrimPrefix(trace, []byte("goroutine "))
	end := max(0, bytes.IndexByte(trace, ' '))
	id, _ := strconv.ParseInt(string(trace[:end]), 10, 64)
	return id
}
