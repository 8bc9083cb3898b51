// SPDX-License-Identifier: MIT

package filter_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/internal/text"
)

// The types of the tables.
type (
	login struct {
		User     string
		Password string `json:"pw"`
	}
	tagged struct {
		A string `json:"password"`
		B string `json:"password2,omitempty"`
		C string `json:"-"`
	}
	unexported   struct{ password, other string }
	unmarshalled struct {
		Password string `json:"-"`
	}
	embedded struct {
		login
		*Base
		Name string
	}
	Base   struct{ Passphrase string }
	linked struct {
		Next     *linked
		Password string
	}
	stringered struct{ Password string }
	formatter  struct{ Password string }
	marshaler  struct{ v string }
	onPointer  struct{ Password string }
	keyOfMap   int
	panicky    struct{ what string }
	restless   struct{ n *int }
	valued     struct{ v slog.Value }
	wrapping   struct{ asError error }
)

func (s stringered) String() string               { return "user with " + s.Password }
func (f formatter) Format(s fmt.State, verb rune) { fmt.Fprint(s, "formatted ", f.Password) }
func (m marshaler) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]string{"password": m.v})
}
func (p *onPointer) String() string             { return "pointer to " + p.Password }
func (k keyOfMap) String() string               { return "password" }
func (k keyOfMap) MarshalText() ([]byte, error) { return []byte(fmt.Sprintf("k%d", int(k))), nil }
func (b panicky) String() string                { panic(b.what) }
func (b panicky) MarshalJSON() ([]byte, error)  { panic(b.what) }
func (r restless) String() string               { *r.n++; return fmt.Sprint("call ", *r.n) }
func (v valued) LogValue() slog.Value           { return v.v }
func (f wrapping) Error() string                { return "wrapping: " + f.asError.Error() }
func (f wrapping) Unwrap() error                { return f.asError }

