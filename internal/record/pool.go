// SPDX-License-Identifier: MIT

package record

import (
	"log/slog"
	"sync"
)

var pool = sync.Pool{New: func() any { return new(Record) }}

// Borrow returns the view of r in a scope. What is done to it does not show in r.
// Owner is the handler whose filters are asked, nil if there is none.
// It must be given back with [Record.Release].
func Borrow(r slog.Record, scope *Scope, owner slog.Handler) *Record {
	v := pool.Get().(*Record)
	v.Record, v.Logger, v.Scope, v.Owner = r.Clone(), scope.Logger(), scope, owner
	return v
}

// Release gives back what [Borrow] returned. It must not be used afterwards.
func (r *Record) Release() {
	clear(r.scratch) // hold on to nobody's values
	if cap(r.scratch) > maxScratch {
		r.scratch = nil
	}
	*r = Record{scratch: r.scratch[:0]}
	pool.Put(r)
}

// maxScratch is the number of attributes for which room is kept for later records.
const maxScratch = 64
