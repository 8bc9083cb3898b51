// SPDX-License-Identifier: MIT

package rotate_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/rotate"
)

// The cases are those that CPython 3.13 was asked for, with its answers. Only "cjk" differs: sizes are bytes here,
// where Python counts characters.
func TestRotationBySizeIsPythons(t *testing.T) {
	for _, test := range []struct {
		name  string
		opts  rotate.Options
		lines []string
		want  string
	}{
		{"bigger than max", rotate.Options{MaxBytes: 5, BackupCount: 2}, []string{"0123456789"}, "-- a.log --\n0123456789\n"},
		{
			"bigger than max, thrice", rotate.Options{MaxBytes: 5, BackupCount: 2}, []string{"0123456789", "abcdefghij", "ABCDEFGHIJ"},
			"-- a.log --\nABCDEFGHIJ\n-- a.log.1 --\nabcdefghij\n-- a.log.2 --\n0123456789\n",
		},
		{"exact", rotate.Options{MaxBytes: 10, BackupCount: 2}, []string{"0123", "4567"}, "-- a.log --\n4567\n-- a.log.1 --\n0123\n"},
		{"one more", rotate.Options{MaxBytes: 11, BackupCount: 2}, []string{"0123", "4567"}, "-- a.log --\n0123\n4567\n"},
		{
			"cjk", rotate.Options{MaxBytes: 11, BackupCount: 2}, []string{"日志", "日志", "日志"},
			"-- a.log --\n日志\n-- a.log.1 --\n日志\n-- a.log.2 --\n日志\n",
		},
		{"no backups", rotate.Options{MaxBytes: 6}, []string{"0123", "4567", "89ab"}, "-- a.log --\n0123\n4567\n89ab\n"},
		{"delay", rotate.Options{MaxBytes: 6, BackupCount: 1, Delay: true}, []string{"0123", "4567"}, "-- a.log --\n4567\n-- a.log.1 --\n0123\n"},
		{
			"one backup", rotate.Options{MaxBytes: 6, BackupCount: 1}, []string{"0", "12345", "6", "78901"},
			"-- a.log --\n78901\n-- a.log.1 --\n6\n",
		},
		{
			"the oldest goes", rotate.Options{MaxBytes: 6, BackupCount: 3}, []string{"aaaaa", "bbbbb", "ccccc", "ddddd", "eeeee"},
			"-- a.log --\neeeee\n-- a.log.1 --\nddddd\n-- a.log.2 --\nccccc\n-- a.log.3 --\nbbbbb\n",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			f := open(t, filepath.Join(dir, "a.log"), &test.opts)
			put(t, f, test.lines...)
			require.NoError(t, f.Close())
			require.Equal(t, test.want, directory(t, dir))
		})
	}
}

func TestModeOfPython(t *testing.T) {
	for _, test := range []struct {
		name string
		opts rotate.Options
		want string
	}{
		{"w", rotate.Options{Truncate: true}, "-- a.log --\n0123\n"},
		{"a", rotate.Options{MaxBytes: 100, BackupCount: 2}, "-- a.log --\nold\n0123\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "a.log")
			require.NoError(t, os.WriteFile(path, []byte("old\n"), 0o600))
			put(t, open(t, path, &test.opts), "0123")
			require.Equal(t, test.want, directory(t, dir))
		})
	}
}
