// SPDX-License-Identifier: MIT

package record

import "log/slog"

// Err returns the attribute that has err and its stack printed on the lines after the record.
// It is Python's exc_info. A nil err gives the empty Attr, which handlers leave out.
// It does not allocate, unless err is a [slog.LogValuer].
func Err(err error) slog.Attr {
	if err == nil {
		return slog.Attr{}
	}
	if _, ok := err.(slog.LogValuer); ok {
		err = unresolved{err}
	}
	return slog.Attr{Key: ErrKey, Value: slog.AnyValue(err)}
}

// unresolved hides that an error is a LogValuer: who resolves the attribute still finds the error.
type unresolved struct{ error }

func (u unresolved) Unwrap() error { return u.error }

// ErrOf returns the error that a carries under [ErrKey].
// It reports false if a has another key, or a value that is not an error:
// such an attribute is an ordinary one. A nil value is a nil error.
func ErrOf(a slog.Attr) (error, bool) {
	if a.Key != ErrKey {
		return nil, false
	}
	switch a.Value.Kind() {
	case slog.KindAny, slog.KindLogValuer:
		v := a.Value.Any()
		err, ok := v.(error)
		return err, ok || v == nil
	default:
		return nil, false
	}
}

// Stack returns the attribute that has the stack of the logging call printed on the lines
// after the record. It is Python's stack_info. It does not allocate, and takes no stack:
// whoever prints the record does. Only its key counts, as With may have resolved its value.
func Stack() slog.Attr {
	return slog.Attr{Key: StackKey, Value: slog.AnyValue(stackOfCall{})}
}

// stackOfCall is the value of [Stack]. Handlers that do not know the key print what it resolves to.
type stackOfCall struct{}

func (stackOfCall) LogValue() slog.Value {
	text, _ := userStack().MarshalText()
	return slog.StringValue(string(text))
}
