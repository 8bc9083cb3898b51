// SPDX-License-Identifier: MIT

package tree

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"

	"github.com/slogx/slogx/internal/onerror"
	"github.com/slogx/slogx/internal/reentry"
)

var _ = reentry.MarkReport((*Tree).callOnError)

// report gives an error to OnError. An error that OnError itself causes, by logging or by a
// panic, goes to os.Stderr.
func (t *Tree) report(err error) {
	if reentry.Reporting() {
		onerror.Stderr(err)
		return
	}
	defer func() {
		if p := recover(); p != nil {
			onerror.Stderr(errors.Join(err, fmt.Errorf("tree: OnError: panic: %v", p)))
		}
	}()
	t.callOnError(err)
}

//go:noinline
func (t *Tree) callOnError(err error) { (*t.onError.Load())(err) }

// handlerError says whose error it is.
func handlerError(h slog.Handler, err error) error {
	return fmt.Errorf("tree: %s: %w", describe(h), err)
}

// panicError turns what a handler panicked with into an error.
func panicError(h slog.Handler, p any) error {
	return fmt.Errorf("tree: %s: panic: %v", describe(h), p)
}

// describe names a handler, and those that it is around.
func describe(h slog.Handler) string {
	var names []string
	for _, h := range chainOf(h) {
		names = append(names, name(h))
	}
	return strings.Join(names, " > ")
}

// name names a handler or filter: by its String method if that gives a short line, and else by
// its type.
func name(v any) (s string) {
	s = fmt.Sprintf("%T", v)
	defer func() { _ = recover() }() // the type is name enough for one that cannot tell its own
	if n, ok := v.(fmt.Stringer); ok {
		if own := n.String(); own != "" && len(own) <= 100 && !strings.ContainsAny(own, "\r\n") {
			s = own
		}
	}
	return s
}
