// SPDX-License-Identifier: MIT

package torture

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const (
	jobVariable = "SLOGX_TORTURE_JOB"
	bookName    = "book"
)

// A job is what a child is told.
type job struct {
	Test    string // the one that started it
	Dir     string
	Private string
	Slot    int
	Seed    uint64
	Shape   string // of the plan
}

// shape is what a plan must have in common with that of the parent.
func (p *Plan) shape() string {
	return fmt.Sprint(p.Processes, " processes, ", p.Goroutines, " goroutines, ", p.Lines, " lines, ",
		p.Restarts, " restarts, exact ", p.exact())
}

// jobOfThisProcess returns the job of a child. Its test must come here without another Run before it.
func jobOfThisProcess(t testing.TB) (j job, ok bool) {
	t.Helper()
	text, ok := os.LookupEnv(jobVariable)
	if !ok {
		return j, false
	}
	if err := json.Unmarshal([]byte(text), &j); err != nil {
		t.Fatalf("torture: %s: %v", jobVariable, err)
	}
	if j.Test != t.Name() {
		exit(fmt.Errorf("the child for %s came to the Run of %s", j.Test, t.Name()))
	}
	return j, true
}

// run writes, and ends the process: what follows in the test is for the parent.
func (j job) run(t testing.TB, p Plan) {
	t.Helper()
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin) // until the parent ends, however it does
		os.Exit(1)
	}()
	if p.shape() != j.Shape {
		exit(fmt.Errorf("the plan is another one in the child: %s, and not %s", p.shape(), j.Shape))
	}
	p.Dir, p.Seed = j.Dir, j.Seed
	b, err := openBook(filepath.Join(j.Private, bookName), p.Processes*p.Goroutines)
	if err != nil {
		exit(err)
	}
	before := Snap()
	if err := newProcess(&p, b, j.Slot).work(); err != nil {
		exit(err)
	}
	leaks, err := json.Marshal(before.held())
	if err == nil {
		err = os.WriteFile(j.leaks(), leaks, 0o600)
	}
	exit(err)
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "torture:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

// leaks is the file in which a child leaves what its writer left behind.
func (j job) leaks() string { return filepath.Join(j.Private, fmt.Sprint("leaks-", j.Slot)) }

// args are the arguments with which the binary of this test runs nothing but the test of the job.
func (j job) args() []string {
	var pattern []string
	for part := range strings.SplitSeq(j.Test, "/") {
		pattern = append(pattern, "^"+regexp.QuoteMeta(part)+"$")
	}
	args := []string{"-test.run=" + strings.Join(pattern, "/"), "-test.timeout=0"}
	flag.Visit(func(f *flag.Flag) {
		if !strings.HasPrefix(f.Name, "test.") || f.Name == "test.short" {
			args = append(args, fmt.Sprintf("-%s=%s", f.Name, f.Value))
		}
	})
	return args
}

// env is the environment of the child. Temporary files of its test lie where the parent removes them.
// The race detector would have it sleep for a second at its end.
func (j job) env() ([]string, error) {
	text, err := json.Marshal(j)
	return append(os.Environ(), jobVariable+"="+string(text), "GORACE="+os.Getenv("GORACE")+" atexit_sleep_ms=0",
		"TMPDIR="+j.Private, "TMP="+j.Private, "TEMP="+j.Private), err
}
