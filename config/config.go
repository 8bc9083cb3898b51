// SPDX-License-Identifier: MIT

// Package config makes a tree of loggers of a document: Python's dictConfig schema in YAML, JSON or a Go
// map, and fileConfig's INI. A Python program's own file loads unchanged.
//
//	err := config.Load(tree.Default(), "logging.yaml")
//
// A document is checked whole first, layouts and names of files included, and every mistake is told at once,
// with its key path and line. Then the tree changes in one step, while others log: no line goes missing
// or comes twice. A document with a mistake changes nothing.
//
// Nothing is imported or evaluated: classes come from a registry that holds Python's and ours, and takes more
// by [Register].
package config

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/slogx/slogx/internal/document"
	"github.com/slogx/slogx/tree"
)

// A Config is a document that was read and checked, as far as that can be done without opening anything.
// It may be applied several times, and to several trees.
type Config struct {
	plan *plan
}

// Load reads the file at path and applies it to t: see [Read] and [Config.Apply].
// It is Python's dictConfig and fileConfig.
func Load(t *tree.Tree, path string) error {
	c, err := Read(path)
	if err != nil {
		return err
	}
	return c.Apply(t)
}

// Apply applies a document that is a Go map, in the shape of Python's dictConfig: strings, bools, numbers,
// slices and maps of them. Where the schema names an object, as ext:// does, the object itself may stand.
func Apply(t *tree.Tree, document map[string]any) error {
	c, err := Map(document)
	if err != nil {
		return err
	}
	return c.Apply(t)
}

// Read reads a file: .yaml, .yml and .json hold dictConfig's schema, .ini, .conf and .cfg that of fileConfig.
// Its error joins one for each mistake, each with the place. What [Config.Warnings] would tell is not lost with it:
// errors.As finds an interface{ Warnings() []error } in it.
func Read(path string) (*Config, error) { return readFile(path, filepath.Ext(path), nil) }

func readFile(path, ext string, opts *INIOptions) (*Config, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("config: %w", err)
	}
	c, err := parse(text, ext, opts)
	if err != nil {
		return nil, fmt.Errorf("config: %s: %w", path, unprefixed{err})
	}
	return c, nil
}

// Parse reads a document in the format that files with the given ending have: ".yaml", ".json" or ".ini".
func Parse(text []byte, ext string) (*Config, error) { return parse(text, ext, nil) }

func parse(text []byte, ext string, opts *INIOptions) (*Config, error) {
	var root *document.Value
	var err error
	switch strings.ToLower(ext) {
	case ".yaml", ".yml":
		root, err = document.YAML(text)
	case ".json":
		root, err = document.JSON(text)
	case ".ini", ".conf", ".cfg":
		return parseINI(text, opts)
	default:
		err = fmt.Errorf("%q is the ending of no format: .yaml, .yml, .json, .ini, .conf and .cfg are", ext)
	}
	if err != nil {
		return nil, fmt.Errorf("config: %w", err)
	}
	return check(root)
}

// Map reads a document that is a Go map: see [Apply].
func Map(m map[string]any) (*Config, error) {
	root, err := document.Go(m)
	if err != nil {
		return nil, fmt.Errorf("config: %w", err)
	}
	return check(root)
}

// check makes the plan.
func check(root *document.Value, warnings ...error) (*Config, error) {
	p, err := newPlan(root)
	p.warnings = append(warnings, p.warnings...)
	if err != nil {
		return nil, fmt.Errorf("config: %w", &refused{err, p.warnings})
	}
	return &Config{p}, nil
}

// A refused is the error of a document with mistakes, which has warnings, too.
type refused struct {
	error
	warnings []error
}

func (r *refused) Unwrap() error     { return r.error }
func (r *refused) Warnings() []error { return r.warnings }

// Warnings returns what is no mistake, but hardly meant: keys that nobody reads.
func (c *Config) Warnings() []error { return c.plan.warnings }

// unprefixed is an error that does not say config: a second time.
type unprefixed struct{ error }

func (u unprefixed) Error() string { return strings.TrimPrefix(u.error.Error(), "config: ") }
func (u unprefixed) Unwrap() error { return u.error }
