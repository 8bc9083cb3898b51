// SPDX-License-Identifier: MIT

package config_test

import (
	"io/fs"
	"log/slog"
	"os"
	"regexp"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/config"
	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/rotate"
)

// everything has a field of each type that options have.
type everything struct {
	Text     string
	Flag     bool
	Small    int
	Large    int64
	MaxBytes int64
	Duration time.Duration
	Location *time.Location
	Mode     fs.FileMode
	Level    slog.Leveler
	Texts    []string
	Attrs    []slog.Attr
	Patterns []*regexp.Regexp
	Signals  []os.Signal
	Compress rotate.Codec
	Owner    *rotate.Owner
	Stacks   format.StackStyle
	Names    map[string]string
	Values   map[string]any
	Func     func() string
	UTCDate  string
	Left     string
}

// options returns what Args.Options makes of arguments, in YAML or as a Go map.
func options(t *testing.T, arguments any) (got everything, err error) {
	config.Register("values_test.Options", func(a *config.Args) (format.Formatter, error) {
		a.Options(&got, "Left")
		return format.JSON(nil), nil
	})
	if text, ok := arguments.(string); ok {
		_, err = config.Parse([]byte("{version: 1, formatters: {f: {(): values_test.Options, "+text+"}}}"), ".yaml")
		return got, err
	}
	entry := map[string]any{"()": "values_test.Options"}
	for name, v := range arguments.(map[string]any) {
		entry[name] = v
	}
	_, err = config.Map(map[string]any{"version": 1, "formatters": map[string]any{"f": entry}})
	return got, err
}

func TestOptionsAreReadAsPeopleWriteThem(t *testing.T) {
	config.Register("values_test.Codec", rotate.GzipLevel(3))
	for _, tt := range []struct {
		text string
		want everything
	}{
		{`text: a, flag: yes, small: 1, large: 9007199254740993`, everything{Text: "a", Flag: true, Small: 1, Large: 9007199254740993}},
		{`text: "", flag: "off", small: "-5", large: 2.0`, everything{Small: -5, Large: 2}},
		{`text: null, flag: null, texts: null, mode: null, level: null, owner: null, names: null`, everything{}},
		{`flag: T`, everything{Flag: true}},
		{`flag: 1`, everything{Flag: true}},
		{`flag: "1"`, everything{Flag: true}},
		{`flag: Y`, everything{Flag: true}},
		{`maxBytes: 10485760`, everything{MaxBytes: 10 << 20}},
		{`maxBytes: "5"`, everything{MaxBytes: 5}},
		{`maxBytes: 10MB`, everything{MaxBytes: 10 << 20}},
		{`maxBytes: 10 MiB`, everything{MaxBytes: 10 << 20}},
		{`maxBytes: 500k`, everything{MaxBytes: 500 << 10}},
		{`maxBytes: 1Gib`, everything{MaxBytes: 1 << 30}},
		{`maxBytes: 2tb`, everything{MaxBytes: 2 << 40}},
		{`maxBytes: 8388607T`, everything{MaxBytes: 8388607 << 40}},
		{`maxBytes: null`, everything{}},
		{`duration: 1h30m`, everything{Duration: 90 * time.Minute}},
		{`duration: 250ms`, everything{Duration: 250 * time.Millisecond}},
		{`duration: 28d`, everything{Duration: 28 * 24 * time.Hour}},
		{`location: UTC`, everything{Location: time.UTC}},
		{`location: "ext://time.gmtime"`, everything{Location: time.UTC}},
		{`location: Local`, everything{Location: time.Local}},
		{`mode: "0640"`, everything{Mode: 0o640}},
		{`mode: "0o640"`, everything{Mode: 0o640}},
		{`mode: 0640`, everything{Mode: 0o640}},
		{`mode: 0o640`, everything{Mode: 0o640}},
		{`level: notice`, everything{Level: levels.Notice}},
		{`level: 30`, everything{Level: slog.LevelWarn}},
		{`level: INFO+2`, everything{Level: slog.LevelInfo + 2}},
		{`level: "ext://logging.ERROR"`, everything{Level: slog.LevelError}},
		{`level: "ext://slogx.levels.Alert"`, everything{Level: levels.Alert}},
		{`texts: one`, everything{Texts: []string{"one"}}},
		{`texts: [a, b]`, everything{Texts: []string{"a", "b"}}},
		{`texts: []`, everything{Texts: []string{}}},
		{`attrs: {b: 1, a: {x: [1, y], z: null}}`, everything{Attrs: []slog.Attr{
			slog.Int64("b", 1), slog.Group("a", slog.Any("x", []any{int64(1), "y"}), slog.Any("z", nil)),
		}}},
		{`patterns: '\d+'`, everything{Patterns: []*regexp.Regexp{regexp.MustCompile(`\d+`)}}},
		{`patterns: [a, b]`, everything{Patterns: []*regexp.Regexp{regexp.MustCompile(`a`), regexp.MustCompile(`b`)}}},
		{`compress: gzip`, everything{Compress: rotate.Gzip}},
		{`compress: "gzip:9"`, everything{Compress: rotate.GzipLevel(9)}},
		{`compress: "ext://values_test.Codec"`, everything{Compress: rotate.GzipLevel(3)}},
		{`owner: {uid: 0, gid: 4}`, everything{Owner: &rotate.Owner{UID: 0, GID: 4}}},
		{`owner: {gid: 4}`, everything{Owner: &rotate.Owner{UID: -1, GID: 4}}},
		{`stacks: List`, everything{Stacks: format.StackList}},
		{`stacks: none`, everything{Stacks: format.NoStacks}},
		{`names: {a: b}`, everything{Names: map[string]string{"a": "b"}}},
		{`values: {a: 1, b: [x], c: {d: null}, e: 1.5, f: true}`, everything{Values: map[string]any{
			"a": int64(1), "b": []any{"x"}, "c": map[string]any{"d": nil}, "e": 1.5, "f": true,
		}}},
		{`utcDate: x, ".": {small: 3}`, everything{UTCDate: "x", Small: 3}},
		{`small: 2, ".": {small: 3}`, everything{Small: 2}},
	} {
		t.Run(tt.text, func(t *testing.T) {
			got, err := options(t, tt.text)
			require.NoError(t, err)
			require.Equal(t, tt.want, got)
		})
	}
}

