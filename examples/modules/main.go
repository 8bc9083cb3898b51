// SPDX-License-Identifier: MIT

// Modules has a project's records go to one file for each level, shared by all modules, and to a
// file for each module: a record of base or utils may reach six files.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"github.com/slogx/slogx"
	"github.com/slogx/slogx/examples/modules/project"
	"github.com/slogx/slogx/examples/modules/project/base"
	"github.com/slogx/slogx/examples/modules/project/utils"
	"github.com/slogx/slogx/levels"
)

func main() {
	dir, err := os.MkdirTemp("", "modules")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	if err := project.Configure(dir, "project.base", "project.utils"); err != nil {
		panic(err)
	}

	base.Func1()
	utils.Func2()
	for _, level := range []slog.Level{levels.Debug, levels.Critical} {
		targets := slogx.Default().Explain("project.base", level).Handlers
		fmt.Printf("a %s record of project.base reaches %d files\n", levels.Name(level), len(targets))
	}

	if err := slogx.Shutdown(context.Background()); err != nil {
		panic(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.log"))
	if err != nil {
		panic(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			panic(err)
		}
		fmt.Printf("\n%s:\n%s", strings.TrimSuffix(filepath.Base(file), ".log"), text)
	}
}