func TestRedactByKey(t *testing.T) {
	self := &linked{Password: secret}
	self.Next = self
	for _, tt := range []struct {
		name  string
		value any
		json  string
		text  string
	}{
		{"struct", login{"bob", secret}, `{"x":{"User":"bob","pw":"[REDACTED]"}}`, `x="{User:bob Password:[REDACTED]}"`},
		{"pointer to a struct", &login{"bob", secret}, `{"x":{"User":"bob","pw":"[REDACTED]"}}`, `x="&{User:bob Password:[REDACTED]}"`},
		{"name in JSON", tagged{secret, secret, "c"}, `{"x":{"password":"[REDACTED]","password2":"[REDACTED]"}}`,
			`x="{A:[REDACTED] B:[REDACTED] C:c}"`},
		{"not exported", unexported{secret, "o"}, `{"x":{}}`, `x="{password:[REDACTED] other:o}"`},
		{"not in JSON", unmarshalled{secret}, `{"x":{}}`, `x={Password:[REDACTED]}`},
		{"embedded", embedded{login{"bob", secret}, &Base{secret}, "n"},
			`{"x":{"User":"bob","pw":"[REDACTED]","Passphrase":"[REDACTED]","Name":"n"}}`, ""},
		{"embedded nil", embedded{Name: "n"}, `{"x":{"User":"","pw":"[REDACTED]","Name":"n"}}`,
			`x="{login:{User: Password:[REDACTED]} Base:<nil> Name:n}"`},
		{"map", map[string]any{"PASSWORD": secret, "a": []any{1, map[string]string{"passphrase": secret}}},
			`{"x":{"PASSWORD":"[REDACTED]","a":[1,{"passphrase":"[REDACTED]"}]}}`,
			`x="map[PASSWORD:[REDACTED] a:[1 map[passphrase:[REDACTED]]]]"`},
		{"map of a Stringer", map[keyOfMap]string{1: secret}, `{"x":{"k1":"[REDACTED]"}}`, `x=map[password:[REDACTED]]`},
		{"map that JSON has no keys for", map[any]string{"password": secret}, `{"x":"[REDACTED]"}`, `x=map[password:[REDACTED]]`},
		{"header", http.Header{"Authorization": {secret}, "Accept": {"a", "b"}},
			`{"x":{"Accept":["a","b"],"Authorization":"[REDACTED]"}}`, `x="map[Accept:[a b] Authorization:[REDACTED]]"`},
		{"slice", []login{{"a", secret}, {"b", secret}}, `{"x":[{"User":"a","pw":"[REDACTED]"},{"User":"b","pw":"[REDACTED]"}]}`,
			`x="[{User:a Password:[REDACTED]} {User:b Password:[REDACTED]}]"`},
		{"pointers", map[string]*login{"a": {"b", secret}}, `{"x":{"a":{"User":"b","pw":"[REDACTED]"}}}`, ""},
		{"cycle", self, `{"x":"[REDACTED]"}`, ""},
		{"function", struct {
			F        func()
			Password string
		}{nil, secret}, `{"x":"[REDACTED]"}`, `x="{F:<nil> Password:[REDACTED]}"`},
		{"Stringer", stringered{secret}, `{"x":"[REDACTED]"}`, `x=[REDACTED]`},
		{"Formatter", formatter{secret}, `{"x":"[REDACTED]"}`, `x=[REDACTED]`},
		{"Marshaler", marshaler{secret}, `{"x":"[REDACTED]"}`, `x=[REDACTED]`},
		{"method of the pointer", []any{&onPointer{secret}, onPointer{secret}}, `{"x":["[REDACTED]","[REDACTED]"]}`, `x="[[REDACTED] [REDACTED]]"`},
		{"RawMessage", json.RawMessage(`{"a":1.50,"password":{"b":"hunter2"}}`), `{"x":{"a":1.50,"password":"[REDACTED]"}}`,
			`x="{\"a\":1.50,\"password\":\"[REDACTED]\"}"`},
		{"RawMessage inside", map[string]any{"r": json.RawMessage(`{"password":"hunter2"}`)}, `{"x":{"r":{"password":"[REDACTED]"}}}`,
			`x="map[r:{\"password\":\"[REDACTED]\"}]"`},
		{"URL", &url.URL{Scheme: "http", Host: "h", User: url.UserPassword("bob", secret)}, `{"x":"[REDACTED]"}`, `x=[REDACTED]`},
		{"URL without", &url.URL{Scheme: "http", Host: "h"}, "", `x=http://h`},
		{"error", &url.Error{Op: "Get", URL: "u", Err: wrapping{wrapping{passwordError{secret}}}}, `{"x":"[REDACTED]"}`, `x=[REDACTED]`},
		{"errors", errors.Join(io.EOF, passwordError{secret}), `{"x":"[REDACTED]"}`, `x=[REDACTED]`},
		{"reflection", []any{reflect.ValueOf(login{"a", secret}), struct{ r json.RawMessage }{json.RawMessage(`{"password":"hunter2"}`)}}, "", ""},
		{"top of reflection", reflect.ValueOf(&login{"a", secret}), `{"x":"[REDACTED]"}`, `x=[REDACTED]`},
		{"attribute in a value", map[string]any{"a": slog.String("password", secret)}, "", `x="map[a:password=[REDACTED]]"`},
		{"group in a value", []any{slog.GroupValue(slog.Group("g", "password", secret))}, "", `x="[[g=[password=[REDACTED]]]]"`},
		{"group", slog.GroupValue(slog.Int("a", 1), slog.Group("g", "password", secret)), `{"x":{"a":1,"g":{"password":"[REDACTED]"}}}`,
			`x.a=1 x.g.password=[REDACTED]`},
		{"dots", slog.GroupValue(slog.String("a.password", secret), slog.String("password.b", secret)),
			`{"x":{"a.password":"[REDACTED]","password.b":"[REDACTED]"}}`, `x.a.password=[REDACTED] x.password.b=[REDACTED]`},
		{"inline", slog.GroupValue(slog.Attr{Value: slog.GroupValue(slog.String("password", secret))}), `{"x":{"password":"[REDACTED]"}}`, ""},
		{"LogValuer", valued{slog.GroupValue(slog.Any("a", valued{slog.GroupValue(slog.String("password", secret))}))},
			`{"x":{"a":{"password":"[REDACTED]"}}}`, `x.a.password=[REDACTED]`},
		{"nothing", map[string]int{"a": 1}, `{"x":{"a":1}}`, `x=map[a:1]`},
		{"nil", nil, `{"x":null}`, `x=<nil>`},
		{"nil pointer", (*login)(nil), `{"x":null}`, `x=<nil>`},
	} {
		t.Run(tt.name, func(t *testing.T) { requireRedacted(t, byKey, tt.value, tt.json, tt.text) })
	}
}

type passwordError struct{ Password string }

func (e passwordError) Error() string { return "wrong password " + e.Password }

