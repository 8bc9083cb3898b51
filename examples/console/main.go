// SPDX-License-Identifier: MIT

// Console prints what a terminal shows in colour: slogx.BasicConfig where no layout is given.
package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"time"

	"github.com/slogx/slogx"
	"github.com/slogx/slogx/levels"
)

func main() {
	if err := slogx.BasicConfig(&slogx.Options{Writer: os.Stdout, Level: slog.LevelDebug}); err != nil {
		panic(err)
	}
	app, db, http := slogx.GetLogger("app"), slogx.GetLogger("app.db"), slogx.GetLogger("app.http")
	app.Info("service started", "version", "1.4.2")
	db.Debug("query", "table", "orders", "took", 1500*time.Microsecond)
	http.Info("request", slog.Group("http", "method", "GET", "status", 200))
	http.Warn("slow request", slog.Group("http", "method", "GET", "took", 3*time.Second))
	db.Error("query failed", "table", "orders", slogx.Err(errors.New("connection refused")))
	db.Log(context.Background(), levels.Critical, "no connections left")
}
