// SPDX-License-Identifier: MIT

package format_test

import "runtime"

// pcAtLine42 returns a PC at line 42 of a file of its own.
func pcAtLine42() uintptr {
	var pcs [1]uintptr
//line /src/app/db.py.go:42
	runtime.Callers(1, pcs[:])
	return pcs[0]
}
