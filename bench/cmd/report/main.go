// SPDX-License-Identifier: MIT

// Command report measures slogx beside its peers, and writes docs/performance.md with its pictures.
//
//	go run ./cmd/report              in the directory bench
//	go run ./cmd/report -only five   prints one scenario, and writes nothing
//
// Each case has its turns in between those of the others. What is told of it is the median of its turns with the bounds that
// hold it with a confidence of 95 %, and two cases differ if a Mann-Whitney U test says so, as with benchstat.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"github.com/slogx/slogx/bench"
	"github.com/slogx/slogx/bench/measure"
)

func main() {
	rounds := flag.Int("count", 40, "turns of each case")
	turn := flag.Duration("time", 2*time.Millisecond, "how long a turn takes at least: short ones are left alone by what else the machine does")
	only := flag.String("only", "", "scenarios to measure, a regular expression; they are printed, and nothing is written")
	dir := flag.String("dir", ".", "the directory bench")
	flag.Parse()
	if err := run(*dir, *only, *rounds, *turn); err != nil {
		fmt.Fprintln(os.Stderr, "report:", err)
		os.Exit(1)
	}
}

func run(dir, only string, rounds int, turn time.Duration) error {
	which, err := regexp.Compile(only)
	if err != nil {
		return err
	}
	opts := measure.Options{Rounds: rounds, Time: turn}
	python := findPython()
	var r report
	for _, s := range bench.Scenarios() {
		if !which.MatchString(s.Name) {
			continue
		}
		fmt.Fprintln(os.Stderr, s.Name)
		results, err := measure.Run(&s, nil, opts)
		if err != nil {
			return err
		}
		r = append(r, newSection(s, results))
	}
	if which.MatchString("first line") {
		s, err := firstLine(dir, rounds, python)
		if err != nil {
			return err
		}
		r = append(r, s)
	}
	if python != nil {
		fmt.Fprintln(os.Stderr, "Python", python.version)
		if err := python.measure(r, filepath.Join(dir, "python", "timed.py"), rounds); err != nil {
			return err
		}
	} else {
		fmt.Fprintln(os.Stderr, "no Python was found: its rows are left out")
	}
	text := r.markdown(machine(dir), rounds, turn)
	if only != "" {
		fmt.Print(text)
		return nil
	}
	docs := filepath.Join(dir, "..", "docs")
	if err := r.plot(filepath.Join(docs, "performance")); err != nil {
		return err
	}
	return replace(filepath.Join(docs, "performance.md"), text)
}
