// SPDX-License-Identifier: MIT

// Config_json is configured by logging.json, which a program in Python could have as it is: one logger writes to
// the console, the other to a file as well.
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/slogx/slogx"
)

func main() {
	file, err := filepath.Abs("examples/config_json/logging.json")
	if err != nil {
		panic(err)
	}
	dir, err := os.MkdirTemp("", "config_json")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	if err := os.Chdir(dir); err != nil { // where service.log goes
		panic(err)
	}
	if err := slogx.LoadConfig(file); err != nil {
		panic(err)
	}

	slogx.GetLogger("StreamLogger").Debug("to the console")
	slogx.GetLogger("FileLogger").Debug("to the console, too: the file begins at INFO")
	slogx.GetLogger("FileLogger").Info("to both", "user", 7)

	if err := slogx.Shutdown(context.Background()); err != nil {
		panic(err)
	}
	text, err := os.ReadFile("service.log")
	if err != nil {
		panic(err)
	}
	fmt.Printf("service.log:\n%s", text)
	if err := os.Chdir(os.TempDir()); err != nil { // so that the directory can be removed
		panic(err)
	}
}
