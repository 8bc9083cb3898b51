// SPDX-License-Identifier: MIT

package rotate_test

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/rotate"
)

// What is wrong is said before anything is created, and by Check just as by Open.
func TestMistakesInOptions(t *testing.T) {
	for _, test := range []struct {
		want string // all of it, a mistake a line
		opts rotate.Options
	}{
		{"MaxBytes: -1 is negative", rotate.Options{MaxBytes: -1}},
		{"BackupCount: -1 is negative", rotate.Options{BackupCount: -1}},
		{"MaxAge: -1s is negative", rotate.Options{MaxAge: -time.Second}},
		{"MaxTotalBytes: -5 is negative", rotate.Options{MaxTotalBytes: -5}},
		{"Interval: -2 is negative", rotate.Options{When: "D", Interval: -2}},
		{"Interval: -2 is negative", rotate.Options{Interval: -2}},
		{"At: is for When only, and so is Interval", rotate.Options{Interval: 2}},
		{"At: is for When only, and so is Interval", rotate.Options{At: "12:00", Cron: "@daily"}},
		{"When: excludes Cron", rotate.Options{When: "D", Cron: "@daily"}},
		{`unknown period "W7", want S, M, H, D, midnight, or W0 (Monday) to W6`, rotate.Options{When: "W7"}},
		{`unknown period "daily", want S, M, H, D, midnight, or W0 (Monday) to W6`, rotate.Options{When: "daily"}},
		{`time of day "12:00" with D, want it with midnight and W0 to W6 only`, rotate.Options{When: "D", At: "12:00"}},
		{`time of day "noon", want HH:MM or HH:MM:SS, from 00:00 to 23:59:59`, rotate.Options{When: "midnight", At: "noon"}},
		{`cron expression "61 * * * *": minute, column 1: "61", want *, or 0 to 59`, rotate.Options{Cron: "61 * * * *"}},
		{"Namer: excludes Suffix", rotate.Options{MaxBytes: 1, Namer: middle{}, Suffix: "%F"}},
		{"BackupCount: without it, MaxAge, MaxTotalBytes or a Suffix no backup is kept to rotate to", rotate.Options{OnOpen: true}},
		{
			"BackupCount: without it, MaxAge, MaxTotalBytes or a Suffix no backup is kept to rotate to",
			rotate.Options{ShouldRotate: func(rotate.Current) bool { return true }},
		},
		{
			"BackupCount: without it, MaxAge, MaxTotalBytes or a Suffix no backup is kept to rotate to",
			rotate.Options{RotateOn: []os.Signal{os.Interrupt}},
		},
		{"Truncate: a file that is rotated is never emptied", rotate.Options{Truncate: true, MaxBytes: 1}},
		{"Truncate: a file that is rotated is never emptied", rotate.Options{Truncate: true, When: "D"}},
		{"Mode: drw-r--r--: more than permissions", rotate.Options{Mode: fs.ModeDir | 0o644}},
		{"Mode: urw-r--r--: more than permissions", rotate.Options{Mode: fs.ModeSetuid | 0o644}},
		{"DirMode: drwxr-xr-x: more than permissions, sticky and setgid", rotate.Options{DirMode: fs.ModeDir | 0o755}},
		{`Header: "a\nb": more than a line`, rotate.Options{Header: "a\nb"}},
		{`Header: "a\r": more than a line`, rotate.Options{Header: "a\r"}},
		{`Compress: suffix "gz": not a dot and a word of its own`, rotate.Options{Compress: codec{"gz", plainly}}},
		{`Compress: suffix "": not a dot and a word of its own`, rotate.Options{Compress: codec{"", plainly}}},
		{`Compress: suffix ".": not a dot and a word of its own`, rotate.Options{Compress: codec{".", plainly}}},
		{`Compress: suffix ".7": not a dot and a word of its own`, rotate.Options{Compress: codec{".7", plainly}}},
		{`Compress: suffix ".tmp": not a dot and a word of its own`, rotate.Options{Compress: codec{".tmp", plainly}}},
		{`Compress: suffix "./x": not a dot and a word of its own`, rotate.Options{Compress: codec{"./x", plainly}}},
		{"Compress: gzip: invalid compression level: 99", rotate.Options{Compress: rotate.GzipLevel(99)}},
		{`Engine: "File": neither "file" nor "lumberjack"`, rotate.Options{Engine: "File"}},
		{
			"MaxBytes: -1 is negative\nBackupCount: -2 is negative\nunknown period \"X\", want S, M, H, D, midnight, or W0 (Monday) to W6\n" +
				"Suffix: \"%H\": the order of backups could not be told: it needs the year, and each unit down to its smallest\n" +
				"Mode: drw-r--r--: more than permissions\nHeader: \"\\n\": more than a line\nEngine: \"x\": neither \"file\" nor \"lumberjack\"",
			rotate.Options{MaxBytes: -1, BackupCount: -2, When: "X", Suffix: "%H", Mode: fs.ModeDir | 0o644, Header: "\n", Engine: "x"},
		},
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, "a.log")
		_, err := rotate.Open(path, &test.opts)
		require.EqualError(t, err, "rotate: open "+path+": "+test.want)
		require.EqualError(t, rotate.Check(path, &test.opts), "rotate: open "+path+": "+test.want)
		require.Empty(t, directory(t, dir))
	}
}

