// SPDX-License-Identifier: MIT

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/slogx/slogx/bench"
)

// A python is an interpreter that was found.
type python struct {
	path, version string
}

// findPython returns the interpreter to compare with: $SLOGX_PYTHON, or else one in PATH. It is nil if there is none.
func findPython() *python {
	for _, path := range []string{os.Getenv("SLOGX_PYTHON"), "python3.13", "python3"} {
		if path == "" {
			continue
		}
		if out, err := exec.Command(path, "-c", "import platform; print(platform.python_version())").Output(); err == nil {
			return &python{path, strings.TrimSpace(string(out))}
		}
	}
	return nil
}

// measure adds rows of Python's logging to the sections that it has a part in.
func (p python) measure(r report, source string, rounds int) error {
	dir, err := os.MkdirTemp("", "slogx-report-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	cmd := exec.Command(p.path, source, strconv.Itoa(rounds), dir)
	cmd.Stdin, cmd.Stderr = bytes.NewReader(bench.JSONDocument(dir)), os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("%s: %w", source, err)
	}
	if err := p.check(r, filepath.Join(dir, "python.log")); err != nil {
		return err
	}
	figures, order, err := readFigures(string(out))
	if err != nil {
		return fmt.Errorf("%s: %w", source, err)
	}
	name := "Python " + p.version
	for _, here := range order {
		if s := r.section(here.scenario); s != nil {
			row := newRow(name, here.at, figures[here])
			row.foreign = true
			s.rows = append(s.rows, row)
		}
		if row := r.row("create", name, here.at); row != nil && here.scenario == "memory" {
			row.held = figures[here][0]
		}
	}
	return nil
}

// A place is where in the report figures belong.
type place struct {
	scenario string
	at       int
}

// readFigures reads what timed.py prints, and the order in which the places come.
func readFigures(text string) (figures map[place][]float64, order []place, err error) {
	figures = map[place][]float64{}
	for line := range strings.Lines(text) {
		words := strings.Split(strings.TrimSpace(line), "\t")
		if len(words) != 3 {
			return nil, nil, fmt.Errorf("%q: want three words", line)
		}
		at, err := strconv.Atoi(words[1])
		if err != nil {
			return nil, nil, fmt.Errorf("%q: %w", line, err)
		}
		figure, err := strconv.ParseFloat(words[2], 64)
		if err != nil {
			return nil, nil, fmt.Errorf("%q: %w", line, err)
		}
		here := place{words[0], at}
		if figures[here] == nil {
			order = append(order, here)
		}
		figures[here] = append(figures[here], figure)
	}
	return figures, order, nil
}

// check reports a line of Python's that does not hold what the others hold.
func (p python) check(r report, path string) error {
	s := r.section("log file")
	if s == nil {
		return nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for line := range bytes.Lines(text) {
		if err := s.CheckLine("Python "+p.version, line); err != nil {
			return err
		}
	}
	return nil
}
