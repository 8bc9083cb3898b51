// SPDX-License-Identifier: MIT

package testhelp

import (
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
)

// ReprParts reads a line of four parts with a NUL between them: the time, the level, the repr of the
// message, and the attributes. It is what a conformance test has layouts print.
func ReprParts(written []byte) (map[string]any, error) { return parseParts(written, Unrepr) }

// PlainParts is ReprParts for messages that are only escaped.
func PlainParts(written []byte) (map[string]any, error) {
	return parseParts(written, func(s string) string {
		quoted := "'" + s + "'"
		if text := Unrepr(quoted); text != quoted {
			return text
		}
		return s // a backslash of its own: nothing was escaped
	})
}

func parseParts(written []byte, message func(string) string) (map[string]any, error) {
	line, ok := strings.CutSuffix(string(written), "\n")
	fields := strings.SplitN(line, "\x00", 4)
	if !ok || len(fields) != 4 || strings.Contains(line, "\n") {
		return nil, fmt.Errorf("not a line of four fields: %q", written)
	}
	m := map[string]any{slog.LevelKey: fields[1], slog.MessageKey: message(fields[2])}
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
