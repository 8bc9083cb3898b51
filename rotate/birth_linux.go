// SPDX-License-Identifier: MIT

package rotate

import (
	"fmt"
	"syscall"
)

// birthAttribute is the extended attribute that holds the time.
const birthAttribute = "user.slogx.birth"

// The attributes of an open file are reached by its descriptor: its name may be another file's by now.
func descriptorPath(f file) string { return fmt.Sprintf("/proc/self/fd/%d", f.Fd()) }

func setAttribute(f file, text string) error {
	return syscall.Setxattr(descriptorPath(f), birthAttribute, []byte(text), 0)
}

// attribute returns "" if there is none.
func attribute(f file) string {
	var text [32]byte
	n, err := syscall.Getxattr(descriptorPath(f), birthAttribute, text[:])
	if err != nil {
		return ""
	}
	return string(text[:n])
}
