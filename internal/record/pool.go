// SPDX-License-Identifier: MIT

package record

import (
	"log/slog"
	"sync"
)

var pool = sync.Pool{New: func() any { return new(Record) }}

// Borrow returns the view of r in a scope. What is done to it does not show in r.
// It must be given back with [Record.Release].
func Borrow(r slog.Record, scope *Scope) *Record {
	v := pool.Get().(*Record)
	v.Record, v.Logger, v.Scope = r.Clone(), scope.Logger(), scope
	return v
}

// Release gives back what [Borrow] returned. It must not be used afterwards.
func (r *Record) Release() {
	*r = Record{} // hold on to nobody's values
	pool.Put(r)
}
