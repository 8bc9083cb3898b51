// SPDX-License-Identifier: MIT

package rotate_test

import (
	"context"
	"fmt"
	"io/fs"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/rotate"
)

// A disk that is full has lines rejected, which is told to who wrote them, and the lines before and after are whole.
func TestTortureOnAFullDisk(t *testing.T) {
	for _, opts := range []rotate.Options{
		{BackupCount: 3}, {BackupCount: 3, Suffix: "%Y-%m-%d", Compress: rotate.Gzip}, {When: "S", BackupCount: 5, Header: "# header"},
	} {
		t.Run(opts.Suffix+opts.When, func(t *testing.T) {
			opts.MaxBytes = 4 << 10
			s := newSubject(t, opts)
			s.dir = smallDisk(t)
			s.path, s.plan.Dir = filepath.Join(s.dir, "app.log"), s.dir
			s.files.MayReject, s.files.Expired, s.mayFail = true, true, true
			s.plan.Lines, s.plan.Inside = 100, pests
			s.plan.Outside = []func(context.Context){func(context.Context) {
				for i := 0; i < 5 || s.rejected.Load() == 0; i++ {
					empty := fill(t, filepath.Join(s.dir, "filler"))
					time.Sleep(5 * time.Millisecond)
					empty()
					time.Sleep(5 * time.Millisecond)
				}
			}}
			log := s.run(t)
			require.Positive(t, log.Rejected)
		})
	}
}

func TestTortureUnderUmasks(t *testing.T) {
	for _, umask := range []int{0, 0o022, 0o077} {
		for _, mode := range []fs.FileMode{0, 0o640} {
			t.Run(fmt.Sprintf("%03o %v", umask, mode), func(t *testing.T) {
				s := newSubject(t, rotate.Options{Suffix: "%Y-%m-%d", MaxBytes: 4 << 10, Mode: mode, Compress: rotate.Gzip})
				before := syscall.Umask(umask)
				t.Cleanup(func() { syscall.Umask(before) })
				s.files.Mode = mode
				if mode == 0 {
					s.files.Mode = 0o666 &^ fs.FileMode(umask)
				}
				s.plan.Lines, s.plan.Inside = 50, pests
				s.run(t)
			})
		}
	}
}
