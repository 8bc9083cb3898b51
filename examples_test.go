// SPDX-License-Identifier: MIT

package slogx_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// normal replaces in the output of an example what differs from run to run: the time,
// and where the source lies on this machine.
func normal(output string) string {
	output = strings.ReplaceAll(output, "\r\n", "\n")
	for _, r := range []struct{ old, new string }{
		{`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}`, "2026-11-20 10:00:00,000"},
		{`(?m)^( +)\S.*/examples/(\S+\.go:\d+)$`, "$1/src/slogx/examples/$2"},
	} {
		output = regexp.MustCompile(r.old).ReplaceAllString(output, r.new)
	}
	return output
}

func examples(t *testing.T) []string {
	mains, err := filepath.Glob("examples/*/main.go")
	require.NoError(t, err)
	require.NotEmpty(t, mains)
	return mains
}

func TestExamplesPrintWhatStandsBesideThem(t *testing.T) {
	for _, main := range examples(t) {
		dir := filepath.Dir(main)
		t.Run(dir, func(t *testing.T) {
			t.Parallel()
			want, err := os.ReadFile(filepath.Join(dir, "output.txt"))
			require.NoError(t, err)
			got, err := exec.Command("go", "run", "./"+filepath.ToSlash(dir)).CombinedOutput()
			require.NoError(t, err, string(got))
			require.Equal(t, normal(string(want)), normal(string(got)))
		})
	}
}

// The README shows programs and what they print: each of its Go blocks is a file of an example,
// each text block the output of one.
func TestReadmeShowsTheExamples(t *testing.T) {
	files := make(map[string][]string) // by the language of a block
	for _, main := range examples(t) {
		source, err := os.ReadFile(main)
		require.NoError(t, err)
		files["go"] = append(files["go"], strings.TrimPrefix(string(source), "// SPDX-License-Identifier: MIT\n\n"))
		output, err := os.ReadFile(filepath.Join(filepath.Dir(main), "output.txt"))
		require.NoError(t, err)
		files["text"] = append(files["text"], string(output))
	}
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	shown := make(map[string]int)
	for _, block := range regexp.MustCompile("(?ms)^```(go|text)\n(.*?)^```$").FindAllStringSubmatch(string(readme), -1) {
		require.Contains(t, files[block[1]], block[2], "a block that is no example's")
		shown[block[2]]++
	}
	for _, list := range files {
		for _, text := range list {
			require.Equal(t, 1, shown[text], "the README does not show this:\n%s", text)
		}
	}
}
