// SPDX-License-Identifier: MIT

package slogx

import (
	"context"
	"fmt"
	"log/slog"
	"runtime"
	"time"
)

// Logf logs a message that is formatted as fmt.Sprintf does, if the level is enabled;
// if not, nothing is formatted. The record's source is the caller.
func Logf(ctx context.Context, l *slog.Logger, level slog.Level, format string, args ...any) {
	if ctx = known(ctx); l.Enabled(ctx, level) {
		log(ctx, 0, l, level, fmt.Sprintf(format, args...))
	}
}

// LogDepth logs as l.Log does, for a function that logs in the name of its callers: the record's
// source is depth frames above the caller of LogDepth. Depth 0 is the caller itself, 1 is the caller's caller.
// It is Python's stacklevel, which counts from 1.
// Where the stack is not so deep, the record has no source.
func LogDepth(ctx context.Context, depth int, l *slog.Logger, level slog.Level, msg string, args ...any) {
	if ctx = known(ctx); l.Enabled(ctx, level) {
		log(ctx, depth, l, level, msg, args...)
	}
}

// log hands a record to the logger's handler. It must be called by an exported function.
func log(ctx context.Context, depth int, l *slog.Logger, level slog.Level, msg string, args ...any) {
	var pcs [1]uintptr
	runtime.Callers(3+max(depth, 0), pcs[:]) // without Callers, log and the function that called it
	r := slog.NewRecord(time.Now(), level, msg, pcs[0])
	r.Add(args...)
	_ = l.Handler().Handle(ctx, r) // as slog does: handlers report errors themselves
}

// known returns ctx, or the background for nil, as slog does.
func known(ctx context.Context) context.Context {
	if ctx == nil {
		return context.Background()
	}
	return ctx
}
