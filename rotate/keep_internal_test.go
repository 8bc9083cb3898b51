// SPDX-License-Identifier: MIT

package rotate

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/internal/testhelp"
)

// A tripped folder does something the second time that a.2 is looked at: the first time, it is to clean up.
type tripped struct {
	folder

	looks *atomic.Int32
	do    func()
}

func (f *tripped) lstat(name string) (fs.FileInfo, error) {
	if name == "a.2" && f.looks.Add(1) == 2 {
		f.do()
	}
	return f.folder.lstat(name)
}

func (f *tripped) names() ([]string, error) {
	names, err := f.folder.names()
	slices.Sort(names)
	return names, err
}

// A rotation while backups are counted has a number be that of another file: none may be counted twice.
func TestARotationWhileBackupsAreCountedRemovesNoneTooMany(t *testing.T) {
	dir := t.TempDir()
	for name, size := range map[string]int{"a": 5, "a.1": 60, "a.2": 20} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(strings.Repeat("x", size-1)+"\n"), 0o600))
	}
	var c *core
	var looks atomic.Int32
	opened := make(chan struct{})
	rotateNow := func() {
		<-opened
		rotated := make(chan error, 1)
		go func() { rotated <- c.do("rotate", c.rotateNowLocked) }()
		select {
		case <-rotated:
		case <-time.After(20 * time.Millisecond): // it has to wait
		}
	}
	sys := realSystem()
	sys.folder = func(dir string) (folder, error) {
		f, err := openFolder(dir)
		return &tripped{f, &looks, rotateNow}, err
	}
	c, err := openWith(filepath.Join(dir, "a"), &Options{MaxBytes: 1000, MaxTotalBytes: 100}, sys)
	require.NoError(t, err)
	close(opened)
	require.Eventually(t, func() bool { return looks.Load() > 2 }, testhelp.Patience, time.Millisecond)
	require.NoError(t, c.release(context.Background()))
	sizes := map[string]int64{}
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, e := range entries {
		info, err := e.Info()
		require.NoError(t, err)
		sizes[e.Name()] = info.Size()
	}
	require.Equal(t, map[string]int64{"a": 0, "a.1": 5, "a.2": 60, "a.3": 20}, sizes)
}
