// SPDX-License-Identifier: MIT

package format

import "log/slog"

// A shape is the form that a layout asks for a field: width, precision and the like, in the manner of
// its style. It never changes, and is safe for concurrent use.
type shape interface {
	// text gives its form to the text dst[n:].
	text(dst []byte, n int) []byte

	// fit cuts and fills dst[n:], which is neither a text nor a number.
	fit(dst []byte, n int) []byte

	// whole appends a whole number, given as sign and size.
	whole(dst []byte, negative bool, size uint64) []byte

	// float appends a number.
	float(dst []byte, f float64) []byte

	// value appends the value of an attribute. It reports false if the value cannot take the form.
	value(dst []byte, v slog.Value, raw bool) (_ []byte, ok bool)

	// conversion names what a value that does not fit was to be printed as: "d".
	conversion() string
}
