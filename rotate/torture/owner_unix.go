// SPDX-License-Identifier: MIT

//go:build unix

package torture

import (
	"fmt"
	"io/fs"
	"syscall"
)

// owner describes who owns a file.
func owner(info fs.FileInfo) string {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return fmt.Sprintf(" of %d:%d", stat.Uid, stat.Gid)
	}
	return ""
}
