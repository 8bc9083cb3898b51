// SPDX-License-Identifier: MIT

package format_test

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/internal/testhelp"
	"github.com/slogx/slogx/slogxtest"
)

// parts is a layout that can be read back: a NUL stands nowhere else.
const parts = "%(asctime)s\x00%(levelname)s\x00%(msg)r\x00%(attrs)s"

func TestHandlerConforms(t *testing.T) {
	opts := &format.HandlerOptions{OnError: func(error) {}}
	slogxtest.TestHandler(t, slogxtest.Target{
		New:     func(w io.Writer) slog.Handler { return format.NewHandler(w, format.MustPercent(parts, nil), opts) },
		Parse:   parseParts,
		Level:   math.MinInt,
		Options: func() any { return opts },
	})
}

func parseParts(written []byte) (map[string]any, error) {
	line, ok := strings.CutSuffix(string(written), "\n")
	fields := strings.SplitN(line, "\x00", 4)
	if !ok || len(fields) != 4 || strings.Contains(line, "\n") {
		return nil, fmt.Errorf("not a line of four fields: %q", written)
	}
	m := map[string]any{slog.LevelKey: fields[1], slog.MessageKey: testhelp.Unrepr(fields[2])}
	if fields[0] != "" {
		m[slog.TimeKey] = fields[0]
	}
	for rest := fields[3]; rest != ""; rest = strings.TrimPrefix(rest, " ") {
		var key, value string
		var err error
		if key, rest, err = cutText(rest, "="); err != nil {
			return nil, err
		}
		if value, rest, err = cutText(rest, " "); err != nil {
			return nil, err
		}
		put(m, strings.Split(key, "."), value)
	}
	return m, nil
}

// cutText cuts a text, which may be quoted, from the front of s, and the separator behind it.
func cutText(s, separator string) (text, rest string, err error) {
	if strings.HasPrefix(s, `"`) {
		quoted, err := strconv.QuotedPrefix(s)
		if err != nil {
			return "", "", err
		}
		text, err = strconv.Unquote(quoted)
		return text, strings.TrimPrefix(s[len(quoted):], separator), err
	}
	text, rest, found := strings.Cut(s, separator)
	if !found && separator == "=" {
		return "", "", errors.New("no equals sign in " + s)
	}
	return text, rest, nil
}

func put(m map[string]any, keys []string, value string) {
	for ; len(keys) > 1; keys = keys[1:] {
		inner, ok := m[keys[0]].(map[string]any)
		if !ok {
			inner = map[string]any{}
			m[keys[0]] = inner
		}
		m = inner
	}
	m[keys[0]] = value
}
