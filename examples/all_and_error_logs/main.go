// SPDX-License-Identifier: MIT

// All_and_error_logs writes everything to all.log, which is cut at midnight and kept for seven days, and errors to
// error.log as well, with the file and the line that they come from.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/slogx/slogx"
	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/rotate"
)

var log = slogx.GetLogger("mylogger")

func main() {
	dir, err := os.MkdirTemp("", "all_and_error_logs")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	if err := configure(dir); err != nil {
		panic(err)
	}

	log.Debug("debug message")
	log.Info("info message")
	log.Warn("warning message")
	log.Error("error message")
	log.Log(context.Background(), levels.Critical, "critical message")

	if err := slogx.Shutdown(context.Background()); err != nil {
		panic(err)
	}
	for _, name := range []string{"all.log", "error.log"} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			panic(err)
		}
		fmt.Printf("%s:\n%s", name, text)
	}
}

// configure hangs both files on the logger's node.
func configure(dir string) error {
	all, err := rotate.Open(filepath.Join(dir, "all.log"), &rotate.Options{When: "midnight", BackupCount: 7})
	if err != nil {
		return err
	}
	errors, err := rotate.Open(filepath.Join(dir, "error.log"), nil)
	if err != nil {
		return err
	}
	node := slogx.Node("mylogger")
	node.SetLevel(slog.LevelDebug)
	node.AddHandler(format.NewHandler(all,
		format.MustPercent("%(asctime)s - %(levelname)s - %(message)s", nil),
		&format.HandlerOptions{CloseWriter: true}))
	node.AddHandler(format.NewHandler(errors,
		format.MustPercent("%(asctime)s - %(levelname)s - %(filename)s[:%(lineno)d] - %(message)s", nil),
		&format.HandlerOptions{CloseWriter: true, Level: slog.LevelError}))
	return nil
}
