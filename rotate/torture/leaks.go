// SPDX-License-Identifier: MIT

package torture

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// polls is how often it is looked whether goroutines and descriptors have ended after Close. It is no time: on a machine
// that stands still for seconds, they do so, too.
var polls = 2000

// held returns the goroutines and descriptors that were not there at the time of the snapshot, and stay.
func (s *Snapshot) held() []Violation {
	found := s.heldNow()
	for tries := 1; len(found) > 0 && tries < polls; tries++ {
		time.Sleep(poll)
		found = s.heldNow()
	}
	return found
}

func (s *Snapshot) heldNow() []Violation {
	var found []Violation
	running := goroutines()
	for _, number := range slices.Sorted(maps.Keys(running)) {
		if _, ok := s.goroutines[number]; !ok {
			found = append(found, Violation{Kind: kindGoroutine, Detail: running[number]})
		}
	}
	open := descriptors()
	for _, target := range slices.Sorted(maps.Keys(open)) {
		if n := open[target] - s.descriptors[target]; n > 0 {
			found = append(found, Violation{Kind: kindDescriptor, Detail: fmt.Sprintf("%d of %s", n, target)})
		}
	}
	return found
}

// ofTheRuntime are functions of goroutines that, once started, stay for good.
var ofTheRuntime = []string{"os/signal.loop", "runtime.ensureSigM"}

// goroutines returns the stacks of all goroutines but this one, by their numbers.
func goroutines() map[string]string {
	buf := make([]byte, 64<<10)
	n := runtime.Stack(buf, true)
	for ; n == len(buf); n = runtime.Stack(buf, true) {
		buf = make([]byte, 2*len(buf))
	}
	found := map[string]string{}
	for i, stack := range strings.Split(string(buf[:n]), "\n\n") {
		isRuntime := func(function string) bool { return strings.Contains(stack, function) }
		if i == 0 || slices.ContainsFunc(ofTheRuntime, isRuntime) { // the first one is this one
			continue
		}
		number, _, _ := strings.Cut(strings.TrimPrefix(stack, "goroutine "), " ")
		found[number] = stack
	}
	return found
}

// descriptors returns how many there are of what they lead to, where the system tells.
func descriptors() map[string]int {
	// The poller's own descriptors are opened with the first file that needs it, and stay.
	if r, w, err := os.Pipe(); err == nil {
		r.Close()
		w.Close()
	}
	const dir = "/proc/self/fd"
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	found := map[string]int{}
	for _, entry := range entries {
		if target, err := os.Readlink(filepath.Join(dir, entry.Name())); err == nil { // that of ReadDir is closed
			found[target]++
		}
	}
	return found
}
