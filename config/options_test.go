// SPDX-License-Identifier: MIT

package config_test

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/config"
	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/rotate"
	"github.com/slogx/slogx/slogxtest"
)

// samples have a value for each type of option.
var samples = map[reflect.Type]any{
	reflect.TypeFor[string](): "%Y-%m-%d", reflect.TypeFor[bool](): true, reflect.TypeFor[int](): 3, reflect.TypeFor[int64](): 3,
	reflect.TypeFor[time.Duration](): "90s", reflect.TypeFor[*time.Location](): "UTC", reflect.TypeFor[fs.FileMode](): "0640",
	reflect.TypeFor[[]string](): []string{"a"}, reflect.TypeFor[[]slog.Attr](): map[string]any{"a": 1},
	reflect.TypeFor[[]*regexp.Regexp](): "a+", reflect.TypeFor[[]os.Signal](): "SIGHUP", reflect.TypeFor[rotate.Codec](): "gzip",
	reflect.TypeFor[*rotate.Owner](): map[string]any{"uid": -1}, reflect.TypeFor[format.StackStyle](): "text",
	reflect.TypeFor[map[string]string](): map[string]any{"a": "b"}, reflect.TypeFor[map[string]any](): map[string]any{"a": 1},

	reflect.TypeFor[func(slog.Level) string](): levels.Name, reflect.TypeFor[rotate.Namer](): namer{},
	reflect.TypeFor[func([]string, slog.Attr) slog.Attr](): func(_ []string, a slog.Attr) slog.Attr { return a },
	reflect.TypeFor[func([]slog.Attr) []slog.Attr]():       func(a []slog.Attr) []slog.Attr { return a },
	reflect.TypeFor[func([]byte, any) ([]byte, error)]():   func(b []byte, _ any) ([]byte, error) { return b, nil },
	reflect.TypeFor[func(any, error) any]():                func(v any, _ error) any { return v },
	reflect.TypeFor[func(*filter.Record) string]():         func(*filter.Record) string { return "" },
	reflect.TypeFor[func(rotate.Current) bool]():           func(rotate.Current) bool { return false },
	reflect.TypeFor[func(context.Context, rotate.Event)](): func(context.Context, rotate.Event) {},
	reflect.TypeFor[func(error)]():                         func(error) {},
}

type namer struct{}

func (namer) Name(base string, b rotate.Backup) string        { return fmt.Sprint(base, b.N) }
func (namer) Parse(string, string) (b rotate.Backup, ok bool) { return b, false }

// argumentOf returns the name of the argument for a field.
func argumentOf(field string) string {
	if strings.ToUpper(field) == field {
		return strings.ToLower(field)
	}
	runes := []rune(field)
	runes[0] = unicode.ToLower(runes[0])
	return string(runes)
}

