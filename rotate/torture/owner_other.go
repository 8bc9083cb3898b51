// SPDX-License-Identifier: MIT

//go:build !unix

package torture

import "io/fs"

// owner describes who owns a file, where the mode does not.
func owner(fs.FileInfo) string { return "" }
