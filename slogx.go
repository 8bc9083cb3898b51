// SPDX-License-Identifier: MIT

// Package slogx gives log/slog what Python's logging has: named loggers in a dotted tree, levels
// that are turned per name while the program runs, propagation, filters and layouts.
//
// A package asks for its logger by name, and says nothing about where lines go:
//
//	var log = slogx.GetLogger("app.db")
//
// The program says that once:
//
//	slogx.BasicConfig(&slogx.Options{Level: slog.LevelInfo, Format: "%(asctime)s %(name)s %(message)s"})
//	slogx.Node("app.db").SetLevel(slog.LevelDebug) // or, in the environment, SLOGX_LEVELS=app.db=debug
//	defer slogx.Shutdown(context.Background())
//
// Loggers are plain [slog.Logger] values and log; nodes configure. All of it consists of standard
// handlers in layers, in the packages tree, levels, filter and format, each useful alone, and of files that
// rotate, in the package rotate. [LoadConfig] makes all of it of a file, by the package config.
//
// Nothing here touches slog's default. This makes it the tree's root:
//
//	slog.SetDefault(slogx.GetLogger(""))
//
// slog then sends lines of the standard log package to the root as well, at the level INFO, or at
// that of [slog.SetLogLoggerLevel]. [CaptureLog] sends them to a logger of their own, at WARNING.
package slogx

import (
	"context"
	"log/slog"
	"sync/atomic"

	"github.com/slogx/slogx/internal/record"
	"github.com/slogx/slogx/tree"
)

// current is what SetDefault has set; nil is the process's tree.
var current atomic.Pointer[tree.Tree]

// GetLogger returns the logger of the given dotted name in the default tree: the same for the
// same name. "" and "root" are the root. It is Python's logging.getLogger.
func GetLogger(name string) *slog.Logger { return Default().Logger(name) }

// Node returns the node of the given dotted name in the default tree, to be configured.
func Node(name string) *tree.Node { return Default().Node(name) }

// Default returns the default tree: [tree.Default], unless [SetDefault] said otherwise.
func Default() *tree.Tree {
	if t := current.Load(); t != nil {
		return t
	}
	return tree.Default()
}

// SetDefault makes t the default tree, for calls from now on, and returns a function that
// restores the one before. Loggers stay with the tree that they came from, so it is of use mostly
// to tests. A nil tree is the process's.
func SetDefault(t *tree.Tree) (restore func()) {
	old := current.Swap(t)
	return func() { current.Store(old) }
}

// SetLevels sets the levels of several names in the default tree, in one step for those who log:
//
//	info,app.db=debug;app.http=WARNING,lib=NOTSET
//
// A level alone is that of the root; see [tree.Tree.SetLevels]. If there are mistakes, nothing
// changes, and the error holds a [*tree.SpecError] with the position for each.
//
// [BasicConfig] does so with the environment's SLOGX_LEVELS. A program that configures by other
// means may do it itself: slogx.SetLevels(os.Getenv("SLOGX_LEVELS")).
func SetLevels(spec string) error { return Default().SetLevels(spec) }

// Levels returns the levels that are set in the default tree, as a text that [SetLevels] takes:
// "WARNING,app.db=DEBUG". Set again later, it restores them.
func Levels() string { return Default().Levels() }

// Disable turns off all records of the default tree at the given level and below, whatever the
// nodes say. Nil turns off nothing. It is Python's logging.disable.
func Disable(level slog.Leveler) { Default().Disable(level) }

// Shutdown takes all handlers from the default tree, and flushes and closes them, the one that
// was added last first; see [tree.Tree.Shutdown]. It is Python's logging.shutdown,
// which a Go program has to call itself: os.Exit runs no deferred call.
func Shutdown(ctx context.Context) error { return Default().Shutdown(ctx) }

// Err returns the attribute that has err printed with its stack on the lines after the record, as
// Python's exc_info does. The stack is that of the logging call, unless err carries one.
// It is taken only where the record is printed: where the call is disabled, Err costs nothing.
// A nil err gives the empty attribute, which prints nothing.
// Handlers that do not know it print it as an ordinary attribute.
func Err(err error) slog.Attr { return record.Err(err) }

// Stack returns the attribute that has the stack of the logging call printed on the lines after
// the record. It is Python's stack_info, and costs as little as [Err].
func Stack() slog.Attr { return record.Stack() }
