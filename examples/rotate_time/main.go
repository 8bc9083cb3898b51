// SPDX-License-Identifier: MIT

// Rotate_time begins a new log file each second, and keeps the two before it. Each is named for the
// second in which it began, in a form of the program's own.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/slogx/slogx"
	"github.com/slogx/slogx/rotate"
)

var log = slogx.GetLogger("shop")

func main() {
	dir, err := os.MkdirTemp("", "rotate_time")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	err = slogx.BasicConfig(&slogx.Options{
		Filename: filepath.Join(dir, "app.log"),
		Rotate:   &rotate.Options{When: "S", Suffix: "%Y-%m-%d_%H-%M-%S.log", BackupCount: 2},
		Format:   "%(asctime)s|%(name)-6s: %(levelname)-8s %(message)s",
		Level:    slog.LevelInfo,
	})
	if err != nil {
		panic(err)
	}
	for second := range 4 {
		if second > 0 {
			time.Sleep(1050 * time.Millisecond)
		}
		log.Info("tick", "second", second)
		log.Info("tock", "second", second)
	}
	if err := slogx.Shutdown(context.Background()); err != nil {
		panic(err)
	}
	show(dir)
}

// show prints the log files of the directory.
func show(dir string) {
	files, err := filepath.Glob(filepath.Join(dir, "app.log*"))
	if err != nil {
		panic(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			panic(err)
		}
		fmt.Printf("%s:\n%s", filepath.Base(file), text)
	}
}
