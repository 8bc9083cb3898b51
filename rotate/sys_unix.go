// SPDX-License-Identifier: MIT

//go:build unix

package rotate

import (
	"io/fs"
	"syscall"
)

const (
	isWindows = false
	nonBlock  = syscall.O_NONBLOCK

	notInNames = "/\\\x00" // no part of a backup's name
)

// errTooLong is the error for a name that is longer than a file system takes.
const errTooLong = syscall.ENAMETOOLONG

// links returns the number of names that a file has.
func links(info fs.FileInfo) uint64 {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(st.Nlink)
	}
	return 1
}

// keepOwner gives a file the owner of the one before it, as far as that is allowed.
func keepOwner(out file, before fs.FileInfo) {
	was, ok := before.Sys().(*syscall.Stat_t)
	if !ok || int(was.Uid) == syscall.Geteuid() && int(was.Gid) == syscall.Getegid() {
		return
	}
	_ = out.Chown(int(was.Uid), int(was.Gid)) // only root may
}
