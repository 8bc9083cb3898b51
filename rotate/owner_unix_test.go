// SPDX-License-Identifier: MIT

//go:build unix

package rotate_test

import (
	"io/fs"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

func requireSameOwner(t *testing.T, want, got fs.FileInfo) {
	a, b := want.Sys().(*syscall.Stat_t), got.Sys().(*syscall.Stat_t)
	require.Equal(t, []uint32{a.Uid, a.Gid}, []uint32{b.Uid, b.Gid})
}
