// SPDX-License-Identifier: MIT

// Config_ini is configured by logging.ini, in the format of Python's fileConfig, and explains where a record goes.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/slogx/slogx"
)

var (
	log  = slogx.GetLogger("sampleLogger")
	jobs = slogx.GetLogger("sampleLogger.jobs")
)

func main() {
	file, err := filepath.Abs("examples/config_ini/logging.ini")
	if err != nil {
		panic(err)
	}
	dir, err := os.MkdirTemp("", "config_ini")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	if err := os.Chdir(dir); err != nil { // where the files go
		panic(err)
	}
	if err := slogx.LoadConfig(file); err != nil {
		panic(err)
	}

	log.Debug("not printed: sampleLogger begins at INFO")
	log.Info("this is an info")
	log.Warn("disk almost full", "free", "2%")
	jobs.Debug("job started", "id", 17) // to its own file only
	why := slogx.Default().Explain("sampleLogger", slog.LevelDebug)

	if err := slogx.Shutdown(context.Background()); err != nil {
		panic(err)
	}
	for _, name := range []string{"sample.log", "jobs.log"} {
		text, err := os.ReadFile(name)
		if err != nil {
			panic(err)
		}
		fmt.Printf("%s:\n%s", name, text)
	}
	fmt.Println(why)
	if err := os.Chdir(os.TempDir()); err != nil { // so that the directory can be removed
		panic(err)
	}
}