// Every option in Go has its argument in a document, but for those that are named here: the document or the tree sets them.
func TestEachOptionCanBeSetInADocument(t *testing.T) {
	for _, tt := range []struct {
		section, class string
		options        any
		with           map[string]any
		but            []string
	}{
		{"handlers", "slogx.rotate.File", rotate.Options{}, map[string]any{"filename": "a"}, []string{"TakeOver"}},
		{"handlers", "slogx.format.Console", format.ConsoleOptions{}, nil, []string{"Level", "OnError"}},
		{"formatters", "slogx.format.JSON", format.JSONOptions{}, nil, nil},
		{"formatters", "slogx.format.Percent", format.Options{}, nil, nil},
		{"formatters", "slogx.format.Brace", format.Options{}, nil, nil},
		{"formatters", "slogx.format.Dollar", format.Options{}, nil, nil},
		{"filters", "slogx.filter.Redact", filter.RedactOptions{}, nil, nil},
		{"filters", "slogx.filter.Sample", filter.SampleOptions{}, nil, nil},
		{"filters", "slogx.filter.Limit", filter.LimitOptions{}, nil, nil},
		{"filters", "slogx.filter.Dedup", filter.DedupOptions{}, nil, nil},
	} {
		options := reflect.TypeOf(tt.options)
		for i := range options.NumField() {
			field := options.Field(i)
			name := argumentOf(field.Name)
			sample, ok := samples[field.Type]
			require.True(t, ok || slices.Contains(tt.but, field.Name), "%v.%s needs a sample of %v", options, field.Name, field.Type)
			entry := map[string]any{"()": tt.class, name: sample}
			for k, v := range tt.with {
				entry[k] = v
			}
			_, err := config.Map(map[string]any{"version": 1, tt.section: map[string]any{"x": entry}})
			switch {
			case name == "level": // of the entry
				require.NoError(t, err)
			case slices.Contains(tt.but, field.Name):
				require.ErrorContains(t, err, tt.section+".x."+name+": no such argument", "%v.%s", options, field.Name)
			case runtime.GOOS == "windows" && (field.Type.Kind() == reflect.Slice || name == "owner"):
			case err != nil: // the option alone makes no sense; but it was read
				require.NotContains(t, err.Error(), ".x."+name+": ", "%v.%s", options, field.Name)
			}
			entry[name] = struct{ other chan int }{} // of no option's type
			_, err = config.Map(map[string]any{"version": 1, tt.section: map[string]any{"x": entry}})
			require.ErrorContains(t, err, tt.section+".x."+name+": ", "%v.%s is not read", options, field.Name)
		}
	}
}

func TestJSONOptionsPrintWhatTheyPrintInGo(t *testing.T) {
	config.Register("options_test.level", func(l slog.Level) string { return "L" + levels.Name(l) })
	config.Register("options_test.replace", func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == "user" {
			a.Value = slog.StringValue("x")
		}
		return a
	})
	config.Register("options_test.edit", func(a []slog.Attr) []slog.Attr { return append(a, slog.Int("n", len(a))) })
	const class = "{(): slogx.format.JSON, "
	for _, tt := range []struct{ arguments, want string }{
		{class + `fields: []}`, `^\{"user":"bo","err":"no"\}$`},
		{class + `fields: [name, levelname, nobody]}`, `^\{"name":"app.db","levelname":"WARNING","nobody":null,"user":"bo","err":"no"\}$`},
		{class + `fields: [level], reserved: [err]}`, `^\{"level":"WARN","user":"bo"\}$`},
		{class + `fields: [level], levelName: "ext://options_test.level", attrsKey: extra}`, `^\{"level":"LWARNING","extra":\{"user":"bo","err":"no"\}\}$`},
		{class + `fields: [asctime, name], dateFormat: "%Z", location: UTC, static: {env: test, n: 1}, rename: {user: who, env: stage}}`,
			`^\{"asctime":"UTC","name":"app.db","stage":"test","n":1,"who":"bo","err":"no"\}$`},
		{class + `fields: [msg], replaceAttr: "ext://options_test.replace", prefix: "> "}`, `^> \{"msg":"slow","user":"x","err":"no"\}$`},
		{class + `fields: [name], edit: "ext://options_test.edit"}`, `^\{"name":"app.db","user":"bo","err":"no","n":3\}$`},
		{class + `fields: [name], indent: 2}`, `^\{\n  "name": "app.db",\n  "user": "bo",\n  "err": "no"\n\}$`},
		{class + `fields: [name], static: {name: ä}, unique: yes, ascii: yes}`, `^\{"name":"\\u00e4","user":"bo","err":"no"\}$`},
		{class + `addSource: true}`, `"source":\{.*classes_test.go`},
	} {
		require.Regexp(t, regexp.MustCompile(tt.want), formatted(t, tt.arguments), tt.arguments)
	}
}

