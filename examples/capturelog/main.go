// SPDX-License-Identifier: MIT

// Capturelog sends what libraries print with the standard log package to a logger of its own,
// and what they give a *log.Logger to another one.
package main

import (
	"errors"
	"log"
	"log/slog"
	"os"

	"github.com/slogx/slogx"
)

func main() {
	err := slogx.BasicConfig(&slogx.Options{
		Writer: os.Stdout,
		Format: "%(levelname)-8s %(name)-8s %(filename)s:%(lineno)d %(message)s",
		Level:  slog.LevelInfo,
	})
	if err != nil {
		panic(err)
	}

	restore := slogx.CaptureLog("stdlog")
	log.Print("a library that knows only log")
	log.Printf("two lines\nof %d", 2)
	slogx.Node("stdlog").SetLevel(slog.LevelError) // like that of any name, its level may be turned
	log.Print("not printed")
	restore()

	// For what takes a *log.Logger, as http.Server.ErrorLog does.
	errorLog := slog.NewLogLogger(slogx.GetLogger("http").Handler(), slog.LevelError)
	errorLog.Print(errors.New("TLS handshake error"))
}
