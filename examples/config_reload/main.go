// SPDX-License-Identifier: MIT

// Config_reload runs with before.yaml, until somebody puts after.yaml in its place. In between
// somebody tries mistakes.yaml, which changes nothing.
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/slogx/slogx"
)

var (
	db   = slogx.GetLogger("shop.db")
	http = slogx.GetLogger("shop.http")
)

func main() {
	dir, err := os.MkdirTemp("", "config_reload")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "logging.yaml")
	edit(path, "before.yaml")

	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	reloads := make(chan error)
	if err := slogx.WatchConfig(ctx, path, func(err error) { reloads <- err }); err != nil {
		panic(err)
	}
	work(1001)

	edit(path, "mistakes.yaml")
	fmt.Println("reload failed:", strings.ReplaceAll((<-reloads).Error(), path, "logging.yaml"))
	work(1002)

	edit(path, "after.yaml")
	fmt.Println("reloaded:", <-reloads == nil)
	work(1003)

	if err := slogx.Shutdown(context.Background()); err != nil {
		panic(err)
	}
}

func work(order int) {
	http.Info("order received", "order", order)
	db.Debug("query", "table", "orders", "order", order)
	db.Error("deadlock found", "order", order)
}

// edit does what an editor does: it writes a new file, and gives it the name of the old one.
func edit(path, name string) {
	text, err := os.ReadFile(filepath.Join("examples/config_reload", name))
	if err != nil {
		panic(err)
	}
	if err := os.WriteFile(path+"~", text, 0o600); err != nil {
		panic(err)
	}
	if err := os.Rename(path+"~", path); err != nil {
		panic(err)
	}
}
