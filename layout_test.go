// SPDX-License-Identifier: MIT

package slogx_test

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	module   = "github.com/slogx/slogx"
	root     = "." // the directory of the facade
	testsKit = "slogxtest"
	spdx     = "// SPDX-License-Identifier: MIT"
)

// rows is the diagram of docs/design.md: a package imports packages of lower rows only.
// What stands below internal is row 0; slogxtest, cmd and examples stand aside.
var rows = map[string]int{
	root:     6,
	"config": 5, "admin": 5,
	"queue": 4, "sink": 4,
	"tree": 3, "format": 3, "rotate": 3,
	"rotate/torture":          2, // tortures writers, in tests only
	"filter":                  2,
	"levels":                  1,
	"internal/oracle":         4, // compares the tree with CPython, in tests only
	"internal/oracle/layouts": 4, // compares layouts with CPython, in tests only
	"internal/oracle/files":   4, // compares rotation with CPython, in tests only
	"internal/oracle/configs": 6, // compares documents with CPython, in tests only
}

// modules is the table of modules in docs/design.md: each with the packages that may import it.
// A module without packages is for tests.
var modules = map[string][]string{
	"github.com/lmittmann/tint":        {"format"},
	"gopkg.in/natefinch/lumberjack.v2": {"rotate"},
	"github.com/itchyny/timefmt-go":    {"format", "rotate"},
	"go.yaml.in/yaml/v3":               {"internal/document", "config"},
	"github.com/stretchr/testify":      nil,
}

// otherModules are directories with a go.mod of their own.
var otherModules = []string{"bench", "tools"}

// TestLayout fails where the source is not what the diagram says.
func TestLayout(t *testing.T) {
	faults, err := layoutFaults(os.DirFS("."))
	require.NoError(t, err)
	require.Empty(t, faults, strings.Join(faults, "\n"))
}

// TestLayoutModules fails on a module in go.mod that is not in the table.
func TestLayoutModules(t *testing.T) {
	mod, err := os.ReadFile("go.mod")
	require.NoError(t, err)
	require.Empty(t, strangeModules(string(mod)))
}

// A source is a Go file of the module.
type source struct {
	name string // with the path from the root
	pkg  string // its directory
	test bool
	ast  *ast.File
}

// layoutFaults returns what is wrong with the Go files in fsys, a line for each fault.
func layoutFaults(fsys fs.FS) ([]string, error) {
	var faults []string
	docs := map[string]int{} // package comments by directory and package
	err := fs.WalkDir(fsys, root, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && isForeign(name):
			return fs.SkipDir
		case entry.IsDir() || path.Ext(name) != ".go":
			return nil
		}
		src, found, err := parse(fsys, name)
		faults = append(faults, found...)
		if err == nil && !src.test {
			docs[src.pkg+" "+src.ast.Name.Name] += min(1, len(src.ast.Doc.Text()))
		}
		return err
	})
	for pkg, n := range docs {
		if n != 1 {
			faults = append(faults, fmt.Sprintf("%s: %d package comments, want 1", strings.Fields(pkg)[0], n))
		}
	}
	slices.Sort(faults)
	return faults, err
}

// isForeign reports whether the directory holds nothing of this module.
func isForeign(dir string) bool {
	base := path.Base(dir)
	hidden := dir != root && strings.HasPrefix(base, ".")
	return hidden || base == "testdata" || slices.Contains(otherModules, dir)
}

// parse reads a Go file and returns what is wrong with it.
func parse(fsys fs.FS, name string) (source, []string, error) {
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		return source{}, nil, err
	}
	file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ImportsOnly|parser.ParseComments)
	if err != nil {
		return source{}, nil, err
	}
	src := source{name: name, pkg: path.Dir(name), test: strings.HasSuffix(name, "_test.go"), ast: file}
	var faults []string
	if !bytes.HasPrefix(text, []byte(spdx+"\n\n")) {
		faults = append(faults, name+": does not start with "+spdx+" and an empty line")
	}
	if _, ok := row(src.pkg); !ok {
		faults = append(faults, name+": package "+src.pkg+" is not in the diagram")
	}
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return source{}, nil, err
		}
		if why := src.refusal(imported); why != "" {
			faults = append(faults, name+": imports "+imported+": "+why)
		}
	}
	return src, faults, nil
}

