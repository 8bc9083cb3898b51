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
		{`\.log\.\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d`, ".log.2026-11-20_10-00-00"},
		{`\.log\.\d{4}-\d\d-\d\d`, ".log.2026-11-20"},
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
			var got []byte
			for tries := 0; tries < 3 && normal(string(got)) != normal(string(want)); tries++ { // a second or a day may end in between
				got, err = exec.Command("go", "run", "./"+filepath.ToSlash(dir)).CombinedOutput()
				require.NoError(t, err, string(got))
			}
			require.Equal(t, normal(string(want)), normal(string(got)))
		})
	}
}

// The README shows programs and what they print: each of its Go blocks is a file of an example,
// each text block the output of one, and examples that it does not show it links to.
func TestReadmeShowsTheExamples(t *testing.T) {
	text, err := os.ReadFile("README.md")
	require.NoError(t, err)
	readme := string(text)
	shown := make(map[string]bool)
	for _, block := range regexp.MustCompile("(?ms)^```(go|text)\n(.*?)^```$").FindAllStringSubmatch(readme, -1) {
		require.False(t, shown[block[2]], "shown twice:\n%s", block[2])
		shown[block[2]] = true
	}
	for _, main := range examples(t) {
		dir := filepath.ToSlash(filepath.Dir(main))
		source, err := os.ReadFile(main)
		require.NoError(t, err)
		output, err := os.ReadFile(dir + "/output.txt")
		require.NoError(t, err)
		program := strings.TrimPrefix(string(source), "// SPDX-License-Identifier: MIT\n\n")
		require.Equal(t, shown[program], shown[string(output)], "%s: program and output are shown together", dir)
		require.True(t, shown[program] || strings.Contains(readme, "]("+dir+"/main.go)"), "the README does not name %s", dir)
		delete(shown, program)
		delete(shown, string(output))
	}
	require.Empty(t, shown, "blocks that are no example's")
}
