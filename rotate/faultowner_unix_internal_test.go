// SPDX-License-Identifier: MIT

//go:build unix

package rotate

import (
	"io/fs"
	"syscall"
)

func ownerOf(info fs.FileInfo) Owner {
	st := info.Sys().(*syscall.Stat_t)
	return Owner{int(st.Uid), int(st.Gid)}
}
