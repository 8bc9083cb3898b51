// SPDX-License-Identifier: MIT

package inifile

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestReadIsConfigParsers compares with CPython's configparser.
func TestReadIsConfigParsers(t *testing.T) {
	f, err := os.Open("testdata/ini.jsonl")
	require.NoError(t, err)
	defer f.Close()
	n := 0
	for scanner := bufio.NewScanner(f); scanner.Scan(); n++ {
		var want struct {
			Text, Error string
			Sections    map[string]map[string][2]*string // raw, and interpolated
		}
		require.NoError(t, json.Unmarshal(scanner.Bytes(), &want))
		got, err := read(want.Text, nil)
		require.Equal(t, want.Error == "", err == nil, "%q: %s, %v", want.Text, want.Error, err)
		if err != nil {
			continue
		}
		require.Len(t, got.sections, len(want.Sections), "%q", want.Text)
		for name, options := range want.Sections {
			require.Len(t, options, len(got.allOptions(name)), "%q", want.Text)
			for option, values := range options {
				compareOption(t, got.named[name], option, values)
			}
		}
	}
	require.Equal(t, 1500, n)
}

func (f *file) allOptions(name string) map[string]bool {
	all := map[string]bool{}
	for option := range f.named[name].named {
		all[option] = true
	}
	for option := range f.defaults.named {
		all[option] = true
	}
	return all
}

func compareOption(t *testing.T, s *section, name string, want [2]*string) {
	t.Helper()
	o := s.option(name)
	require.NotNil(t, o)
	require.Equal(t, *want[0], o.text)
	value, err := s.interpolated(o)
	if want[1] == nil {
		require.Error(t, err, o.text)
		return
	}
	require.NoError(t, err, o.text)
	require.Equal(t, *want[1], value)
}

func TestReadKnowsWhereValuesStand(t *testing.T) {
	f, err := read("[a]\r\nx = 1\r\n\r\n  # c\r\n   é 2\r\n y:3\r[DEFAULT]\nz=4", map[string]string{"Z": "5", "W": "6"})
	require.NoError(t, err)
	require.Equal(t, 1, f.named["a"].line)
	require.Equal(t, "1\n\né 2\ny:3", f.named["a"].named["x"].text)
	require.Equal(t, []place{{2, 5}, {line: 3}, {5, 4}, {6, 2}}, f.named["a"].named["x"].lines)
	require.Equal(t, "4", f.named["a"].option("z").text)
	require.Equal(t, "6", f.named["a"].option("w").text)
	require.Equal(t, 8, f.defaults.named["z"].line())
	require.Zero(t, f.defaults.named["w"].line())
}

func TestReadMistakes(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"no section", "# c\nx=1\n[a]\n[a]\n", `line 2: want the head of a section, such as [loggers], before "x=1"`},
		{"all at once", "[a]\nx=1\n=2\nnothing\nX: 3\n[a]\nx=4\n", "line 3: \"=2\" is no option, want name = value\n" +
			"line 4: \"nothing\" is no option, want name = value\nline 5: [a] has x twice, first in line 2\nline 6: [a] is there twice, first in line 1"},
		{"DEFAULT may come again", "[DEFAULT]\nx=1\n[a]\n[DEFAULT]\nx=2\n", "line 5: [DEFAULT] has x twice, first in line 2"},
	}
	for _, test := range tests {
		_, err := read(test.text, nil)
		require.EqualError(t, err, test.want, test.name)
	}
}

func TestInterpolationMistakes(t *testing.T) {
	chain := func(n int) string {
		var b strings.Builder
		for i := range n {
			b.WriteString("x" + string(rune('a'+i)) + " = %(x" + string(rune('b'+i)) + ")s\n")
		}
		return b.String() + "x" + string(rune('a'+n)) + " = end\n"
	}
	many := strings.Repeat("%(xb)s", 200)
	tests := []struct{ name, text, want, err string }{
		{"ten", chain(10), "end", ""},
		{"eleven", chain(11), "", "more than 10 references lead to each other"},
		{"itself", "xa=%(XA)s\n", "", "more than 10 references lead to each other"},
		{"unknown", "xa=%(no)s\n", "", "%(no)s names no option of [a] or [DEFAULT]"},
		{"lonely", "xa=50% of\n", "", `"% of" is no reference, want %(option)s; a percent sign is written as %%`},
		{"open", "xa=%(b\n", "", `"%(b" is no reference, want %(option)s; a percent sign is written as %%`},
		{"without s", "xa=%(b)d\n", "", `"%(b)d" is no reference, want %(option)s; a percent sign is written as %%`},
		{"without name", "xa=%()s\n", "", `"%()s" is no reference, want %(option)s; a percent sign is written as %%`},
		{"many", "xa=" + many + "\nxb=" + strings.ReplaceAll(many, "xb", "xc") + "\nxc=\n", "", "more than 10000 references"},
		{"long", "xa=" + strings.ReplaceAll(many, "b", "c") + "\nxc=" + strings.Repeat("x", 10000) + "\n", "", "the value is longer than 1048576 bytes"},
	}
	for _, test := range tests {
		f, err := read("[a]\n"+test.text, nil)
		require.NoError(t, err, test.name)
		got, err := f.named["a"].interpolated(f.named["a"].named["xa"])
		if test.err != "" {
			require.EqualError(t, err, test.err, test.name)
			continue
		}
		require.NoError(t, err, test.name)
		require.Equal(t, test.want, got, test.name)
	}
}
