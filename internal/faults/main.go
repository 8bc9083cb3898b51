// SPDX-License-Identifier: MIT

// Faults breaks the code on purpose, one defect at a time, and fails unless a test notices.
//
//	go run ./internal/faults           every defect
//	go run ./internal/faults batch     those whose names contain a word
//	go run ./internal/faults -part 2/3 the second, the fifth, and so on
//
// The source is not touched: the compiler is shown a changed copy of a file in its place.
// A defect that does not apply to the source any more, or does not compile, is a failure, too.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
)

// A fault is a defect, and the test that must fail because of it.
type fault struct {
	name string // what is wrong
	file string // from the root of the module
	old  string // stands in the file exactly once
	new  string
	pkg  string // the tests' package
	test string // a regular expression, as for go test -run
}

func main() {
	part := flag.String("part", "1/1", "i/n: every n-th defect, from the i-th on")
	flag.Parse()
	chosen, err := share(choose(flag.Args()), *part)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	if len(chosen) == 0 {
		fmt.Fprintln(os.Stderr, "no such fault")
		os.Exit(2)
	}
	results, took := make([]error, len(chosen)), make([]time.Duration, len(chosen))
	limit := make(chan struct{}, runtime.GOMAXPROCS(0))
	var wg sync.WaitGroup
	for i, f := range chosen {
		wg.Go(func() {
			limit <- struct{}{}
			defer func() { <-limit }()
			start := time.Now()
			results[i] = f.check()
			took[i] = time.Since(start)
		})
	}
	wg.Wait()
	failed := 0
	for i, f := range chosen {
		if results[i] != nil {
			failed++
			fmt.Printf("NOT CAUGHT %s: %v\n", f.name, results[i])
		} else {
			fmt.Printf("caught     %s (%s, %.1f s)\n", f.name, f.test, took[i].Seconds())
		}
	}
	fmt.Printf("%d of %d faults caught\n", len(chosen)-failed, len(chosen))
	if failed > 0 {
		os.Exit(1)
	}
}

// all are the faults. A mended bug that no test had found belongs among them.
var all = slices.Concat(
	treeFaults, gateFaults, shutdownFaults, redactFaults, oracleFaults, layoutFaults, filterFaults, holdFaults,
	styleFaults, jsonFaults, calendarFaults, documentFaults, filesFaults, rotateFaults, rotateMoreFaults, configFaults, configsFaults,
	configWatchFaults, configCmdFaults, otherFaults,
)

// choose returns the faults whose names contain the words.
func choose(words []string) (chosen []fault) {
	for _, f := range all {
		if strings.Contains(f.name, strings.Join(words, " ")) {
			chosen = append(chosen, f)
		}
	}
	return chosen
}

// share returns every n-th fault, from the i-th on.
func share(faults []fault, part string) (chosen []fault, err error) {
	var i, n int
	if _, err := fmt.Sscanf(part, "%d/%d", &i, &n); err != nil || i < 1 || i > n {
		return nil, fmt.Errorf("-part %s: want 1/3, 2/3, 3/3, or the like", part)
	}
	for k := i - 1; k < len(faults); k += n {
		chosen = append(chosen, faults[k])
	}
	return chosen, nil
}

// check returns nil if the fault's test fails because of it.
func (f fault) check() error {
	dir, err := os.MkdirTemp("", "faults")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	overlay, err := f.overlay(dir)
	if err != nil {
		return err
	}
	cmd := exec.Command("go", "test", "-overlay", overlay, "-vet=off", "-ldflags=-s -w", "-count=1", "-timeout=120s", "-run", f.test, f.pkg)
	cmd.Env = append(os.Environ(), "SLOGX_PATIENCE=10s") // what hangs because of it
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	switch {
	case err == nil && bytes.Contains(out, []byte("no tests to run")):
		return fmt.Errorf("%s has no test %s", f.pkg, f.test)
	case err == nil:
		return errors.New("the tests pass")
	case !errors.As(err, &exit):
		return err
	case !bytes.Contains(out, []byte("--- FAIL")) && !bytes.Contains(out, []byte("panic: ")) && !bytes.Contains(out, []byte("fatal error: ")):
		return fmt.Errorf("the tests did not run:\n%s", out)
	}
	return nil
}

// overlay writes the changed file and the list that has the compiler take it, and returns the list's path.
func (f fault) overlay(dir string) (string, error) {
	path, err := filepath.Abs(filepath.FromSlash(f.file))
	if err != nil {
		return "", err
	}
	text, err := f.apply(path)
	if err != nil {
		return "", err
	}
	changed := filepath.Join(dir, "changed.go")
	if err := os.WriteFile(changed, []byte(text), 0o600); err != nil {
		return "", err
	}
	list, err := json.Marshal(map[string]map[string]string{"Replace": {path: changed}})
	if err != nil {
		return "", err
	}
	overlay := filepath.Join(dir, "overlay.json")
	return overlay, os.WriteFile(overlay, list, 0o600)
}

// apply returns what stands in the file at path, with the defect.
func (f fault) apply(path string) (string, error) {
	source, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	if n := strings.Count(string(source), f.old); n != 1 {
		return "", fmt.Errorf("%s: %d places to change, want 1", f.file, n)
	}
	return strings.Replace(string(source), f.old, f.new, 1), nil
}
