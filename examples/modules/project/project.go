// SPDX-License-Identifier: MIT

// Package project has a file for each level, which all its modules share, and gives each module
// a file of its own.
package project

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/slogx/slogx"
	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/levels"
)

var layout = format.MustPercent("%(message)s", nil)

// Configure adds to "project" a file in dir for each level, and to each module its own.
func Configure(dir string, modules ...string) error {
	project := slogx.Node("project")
	project.SetLevel(levels.Debug)
	for _, name := range []string{"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"} {
		if err := addFile(project.Name(), dir, "level-"+strings.ToLower(name), name); err != nil {
			return err
		}
	}
	for _, module := range modules {
		if err := addFile(module, dir, "module-"+strings.ReplaceAll(module, ".", "-"), "DEBUG"); err != nil {
			return err
		}
	}
	return nil
}

// addFile adds a file to a logger that takes records from a level on.
func addFile(logger, dir, file, level string) error {
	from, err := levels.Parse(level)
	if err != nil {
		return err
	}
	f, err := os.Create(filepath.Join(dir, file+".log"))
	if err != nil {
		return fmt.Errorf("project: %w", err)
	}
	slogx.Node(logger).AddHandler(format.NewHandler(f, layout, &format.HandlerOptions{Level: from, CloseWriter: true}))
	return nil
}
