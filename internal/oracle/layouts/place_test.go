// SPDX-License-Identifier: MIT

package layouts_test

import "runtime"

// places are where records are logged, by the names that scripts have for them. python.py has the same.
var places = map[string]uintptr{"nowhere": 0, "view": view(), "main": main(), "deep": deep()}

func pc() uintptr {
	var pcs [1]uintptr
	runtime.Callers(2, pcs[:])
	return pcs[0]
}

//go:noinline
func view() uintptr {
//line /srv/app/views.tar.py:42
	return pc()
}

//go:noinline
func main() uintptr {
//line /srv/日本.go:7
	return pc()
}

//go:noinline
func deep() uintptr {
//line /a b/long_name:1234567
	return pc()
}
