// SPDX-License-Identifier: MIT

package format

import (
	"log/slog"
	"path"
	"runtime"
	"strings"
	"sync/atomic"

	"github.com/slogx/slogx/internal/text"
)

// A caller is the place of a logging call. It never changes.
type caller struct {
	pc       uintptr
	pathname string
	filename string
	module   string // the file's name without its extension
	line     int64
	function string // without its package
	pkg      string // the import path
	source   []byte // all of it as JSON; nil if nothing is known
}

// nobody is the caller of a record that does not tell.
var nobody = &caller{
	pathname: "(unknown file)", filename: "(unknown file)", module: "(unknown file)",
	function: "(unknown function)", pkg: "(unknown package)",
}

// callers holds the places of logging calls by their PC, as finding one is slow.
// A place lies at one of a few slots; the first of them is overwritten when all are taken.
// So it never grows, and takes no lock.
var callers [1 << 12]atomic.Pointer[caller]

const callerSlots = 4

// callerAt returns the place of the logging call whose record has the given PC.
func callerAt(pc uintptr) *caller {
	if pc == 0 {
		return nobody
	}
	first := pc / 4
	free := first
	for i := range uintptr(callerSlots) {
		c := callers[(first+i)%uintptr(len(callers))].Load()
		if c == nil {
			free = first + i
			break
		}
		if c.pc == pc {
			return c
		}
	}
	c := findCaller(pc)
	callers[free%uintptr(len(callers))].Store(c)
	return c
}

func findCaller(pc uintptr) *caller {
	frame, _ := runtime.CallersFrames([]uintptr{pc}).Next()
	c := *nobody
	c.pc = pc
	c.source = sourceJSON(&slog.Source{Function: frame.Function, File: frame.File, Line: frame.Line})
	if frame.File != "" {
		c.pathname = string(text.AppendEscaped(nil, frame.File))
		c.filename = path.Base(c.pathname)
		c.module = strings.TrimSuffix(c.filename, path.Ext(c.filename))
		c.line = int64(frame.Line)
	}
	if frame.Function != "" {
		c.pkg, c.function = cutFunction(frame.Function)
	}
	return &c
}

// cutFunction cuts "example.com/a%2eb/c.(*T).M" into the import path and the function.
// In the last element of the path the linker writes a dot as %2e.
func cutFunction(name string) (pkg, function string) {
	slash := strings.LastIndexByte(name, '/') + 1
	dot := strings.IndexByte(name[slash:], '.')
	if dot < 0 {
		return nobody.pkg, name
	}
	dot += slash
	return strings.ReplaceAll(name[:dot], "%2e", "."), name[dot+1:]
}
