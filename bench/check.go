// SPDX-License-Identifier: MIT

package bench

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
)

// A recorder keeps what each call of Write was given.
type recorder struct {
	mu     sync.Mutex
	writes [][]byte
}

func (r *recorder) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.writes = append(r.writes, bytes.Clone(p))
	return len(p), nil
}

// Check reports how a case does less than its scenario says: each operation writes that number of lines, and each line holds what
// the others' lines hold. Nothing is compared before it has passed.
func Check(s *Scenario, c *Case) error {
	const turns = 9 // one for each goroutine, and one more
	out := new(recorder)
	e := &Env{Out: out}
	c.New(e)(turns)
	// What closes files comes after the directory in e, and so is done before that is removed.
	var files [][]byte
	if e.dir != "" {
		e.closers[0] = func() (err error) {
			files, err = linesOf(e.dir)
			return errors.Join(err, os.RemoveAll(e.dir))
		}
	}
	if err := e.Close(); err != nil {
		return err
	}
	lines := append(out.writes, files...)
	if want := turns * s.Lines; len(lines) != want {
		return fmt.Errorf("%s: %s: %d lines in place of %d", s.Name, c.Label(s), len(lines), want)
	}
	for _, l := range lines {
		if err := s.CheckLine(c.Label(s), l); err != nil {
			return err
		}
	}
	return nil
}

// CheckLine reports what a line that a case wrote lacks.
func (s *Scenario) CheckLine(label string, line []byte) error {
	for _, want := range s.Want {
		if !want.Match(line) {
			return fmt.Errorf("%s: %s: a line without %s: %q", s.Name, label, want, line)
		}
	}
	return nil
}

// linesOf returns the lines of all log files in a directory.
func linesOf(dir string) (lines [][]byte, err error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.log"))
	for _, path := range paths {
		text, e := os.ReadFile(path)
		err = errors.Join(err, e)
		for l := range bytes.Lines(text) {
			lines = append(lines, l)
		}
	}
	return lines, err
}
