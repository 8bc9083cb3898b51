// SPDX-License-Identifier: MIT

package document

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"

	"github.com/slogx/slogx/internal/text"
)

// An Error is a mistake in a document, and where it is. It may quote the document: its texts escape what would end the
// line or drive a terminal, and so each mistake is one line.
type Error struct {
	Path   string // "" if the mistake is not in a value
	Line   int    // from 1; 0 if it is not known
	Column int    // in characters, from 1; 0 if it is not known
	Msg    string
	Cause  error // what errors.Is and errors.As find; nil if there is none
}

// Error returns the message after the place: handlers.file.maxBytes (line 12): wants a number.
func (e *Error) Error() string {
	place := ""
	if e.Line > 0 {
		place = "line " + strconv.Itoa(e.Line)
		if e.Column > 0 {
			place += ", column " + strconv.Itoa(e.Column)
		}
	}
	switch {
	case e.Path != "" && place != "":
		place = e.Path + " (" + place + "): "
	case e.Path != "" || place != "":
		place += e.Path + ": "
	}
	return text.Escaped(place + e.Msg)
}

// Text returns the message after the path, for those who tell the line themselves.
func (e *Error) Text() string { return (&Error{Path: e.Path, Msg: e.Msg}).Error() }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Errorf returns an [*Error] that is about v. The verb %w makes an error its cause.
func (v *Value) Errorf(format string, args ...any) error {
	err := fmt.Errorf(format, args...)
	e := &Error{Msg: err.Error()}
	switch err.(type) {
	case interface{ Unwrap() error }, interface{ Unwrap() []error }:
		e.Cause = err
	}
	if v != nil {
		e.Path, e.Line = v.Path, v.Line
	}
	return e
}

// Wrap returns an [*Error] that is about v and has err for its cause. Of errors that were joined, each becomes one.
func (v *Value) Wrap(err error) error {
	var errs []error
	for _, err := range Joined(err) {
		errs = append(errs, v.Errorf("%w", err))
	}
	if len(errs) == 1 {
		return errs[0]
	}
	return errors.Join(errs...)
}

var joinedType = reflect.TypeOf(errors.Join(errors.ErrUnsupported))

// Joined returns the errors that errors.Join has made err of, in the end, or err alone. Of nil there are none.
func Joined(err error) (all []error) {
	switch {
	case err == nil:
		return nil
	case reflect.TypeOf(err) != joinedType: // others that hold several have a text of their own
		return []error{err}
	}
	for _, err := range err.(interface{ Unwrap() []error }).Unwrap() {
		all = append(all, Joined(err)...)
	}
	return all
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
	for _, err := range Joined(err) {
		if len(e.list) == maxErrors {
			e.more++
		} else {
			e.list = append(e.list, err)
		}
	}
}

// Err returns the errors joined, nil if there are none.
func (e *Errors) Err() error {
	if e.more > 0 {
		return errors.Join(append(e.list[:len(e.list):len(e.list)], fmt.Errorf("and %d more", e.more))...)
	}
	return errors.Join(e.list...)
}
