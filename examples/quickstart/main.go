// SPDX-License-Identifier: MIT

// Quickstart is a program of three packages that log under their own names. It says in one place
// where lines go, makes one name louder while it runs, and silences another.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/slogx/slogx"
	"github.com/slogx/slogx/examples/quickstart/core"
	"github.com/slogx/slogx/format"
)

var log = slogx.GetLogger("main")

func main() {
	dir, err := os.MkdirTemp("", "quickstart")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	errorLog := filepath.Join(dir, "error.log")
	if err := configure(errorLog); err != nil {
		panic(err)
	}

	log.Info("service started", "version", "1.4.2")
	core.Heartbeat()
	core.Run(1001)

	slogx.Node("main.core.db").SetLevel(slog.LevelDebug) // louder, while the program runs
	core.Run(1002)
	core.Run(1003)
	log.Info("service stopped")

	if err := slogx.Shutdown(context.Background()); err != nil {
		panic(err)
	}
	text, err := os.ReadFile(errorLog)
	if err != nil {
		panic(err)
	}
	fmt.Printf("\nerror.log:\n%s", text)
}

// configure says where lines go: those of every name to the console, and the errors of main
// and of all below it to a file, too.
func configure(errorLog string) error {
	err := slogx.BasicConfig(&slogx.Options{
		Writer: os.Stdout,
		Format: "%(asctime)s - %(name)s - %(levelname)s - %(message)s",
		Level:  slog.LevelInfo,
	})
	if err != nil {
		return err
	}
	layout, err := format.Percent("%(asctime)s %(name)s %(filename)s:%(lineno)d %(message)s", nil)
	if err != nil {
		return err
	}
	file, err := os.Create(errorLog)
	if err != nil {
		return err
	}
	slogx.Node("main").AddHandler(format.NewHandler(file, layout, &format.HandlerOptions{
		Level:       slog.LevelError,
		CloseWriter: true,
	}))

	quiet := slogx.Node("main.core.heartbeat") // its lines stop here, and go nowhere
	quiet.SetPropagate(false)
	quiet.AddHandler(slog.DiscardHandler)
	return nil
}
