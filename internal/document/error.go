// SPDX-License-Identifier: MIT

package document

import (
	"errors"
	"fmt"
	"strings"
)

// An Error is a mistake in a document, and where it is.
type Error struct {
	Path   string // "" if the mistake is not in a value
	Line   int    // from 1; 0 if it is not known
	Column int    // in characters, from 1; 0 if it is not known
	Msg    string
}

// Error returns the message after the place: handlers.file.maxBytes (line 12): wants a number.
func (e *Error) Error() string {
	var place strings.Builder
	if e.Line > 0 {
		fmt.Fprintf(&place, "line %d", e.Line)
		if e.Column > 0 {
			fmt.Fprintf(&place, ", column %d", e.Column)
		}
	}
	switch {
	case e.Path != "" && e.Line > 0:
		return e.Path + " (" + place.String() + "): " + e.Msg
	case e.Path != "":
		return e.Path + ": " + e.Msg
	case e.Line > 0:
		return place.String() + ": " + e.Msg
	}
	return e.Msg
}

// Errorf returns an [*Error] that is about v.
func (v *Value) Errorf(format string, args ...any) error {
	e := &Error{Msg: fmt.Sprintf(format, args...)}
	if v != nil {
		e.Path, e.Line = v.Path, v.Line
	}
	return e
}

// Errors gathers mistakes, so that all can be told at once. Of very many it keeps the first.
type Errors struct {
	list []error
	more int
}

// maxErrors is how many mistakes somebody reads.
const maxErrors = 50

// Add adds an error, or each of those that errors.Join has joined. Nil adds nothing.
func (e *Errors) Add(err error) {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, err := range joined.Unwrap() {
			e.Add(err)
		}
		return
	}
	switch {
	case err == nil:
	case len(e.list) == maxErrors:
		e.more++
	default:
		e.list = append(e.list, err)
	}
}

// Err returns the errors joined, nil if there are none.
func (e *Errors) Err() error {
	if e.more > 0 {
		return errors.Join(append(e.list[:len(e.list):len(e.list)], fmt.Errorf("and %d more", e.more))...)
	}
	return errors.Join(e.list...)
}
