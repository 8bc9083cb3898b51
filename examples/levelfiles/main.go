// SPDX-License-Identifier: MIT

// Levelfiles keeps errors, and nothing else, in error.log, and all the rest in all.log.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/slogx/slogx"
	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/levels"
)

var log = slogx.GetLogger("shop")

func main() {
	dir, err := os.MkdirTemp("", "levelfiles")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	if err := configure(dir); err != nil {
		panic(err)
	}

	log.Debug("cart opened", "user", "ann")
	log.Info("order received", "order", 1001)
	log.Warn("stock is low", "item", "lamp")
	log.Error("payment failed", "order", 1001)
	log.Log(context.Background(), levels.Critical, "payments are down")

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

// configure hangs both files on the root, each behind a filter.
func configure(dir string) error {
	errorsOnly := filter.Level(slog.LevelError)
	files := map[string]filter.Filter{
		"error.log": errorsOnly,
		"all.log":   filter.Not(errorsOnly),
	}
	layout := format.MustPercent("%(asctime)s - %(filename)s[line:%(lineno)d] - %(levelname)s: %(message)s", nil)
	root := slogx.Node("")
	root.SetLevel(slog.LevelDebug)
	for name, records := range files {
		f, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		file := format.NewHandler(f, layout, &format.HandlerOptions{CloseWriter: true})
		root.AddHandler(filter.NewHandler(file, records))
	}
	return nil
}
