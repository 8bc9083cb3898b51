// SPDX-License-Identifier: MIT

// Rotate_size keeps a log file below 100 bytes, and the two before it.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/slogx/slogx"
	"github.com/slogx/slogx/rotate"
)

var log = slogx.GetLogger("shop")

func main() {
	dir, err := os.MkdirTemp("", "rotate_size")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	err = slogx.BasicConfig(&slogx.Options{
		Filename: filepath.Join(dir, "app.log"),
		Rotate:   &rotate.Options{MaxBytes: 100, BackupCount: 2},
		Level:    slog.LevelInfo,
	})
	if err != nil {
		panic(err)
	}
	for order := range 12 {
		log.Info("order received", "order", 1001+order)
	}
	if err := slogx.Shutdown(context.Background()); err != nil {
		panic(err)
	}
	show(dir)
}

// show prints every file of the directory.
func show(dir string) {
	files, err := os.ReadDir(dir)
	if err != nil {
		panic(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(filepath.Join(dir, file.Name()))
		if err != nil {
			panic(err)
		}
		fmt.Printf("%s:\n%s", file.Name(), text)
	}
}
