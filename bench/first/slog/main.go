// SPDX-License-Identifier: MIT

// Command slog logs one line with slog.
package main

import (
	"log/slog"
	"os"
)

func main() {
	slog.New(slog.NewTextHandler(os.Stderr, nil)).With("logger", "app").Warn("started")
}
