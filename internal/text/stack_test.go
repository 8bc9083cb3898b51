// SPDX-License-Identifier: MIT

package text_test

import "runtime"

// callerPC returns the PC of the caller of its caller.
func callerPC() uintptr {
	var pcs [1]uintptr
	runtime.Callers(3, pcs[:])
	return pcs[0]
}
