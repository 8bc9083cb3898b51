// SPDX-License-Identifier: MIT

package slogx_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

// goFile returns a Go file that has nothing wrong with it but, perhaps, its imports.
func goFile(imports string) string {
	text := spdx + "\n\n// Package p is documented.\npackage p\n"
	if imports != "" {
		text += "\nimport _ \"" + imports + "\"\n"
	}
	return text
}

// testFile is goFile for a test, which has no package comment.
func testFile(imports string) string {
	return spdx + "\n\npackage p_test\n\nimport _ \"" + imports + "\"\n"
}

func requireLayoutFaults(t *testing.T, files map[string]string, want ...string) {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text), Mode: fs.ModePerm}
	}
	got, err := layoutFaults(fsys)
	require.NoError(t, err)
	require.Equal(t, want, got)
}

func TestLayoutTakesWhatPointsDown(t *testing.T) {
	requireLayoutFaults(t, map[string]string{
		"slogx.go":                     goFile(module + "/config"),
		"all_test.go":                  testFile(module),
		"cmd/slogx/main.go":            goFile(module),
		"examples/a/main.go":           goFile(module),
		"examples/b/main.go":           goFile(module + "/slogxtest"),
		"examples/c/main.go":           goFile(module + "/examples/c/db"),
		"examples/c/db/db.go":          goFile("github.com/lmittmann/tint"),
		"slogxtest/kit_test.go":        testFile("github.com/lmittmann/tint"),
		"config/config.go":             goFile("go.yaml.in/yaml/v3"),
		"queue/queue.go":               goFile(module + "/format"),
		"format/console/testdata/x.go": "no Go at all",
		"format/console.go":            goFile("github.com/lmittmann/tint"),
		"tree/tree.go":                 goFile(module + "/filter"),
		"tree/tree_test.go":            testFile(module + "/slogxtest"),
		"tree/node_test.go":            testFile("github.com/stretchr/testify/require"),
		"tree/handler_test.go":         testFile(module + "/tree"),
		"levels/levels.go":             goFile("log/slog"),
		"internal/text/text.go":        goFile(module + "/internal/record"),
		"internal/record/record.go":    goFile(""),
		"slogxtest/kit.go":             goFile(module + "/sink"),
		"bench/peers.go":               "package bench",
		"tools/tools.go":               "package tools",
		".ci/ci.go":                    "package ci",
	})
}

func TestLayoutCatches(t *testing.T) {
	const tint = "github.com/lmittmann/tint"
	tests := []struct{ name, imports, why string }{
		{"levels/a.go", module + "/filter", "row 1 does not import row 2"},
		{"levels/a.go", module, "only cmd and examples import the facade"},
		{"tree/a.go", module + "/format", "row 3 does not import row 3"},
		{"tree/a_test.go", module + "/format", "row 3 does not import row 3"},
		{"internal/a/a.go", module + "/levels", "row 0 does not import row 1"},
		{"config/a.go", module + "/admin", "row 5 does not import row 5"},
		{"config/a_test.go", module, "only cmd and examples import the facade"},
		{"slogxtest/a.go", module, "only cmd and examples import the facade"},
		{"slogx.go", module + "/cmd/slogx", "nothing imports a program"},
		{"cmd/slogx/a.go", module + "/cmd/slogx2/b", "nothing imports a program"},
		{"examples/a/a.go", module + "/examples/b", "nothing imports a program"},
		{"tree/a.go", module + "/slogxtest", "the package is for tests and examples"},
		{"tree/a.go", module + "/treehouse", "the package is not in the diagram"},
		{"tree/a.go", "github.com/stretchr/testify/require", "the module is for tests"},
		{"tree/a.go", tint, "the module is for format"},
		{"tree/a_test.go", tint, "the module is for format"},
		{"slogxtest/a.go", tint, "the module is for format"},
		{"cmd/slogx/a.go", tint, "the module is for format"},
		{"examples/a/a.go", "github.com/stretchr/testify/require", "the module is for tests"},
		{"config/a.go", "github.com/itchyny/timefmt-go", "the module is for format, rotate"},
		{"format/a.go", tint + "er", "the module is not in the table"},
		{"format/a.go", "golang.org/x/sys/unix", "the module is not in the table"},
	}
	for _, tt := range tests {
		text := goFile(tt.imports)
		if strings.HasSuffix(tt.name, "_test.go") {
			text = testFile(tt.imports)
		}
		requireLayoutFaults(t, map[string]string{tt.name: text}, tt.name+": imports "+tt.imports+": "+tt.why)
	}
}

func TestLayoutCatchesFiles(t *testing.T) {
	const bare = spdx + "\n\npackage p\n"
	requireLayoutFaults(t, map[string]string{"tree/a.go": bare}, "tree: 0 package comments, want 1")
	requireLayoutFaults(t, map[string]string{"tree/a.go": goFile(""), "tree/b.go": goFile("")},
		"tree: 2 package comments, want 1")
	requireLayoutFaults(t, map[string]string{"tree/a.go": goFile(""), "tree/b.go": spdx + "\npackage p\n"},
		"tree/b.go: does not start with "+spdx+" and an empty line", "tree: 2 package comments, want 1")
	requireLayoutFaults(t, map[string]string{"tree/a.go": goFile(""), "tree/b.go": "\n" + bare},
		"tree/b.go: does not start with "+spdx+" and an empty line")
	requireLayoutFaults(t, map[string]string{"tree/deep/a.go": goFile("")},
		"tree/deep/a.go: package tree/deep is not in the diagram")
}

func TestLayoutCatchesModules(t *testing.T) {
	mod := `module example.org/m

go 1.26.0

require example.org/one v1.0.0

require (
	// A comment.
	example.org/two v1.0.0
	example.org/three v1.0.0 // indirect
	github.com/stretchr/testify v1.12.1
)

replace (
	example.org/four => ../four
)
`
	require.Equal(t, []string{"example.org/one", "example.org/two"}, strangeModules(mod))
}
