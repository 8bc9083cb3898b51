// SPDX-License-Identifier: MIT

package record

import "log/slog"

// AddOuterAttrs adds attributes outside of all groups that are open.
// AddAttrs, in contrast, adds them to the innermost.
func (r *Record) AddOuterAttrs(attrs ...slog.Attr) {
	if r.Scope.Prefix() == "" {
		r.AddAttrs(attrs...)
		return
	}
	r.outer = append(r.outer, attrs...)
}

// Rewrite gives f the attributes of the record, and takes what f returns in their place if f says
// that it changed them. Those in the groups that are open, and those outside of them, are given
// in two calls. Values are resolved. f may overwrite attrs and append to them, not what is in
// their groups. What is bound is not among them; see filter.Binder.
func (r *Record) Rewrite(f func(groups []string, attrs []slog.Attr) (_ []slog.Attr, changed bool)) {
	if len(r.outer) > 0 {
		if attrs, changed := f(nil, Resolve(r.outer)); changed {
			r.outer = attrs
		}
	}
	if r.NumAttrs() == 0 {
		return
	}
	r.Attrs(func(a slog.Attr) bool {
		r.scratch = append(r.scratch, a)
		return true
	})
	given := r.scratch
	resolved := Resolve(given)
	attrs, changed := f(r.Scope.Groups(), resolved)
	if changed || &resolved[0] != &given[0] { // a LogValuer may say something else when it is asked again
		r.setAttrs(attrs)
	}
	clear(given)
	r.scratch = given[:0]
}

// setAttrs takes attrs in place of those that are given.
func (r *Record) setAttrs(attrs []slog.Attr) {
	next := slog.NewRecord(r.Time, r.Level, r.Message, r.PC)
	next.AddAttrs(attrs...)
	r.Record = next
}

// Fail makes err an error of the handler whose filters are asked. The record goes its way all the same.
func (r *Record) Fail(err error) {
	if err != nil {
		r.errs = append(r.errs, err)
	}
}

// Errs returns what [Record.Fail] was given.
func (r *Record) Errs() []error { return r.errs }

// Ungrouped returns the record as it looks from outside of the groups that are open, for a handler
// on which they are not. It reports false if there is no need: nothing was added out there.
func (r *Record) Ungrouped() (_ slog.Record, ok bool) {
	if len(r.outer) == 0 {
		return slog.Record{}, false
	}
	var attrs []slog.Attr
	r.Attrs(func(a slog.Attr) bool {
		attrs = append(attrs, a)
		return true
	})
	out := slog.NewRecord(r.Time, r.Level, r.Message, r.PC)
	out.AddAttrs(r.outer...)
	out.AddAttrs(r.Scope.NestGroups(attrs)...)
	return out, true
}
