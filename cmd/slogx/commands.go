// SPDX-License-Identifier: MIT

package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/slogx/slogx/config"
	"github.com/slogx/slogx/internal/document"
	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/tree"
)

// levelsVariable is the variable that slogx.LoadConfig applies on top of a file.
const levelsVariable = "SLOGX_LEVELS"

// check tells mistakes and warnings, and what stands in the way of opening files.
func check(c *call) int {
	conf, err := c.parse()
	if err != nil {
		var w interface{ Warnings() []error }
		if errors.As(err, &w) {
			return c.fail(err, w.Warnings()...)
		}
		return c.fail(err)
	}
	status := ok
	if warnings := conf.Warnings(); len(warnings) > 0 {
		c.warn(warnings)
		if c.strict {
			status = mistakes
		}
	}
	if err := conf.Check(); err != nil {
		status = c.fail(err)
	}
	return status
}

// drawTree draws the tree that the file would make.
func drawTree(c *call) int {
	conf, status := c.read()
	if conf == nil {
		return status
	}
	t, status := c.preview(conf, c.args[1:]...)
	fmt.Fprint(c.stdout, t)
	if conf.DisablesExisting() {
		fmt.Fprintln(c.stdout, "disable_existing_loggers: every other logger that exists when the file is loaded is silenced")
	}
	c.tellLevels()
	return status
}

// explain tells where a record would go.
func explain(c *call) int {
	name := c.args[1]
	level, err := levels.Parse(c.args[2])
	if err != nil {
		fmt.Fprintln(c.stderr, "slogx explain:", err)
		return usage
	}
	conf, status := c.read()
	if conf == nil {
		return status
	}
	t, status := c.preview(conf, name)
	fmt.Fprintln(c.stdout, t.Explain(name, level))
	if conf.DisablesExisting() && t.Node(name).Disabled() {
		fmt.Fprintf(c.stdout, "disable_existing_loggers silences %s if it exists when the file is loaded, as loggers in variables of packages do:\n"+
			"the file names neither it nor a logger above it. If it is made only later:\n", name)
		t, _ = c.preview(conf)
		fmt.Fprintln(c.stdout, t.Explain(name, level))
	}
	c.tellLevels()
	return status
}

// convert prints an INI file as YAML.
func convert(c *call) int {
	if !c.isINI() {
		return c.fail(errors.New("convert takes INI files: .ini, .conf, .cfg"))
	}
	conf, status := c.read() // for what it warns of
	if conf == nil {
		return status
	}
	c.warn(conf.Warnings())
	text, err := os.ReadFile(c.args[0])
	if err != nil {
		return c.fail(err)
	}
	yaml, err := config.ConvertINI(text, &c.ini)
	if err != nil {
		return c.fail(err)
	}
	return c.write(c.stdout, yaml)
}

// schema prints the schema.
func schema(c *call) int {
	if c.output == "" {
		return c.write(c.stdout, config.Schema())
	}
	if err := os.WriteFile(c.output, config.Schema(), 0o644); err != nil {
		return c.fail(err)
	}
	return ok
}

func (c *call) write(w io.Writer, text []byte) int {
	if _, err := w.Write(text); err != nil {
		return c.fail(err)
	}
	return ok
}

// preview returns the tree, with the levels of the environment, which slogx.LoadConfig applies.
func (c *call) preview(conf *config.Config, existing ...string) (*tree.Tree, int) {
	t := conf.Preview(existing...)
	if err := t.SetLevels(os.Getenv(levelsVariable)); err != nil {
		for _, err := range each(err) {
			fmt.Fprintf(c.stderr, "%s: %v\n", levelsVariable, err)
		}
		return t, mistakes
	}
	return t, ok
}

// tellLevels says that not all of what was printed is from the file.
func (c *call) tellLevels() {
	if spec := os.Getenv(levelsVariable); spec != "" {
		fmt.Fprintf(c.stdout, "with %s=%s, as slogx.LoadConfig has it\n", levelsVariable, strconv.Quote(spec))
	}
}

// read reads the file that is the first argument. It is nil if there are mistakes, which are told.
func (c *call) read() (*config.Config, int) {
	conf, err := c.parse()
	if err != nil {
		return nil, c.fail(err)
	}
	return conf, ok
}

func (c *call) parse() (*config.Config, error) {
	if c.isINI() {
		return config.ReadINI(c.args[0], &c.ini)
	}
	return config.Read(c.args[0])
}

func (c *call) isINI() bool {
	ext := strings.ToLower(filepath.Ext(c.args[0]))
	return ext == ".ini" || ext == ".conf" || ext == ".cfg"
}

// fail tells each mistake of an error, in the order of the lines, and warnings after them.
func (c *call) fail(err error, warnings ...error) int {
	all := each(err)
	slices.SortStableFunc(all, func(a, b error) int { return cmp.Compare(line(a), line(b)) })
	for _, err := range all {
		c.tell(err, "")
	}
	c.warn(warnings)
	return mistakes
}

func (c *call) warn(warnings []error) {
	for _, warning := range warnings {
		c.tell(warning, "warning: ")
	}
}

// tell prints a line that editors and terminals lead to the place from.
func (c *call) tell(err error, kind string) {
	place := ""
	if len(c.args) > 0 {
		place = c.args[0] + ":"
	}
	var d *document.Error
	if !errors.As(err, &d) {
		text := strings.TrimPrefix(err.Error(), "config: ")
		if place != "" && strings.Contains(text, c.args[0]) {
			place = ""
		}
		fmt.Fprintln(c.stderr, strings.TrimSpace(place+" "+kind+text))
		return
	}
	for _, n := range []int{d.Line, d.Column} {
		if n > 0 {
			place += strconv.Itoa(n) + ":"
		}
	}
	fmt.Fprintln(c.stderr, place, kind+d.Text())
}

func line(err error) int {
	var d *document.Error
	if errors.As(err, &d) {
		return d.Line
	}
	return 0
}

// each returns the errors that were joined to one, whatever is around them.
func each(err error) []error {
	for e := err; e != nil; e = errors.Unwrap(e) {
		if _, whole := e.(*document.Error); whole {
			break // what it was made of is part of its text
		}
		if all := document.Joined(e); len(all) > 1 {
			return all
		}
	}
	return []error{err}
}
