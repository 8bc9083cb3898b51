// SPDX-License-Identifier: MIT

//go:build !unix

package rotate_test

import (
	"io/fs"
	"testing"
)

func requireSameOwner(*testing.T, fs.FileInfo, fs.FileInfo) {}
