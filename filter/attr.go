// SPDX-License-Identifier: MIT

package filter

import (
	"context"
	"fmt"
	"log/slog"
	"reflect"
)

// Attr returns a filter that passes records that have an attribute with the given dotted key
// ("user", "http.status"), bound or given, whose value passes the test. If there are several, the
// last one counts. The value is resolved. Test must be safe for concurrent use; nil passes every value.
func Attr(key string, test func(slog.Value) bool) Filter {
	return &attr{key: key, test: test, name: fmt.Sprintf("Attr(%q)", key)}
}

// AttrEquals returns a filter that passes records that have an attribute with the given dotted
// key whose value is equal to value; see [Attr]. Whole numbers are compared as numbers,
// whatever their types.
func AttrEquals(key string, value any) Filter {
	want := slog.AnyValue(value).Resolve()
	return &attr{
		key:  key,
		test: func(v slog.Value) bool { return equal(v, want) },
		name: fmt.Sprintf("AttrEquals(%q, %v)", key, want),
	}
}

type attr struct {
	key  string
	test func(slog.Value) bool
	name string
}

// Filter implements [Filter].
func (f *attr) Filter(_ context.Context, r *Record) bool {
	v, ok := r.Attr(f.key)
	return ok && (f.test == nil || f.test(v))
}

func (f *attr) String() string { return f.name }

// equal reports whether a and b are equal, also if their types cannot be compared.
func equal(a, b slog.Value) bool {
	switch ak, bk := a.Kind(), b.Kind(); {
	case ak == slog.KindInt64 && bk == slog.KindUint64:
		return a.Int64() >= 0 && uint64(a.Int64()) == b.Uint64()
	case ak == slog.KindUint64 && bk == slog.KindInt64:
		return equal(b, a)
	case ak != bk:
		return false
	case ak == slog.KindAny:
		return reflect.DeepEqual(a.Any(), b.Any())
	case ak == slog.KindGroup:
		return equalAttrs(a.Group(), b.Group())
	default:
		return a.Equal(b)
	}
}

func equalAttrs(a, b []slog.Attr) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Key != b[i].Key || !equal(a[i].Value.Resolve(), b[i].Value.Resolve()) {
			return false
		}
	}
	return true
}
