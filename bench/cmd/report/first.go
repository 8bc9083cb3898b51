// SPDX-License-Identifier: MIT

package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"time"

	"github.com/slogx/slogx/bench"
)

// firstPrograms are the programs in bench/first, which log one line each.
var firstPrograms = []string{"slogx", "slog", "zap", "zerolog", "logrus"}

// firstLine measures the time from the start of a process to its first line, in turns.
func firstLine(dir string, rounds int, p *python) (*section, error) {
	s := &section{Scenario: bench.Scenario{Name: "first line", Peer: "slog",
		Want:  []*regexp.Regexp{regexp.MustCompile(`(?i)\bwarn`), regexp.MustCompile(`\bapp\b`), regexp.MustCompile(`\bstarted\b`)},
		About: "From the start of a process until its first line arrives: a program that does nothing else."}}
	built, err := os.MkdirTemp("", "slogx-first-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(built)
	build := exec.Command("go", "build", "-o", built+string(filepath.Separator), "./first/...")
	build.Dir = dir
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("go build ./first/...: %w\n%s", err, out)
	}
	commands := map[string][]string{}
	names := append([]string(nil), firstPrograms...)
	for _, name := range firstPrograms {
		commands[name] = []string{filepath.Join(built, name)}
	}
	if p != nil {
		name := "Python " + p.version
		names = append(names, name)
		commands[name] = []string{p.path, "-c", `import logging; logging.basicConfig(); logging.getLogger("app").warning("started")`}
	}
	times := map[string][]float64{}
	for range rounds + 1 {
		for _, name := range names {
			took, err := s.untilLine(name, commands[name])
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			times[name] = append(times[name], float64(took))
		}
	}
	for _, name := range names {
		row := newRow(name, 0, times[name][1:]) // the first one filled the system's caches
		row.foreign = p != nil && name == "Python "+p.version
		s.rows = append(s.rows, row)
	}
	return s, nil
}

// untilLine starts a command, and returns how long it takes until the first bytes come of a line that holds
// what the others' lines hold.
func (s *section) untilLine(name string, command []string) (time.Duration, error) {
	read, write, err := os.Pipe()
	if err != nil {
		return 0, err
	}
	defer read.Close()
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stderr = write
	start := time.Now()
	err = cmd.Start()
	write.Close()
	if err != nil {
		return 0, err
	}
	line := make([]byte, 1)
	_, err = read.Read(line)
	took := time.Since(start)
	if err != nil {
		return 0, fmt.Errorf("no line: %w", err)
	}
	rest, err := io.ReadAll(read)
	if err != nil {
		return 0, err
	}
	line = append(line, rest...)
	if err := s.CheckLine(name, line); err != nil {
		return 0, err
	}
	return took, cmd.Wait()
}
