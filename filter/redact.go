// SPDX-License-Identifier: MIT

package filter

import (
	"cmp"
	"context"
	"log/slog"
	"regexp"
	"slices"

	"github.com/slogx/slogx/internal/redact"
)

// RedactOptions are options for [Redact]. The zero RedactOptions, and nil, redact nothing.
type RedactOptions struct {
	// Keys are the keys whose values are replaced whole, be they groups, structs or maps.
	// Case does not matter, a * stands for any run of characters other than a dot, and nothing else
	// is special: "password", "*token*", "db.*.password". The empty key matches nothing.
	//
	// A key without a dot matches wherever it occurs: as the key of an attribute, in groups too,
	// as the name of a struct's field, in Go or in JSON, and as the key of a map. One with dots
	// matches the whole way there from the top: the groups that are open, groups, fields and
	// map keys. The elements of a slice are found where the slice is, and what an embedded struct
	// holds is found with its name and without. A key that itself contains dots is such a way.
	Keys []string

	// Patterns are what is replaced wherever it occurs: in the message, in the keys of attributes and
	// maps, in strings, and in what any other value prints as. An empty match is none.
	// Each text is looked at by itself: no match reaches from one attribute, or from a key, into the next.
	Patterns []*regexp.Regexp

	// Text stands where something was redacted. It is not expanded. If empty, it is [REDACTED].
	Text string
}

// Redact returns a filter that passes every record, and takes out of it what must not be printed.
// Python has none; there it is written as a Filter that changes the record. Redact copies opts.
// It panics if a pattern is nil.
//
// It changes what is bound by With, given with the call, and what LogValuers say, which it asks
// once. It never changes the program's own values: what has to be redacted is replaced by a copy that
// prints as the original does in text and in JSON, an error by an error of the redacted text and the
// same stack, which unwraps to nothing. A value that prints itself, by a String, Error, Format,
// MarshalText or MarshalJSON method, is replaced whole if a key matches inside of it. Whatever is
// in doubt becomes Text whole: with patterns, a value whose methods panic or say something else each time; a text in
// which a pattern matches 10,000 times, and a value that consists of more than 10,000 others, or of
// more than 50 inside each other. Texts are looked at to their end; that takes linear time.
//
// What it cannot do: a value in which it finds nothing goes on as it is, so that it is not seen what
// is put in there later, by another goroutine or behind a pointer that is bound. Of a value that prints
// itself it does not look behind the pointers, maps, slices and interfaces in fields that are not
// exported, which a lock may guard; errors that are wrapped it finds by Unwrap. Patterns do not find what
// a value prints in another encoding, as a URL does, or what a layout makes of a number: %(n)x.
// Strings and bytes are not read as JSON, but [encoding/json.RawMessage] is. The names of loggers and of
// open groups stay, and so do the functions and files of stacks. Filters that come after it and
// handlers may add what they like.
func Redact(opts *RedactOptions) Filter {
	if opts == nil {
		opts = &RedactOptions{}
	}
	if slices.Contains(opts.Patterns, nil) {
		panic("filter: nil pattern")
	}
	return redactor{redact.New(opts.Keys, opts.Patterns, cmp.Or(opts.Text, "[REDACTED]"))}
}

// A redactor is the filter that [Redact] returns.
type redactor struct{ *redact.Redactor }

// Filter implements [Filter]: it redacts the message and the attributes that are given.
func (d redactor) Filter(_ context.Context, r *Record) bool {
	r.Message, _ = d.Scrub(r.Message)
	r.Rewrite(d.Attrs)
	return true
}

// Bind implements [Binder]: it redacts the attributes that are bound.
func (d redactor) Bind(groups []string, attrs []slog.Attr) []slog.Attr {
	attrs, _ = d.Attrs(groups, attrs)
	return attrs
}

// Predict implements [Predictor]: every record passes.
func (d redactor) Predict(string, slog.Level) (pass, sure bool) { return true, true }