// python-json-logger's formatter, with its options.
func TestPythonJSONLoggersFormatter(t *testing.T) {
	config.Register("options_test.fallback", func(v any, _ error) any { return fmt.Sprintf("%T", v) })
	config.Register("options_test.encode", func(b []byte, v any) ([]byte, error) { return fmt.Appendf(b, "%q", fmt.Sprint(v)), nil })
	const class = "{(): pythonjsonlogger.json.JsonFormatter, "
	for _, tt := range []struct{ arguments, want string }{
		{"{class: pythonjsonlogger.jsonlogger.JsonFormatter}", `^\{"message":"slow","user":"bo","err":"no"\}$`},
		{class + `format: "%(name)s %(levelname)8s - %(message)s"}`, `^\{"name":"app.db","levelname":"WARNING","message":"slow","user":"bo","err":"no"\}$`},
		{class + `fmt: "{levelno}{message}", style: "{"}`, `^\{"levelno":30,"message":"slow","user":"bo","err":"no"\}$`},
		{class + `fmt: "${levelno} ${message}", style: "$", validate: no}`, `^\{"levelno":30,"message":"slow","user":"bo","err":"no"\}$`},
		{class + `fmt: "%(nobody)s"}`, `^\{"nobody":null,"user":"bo","err":"no"\}$`},
		{class + `fmt: "%(asctime)s", datefmt: "%Z", converter: "ext://time.gmtime"}`, `^\{"asctime":"UTC","user":"bo","err":"no"\}$`},
		{class + `prefix: "log: ", reserved_attrs: [user]}`, `^log: \{"message":"slow","err":"no"\}$`},
		{class + `rename_fields: {message: m, user: who}, static_fields: {env: "日志"}}`, `^\{"m":"slow","env":"\\u65e5\\u5fd7","who":"bo","err":"no"\}$`},
		{class + `json_ensure_ascii: false, static_fields: {env: "日志"}}`, `^\{"message":"slow","env":"日志","user":"bo","err":"no"\}$`},
		{class + `json_indent: 2, reserved_attrs: [err, user]}`, `^\{\n  "message": "slow"\n\}$`},
		{class + `json_indent: null, json_encoder: null, json_default: null}`, `^\{"message":"slow","user":"bo","err":"no"\}$`},
		{class + `timestamp: true}`, `^\{"message":"slow","timestamp":"\d{4}-\d\d-\d\dT[^"]+","user":"bo","err":"no"\}$`},
		{class + `timestamp: yes}`, `"timestamp":"`},
		{class + `timestamp: "@timestamp"}`, `"@timestamp":"\d{4}-`},
		{class + `timestamp: t}`, `"t":"\d{4}-`},
		{class + `timestamp: false}`, `^\{"message":"slow","user":"bo","err":"no"\}$`},
		{class + `static_fields: {message: twice}}`, `^\{"message":"twice","user":"bo","err":"no"\}$`},
		{class + `json_default: "ext://options_test.fallback", static_fields: {x: .nan}}`, `"x":"float64"`},
		{class + `json_serializer: "ext://options_test.encode", static_fields: {x: [1, 2]}}`, `"x":"\[1 2\]"`},
	} {
		require.Regexp(t, regexp.MustCompile(tt.want), formatted(t, tt.arguments), tt.arguments)
	}
}

// passing returns which of a few records the filter x of a section passes.
func passing(t *testing.T, filters string) string {
	t.Helper()
	rec := slogxtest.NewRecorder(nil)
	tr := newTree(t)
	require.NoError(t, parsedWith(t, filters, rec).Apply(tr))
	for _, r := range []struct {
		logger string
		level  slog.Level
		msg    string
	}{{"a", slog.LevelDebug, "one"}, {"a.b", slog.LevelInfo, "two"}, {"b", slog.LevelError, "three"}, {"a", slog.LevelDebug, "one"}} {
		tr.Logger(r.logger).Log(t.Context(), r.level, r.msg, "user", r.msg, "key", "sk-12")
	}
	var got []string
	for _, r := range rec.Records() {
		if r.Values()["held_back"] == nil {
			got = append(got, r.String())
		}
	}
	return strings.Join(got, "; ")
}

func parsedWith(t *testing.T, filters string, rec slog.Handler) *config.Config {
	config.Register("options_test.rec", func(*config.Args) (slog.Handler, error) { return rec, nil })
	return parsed(t, "version: 1\nfilters: {"+filters+"}\nhandlers: {h: {(): options_test.rec, filters: [x]}}\nroot: {level: NOTSET, handlers: [h]}\n")
}

