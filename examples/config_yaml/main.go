// SPDX-License-Identifier: MIT

// Config_yaml is configured by logging.yaml: a console, a file that is cut by size, and one of errors that is cut by day
// and by size. Secrets are redacted everywhere.
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/slogx/slogx"
)

var (
	db   = slogx.GetLogger("shop.db")
	http = slogx.GetLogger("shop.http")
)

func main() {
	dir, err := os.MkdirTemp("", "config_yaml")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	os.Setenv("LOG_DIR", dir)
	if err := slogx.LoadConfig("examples/config_yaml/logging.yaml"); err != nil {
		panic(err)
	}

	db.Info("connected", "user", "shop", "password", "hunter2")
	for id := 1001; id < 1005; id++ {
		db.Debug("query", "table", "orders", "id", id)
	}
	http.Info("not printed: shop.http begins at WARNING")
	http.Error("request failed", "path", "/orders", "csrf_token", "d34db33f")

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
