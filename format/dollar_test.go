// SPDX-License-Identifier: MIT

package format_test

import (
	"fmt"
	"log/slog"
	"os"
	"testing"

	"github.com/slogx/slogx/format"
	"github.com/stretchr/testify/require"
)

func TestDollarRefusesWhatPythonRefuses(t *testing.T) {
	for _, tt := range []struct {
		layout string
		pos    int
		msg    string
	}{
		{"plain", 0, "no field"},
		{"$$", 0, "no field"},
		{"{message}", 0, `no field; is the style "{"?`},
		{"%(message)s {message}", 0, `no field; is the style "%"?`},
		{"$", 0, "dollar sign without a name; a literal one is $$"},
		{"$message$", 8, "dollar sign without a name; a literal one is $$"},
		{"$ $message", 0, "dollar sign without a name; a literal one is $$"},
		{"ab $1", 3, "dollar sign without a name; a literal one is $$"},
		{"$é", 0, "dollar sign without a name; a literal one is $$"},
		{"$.x", 0, "dollar sign without a name; a literal one is $$"},
		{"ab ${message", 3, "unclosed field"},
		{"ab ${", 3, "unclosed field"},
		{"ab ${}", 3, "field without a name"},
		{"${ message}", 2, "' ' cannot stand here in a name"},
		{"${message }", 9, "' ' cannot stand here in a name"},
		{"${1x}", 2, "'1' cannot stand here in a name"},
		{"${é}", 2, "'é' cannot stand here in a name"},
		{"${messageé}", 9, "'é' cannot stand here in a name"},
		{"${.x}", 2, "'.' cannot stand here in a name"},
		{"${x.}", 3, "'.' cannot stand here in a name"},
		{"${x..y}", 3, "'.' cannot stand here in a name"},
		{"${x.y", 0, "unclosed field"},
		{"${x:>8}", 3, "':' cannot stand here in a name"},
	} {
		_, err := format.Dollar(tt.layout, nil)
		require.Equal(t, &format.SyntaxError{Layout: tt.layout, Pos: tt.pos, Msg: tt.msg}, err)
	}
	_, err := format.Dollar("${levelname", nil)
	require.EqualError(t, err, `format: "${levelname" at byte 0: unclosed field`)
	require.PanicsWithError(t, err.Error(), func() { format.MustDollar("${levelname", nil) })
}

func TestDollarNamesEndWhereTheyMust(t *testing.T) {
	for layout, want := range map[string]string{
		"$message.x":        "hi.x",
		"$message[0]":       "hi[0]",
		"${message}s":       "his",
		"$messageé":         "hié",
		"$$$message$$":      "$hi$",
		"$message:>8":       "hi:>8",
		"${levelname}7":     "INFO7",
		"$name-$lineno":     "a.b-42",
		"$$message $name":   "$message a.b",
		"{message} $name}}": "{message} a.b}}",
		"":                  "hi",
	} {
		require.Equal(t, want, string(format.MustDollar(layout, utc).Append(nil, theRecord(t))), layout)
	}
}

// FuzzDollarNeverPanics compiles any layout, and formats any record with what compiles.
func FuzzDollarNeverPanics(f *testing.F) {
	for _, layout := range []string{"${levelname}:${name}:${message}", "", "$", "$$$x", "${x", "${x.y}$attrs", "$created$lineno ${i}", "${}$1"} {
		f.Add(layout, "hi", "x", "value", int64(7), 1.5)
	}
	f.Fuzz(func(t *testing.T, layout, msg, key, value string, i int64, x float64) {
		fuzzLayout(t, format.Dollar, layout, msg, key, value, i, x)
	})
}

func ExampleDollar() {
	layout, err := format.Dollar("$levelname $user: $message", &format.Options{Defaults: map[string]any{"user": "nobody"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	log := slog.New(format.NewHandler(os.Stdout, layout, nil))
	log.Info("started")
	log.Info("logged in", "user", "bob")
	// Output:
	// INFO nobody: started
	// INFO bob: logged in
}

func ExampleMustDollar() {
	layout := format.MustDollar("${http.status} $$5 $msg", nil)
	log := slog.New(format.NewHandler(os.Stdout, layout, nil))
	log.Info("paid", slog.Group("http", "status", 200))
	// Output: 200 $5 paid
}
