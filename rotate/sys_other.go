// SPDX-License-Identifier: MIT

//go:build !unix

package rotate

import (
	"io/fs"
	"runtime"
)

const (
	isWindows = runtime.GOOS == "windows"
	nonBlock  = 0

	// notInNames is no part of a backup's name. What follows a colon would be a stream of the file whose name comes before it.
	notInNames = "/\\\x00:*?\"<>|"
)

// errTooLong is none: what is too long is no name at all there.
var errTooLong error

// links returns 1: other systems do not tell how many names a file has.
func links(fs.FileInfo) uint64 { return 1 }

// keepOwner does nothing: other systems have no owner in this sense.
func keepOwner(file, fs.FileInfo) {}