func plainly(w io.Writer) (io.WriteCloser, error) { return upper{w}, nil }

func TestEngineLumberjackRefusesWhatItHasNothingFor(t *testing.T) {
	no := func(what string) string { return `Engine: "lumberjack" has no ` + what + `: Engine "file" has` }
	for want, opts := range map[string]rotate.Options{
		no("Suffix"):                            {Suffix: "%F"},
		no("Namer"):                             {Namer: middle{}},
		no("MaxTotalBytes"):                     {MaxTotalBytes: 1},
		no("Compress other than Gzip"):          {Compress: rotate.GzipLevel(9)},
		no("Mode"):                              {Mode: 0o600},
		no("Owner"):                             {Owner: &rotate.Owner{UID: -1, GID: -1}},
		no("DirMode"):                           {DirMode: 0o700},
		no("Header"):                            {Header: "#"},
		no("Truncate"):                          {Truncate: true},
		no("OnRotate"):                          {OnRotate: (&onRotate{}).note},
		no("MaxAge that is not whole days"):     {MaxAge: 36 * time.Hour, Location: time.UTC},
		no("MaxAge without Location UTC"):       {MaxAge: 24 * time.Hour},
		no("Location other than UTC and Local"): {Location: time.FixedZone("X", 3600)},
		no("Suffix") + "\n" + no("Mode") + "\n" + no("Header"): {Suffix: "%F", Mode: 0o600, Header: "#"},
	} {
		if strings.Contains(want, "Owner") && os.PathSeparator == '\\' {
			continue
		}
		opts.Engine = "lumberjack"
		path := filepath.Join(t.TempDir(), "a.log")
		_, err := rotate.Open(path, &opts)
		require.EqualError(t, err, "rotate: open "+path+": "+want)
		require.EqualError(t, rotate.Check(path, &opts), "rotate: open "+path+": "+want)
	}
}

// Zero means what the documentation says: no limit, and an interval of one.
func TestZeroOptionsNeverRotate(t *testing.T) {
	for name, opts := range map[string]*rotate.Options{
		"nil": nil, "zero": {}, "no backups": {MaxBytes: 1}, "only a count": {BackupCount: 1}, "only a suffix": {Suffix: "%F"},
	} {
		dir := t.TempDir()
		f := open(t, filepath.Join(dir, "a.log"), opts)
		put(t, f, "1", "2", "3")
		require.NoError(t, f.Close())
		require.Equal(t, listing("a.log 1 2 3"), directory(t, dir), name)
	}
}

func TestPathsThatAreRefused(t *testing.T) {
	dir := t.TempDir()
	for path, want := range map[string]string{
		"":                       "not the name of a file",
		dir + "/":                "not the name of a file",
		dir + "/a\x00b":          "a NUL byte in the path",
		dir:                      "it is a directory",
		dir + "/missing/app.log": "no such file or directory",
	} {
		_, err := rotate.Open(path, nil)
		require.ErrorContains(t, err, want)
		require.ErrorContains(t, rotate.Check(path, nil), want)
	}
	require.Empty(t, directory(t, dir))
}
