// SPDX-License-Identifier: MIT

package tree

import (
	"fmt"
	"log/slog"
	"strings"
)

// Report gives an error to what [Tree.SetOnError] has set: for those who configure the tree and
// have no other way to report what does not stop the program.
func (t *Tree) Report(err error) { t.errors.Report(err) }

// adopt has a handler, and those that it is around, report to the tree what they have no other way
// to report: the error of a line that was written later, say.
func (t *Tree) adopt(h slog.Handler) {
	for _, h := range chainOf(h) {
		if a, ok := h.(interface{ ReportTo(report func(error)) }); ok {
			a.ReportTo(t.errors.Report)
		}
	}
}

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