// requireRedacted fails unless the value, given and bound, prints as is wanted and nowhere as the secret.
func requireRedacted(t *testing.T, f filter.Filter, value any, wantJSON, wantText string) {
	t.Helper()
	for name, log := range map[string]func(*slog.Logger){
		"given": func(l *slog.Logger) { l.Info("m", "x", value) },
		"bound": func(l *slog.Logger) { l.With("x", value).Info("m") },
	} {
		if wantJSON != "" {
			require.Equal(t, strings.TrimPrefix(wantJSON, "{"), jsonOf(f, log), name)
		}
		if wantText != "" {
			require.Equal(t, wantText, textOf(f, log), name)
		}
		require.NotRegexp(t, "hunter2|104 117 110 116 101 114 50|aHVudGVyM", printedBy(f, log), name)
	}
}

func TestRedactByPattern(t *testing.T) {
	for _, tt := range []struct {
		name  string
		value any
		json  string
		text  string
	}{
		{"string", "a hunter2 and hunter2!", `{"x":"a [REDACTED] and [REDACTED]!"}`, `x="a [REDACTED] and [REDACTED]!"`},
		{"struct", login{"hunter2's", "x hunter2"}, `{"x":{"User":"[REDACTED]'s","pw":"x [REDACTED]"}}`,
			`x="{User:[REDACTED]'s Password:x [REDACTED]}"`},
		{"not exported", unexported{secret, "o"}, `{"x":{}}`, `x="{password:[REDACTED] other:o}"`},
		{"map", map[string]any{"a hunter2": 1, "b": []any{secret, 1.5, nil, true}}, `{"x":{"a [REDACTED]":1,"b":["[REDACTED]",1.5,null,true]}}`,
			`x="map[a [REDACTED]:1 b:[[REDACTED] 1.5 <nil> true]]"`},
		{"bytes", []byte("x hunter2"), `{"x":"eCBbUkVEQUNURURd"}`, `x="x [REDACTED]"`},
		{"bytes in a struct", struct{ B []byte }{[]byte("x hunter2")}, `{"x":{"B":"eCBbUkVEQUNURURd"}}`, `x="{B:x [REDACTED]}"`},
		{"array of bytes", &[7]byte{'h', 'u', 'n', 't', 'e', 'r', '2'}, `{"x":"[REDACTED]"}`, ""},
		{"RawMessage", json.RawMessage(`{"a":"h\u0075nter2"}`), `{"x":{"a":"[REDACTED]"}}`, `x="{\"a\":\"[REDACTED]\"}"`},
		{"no JSON", json.RawMessage(`hunter2`), "", `x=[REDACTED]`},
		{"Stringer", stringered{secret}, `{"x":{"Password":"[REDACTED]"}}`, `x="user with [REDACTED]"`},
		{"Formatter", formatter{secret}, `{"x":{"Password":"[REDACTED]"}}`, `x="formatted [REDACTED]"`},
		{"Marshaler", marshaler{secret}, `{"x":{"password":"[REDACTED]"}}`, `x={v:[REDACTED]}`},
		{"TextMarshaler", map[keyOfMap]any{1: url.UserPassword("bob", secret)}, "", `x=map[password:bob:[REDACTED]]`},
		{"URL", &url.URL{Scheme: "http", Host: "h", User: url.UserPassword("bob", secret)},
			"", `x=http://bob:[REDACTED]@h`},
		{"error", fmt.Errorf("a: %w", errors.New(secret)), `{"x":"a: [REDACTED]"}`, `x="a: [REDACTED]"`},
		{"error that does not show its cause", quiet{errors.New(secret)}, `{"x":"quiet"}`, `x=quiet`},
		{"attribute in a value", []any{slog.Any("a", []byte(secret))}, "", `x="[a=[REDACTED]]"`},
		{"error in a value", []error{errors.New(secret)}, "", `x=[[REDACTED]]`},
		{"group", slog.GroupValue(slog.String("hunter2's", secret)), `{"x":{"[REDACTED]'s":"[REDACTED]"}}`, ""},
		{"LogValuer", valued{slog.StringValue(secret)}, `{"x":"[REDACTED]"}`, ""},
		{"panic", panicky{secret}, `{"x":"[REDACTED]"}`, `x=[REDACTED]`},
		{"panic inside", []any{panicky{secret}}, `{"x":"[REDACTED]"}`, `x=[REDACTED]`},
		{"nil pointer", (*stringered)(nil), `{"x":null}`, `x=<nil>`},
		{"nil error", (*wrapping)(nil), `{"x":"<nil>"}`, `x=<nil>`},
		{"another text each time", restless{new(int)}, `{"x":"[REDACTED]"}`, `x=[REDACTED]`},
		{"deep", deep(100, secret), `{"x":"[REDACTED]"}`, `x=[REDACTED]`},
		{"many matches", strings.Repeat(secret, 10_000), `{"x":"[REDACTED]"}`, `x=[REDACTED]`},
		{"many", make([]int, 20_000), `{"x":"[REDACTED]"}`, `x=[REDACTED]`},
		{"source", &slog.Source{File: "hunter2.go", Line: 1}, "", ""},
		{"level", slog.LevelInfo, `{"x":"INFO"}`, `x=INFO`},
		{"NaN", []float64{math.NaN()}, "", `x=[NaN]`},
		{"function", struct {
			F func()
			S string
		}{nil, secret}, `{"x":"[REDACTED]"}`, `x="{F:<nil> S:[REDACTED]}"`},
	} {
		t.Run(tt.name, func(t *testing.T) { requireRedacted(t, byPattern, tt.value, tt.json, tt.text) })
	}
}

