// SPDX-License-Identifier: MIT

// Slogx looks at configuration files of slogx, and of Python's logging, without opening or creating any file that they name.
//
//	slogx check FILE                 tells every mistake, with its line and its key path
//	slogx tree FILE [LOGGER...]      draws the tree of loggers as it would be
//	slogx explain FILE LOGGER LEVEL  tells where a record would go, or what stops it
//	slogx convert FILE.ini           prints an INI file as YAML that loads to the same tree
//	slogx schema                     prints a JSON Schema, by which editors complete and check
//
// It exits with 0 if all is well, with 1 if there are mistakes, and with 2 if it is called wrongly.
// Classes that a program makes known with config.Register are named by the flags -handler, -formatter and -filter, and
// the defaults that it gives an INI file by -default NAME=VALUE.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/slogx/slogx/config"
)

//go:generate go run . schema -o ../../docs/logging.schema.json

// The exit codes.
const (
	ok       = 0
	mistakes = 1
	usage    = 2
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// A command is what the first argument names.
type command struct {
	name, args, about string
	least, most       int // arguments
	run               func(*call) int
}

// commands are in the order of the usage.
var commands = []command{
	{"check", "FILE", "tells every mistake, with its line and its key path", 1, 1, check},
	{"tree", "FILE [LOGGER...]", "draws the tree of loggers as it would be, and LOGGERs that exist before", 1, 1 << 10, drawTree},
	{"explain", "FILE LOGGER LEVEL", "tells where a record of LOGGER would go, or what stops it", 3, 3, explain},
	{"convert", "FILE.ini", "prints an INI file as YAML that loads to the same tree", 1, 1, convert},
	{"schema", "", "prints a JSON Schema, by which editors complete and check", 0, 0, schema},
}

// A call is a command with its arguments.
type call struct {
	args           []string
	stdout, stderr io.Writer
	strict         bool
	output         string
	ini            config.INIOptions
}

// run is main without the process.
func run(args []string, stdout, stderr io.Writer) int {
	if len(args) == 0 {
		printUsage(stderr)
		return usage
	}
	switch args[0] {
	case "help", "-h", "-help", "--help":
		printUsage(stdout)
		return ok
	}
	for _, c := range commands {
		if c.name == args[0] {
			return c.call(args[1:], stdout, stderr)
		}
	}
	fmt.Fprintf(stderr, "slogx: no command %q\n", args[0])
	printUsage(stderr)
	return usage
}

// call reads flags and arguments, and runs the command.
func (c command) call(args []string, stdout, stderr io.Writer) int {
	made := &call{stdout: stdout, stderr: stderr}
	flags := flag.NewFlagSet("slogx "+c.name, flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprintf(flags.Output(), "usage: slogx %s\n%s.\n", c.line(), c.about)
		flags.PrintDefaults()
	}
	switch c.name {
	case "schema":
		flags.StringVar(&made.output, "o", "", "write to `FILE` and not to the standard output")
	case "check":
		flags.BoolVar(&made.strict, "strict", false, "take warnings for mistakes")
	}
	if c.most > 0 {
		ownClasses(flags)
		addDefaults(flags, &made.ini)
	}
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return ok
	case err != nil:
		return usage
	}
	if mistake := c.miscalled(flags.Args()); mistake != "" {
		fmt.Fprintf(stderr, "slogx %s: %s\n", c.name, mistake)
		flags.Usage()
		return usage
	}
	made.args = flags.Args()
	return c.run(made)
}

// miscalled says what is wrong with the arguments, or nothing. A flag behind an argument would be taken for one; -4 may be a level.
func (c command) miscalled(args []string) string {
	for i, arg := range args {
		if name := strings.TrimLeft(arg, "-"); i > 0 && name != arg && name != "" && !strings.ContainsAny(name[:1], "0123456789") {
			return fmt.Sprintf("%q stands behind an argument: flags stand before them", arg)
		}
	}
	if n := len(args); n < c.least || n > c.most {
		return fmt.Sprintf("there are %d arguments, want %s", n, c.wants())
	}
	return ""
}

func (c command) wants() string {
	if c.most == 0 {
		return "none"
	}
	return c.args
}

func (c command) line() string {
	if c.most == 0 {
		return c.name + " [flags]"
	}
	return c.name + " [flags] " + c.args
}

func printUsage(w io.Writer) {
	fmt.Fprint(w, "usage: slogx COMMAND [flags] ARGUMENTS\n\n")
	for _, c := range commands {
		fmt.Fprintf(w, "  %-25s  %s\n", strings.TrimSpace(c.name+" "+c.args), c.about)
	}
	fmt.Fprint(w, `
FILE is in YAML, JSON or INI, as its ending says: .yaml .yml .json .ini .conf .cfg. What it names is not opened.
Flags stand before the arguments; "slogx COMMAND -h" prints them.
It exits with 0 if all is well, with 1 if there are mistakes, and with 2 if it is called wrongly.
`)
}