func TestEachFilterClassPassesWhatItSays(t *testing.T) {
	config.Register("options_test.Key", func(*filter.Record) string { return "" })
	line := map[int]string{1: "DEBUG:a:one user=one key=sk-12", 2: "INFO:a.b:two user=two key=sk-12", 3: "ERROR:b:three user=three key=sk-12"}
	line[4] = line[1]
	for _, tt := range []struct {
		filters string
		want    []int
	}{
		{`x: {}`, []int{1, 2, 3, 4}},
		{`x: {name: a}`, []int{1, 2, 4}},
		{`x: {(): logging.Filter, name: a.b}`, []int{2}},
		{`x: {class: logging.Filter, name: b}`, []int{3}},
		{`x: {(): slogx.filter.Name, name: b}`, []int{3}},
		{`x: {(): slogx.filter.Level, level: INFO}`, []int{2}},
		{`x: {(): slogx.filter.LevelRange, min: 20}`, []int{2, 3}},
		{`x: {(): slogx.filter.LevelRange, max: 20, min: null}`, []int{1, 2, 4}},
		{`x: {(): slogx.filter.MessageContains, text: t}`, []int{2, 3}},
		{`x: {(): slogx.filter.MessageMatches, pattern: 't.*e$'}`, []int{3}},
		{`x: {(): slogx.filter.AttrEquals, key: user, value: two}`, []int{2}},
		{`y: {name: a}, x: {(): slogx.filter.Not, filter: y}`, []int{3}},
		{`x: {(): slogx.filter.Not, filter: y}, y: {(): slogx.filter.Not, filter: z}, z: {name: a.b}`, []int{2}},
		{`y: {name: a}, z: {(): slogx.filter.Level, level: DEBUG}, x: {(): slogx.filter.All, filters: [y, z]}`, []int{1, 4}},
		{`y: {name: b}, z: {(): slogx.filter.Level, level: DEBUG}, x: {(): slogx.filter.Any, filters: [y, z]}`, []int{1, 3, 4}},
		{`x: {(): slogx.filter.Sample, first: 1, period: 1h}`, []int{1, 2, 3}},
		{`x: {(): slogx.filter.Limit, count: 2, period: 1h, burst: 2}`, []int{1, 2}},
		{`x: {(): slogx.filter.Limit, count: 1, period: 1h, key: "ext://options_test.Key", maxKeys: 1}`, []int{1}},
		{`x: {(): slogx.filter.Dedup, period: 1h, maxKeys: 10}`, []int{1, 2, 3}},
	} {
		var want []string
		for _, i := range tt.want {
			want = append(want, line[i])
		}
		require.Equal(t, strings.Join(want, "; "), passing(t, tt.filters), tt.filters)
	}
	require.Equal(t, "DEBUG:a:one key=sk-12", strings.Split(passing(t, `x: {(): slogx.filter.Remove, keys: user}`), "; ")[0])
	require.Equal(t, "DEBUG:a:one user=* key=*", strings.Split(passing(t, `x: {(): slogx.filter.Redact, keys: [u*], patterns: 'sk-\d+', text: "*"}`), "; ")[0])
}

// A filter that counts counts for all places that name it together.
func TestAFilterThatIsNamedTwiceIsOne(t *testing.T) {
	rec := slogxtest.NewRecorder(nil)
	config.Register("options_test.rec", func(*config.Args) (slog.Handler, error) { return rec, nil })
	tr := newTree(t)
	apply(t, tr, `
version: 1
filters: {x: {(): slogx.filter.Limit, count: 3, period: 1h}, y: {(): slogx.filter.All, filters: [x]}}
handlers: {h: {(): options_test.rec}}
loggers: {a: {filters: [x]}, b: {filters: [y]}}
root: {handlers: [h]}
`)
	for range 3 {
		tr.Logger("a").Error("a")
		tr.Logger("b").Error("b")
	}
	require.Equal(t, []string{"a", "b", "a"}, rec.Messages())
}
