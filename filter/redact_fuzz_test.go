// SPDX-License-Identifier: MIT

package filter_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/internal/record"
)

// A builder makes random values that hold a secret. Each byte is a decision.
type builder struct {
	data   []byte
	secret string // what is hidden
	keyed  bool   // it stands under a key that is redacted
}

func (b *builder) next(n int) int {
	if len(b.data) == 0 {
		return 0
	}
	c := int(b.data[0])
	b.data = b.data[1:]
	return c % n
}

// leaf returns a text, which may hold the secret if that may be anywhere.
func (b *builder) leaf() string {
	before, after := []string{"", "x", "<\"", "\n", "\xff", "é=", " "}[b.next(7)], []string{"", "y", "\\", "\u2028", "\xfe"}[b.next(5)]
	if b.keyed || b.next(3) == 0 {
		return before + after
	}
	return before + b.secret + after
}

// hide returns the key that is redacted, and a value that holds the secret.
func (b *builder) hide() (key string, value any) {
	key = []string{"password", "PassWord", "a.password", "password.a", "paſſword"}[b.next(5)]
	was := b.keyed
	b.keyed = false
	defer func() { b.keyed = was }()
	return key, b.value(2)
}

func (b *builder) key() string {
	return []string{"a", "b", "", "a.b", "ключ", "c d", "\xff", "id"}[b.next(8)]
}

// entry returns a key and a value: now and then those that are hidden.
func (b *builder) entry(depth int) (string, any) {
	if b.keyed && b.next(3) == 0 {
		return b.hide()
	}
	if !b.keyed && b.next(4) == 0 {
		return b.key() + b.secret, b.value(depth - 1)
	}
	return b.key(), b.value(depth - 1)
}

func (b *builder) attr(depth int) slog.Attr {
	if b.next(6) == 5 {
		return record.Err(b.error(depth))
	}
	key, value := b.entry(depth)
	return slog.Any(key, value)
}

// Types whose field is redacted by its name, in Go or in JSON.
type (
	fuzzUser struct {
		Name     string
		Password any
		Tags     map[string]any `json:"tags,omitempty"`
	}
	fuzzTagged struct {
		X any `json:"password"`
	}
	fuzzPrivate  struct{ password, b string }
	fuzzEmbedded struct {
		*fuzzTagged
		fuzzPrivate
		N int
	}
	fuzzStringer  struct{ Password string }
	fuzzFormatter struct{ password string }
	fuzzMarshaler struct{ password string }
	fuzzText      struct{ Password string }
	fuzzError     struct {
		Password string
		err      error
	}
)

func (f fuzzStringer) String() string               { return "s:" + f.Password }
func (f *fuzzFormatter) Format(s fmt.State, _ rune) { fmt.Fprintf(s, "f:%s", f.password) }
func (f fuzzMarshaler) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]any{"Password": f.password})
}
func (f fuzzText) MarshalText() ([]byte, error) { return []byte("t:" + f.Password), nil }
func (f fuzzError) Error() string               { return "e:" + f.Password }
func (f fuzzError) Unwrap() error               { return f.err }

// secretText returns what stands in a field named password.
func (b *builder) secretText() string {
	return "<" + b.secret + ">"
}

func (b *builder) value(depth int) any {
	if depth <= 0 {
		return b.scalar()
	}
	switch b.next(9) {
	case 0:
		return b.scalar()
	case 1:
		m := map[string]any{}
		for range b.next(4) {
			key, value := b.entry(depth)
			m[key] = value
		}
		return m
	case 2:
		return []any{b.value(depth - 1), b.value(depth - 1)}
	case 3:
		return slog.GroupValue(b.attr(depth-1), b.attr(depth-1))
	case 4:
		return valued{slog.AnyValue(b.value(depth - 1))}
	case 5:
		v := b.value(depth - 1)
		return &v
	case 6:
		return b.object(depth)
	case 7:
		return b.error(depth)
	default:
		return []fuzzUser{{Password: b.secretText(), Tags: map[string]any{b.key(): b.value(depth - 1)}}}
	}
}

func (b *builder) scalar() any {
	switch b.next(9) {
	case 0:
		return 42
	case 1:
		return 1.5
	case 2:
		return time.Second
	case 3:
		return []byte(b.leaf())
	case 4:
		return nil
	case 5:
		raw, _ := json.Marshal(map[string]string{"a": b.leaf()})
		return json.RawMessage(raw)
	case 6:
		return true
	default:
		return b.leaf()
	}
}

