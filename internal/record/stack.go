// SPDX-License-Identifier: MIT

package record

import (
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// maxFrames is the greatest number of frames in a stack that is taken here, as in Go's own traces.
const maxFrames = 100

// maxErrors is the number of errors in a tree of wrapped ones that are asked for a stack.
const maxErrors = 100

// Frames is a stack: return addresses as [runtime.Callers] gives them, the innermost first.
// As the value of a [StackKey] attribute it is the stack of a logging call that was taken
// when the record went to another goroutine.
type Frames []uintptr

// Append appends the stack in Go's manner, two lines a frame, each behind indent
// and ended by a line break:
//
//	main.(*DB).Query
//	    /src/app/db.go:42
//
// The runtime's frames that start a goroutine are left out.
func (f Frames) Append(dst []byte, indent string) []byte {
	if len(f) == 0 {
		return dst
	}
	for frames, more := runtime.CallersFrames(f), true; more; {
		var frame runtime.Frame
		frame, more = frames.Next()
		if frame.Function == "runtime.goexit" || frame.Function == "runtime.main" || frame.PC == 0 {
			continue
		}
		dst = append(dst, indent...)
		dst = append(dst, printable(frame.Function)...)
		dst = append(dst, '\n')
		dst = append(dst, indent...)
		dst = append(dst, "    "...)
		dst = append(dst, printable(frame.File)...)
		dst = append(dst, ':')
		dst = strconv.AppendInt(dst, int64(frame.Line), 10)
		dst = append(dst, '\n')
	}
	return dst
}

// printable quotes the name of a directory that would forge a line.
func printable(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return strconv.Quote(s)
	}
	return s
}

// MarshalText returns what [Frames.Append] appends, for handlers that know no stacks.
func (f Frames) MarshalText() ([]byte, error) {
	return f.Append(nil, ""), nil
}

// CallStack returns the stack of the calling goroutine from the frame outward that
// the record's PC is in. It is nil if pc is 0 or not on this stack.
func CallStack(pc uintptr) Frames {
	if pc == 0 {
		return nil
	}
	var pcs [64]uintptr
	for skip := 2; ; skip += len(pcs) {
		n := runtime.Callers(skip, pcs[:])
		if i := slices.Index(pcs[:n], pc); i >= 0 {
			stack := make(Frames, maxFrames)
			return stack[:runtime.Callers(skip+i, stack)]
		}
		if n < len(pcs) {
			return nil
		}
	}
}

// userStack returns the stack of the calling goroutine without the frames of slog and slogx:
// the outer part of it, from the caller of the logging method on.
func userStack() Frames {
	stack := make(Frames, maxFrames)
	stack = stack[:runtime.Callers(2, stack)]
	start := max(0, slices.IndexFunc(stack, isLogger))
	for start < len(stack) && isOurs(stack[start]) {
		start++
	}
	return stack[start:]
}

func isLogger(pc uintptr) bool {
	return strings.HasPrefix(function(pc), "log/slog.(*Logger).")
}

func isOurs(pc uintptr) bool {
	name := function(pc)
	return strings.HasPrefix(name, "log/slog.") ||
		strings.HasPrefix(name, "github.com/slogx/slogx.") ||
		strings.HasPrefix(name, "github.com/slogx/slogx/internal/record.")
}

func function(pc uintptr) string {
	frame, _ := runtime.CallersFrames([]uintptr{pc}).Next()
	return frame.Function
}

// ErrStack returns the stack that err carries, or the first one that an error wrapped in it
// carries, nil if none does. A stack is what StackTrace() or Callers() returns as a slice
// of return addresses, whatever the slice's type is called.
func ErrStack(err error) (stack Frames) {
	defer func() {
		if recover() != nil {
			stack = nil // the error's own methods panicked
		}
	}()
	left := maxErrors
	return errStack(err, &left)
}

func errStack(err error, left *int) Frames {
	for err != nil && *left > 0 {
		*left--
		if stack := ownStack(err); len(stack) > 0 {
			return stack
		}
		switch e := err.(type) {
		case interface{ Unwrap() error }:
			err = e.Unwrap()
		case interface{ Unwrap() []error }:
			return firstStack(e.Unwrap(), left)
		default:
			return nil
		}
	}
	return nil
}

func firstStack(errs []error, left *int) Frames {
	for _, err := range errs {
		if stack := errStack(err, left); stack != nil {
			return stack
		}
	}
	return nil
}

func ownStack(err error) Frames {
	switch e := err.(type) {
	case interface{ StackTrace() []uintptr }:
		return e.StackTrace()
	case interface{ Callers() []uintptr }:
		return e.Callers()
	}
	// The name is constant, so that the linker keeps the methods of this name only.
	method := reflect.ValueOf(err).MethodByName("StackTrace")
	if !method.IsValid() || !givesAddresses(method.Type()) {
		return nil
	}
	pcs := method.Call(nil)[0]
	stack := make(Frames, pcs.Len())
	for i := range stack {
		stack[i] = uintptr(pcs.Index(i).Uint())
	}
	return stack
}

func givesAddresses(method reflect.Type) bool {
	return method.NumIn() == 0 && method.NumOut() == 1 &&
		method.Out(0).Kind() == reflect.Slice && method.Out(0).Elem().Kind() == reflect.Uintptr
}
