// SPDX-License-Identifier: MIT

package format_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/slogx/slogx/format"
	"github.com/stretchr/testify/require"
)

// addTrials adds random bytes and texts as seeds.
func addTrials(f *testing.F) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		f.Add(trialBytes(rnd, 200), awkward[rnd.IntN(len(awkward))])
	}
}

// trialBytes returns random bytes, more small ones than great ones.
func trialBytes(rnd *rand.Rand, n int) []byte {
	data := make([]byte, rnd.IntN(n))
	for i := range data {
		data[i] = byte(rnd.IntN(1 << (1 + rnd.IntN(8))))
	}
	return data
}

func FuzzJSONEqualsSlogs(f *testing.F) {
	addTrials(f)
	f.Fuzz(func(t *testing.T, data []byte, text string) {
		newTrial(data, text).check(t)
	})
}

// newJSONOptions makes options of bytes.
func newJSONOptions(g *gen) *format.JSONOptions {
	opts := &format.JSONOptions{
		Static: g.attrs(0), Stacks: format.StackStyle(g.byte() % 3), Unique: g.byte()%2 == 1, ASCII: g.byte()%2 == 1, Indent: int(g.byte() % 4),
		AddSource: g.byte()%2 == 1, AttrsKey: g.string(), DateFormat: g.string(),
	}
	if i := int(g.byte()); i < len(replacements) {
		opts.ReplaceAttr = replacements[i]
	}
	fields := []string{"time", "asctime", "unix", "unixMilli", "created", "level", "levelname", "levelno", "name", "msg", "source", "pathname", "lineno", "a", "group.a", "exc_info", "thread", "threadName", g.string()}
	for range g.byte() % 8 {
		opts.Fields = append(opts.Fields, fields[int(g.byte())%len(fields)])
	}
	if g.byte()%2 == 1 {
		opts.Rename = map[string]string{"msg": g.string(), "a": g.string(), g.key(): g.string()}
		opts.Reserved = []string{"b", g.key()}
	}
	if g.byte()%2 == 1 {
		opts.LevelName = func(slog.Level) string { return g.text }
	}
	switch g.byte() % 8 {
	case 1:
		opts.Fallback = func(_ any, err error) any { return err }
	case 2:
		opts.Fallback = func(v any, _ error) any { return v }
	case 3:
		opts.Encode = func(dst []byte, v any) ([]byte, error) { return fmt.Append(dst, v), errors.Join() }
	case 4:
		opts.Encode = func([]byte, any) ([]byte, error) { return json.MarshalIndent(g.text, g.text, "\n") }
	case 5:
		opts.Edit = func(attrs []slog.Attr) []slog.Attr { return append(attrs, attrs...) }
	}
	return opts
}

func FuzzJSONAlwaysParsesBack(f *testing.F) {
	addTrials(f)
	f.Fuzz(func(t *testing.T, data []byte, text string) {
		g := &gen{data: data, text: text}
		opts := newJSONOptions(g)
		tr := newTrial(g.data, text)
		tr.record.AddAttrs(slog.String("last key", text))
		var buf bytes.Buffer
		var h slog.Handler = format.NewHandler(&buf, format.JSON(opts), nil)
		for _, s := range tr.steps {
			h = s.on(h)
		}
		require.NoError(t, h.Handle(context.Background(), tr.record))

		got := buf.Bytes()
		require.True(t, json.Valid(got), "%s", got)
		require.True(t, opts.Indent > 0 || bytes.IndexByte(got, '\n') == len(got)-1, "one line")
		require.True(t, !opts.ASCII || bytes.IndexFunc(got, func(r rune) bool { return r >= utf8.RuneSelf }) < 0, "ASCII")
		dec := json.NewDecoder(&buf)
		found, err := readObject(dec, opts.Unique, string([]rune(text)))
		require.NoError(t, err, "%s", got)
		require.True(t, found || opts.ReplaceAttr != nil || opts.Encode != nil || opts.Rename != nil || opts.Unique, "%s", got)
	})
}

// readObject reads a JSON value. It reports whether the text is found under "last key",
// and an error if keys come twice and should not.
func readObject(dec *json.Decoder, unique bool, text string) (found bool, err error) {
	token, err := dec.Token()
	if err != nil || token != json.Delim('{') && token != json.Delim('[') {
		return false, err
	}
	keys := map[string]bool{}
	for dec.More() {
		if token == json.Delim('{') {
			key, err := dec.Token()
			if err != nil || unique && keys[key.(string)] {
				return false, fmt.Errorf("%v comes twice: %w", key, err)
			}
			keys[key.(string)] = true
			if key == "last key" {
				var v any
				err := dec.Decode(&v)
				found = found || v == text || strings.Contains(fmt.Sprint(v), text)
				if err != nil {
					return false, err
				}
				continue
			}
		}
		inner, err := readObject(dec, unique, text)
		if err != nil {
			return false, err
		}
		found = found || inner
	}
	_, err = dec.Token()
	return found, err
}
