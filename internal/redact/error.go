// SPDX-License-Identifier: MIT

package redact

import (
	"encoding/json"
	"reflect"

	"github.com/slogx/slogx/internal/record"
)

// A redactedError is what an error was redacted to. It does not unwrap to it.
type redactedError struct {
	asText string
	frames record.Frames
}

func (e *redactedError) Error() string { return e.asText }

// StackTrace returns the stack of the error that was redacted, nil if it had none.
func (e *redactedError) StackTrace() []uintptr { return e.frames }

// error returns err redacted, and reports whether there was something to redact.
func (w *walk) error(err error) (_ error, changed bool) {
	text, changed := w.errorText(err)
	if !changed {
		return err, false
	}
	return &redactedError{text, record.ErrStack(err)}, true
}

// errorText returns the text of err redacted. Its methods may panic.
func (w *walk) errorText(err error) (text string, changed bool) {
	back := mark{w.first, len(w.places)}
	defer func() {
		if recover() == nil {
			return
		}
		w.leave(back)
		text, changed = w.text, true
	}()
	w.left = maxValues
	switch {
	case w.hides(reflect.ValueOf(err)):
		return w.text, true
	case len(w.patterns) == 0 || !w.errorShows(err):
		return "", false
	}
	text, _ = w.Scrub(format("%v", err)) // for a nil pointer, too
	if w.isMatch(text) {
		return w.text, true
	}
	return text, true
}

// errorShows reports whether a pattern matches in what err, or an error wrapped in it, prints as.
func (w *walk) errorShows(err error) bool {
	if w.left--; w.left < 0 {
		panic(doubt{})
	}
	for _, text := range textsOf(err) {
		if w.isMatch(text) {
			return true
		}
	}
	if m, ok := err.(json.Marshaler); ok && w.marshals(m) {
		return true
	}
	if isNil(err) {
		return false
	}
	switch err := err.(type) {
	case interface{ Unwrap() error }:
		inner := err.Unwrap()
		return inner != nil && w.errorShows(inner)
	case interface{ Unwrap() []error }:
		for _, inner := range err.Unwrap() {
			if inner != nil && w.errorShows(inner) {
				return true
			}
		}
	}
	return false
}

// marshals reports whether a pattern matches in what m prints as in JSON.
func (w *walk) marshals(m json.Marshaler) bool {
	raw, err := encode(m)
	if err != nil {
		return w.isMatch(err.Error())
	}
	p := jsonPrinter{walk: w}
	p.print(raw, reflect.Value{})
	return p.changed || w.isMatch(string(raw))
}