func (b *builder) object(depth int) any {
	switch b.next(11) {
	case 0:
		return fuzzUser{Name: b.leaf(), Password: b.secretText()}
	case 1:
		return &fuzzUser{Password: b.value(depth - 1), Tags: map[string]any{b.key(): b.value(depth - 1)}}
	case 2:
		return fuzzTagged{b.secretText()}
	case 3:
		return fuzzPrivate{b.secretText(), b.leaf()}
	case 4:
		return &fuzzEmbedded{fuzzTagged: &fuzzTagged{b.secretText()}, fuzzPrivate: fuzzPrivate{b.secretText(), ""}}
	case 5:
		return []any{fuzzStringer{b.secretText()}, &fuzzStringer{b.secretText()}}
	case 6:
		return []any{fuzzFormatter{b.secretText()}, &fuzzFormatter{b.secretText()}}
	case 7:
		return fuzzMarshaler{b.secretText()}
	case 8:
		return map[fuzzText]any{{"k"}: b.value(depth - 1)}
	case 9:
		return http.Header{"Password": {b.secretText()}}
	case 10:
		if b.keyed { // it is printed in another encoding, in which no pattern finds it
			return &url.URL{Scheme: "s", Host: "h", User: url.UserPassword("u", b.secretText())}
		}
	}
	return nil
}

func (b *builder) error(depth int) error {
	switch b.next(5) {
	case 0:
		return fuzzError{b.secretText(), errors.New("e")}
	case 1:
		return fmt.Errorf("w: %w", fuzzError{b.secretText(), nil})
	case 2:
		return errors.Join(errors.New("j"), &fuzzError{b.secretText(), nil})
	case 3:
		return quiet{errors.New(b.leaf())}
	default:
		return fmt.Errorf("%s: %w", b.leaf(), errors.New(b.leaf()))
	}
}

// logWith binds and gives random attributes.
func (b *builder) logWith(l *slog.Logger) {
	for range b.next(4) {
		switch b.next(3) {
		case 0:
			l = l.WithGroup("g" + b.key())
		default:
			l = l.With(b.attr(3))
		}
	}
	message := "m"
	if !b.keyed {
		message = b.leaf()
	}
	var attrs []slog.Attr
	for range b.next(5) {
		attrs = append(attrs, b.attr(4))
	}
	l.LogAttrs(context.Background(), slog.LevelInfo, message, attrs...)
}

// marker is a text that nothing prints by itself, not as base64 and not as the numbers of its bytes either.
const marker = "S3CR3T<&>\u00e9Z"

// traces are what the marker looks like when it is printed.
var traces = regexp.MustCompile(`S3CR3T|UzNDUjNU|MzQ1IzV|M0NSM1|83 51 67 82 51 84|83,51,67,82,51,84`)

func FuzzRedactNeverLeaksAKeyedValue(f *testing.F) {
	filters := []filter.Filter{
		filter.Redact(&filter.RedactOptions{Keys: []string{"password"}}),
		filter.Redact(&filter.RedactOptions{Keys: []string{"pass*"}, Patterns: []*regexp.Regexp{regexp.MustCompile("no such text")}}),
	}
	fuzzRedact(f, true, filters)
}

func FuzzRedactNeverLeaksAMatch(f *testing.F) {
	filters := []filter.Filter{
		filter.Redact(&filter.RedactOptions{Patterns: []*regexp.Regexp{regexp.MustCompile(regexp.QuoteMeta(marker))}}),
		filter.Redact(&filter.RedactOptions{Patterns: []*regexp.Regexp{regexp.MustCompile(`S3\w+<`), regexp.MustCompile(`(?i)&.*é`), regexp.MustCompile("CR3")}, Keys: []string{"id"}}),
	}
	fuzzRedact(f, false, filters)
}

func fuzzRedact(f *testing.F, keyed bool, filters []filter.Filter) {
	for i := range 40 {
		seed := make([]byte, 60)
		for j := range seed {
			seed[j] = byte(i*(j+7) + j*j*(i+3))
		}
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, redact := range filters {
			out := printedBy(redact, func(l *slog.Logger) {
				b := builder{data: data, secret: marker, keyed: keyed}
				b.logWith(l)
			})
			if at := traces.FindStringIndex(out); at != nil {
				t.Fatalf("%v leaks: %q", redact, out[max(0, at[0]-200):min(len(out), at[1]+100)])
			}
		}
	})
}

func FuzzRedactKeyPatterns(f *testing.F) {
	for _, s := range [][2]string{{"password", "a.b.password"}, {"*a*b*", "xaxbx"}, {"a.*", "A.b.c"}, {"ſ", "s"}, {"**", "\xff"}, {".", "a."}} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, key, path string) {
		if strings.Contains(path, secret) || strings.Contains(key, secret) || len(key) > 100 || len(path) > 500 {
			return // what naiveMatch compiles grows with them
		}
		keys := strings.Split(path, ".")
		if len(keys) > 20 {
			return // there is a bound
		}
		for _, k := range keys[:len(keys)-1] {
			if k == "" {
				return // a group without a name is none
			}
		}
		require.Equal(t, naiveMatch(key, path), redactsPath(key, keys), "%q in %q", key, path)
	})
}

// naiveMatch reports whether the key matches the path or one that it begins with.
func naiveMatch(key, path string) bool {
	if key == "" {
		return false
	}
	key = strings.ReplaceAll(regexp.QuoteMeta(string([]rune(key))), `\*`, `[^.]*`)
	if !strings.Contains(key, `\.`) {
		key = `([^.]*\.)*` + key
	}
	return regexp.MustCompile(`(?is)^` + key + `(\..*)?$`).MatchString(string([]rune(path)))
}