// quiet is an error that does not show what it wraps.
type quiet struct{ error }

func (q quiet) Error() string { return "quiet" }
func (q quiet) Unwrap() error { return q.error }

func deep(n int, x any) any {
	for range n {
		x = []any{x}
	}
	return x
}

func TestRedactPatternsInWhatThingsPrintAs(t *testing.T) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 678_000_000, time.UTC)
	for _, tt := range []struct {
		name, pattern string
		value         any
		want          string
	}{
		{"int", `23`, -1234, "-1[REDACTED]4"},
		{"uint", `23`, uint64(1234), "1[REDACTED]4"},
		{"float", `\.5`, 1.5, "1[REDACTED]"},
		{"float in JSON", `4111111111111111`, 4111111111111111.0, "[REDACTED]"},
		{"small float in JSON", `e-7`, 1e-7, "1[REDACTED]"},
		{"bool", `true`, true, "[REDACTED]"},
		{"duration", `m30s`, 90 * time.Second, "1[REDACTED]"},
		{"duration in JSON", `^9000`, 90 * time.Second, "[REDACTED]0000000"},
		{"time", `T03:04:05`, at, "2026-01-02[REDACTED].678Z"},
		{"time in text", `02 03:04`, at, "2026-01-[REDACTED]:05.678 +0000 UTC"},
		{"int of a type", `5`, time.Month(5), "May"},
		{"int in a struct", `^5$`, struct{ M time.Month }{5}, "{M:May}"},
		{"whole of a struct", `User:bob Password:\w+`, login{"bob", secret}, "{[REDACTED]}"},
		{"whole JSON", `"User":"bob"`, login{"bob", secret}, "[REDACTED]"},
		{"anchored", `^hunter2$`, []string{secret, "hunter22"}, "[[REDACTED] hunter22]"},
		{"escaped in JSON", `<pw>`, map[string]string{"a": "<pw>"}, "map[a:[REDACTED]]"},
		{"not UTF-8", `pw.x`, "pw\xffx", "[REDACTED]"},
		{"line break", `(?s)pw.x`, "pw\nx", "[REDACTED]"},
		{"source", `x\.go:12`, &slog.Source{File: "x.go", Line: 12}, "[REDACTED]"},
		{"matches the text", `REDACTED|x`, "xREDACTED", "[REDACTED][REDACTED]"},
		{"everything", `(?s).*`, login{"bob", secret}, "[REDACTED]"},
		{"empty matches", `x*`, "axxb", "a[REDACTED]b"},
		{"only empty matches", `^|\b`, "a b", "a b"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got slog.Value
			next := passing(func(r *filter.Record) {
				r.Attrs(func(a slog.Attr) bool { got = a.Value; return true })
				for _, a := range r.Scope.All() {
					got = a.Value
				}
			})
			l := slog.New(filter.NewHandler(jsonTo(io.Discard), matching(tt.pattern), next))
			for _, log := range []func(){
				func() { l.Info("m", "x", tt.value) }, func() { l.With("x", tt.value).Info("m") },
			} {
				log()
				require.Equal(t, tt.want, string(text.AppendPlain(nil, got, true)))
			}
		})
	}
}
