// SPDX-License-Identifier: MIT

// Package testhelp holds what the tests of several packages need.
package testhelp

import (
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Stderr returns what f prints to os.Stderr. Tests that use it must not run in parallel.
func Stderr(t testing.TB, f func()) string {
	t.Helper()
	file, err := os.Create(filepath.Join(t.TempDir(), "stderr"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	defer func(old *os.File) { os.Stderr = old }(os.Stderr)
	os.Stderr = file
	f()
	printed, err := os.ReadFile(file.Name())
	if err != nil {
		t.Fatal(err)
	}
	return string(printed)
}

// TwoStreams gives a test an os.Stderr that is not os.Stdout: under go test -json both are one. Tests that use it must
// not run in parallel.
func TwoStreams(t testing.TB) {
	t.Helper()
	if os.Stderr != os.Stdout {
		return
	}
	file, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	old := os.Stderr
	os.Stderr = file
	t.Cleanup(func() {
		os.Stderr = old
		_ = file.Close()
	})
}

// Patience is how long a test waits for what comes at once unless something hangs: longer than any machine is busy with
// something else. Who expects it to hang sets SLOGX_PATIENCE.
var Patience = patience()

func patience() time.Duration {
	if p, err := time.ParseDuration(os.Getenv("SLOGX_PATIENCE")); err == nil {
		return p
	}
	return time.Minute
}

// InTime fails the test, with the stacks of all goroutines, if f does not end.
func InTime(t testing.TB, f func()) {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		f()
	}()
	select {
	case <-done:
	case <-time.After(Patience):
		stacks := make([]byte, 1<<20)
		t.Fatalf("it hangs:\n%s", stacks[:runtime.Stack(stacks, true)])
	}
}

// Unrepr reads what Python's repr writes, as far as Go's quotes are the same.
// What they cannot read, it returns as it is.
func Unrepr(s string) string {
	body := s[1 : len(s)-1]
	if s[0] == '\'' {
		body = strings.ReplaceAll(strings.ReplaceAll(body, `\'`, `'`), `"`, `\"`)
	}
	text, err := strconv.Unquote(`"` + body + `"`)
	if err != nil {
		return s
	}
	return text
}
