// SPDX-License-Identifier: MIT

package tree_test

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/tree"
)

func TestSetLevelsSetsTheLevelsOfNames(t *testing.T) {
	for _, tt := range []struct{ spec, want string }{
		{"", "INFO"}, {" , ;;\t", "INFO"},
		{"debug", "DEBUG"}, {"NOTSET", "NOTSET"}, {"30", "WARNING"}, {"info+1", "INFO+1"},
		{"info,app.db=debug;app.http=WARNING,<root>=error,lib=NOTSET", "ERROR,app.db=DEBUG,app.http=WARNING"},
		{"root=error", "ERROR"}, {"error,root=NOTSET", "NOTSET"},
		{" info , a = debug ;\nb\t=10 , ", "INFO,a=DEBUG,b=DEBUG"},
		{"a=debug,a=error", "INFO,a=ERROR"}, {"a=debug,a=NOTSET", "INFO"},
		{"a=b=debug", `INFO,"a=b"=DEBUG`}, {`"a=b" = debug`, `INFO,"a=b"=DEBUG`},
		{`"a,b"=debug,"<root>"=error,"root"=trace,""=NOTSET`, `NOTSET,"<root>"=ERROR,"a,b"=DEBUG`},
		{`"\xff\"\n"=debug`, `INFO,"\xff\"\n"=DEBUG`}, {`" a"=debug`, `INFO," a"=DEBUG`},
		{`a"b,c"=debug`, ""}, // quotes in the middle of a name do not hide the comma
		{"日志.数据库=debug", "INFO,日志.数据库=DEBUG"},
		{"a..b=debug,.=error", "INFO,.=ERROR,a..b=DEBUG"},
	} {
		tr := tree.New(nil)
		err := tr.SetLevels(tt.spec)
		if tt.want == "" {
			require.Error(t, err, tt.spec)
			continue
		}
		require.NoError(t, err, tt.spec)
		require.Equal(t, tt.want, tr.Levels(), tt.spec)
	}
}

func TestSetLevelsNamesThePlaceOfEachMistakeAndThenChangesNothing(t *testing.T) {
	for _, tt := range []struct {
		spec string
		want []string // position and what is wrong
	}{
		{"debgu", []string{`0 levels: level "debgu": unknown name; did you mean DEBUG?`}},
		{"info, a=x", []string{`8 levels: level "x": unknown name`}},
		{"info,a= \tx ", []string{`9 levels: level "x": unknown name`}},
		{"a=", []string{`2 levels: level "": empty name`}},
		{"info,a = ;b=debug", []string{`8 levels: level "": empty name`}},
		{" =info", []string{`1 no name before the equals sign`}},
		{`"a`, []string{`0 a name in quotes that does not end, or is not as in Go`}},
		{`error,"a\q"=info`, []string{`6 a name in quotes that does not end, or is not as in Go`}},
		{`"a" info`, []string{`4 no equals sign after the name`}},
		{`"a",b=x`, []string{`3 no equals sign after the name`, `6 levels: level "x": unknown name`}},
		{"a=1 0", []string{`2 levels: level "1 0": unknown name`}},
		{"x,a=y;b=info,c=z", []string{
			`0 levels: level "x": unknown name`, `4 levels: level "y": unknown name`, `15 levels: level "z": unknown name`,
		}},
	} {
		tr := tree.New(nil)
		before := tr.String()
		err := tr.SetLevels(tt.spec)
		require.Error(t, err, tt.spec)
		var got []string
		for _, err := range err.(interface{ Unwrap() []error }).Unwrap() {
			var mistake *tree.SpecError
			require.ErrorAs(t, err, &mistake)
			require.Equal(t, tt.spec, mistake.Spec)
			require.Equal(t, fmt.Sprintf("tree: levels %q at byte %d: %v", tt.spec, mistake.Pos, mistake.Err), err.Error())
			require.Equal(t, mistake.Err, errors.Unwrap(err))
			got = append(got, fmt.Sprint(mistake.Pos, " ", mistake.Err))
		}
		require.Equal(t, tt.want, got, tt.spec)
		require.Equal(t, before, tr.String(), "something changed")
	}
}

func TestANameWithoutALoggerKeepsItsLevelForIt(t *testing.T) {
	tr := tree.New(nil)
	rec := newRecorder(nil)
	tr.Node("").AddHandler(rec)
	require.NoError(t, tr.SetLevels("app.db=debug"))
	tr.Logger("app.db.pool").Debug("logged")
	tr.Logger("app").Debug("not logged")
	require.Equal(t, []string{"DEBUG logged logger=app.db.pool"}, rec.take())
}

func TestLevelsShowsALevelVarAsItIs(t *testing.T) {
	var live slog.LevelVar
	tr := tree.New(&tree.Options{Level: &live})
	tr.Node("b").SetLevel(&live)
	tr.Node("a").SetLevel(levels.Error)
	tr.Node("a").Logger()
	live.Set(levels.Debug)
	require.Equal(t, "DEBUG,a=ERROR,b=DEBUG", tr.Levels())
}

// A record that comes while levels are set meets all of them or none.
func TestSetLevelsIsOneStep(t *testing.T) {
	tr := tree.New(nil)
	rec := newRecorder(nil)
	tr.Node("").AddHandler(rec)
	tr.Update(func(b *tree.Batch) {
		require.NoError(t, b.SetLevels("a=debug,b=debug"))
		require.Equal(t, "INFO", tr.Levels(), "set before the batch is done")
		require.Error(t, b.SetLevels("a=error,b=eror"))
	})
	require.Equal(t, "INFO,a=DEBUG,b=DEBUG", tr.Levels())
}

// FuzzSetLevelsRoundTrip checks that no text makes SetLevels panic, that one with a mistake changes
// nothing, and that what Levels returns sets the same levels in another tree.
func FuzzSetLevelsRoundTrip(f *testing.F) {
	for _, spec := range []string{
		"info,app.db=debug;app.http=WARNING,<root>=error,lib=NOTSET", `"a,b"=10, "\xff"=info+3;x=`, `"`, "=,=;=", "a=b=c=info",
	} {
		f.Add(spec, "app.db", -3)
	}
	f.Fuzz(func(t *testing.T, spec, name string, level int) {
		tr, other := tree.New(nil), tree.New(nil)
		if err := tr.SetLevels(spec); err != nil {
			var mistake *tree.SpecError
			require.ErrorAs(t, err, &mistake)
			require.LessOrEqual(t, mistake.Pos, len(spec))
			require.Equal(t, "INFO", tr.Levels())
		}
		tr.Node(name).SetLevel(slog.Level(level))
		require.NoError(t, other.SetLevels(tr.Levels()))
		require.Equal(t, tr.Levels(), other.Levels())
		require.Equal(t, slog.Level(level), other.Node(name).Level())
		require.False(t, strings.ContainsAny(other.Levels(), "\n\r"))
	})
}
