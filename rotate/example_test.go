// SPDX-License-Identifier: MIT

package rotate_test

import (
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/slogx/slogx/rotate"
)

// tempDir stands for /var/log.
func tempDir() (dir string, remove func()) {
	dir, err := os.MkdirTemp("", "rotate")
	if err != nil {
		log.Fatal(err)
	}
	return dir, func() { _ = os.RemoveAll(dir) }
}

// printFiles prints the names in a directory.
func printFiles(dir string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		log.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") {
			fmt.Println(e.Name())
		}
	}
}

func ExampleOpen() {
	dir, remove := tempDir()
	defer remove()
	f, err := rotate.Open(filepath.Join(dir, "app.log"), &rotate.Options{MaxBytes: 100, BackupCount: 2})
	if err != nil {
		log.Fatal(err)
	}
	logger := slog.New(slog.NewTextHandler(f, nil))
	for i := range 9 {
		logger.Info("served", "request", i)
	}
	if err := f.Close(); err != nil {
		log.Fatal(err)
	}
	printFiles(dir)
	// Output:
	// app.log
	// app.log.1
	// app.log.2
}

// Files are cut each day, and within a day where they would be too large. On 28 February, this one was full by noon;
// the rest of the day is cut off by the first line of a later one.
func ExampleOptions_sizeAndDate() {
	dir, remove := tempDir()
	defer remove()
	path := filepath.Join(dir, "app.log")
	day := time.Date(2026, 2, 28, 0, 0, 0, 0, time.UTC)
	for name, at := range map[string]time.Time{path + ".20260228": day.Add(12 * time.Hour), path: day.Add(23 * time.Hour)} {
		err := errors.Join(os.WriteFile(name, []byte("of that day\n"), 0o600), os.Chtimes(name, at, at))
		if err != nil {
			log.Fatal(err)
		}
	}
	f, err := rotate.Open(path, &rotate.Options{
		When: "midnight", MaxBytes: 10 << 20, Suffix: "%Y%m%d", Location: time.UTC, BackupCount: 30,
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Fprintln(f, "of today")
	if err := f.Close(); err != nil {
		log.Fatal(err)
	}
	printFiles(dir)
	// Output:
	// app.log
	// app.log.20260228
	// app.log.20260228.1
}

// Each finished file is shipped to another place. It is not removed before that is done.
func ExampleOptions_onRotate() {
	dir, remove := tempDir()
	defer remove()
	archive, remove := tempDir()
	defer remove()
	ship := func(ctx context.Context, e rotate.Event) {
		text, err := os.ReadFile(e.Path)
		if err != nil {
			log.Fatal(err)
		}
		name := strings.TrimPrefix(filepath.Base(e.Path), "app.log.")
		if err := os.WriteFile(filepath.Join(archive, name), text, 0o600); err != nil {
			log.Fatal(err)
		}
		fmt.Println("shipped", e.Bytes, "bytes, rotated for its", e.Reason)
	}
	f, err := rotate.Open(filepath.Join(dir, "app.log"), &rotate.Options{
		MaxBytes: 12, Namer: serial{}, BackupCount: 1, OnRotate: ship,
	})
	if err != nil {
		log.Fatal(err)
	}
	for i := range 3 {
		fmt.Fprintln(f, "a line", i)
	}
	if err := f.Close(); err != nil {
		log.Fatal(err)
	}
	printFiles(archive)
	// Output:
	// shipped 9 bytes, rotated for its size
	// shipped 9 bytes, rotated for its size
	// 0000
	// 0001
}

// serial numbers backups, and the oldest one has the lowest number: app.log.0000, app.log.0001.
type serial struct{}

func (serial) Name(base string, b rotate.Backup) string { return fmt.Sprintf("%s.%04d", base, b.N) }

func (serial) Parse(base, name string) (rotate.Backup, bool) {
	text, ok := strings.CutPrefix(name, base+".")
	n, err := strconv.Atoi(text)
	return rotate.Backup{N: n}, ok && err == nil && n >= 0
}

func ExampleNamer() {
	dir, remove := tempDir()
	defer remove()
	f, err := rotate.Open(filepath.Join(dir, "app.log"), &rotate.Options{MaxBytes: 12, Namer: serial{}})
	if err != nil {
		log.Fatal(err)
	}
	for i := range 4 {
		fmt.Fprintln(f, "a line", i)
	}
	if err := f.Close(); err != nil {
		log.Fatal(err)
	}
	printFiles(dir)
	// Output:
	// app.log
	// app.log.0000
	// app.log.0001
	// app.log.0002
}

// deflate compresses with the flate of the standard library; zstd is done in the same way.
type deflate struct{}

func (deflate) Suffix() string { return ".deflate" }

func (deflate) NewWriter(w io.Writer) (io.WriteCloser, error) {
	return flate.NewWriter(w, flate.BestSpeed)
}

func ExampleCodec() {
	dir, remove := tempDir()
	defer remove()
	path := filepath.Join(dir, "app.log")
	f, err := rotate.Open(path, &rotate.Options{MaxBytes: 1 << 20, BackupCount: 7, Compress: deflate{}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Fprintln(f, "a line")
	if err := f.Rotate(); err != nil {
		log.Fatal(err)
	}
	if err := f.Close(); err != nil { // waits until it is compressed
		log.Fatal(err)
	}
	packed, err := os.Open(path + ".1.deflate")
	if err != nil {
		log.Fatal(err)
	}
	defer packed.Close()
	text, err := io.ReadAll(flate.NewReader(packed))
	fmt.Printf("%q %v\n", text, err)
	// Output: "a line\n" <nil>
}

// All mistakes are found at once, before anything is created.
func ExampleCheck() {
	err := rotate.Check("app.log", &rotate.Options{When: "noon", MaxBytes: -1, Suffix: "%H"})
	fmt.Println(err)
	// Output:
	// rotate: open app.log: MaxBytes: -1 is negative
	// unknown period "noon", want S, M, H, D, midnight, or W0 (Monday) to W6
	// Suffix: "%H": the order of backups could not be told: it needs the year, and each unit down to its smallest
}
