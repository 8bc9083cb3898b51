// SPDX-License-Identifier: MIT

package judge

import (
	"maps"
	"testing"

	"github.com/stretchr/testify/require"
)

// answered is an archive of scripts of which the second step is said to differ on purpose.
const answered = "# a comment\n-- one --\nsay a\n\ta\nsay b\n\tb\n\t~B\n\t=met\n-- two --\nsay a\n\ta\nsay b\n| {\n|\n|  }\n\tb\n\t~\n\t=met\n"

// oracleOf returns an oracle whose runs show, step by step, what it is given.
func oracleOf(seen ...[]string) *Oracle[*Case] {
	return &Oracle[*Case]{
		Run:         func(*testing.T, *Script) [][]string { return seen },
		Case:        func(c Case) *Case { return &c },
		Differences: map[string]func(*Case) bool{"shouts": func(c *Case) bool { return c.Met("met") && c.Minor == 13 }},
	}
}

func TestAScriptMustComeOutAsTheTwinSaysWhereAPredicateHolds(t *testing.T) {
	for _, tt := range []struct {
		name  string
		seen  [][]string
		minor int
		same  func(a, b string) bool
		steps int    // as far as the mismatch
		want  string // in the error
	}{
		{"as the twin", [][]string{{"a"}, {"B"}}, 13, nil, 2, ""},
		{"as CPython", [][]string{{"a"}, {"b"}}, 13, nil, 2, "step 2: say b: want\n\tB\ngot\n\tb"},
		{"nothing", [][]string{{"a"}, nil}, 13, nil, 2, "step 2: say b: want"},
		{"otherwise where both agree", [][]string{{"A"}, {"B"}}, 13, nil, 1, "step 1: say a: want\n\ta\ngot\n\tA"},
		{"more", [][]string{{"a", "a"}, {"B"}}, 13, nil, 1, "step 1: say a: want"},
		{"without a predicate", [][]string{{"a"}, {"B"}}, 12, nil, 2, "step 2: say b: no predicate holds"},
		{"the same in another way", [][]string{{"x"}, {"x"}}, 13, func(_, b string) bool { return b == "x" }, 2, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := oracleOf(tt.seen...)
			o.Same = tt.same
			steps, err := o.compare(t, new(Tally), readArchive(answered, tt.minor)[0])
			require.Equal(t, tt.steps, steps)
			if tt.want == "" {
				require.NoError(t, err)
			} else {
				require.ErrorContains(t, err, tt.want)
			}
		})
	}
}

func TestOnlyWhatTheTwinCannotTellIsLeftOut(t *testing.T) {
	o, tally := oracleOf([]string{"a"}, []string{"anything"}), new(Tally)
	script := readArchive(answered, 13)[0]
	o.Untold = "B"
	_, err := o.compare(t, tally, script)
	require.NoError(t, err)
	require.Equal(t, 1, tally.Untold)
	o.Untold = "a"
	_, err = o.compare(t, tally, script)
	require.Error(t, err)
}

func TestATallyCountsWhatDiffersAndWhyAlone(t *testing.T) {
	o, tally := oracleOf([]string{"a"}, []string{"B"}), new(Tally)
	o.Older = map[string]func(*Case) bool{"old": func(*Case) bool { return false }}
	_, err := o.compare(t, tally, readArchive(answered, 13)[0])
	require.NoError(t, err)
	require.Equal(t, "1 scripts, 2 steps, 2 lines, of which 1 (50.0 %) in 1 scripts differ on purpose, 0 steps not told: shouts 1 (1 alone)", tally.String())
	require.Equal(t, []string{"old"}, tally.Unneeded(maps.Keys(map[string]bool{"shouts": true, "old": true})))
	o.Older["old"] = func(*Case) bool { return true }
	tally = new(Tally)
	_, err = o.compare(t, tally, readArchive(answered, 13)[0])
	require.NoError(t, err)
	require.Equal(t, []string{"old", "shouts"}, tally.Unneeded(maps.Keys(map[string]bool{"shouts": true, "old": true})), "neither is needed")
}

func TestScriptsAreWrittenAsTheyWereReadWithoutAnswers(t *testing.T) {
	scripts := readArchive(answered, 13)
	require.Equal(t, "# x\n-- one --\nsay a\nsay b\n-- two --\nsay a\nsay b\n| {\n|\n|  }\n", writeArchive("# x\n", scripts))
	last := scripts[1].Steps[1]
	require.Equal(t, &Step{Text: "say b", Doc: []string{"{", "", " }"}, Plain: []string{"b"}, Forks: true, Facts: []string{"met"}}, last)
	require.Empty(t, last.Wanted(), "the twin shows nothing")
}

func TestAScriptIsMadeShorterByOneThing(t *testing.T) {
	o := oracleOf()
	o.Needed = func(_ *Script, i int) bool { return i == 0 }
	o.Less = func(st *Step) []string { return []string{st.Word()} }
	require.Equal(t, "-- one --\nsay a\n-- one --\nsay a\nsay\n", writeArchive("", o.shorter(readArchive(answered, 13)[0])))
}

func TestTextsAreTheSameInEveryWayToWriteThem(t *testing.T) {
	require.True(t, SameTexts(`a "\u000a日"`, `a "\n\u65e5"`))
	require.False(t, SameTexts(`a "\n"`, `a "\\n"`))
	require.False(t, SameTexts(`a "\n"`, `b "\n"`))
	text := "\n\"\\日\U000e0001é"
	require.Equal(t, `"\n\"\\日\udb40\udc01é"`, Quote(text), "what cannot be seen is escaped")
	require.Equal(t, text, Unquote(Quote(text)))
}
