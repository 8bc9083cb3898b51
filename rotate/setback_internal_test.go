// SPDX-License-Identifier: MIT

package rotate

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A time with a monotonic reading is compared by that, and so is never before one that was taken earlier.
func TestTheClockThatFilesGoByCanBeSetBack(t *testing.T) {
	require.NotContains(t, realSystem().now().String(), " m=")
}

func TestAnEmptyFileBeginsAnewWhenTheClockIsSetBack(t *testing.T) {
	wrong := time.Date(2099, 1, 1, 12, 0, 0, 0, time.UTC)
	right := time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)
	dir := t.TempDir()
	p := &program{
		watchmaker: &watchmaker{now: wrong}, path: filepath.Join(dir, "a.log"),
		opts: Options{When: "midnight", Location: time.UTC},
	}
	p.open(t)
	p.now = right
	p.line(t)
	p.now = right.Add(day24)
	p.line(t)
	p.close(t)
	require.FileExists(t, p.path+".2026-03-04")
	require.NoFileExists(t, p.path+".2099-01-01") // which would be the newest for ever
}
