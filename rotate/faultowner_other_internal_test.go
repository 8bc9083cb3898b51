// SPDX-License-Identifier: MIT

//go:build !unix

package rotate

import "io/fs"

func ownerOf(fs.FileInfo) Owner { return Owner{} }