func TestOptionsInAGoMapMayBeGosOwn(t *testing.T) {
	pattern, live := regexp.MustCompile("a"), new(slog.LevelVar)
	owner, location := &rotate.Owner{UID: 1, GID: 2}, time.FixedZone("x", 60)
	called := func() string { return "called" }
	got, err := options(t, map[string]any{
		"text": "a", "flag": true, "small": int8(1), "large": uint16(2), "duration": time.Minute, "location": location,
		"mode": fs.FileMode(0o600), "level": live, "texts": []string{"a"}, "attrs": []slog.Attr{slog.Int("a", 1)},
		"patterns": []*regexp.Regexp{pattern}, "signals": []os.Signal{os.Interrupt}, "compress": rotate.Gzip, "owner": owner,
		"stacks": format.StackText, "names": map[string]string{"a": "b"}, "values": map[string]any{"a": location}, "func": called,
		"utcDate": nil,
	})
	require.NoError(t, err)
	require.Equal(t, "called", got.Func())
	got.Func = nil
	require.Equal(t, everything{
		Text: "a", Flag: true, Small: 1, Large: 2, Duration: time.Minute, Location: location, Mode: 0o600, Level: live,
		Texts: []string{"a"}, Attrs: []slog.Attr{slog.Int("a", 1)}, Patterns: []*regexp.Regexp{pattern},
		Signals: []os.Signal{os.Interrupt}, Compress: rotate.Gzip, Owner: owner, Stacks: format.StackText,
		Names: map[string]string{"a": "b"}, Values: map[string]any{"a": location},
	}, got)
	require.Same(t, live, got.Level)

	got, err = options(t, map[string]any{ // as encoding/json reads numbers and lists
		"flag": 1.0, "small": 5.0, "level": 30.0, "texts": []any{"a"}, "mode": 0o640, "attrs": map[string]any{"a": 1},
	})
	require.NoError(t, err)
	require.Equal(t, everything{
		Flag: true, Small: 5, Level: slog.LevelWarn, Texts: []string{"a"}, Mode: 0o640, Attrs: []slog.Attr{slog.Int64("a", 1)},
	}, got)
}

