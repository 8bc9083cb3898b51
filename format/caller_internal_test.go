// SPDX-License-Identifier: MIT

package format

import (
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestCallersAreNotMixedUp asks for more places than are kept, and for each several times.
func TestCallersAreNotMixedUp(t *testing.T) {
	pc, _, _, _ := runtime.Caller(0)
	for range 2 {
		for i := range uintptr(3 * len(callers)) {
			pc := pc - 1000 + i
			frame, _ := runtime.CallersFrames([]uintptr{pc}).Next()
			for range 2 {
				c := callerAt(pc)
				require.Equal(t, pc, c.pc)
				if frame.File != "" {
					require.Equal(t, frame.File, c.pathname)
					require.Equal(t, int64(frame.Line), c.line)
				}
			}
		}
	}
}

func TestCutFunction(t *testing.T) {
	for name, want := range map[string][2]string{
		"main.main":                        {"main", "main"},
		"example.com/a/b.(*T).M":           {"example.com/a/b", "(*T).M"},
		"example.com/a.F.func1":            {"example.com/a", "F.func1"},
		"gopkg.in/yaml%2ev3.Unmarshal":     {"gopkg.in/yaml.v3", "Unmarshal"},
		"a/b.F[...]":                       {"a/b", "F[...]"},
		"odd":                              {"(unknown package)", "odd"},
		"example.com/a.b/c.init.0.func1.2": {"example.com/a.b/c", "init.0.func1.2"},
	} {
		pkg, function := cutFunction(name)
		require.Equal(t, want, [2]string{pkg, function})
	}
}
