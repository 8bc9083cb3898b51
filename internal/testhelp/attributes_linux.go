// SPDX-License-Identifier: MIT

package testhelp

import "syscall"

// hasAttributes reports whether what lies in a directory can have extended attributes.
func hasAttributes(dir string) bool {
	const name = "user.slogx.test"
	if syscall.Setxattr(dir, name, []byte("1"), 0) != nil {
		return false
	}
	_ = syscall.Removexattr(dir, name)
	return true
}
