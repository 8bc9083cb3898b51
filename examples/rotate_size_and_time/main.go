// SPDX-License-Identifier: MIT

// Rotate_size_and_time begins a new log file at midnight and whenever one reaches 100 bytes, compresses those before
// it, and ships each as soon as it is finished.
package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/slogx/slogx"
	"github.com/slogx/slogx/rotate"
)

var log = slogx.GetLogger("shop")

func main() {
	dir, err := os.MkdirTemp("", "rotate_size_and_time")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	err = slogx.BasicConfig(&slogx.Options{
		Filename: filepath.Join(dir, "app.log"),
		Rotate: &rotate.Options{
			When:          "midnight",
			MaxBytes:      100,
			MaxTotalBytes: 1 << 30, // all backups together, and each of them for a month
			MaxAge:        31 * 24 * time.Hour,
			Compress:      rotate.Gzip,
			OnRotate:      func(_ context.Context, e rotate.Event) { ship(e) },
		},
		Level: slog.LevelInfo,
	})
	if err != nil {
		panic(err)
	}
	for order := range 9 {
		log.Info("order received", "order", 1001+order)
	}
	if err := slogx.Shutdown(context.Background()); err != nil { // waits until all is compressed and shipped
		panic(err)
	}
}

// ship takes a finished file to where it is kept. It may take its time: no line waits for it.
func ship(e rotate.Event) {
	f, err := os.Open(e.Path)
	if err != nil {
		log.Error("backup not shipped", "file", e.Path, slogx.Err(err))
		return
	}
	defer f.Close()
	if _, err := io.Copy(io.Discard, f); err != nil { // to an FTP server, or a bucket
		log.Error("backup not shipped", "file", e.Path, slogx.Err(err))
		return
	}
	fmt.Printf("shipped %s: %d bytes of log, because of its %s\n", filepath.Base(e.Path), e.Bytes, e.Reason)
}