// refusal says why the file may not import the package with the path, "" if it may.
func (s source) refusal(imported string) string {
	first, _, _ := strings.Cut(imported, "/")
	switch pkg, ours := cutModule(imported, module); {
	case ours:
		return s.refusalOfOurs(pkg)
	case !strings.Contains(first, "."): // the standard library
		return ""
	}
	for mod, packages := range modules {
		if _, ok := cutModule(imported, mod); !ok {
			continue
		}
		if s.test && packages == nil || slices.Contains(packages, s.pkg) || packages != nil && s.showsPeers() {
			return ""
		}
		return "the module is for " + cmp.Or(strings.Join(packages, ", "), "tests")
	}
	return "the module is not in the table"
}

// showsPeers reports whether the file is of an example, or of a test of the conformance kit:
// those may use the handlers in the table as any program may.
func (s source) showsPeers() bool {
	return strings.HasPrefix(s.pkg, "examples/") || s.test && s.pkg == testsKit
}

// refusalOfOurs is refusal for a package of this module. Imports among internal packages
// need no rule here, because the compiler refuses cycles.
func (s source) refusalOfOurs(pkg string) string {
	to, ok := row(pkg)
	from, _ := row(s.pkg)
	switch {
	case !ok:
		return "the package is not in the diagram"
	case isProgram(pkg) && programOf(pkg) == programOf(s.pkg): // its own parts
		return ""
	case isProgram(pkg):
		return "nothing imports a program"
	case s.test && (pkg == testsKit || pkg == s.pkg):
		return ""
	case pkg == testsKit && !isProgram(s.pkg):
		return "the package is for tests and examples"
	case isProgram(s.pkg), isInternal(s.pkg) && isInternal(pkg):
		return ""
	case pkg == root:
		return "only cmd and examples import the facade"
	case to >= from:
		return fmt.Sprintf("row %d does not import row %d", from, to)
	}
	return ""
}

// row returns the row of the package in a directory. ok is false if the diagram has no such package.
func row(pkg string) (n int, ok bool) {
	if n, ok = rows[pkg]; ok {
		return n, true
	}
	if isProgram(pkg) || pkg == testsKit {
		return rows[root] + 1, true // above everything
	}
	return 0, isInternal(pkg)
}

func isInternal(pkg string) bool { return strings.HasPrefix(pkg, "internal/") }

func isProgram(pkg string) bool {
	return strings.HasPrefix(pkg, "cmd/") || strings.HasPrefix(pkg, "examples/")
}

// programOf returns the directory of the program that a package of cmd or examples is part of.
func programOf(pkg string) string {
	parts := strings.SplitN(pkg, "/", 3)
	return strings.Join(parts[:min(2, len(parts))], "/")
}

// cutModule returns the directory of the imported package in the module, if it is in there.
func cutModule(imported, module string) (dir string, ok bool) {
	if imported == module {
		return root, true
	}
	return strings.CutPrefix(imported, module+"/")
}

// strangeModules returns the direct requirements in a go.mod that are not in the table.
func strangeModules(mod string) []string {
	var found []string
	inBlock := false
	for line := range strings.Lines(mod) {
		line = strings.TrimSpace(line)
		rest, isRequire := strings.CutPrefix(line, "require ")
		switch {
		case rest == "(":
			inBlock = true
		case line == ")":
			inBlock = false
		case strings.HasPrefix(line, "//"):
		case isRequire || inBlock:
			name, version, _ := strings.Cut(rest, " ")
			if _, ok := modules[name]; !ok && name != "" && !strings.HasSuffix(version, "// indirect") {
				found = append(found, name)
			}
		}
	}
	return found
}
