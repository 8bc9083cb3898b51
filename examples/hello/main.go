// SPDX-License-Identifier: MIT

// Hello logs a line under a name.
package main

import (
	"log/slog"
	"os"

	"github.com/slogx/slogx"
)

var log = slogx.GetLogger("app.db") // a plain *slog.Logger

func main() {
	slogx.BasicConfig(&slogx.Options{
		Writer: os.Stdout,
		Format: "%(asctime)s - %(name)s - %(levelname)s - %(message)s",
	})
	slogx.Node("app").SetLevel(slog.LevelInfo)
	log.Info("connected", "host", "db1", "pool", 8)
}