func TestOptionsOfWrongTypesAreMistakes(t *testing.T) {
	for _, tt := range []struct {
		arguments any
		want      string
	}{
		{`small: x`, `small (line 1): want a whole number, not the text "x"`},
		{`small: 1.5`, `small (line 1): want a whole number, not the number 1.5`},
		{`small: true`, `small (line 1): want a whole number, not true`},
		{`maxBytes: 10 megabytes`, `maxBytes (line 1): want a whole number of bytes, or one with a unit (500KB, 10MB, 1GB), not the text "10 megabytes"`},
		{`maxBytes: 1.5GB`, `maxBytes (line 1): want a whole number of bytes, or one with a unit (500KB, 10MB, 1GB), not the text "1.5GB"`},
		{`maxBytes: -1K`, `maxBytes (line 1): want a whole number of bytes, or one with a unit (500KB, 10MB, 1GB), not the text "-1K"`},
		{`maxBytes: 8388608T`, `maxBytes (line 1): the text "8388608T" is too large`},
		{`maxBytes: 99999999999999999999K`, `maxBytes (line 1): the text "99999999999999999999K" is too large`},
		{`large: 10MB`, `large (line 1): want a whole number, not the text "10MB"`},
		{map[string]any{"stacks": 1}, `stacks: want a text, not the number 1`},
		{`duration: "5"`, `duration (line 1): want a time with its unit (90s, 1h30m, 28d), not the text "5"`},
		{`duration: 100000d`, `duration (line 1): want a time with its unit (90s, 1h30m, 28d), not the text "100000d"`},
		{`mode: 01000`, `mode (line 1): want permissions in octal, as "0640", not the number 512`},
		{`mode: "8"`, `mode (line 1): want permissions in octal, as "0640", not the text "8"`},
		{`compress: "gzip:0"`, `compress (line 1): want gzip, gzip:1 to gzip:9, or the name of an object (ext://…), not the text "gzip:0"`},
		{`compress: "gzip:"`, `compress (line 1): want gzip, gzip:1 to gzip:9, or the name of an object (ext://…), not the text "gzip:"`},
		{`stacks: all`, `stacks (line 1): want list, none, text, not the text "all"`},
		{`patterns: "("`, "patterns (line 1): error parsing regexp: missing closing ): `(`"},
		{`attrs: [a]`, `attrs (line 1): want a map, not a list`},
		{`names: [a]`, `names (line 1): want a map, not a list`},
		{`owner: {user: 1}`, `owner.user (line 1): no such argument; known: uid, gid`},
		{`owner: {level: 1}`, `owner.level (line 1): no such argument; known: uid, gid`},
		{`left: x`, `left (line 1): no such argument; did you mean text?`},
		{`leftover: x`, `leftover (line 1): no such argument`},
		{`func: "ext://time.gmtime"`, `func (line 1): want the name of an object (ext://…) of type func() string, not a Go value of type *time.Location`},
		{map[string]any{"text": time.UTC}, `text: want a text, not a Go value of type *time.Location`},
		{map[string]any{"patterns": []any{1}}, `patterns[0]: want a text, not the number 1`},
		{map[string]any{"signals": []any{os.Interrupt, 1}}, `signals[0]: want a text, not a Go value of type syscall.Signal` + "\n" +
			`formatters.f.signals[1]: want a text, not the number 1`},
	} {
		_, err := options(t, tt.arguments)
		require.EqualError(t, err, "config: formatters.f."+tt.want, "%v", tt.arguments)
	}
}

func TestSignalsHaveTheirNames(t *testing.T) {
	if runtime.GOOS == "windows" {
		_, err := options(t, `signals: SIGHUP`)
		require.Error(t, err)
		return
	}
	for _, text := range []string{`signals: SIGHUP`, `signals: hup`, `signals: [SigHup]`} {
		got, err := options(t, text)
		require.NoError(t, err)
		require.Equal(t, []os.Signal{syscall.SIGHUP}, got.Signals)
	}
	_, err := options(t, `signals: [HUP, SIGKILL]`)
	require.EqualError(t, err, `config: formatters.f.signals (line 1): "SIGKILL" is no signal that this system has; known: SIGHUP, SIGUSR1, SIGUSR2, SIGWINCH`)
}
