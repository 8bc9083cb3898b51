// SPDX-License-Identifier: MIT

package slogx

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime"
	"strings"
	"sync"
	"time"

	stdlog "log"

	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/tree"
)

// CaptureLog sends what the standard log package prints to the logger of the given name in the
// default tree, at WARNING, and returns a function that puts everything back as it was.
// It is for libraries that print with log what Python's would with warnings: it is Python's
// captureWarnings.
//
// Each call of log is one record, however many lines its text has. The record's source is
// the caller of log. The prefix of log, if there is one, stays part of the message; its flags are
// off meanwhile, as the record has a time and a source of its own. Loggers that log.New made are
// not captured: [slog.NewLogLogger] makes one that logs to a handler.
//
// log holds its lock while it prints. So a handler that itself prints with log, while it handles a
// captured line, waits for ever, as it does below any writer that log is given. slog's first
// handler is such a one: where it would get a captured line, the line is printed as if it had
// not been captured, and an error goes to the tree's OnError.
func CaptureLog(name string) (restore func()) {
	c := &capture{node: Node(name), tree: Default(), before: stdlog.Writer()}
	flags := stdlog.Flags()
	stdlog.SetOutput(c)
	stdlog.SetFlags(0)
	return sync.OnceFunc(func() {
		stdlog.SetOutput(c.before)
		stdlog.SetFlags(flags)
	})
}

// A capture is a writer that logs what log prints.
type capture struct {
	tree   *tree.Tree
	node   *tree.Node
	before io.Writer // where log printed to
}

var errFirstHandler = errors.New("slogx: captured line of log: not handed to slog's first handler, which prints with log")

// Write logs a record. It is called with all that one call of log prints.
func (c *capture) Write(text []byte) (int, error) {
	ctx, h := context.Background(), c.node.Handler()
	if !h.Enabled(ctx, levels.Warning) {
		return len(text), nil
	}
	if meetsFirstHandler(c.node) {
		c.tree.Report(errFirstHandler)
		return c.before.Write(text)
	}
	msg := strings.TrimSuffix(string(text), "\n")
	return len(text), h.Handle(ctx, slog.NewRecord(time.Now(), levels.Warning, msg, callerOfLog()))
}

// callerOfLog returns the place that log was called from, 0 if it is not on the stack.
func callerOfLog() uintptr {
	var pcs [16]uintptr
	const skip = 3 // Callers, callerOfLog, Write
	frames := runtime.CallersFrames(pcs[:runtime.Callers(skip, pcs[:])])
	for depth := 0; ; depth++ {
		frame, more := frames.Next()
		if !strings.HasPrefix(frame.Function, "log.") {
			var pc [1]uintptr
			runtime.Callers(skip+depth, pc[:]) // knows of frames that were inlined
			return pc[0]
		}
		if !more {
			return 0
		}
	}
}

// meetsFirstHandler reports whether a record of the node reaches the handler that slog has before
// SetDefault.
func meetsFirstHandler(n *tree.Node) bool {
	for ; n != nil; n = n.Parent() {
		for _, h := range n.Handlers() {
			if isFirstHandler(h) {
				return true
			}
		}
		if !n.Propagate() {
			return false
		}
	}
	return false
}

// isFirstHandler reports whether h is that handler, or is around it. One that panics at the question is around none.
func isFirstHandler(h slog.Handler) bool {
	defer func() { _ = recover() }()
	for range 100 { // one may be around itself
		if fmt.Sprintf("%T", h) == "*slog.defaultHandler" {
			return true
		}
		u, ok := h.(interface{ Unwrap() slog.Handler })
		if !ok {
			return false
		}
		h = u.Unwrap()
	}
	return false
}
