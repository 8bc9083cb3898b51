// SPDX-License-Identifier: MIT

package slogxtest_test

import (
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"github.com/slogx/slogx/internal/testhelp"
	"github.com/slogx/slogx/tree"
)

// parseText reads what slog.TextHandler wrote.
func parseText(written []byte) (map[string]any, error) {
	line, ok := strings.CutSuffix(string(written), "\n")
	if !ok {
		return nil, errors.New("no line break at the end")
	}
	return parseAttrs(line)
}

// parseAttrs reads key=value pairs, each quoted or not, with one blank between two.
func parseAttrs(s string) (map[string]any, error) {
	top := map[string]any{}
	for s != "" {
		key, rest, err := parseToken(s, "=")
		if err != nil {
			return nil, err
		}
		if !strings.HasPrefix(rest, "=") {
			return nil, fmt.Errorf("no = after %q in %.100q", key, s)
		}
		value, rest, err := parseToken(rest[1:], " ")
		if err != nil {
			return nil, err
		}
		put(top, strings.Split(key, "."), value)
		s = strings.TrimPrefix(rest, " ")
	}
	return top, nil
}

// parseToken reads what stands before the first byte of end, or is quoted.
func parseToken(s, end string) (token, rest string, err error) {
	if !strings.HasPrefix(s, `"`) {
		i := strings.IndexAny(s, end+" \"=")
		if i < 0 {
			i = len(s)
		}
		return s[:i], s[i:], nil
	}
	quoted, err := strconv.QuotedPrefix(s)
	if err != nil {
		return "", "", fmt.Errorf("%w in %.100q", err, s)
	}
	token, err = strconv.Unquote(quoted)
	return token, s[len(quoted):], err
}

func put(m map[string]any, path []string, value string) {
	for _, name := range path[:len(path)-1] {
		next, ok := m[name].(map[string]any)
		if !ok {
			next = map[string]any{}
			m[name] = next
		}
		m = next
	}
	m[path[len(path)-1]] = value
}

// parseTint reads what tint wrote without colour: time, level and message as they are, then attributes.
func parseTint(written []byte) (map[string]any, error) {
	line, ok := strings.CutSuffix(string(written), "\n")
	if !ok {
		return nil, errors.New("no line break at the end")
	}
	builtin := map[string]any{}
	if word, rest, _ := strings.Cut(line, " "); isTime(word) {
		builtin[slog.TimeKey] = word
		line = rest
	}
	builtin[slog.LevelKey], line, _ = strings.Cut(line, " ")
	// The message ends where all that follows can be read as attributes.
	for i := range len(line) + 1 {
		if i > 0 && i < len(line) && line[i-1] != ' ' {
			continue
		}
		m, err := parseAttrs(line[i:])
		if err != nil {
			continue
		}
		for key, v := range builtin {
			m[key] = v
		}
		m[slog.MessageKey] = strings.TrimSuffix(line[:i], " ")
		return m, nil
	}
	return nil, fmt.Errorf("no attributes at the end of %.100q", line)
}

func isTime(s string) bool {
	_, err := time.Parse(time.RFC3339Nano, s)
	return err == nil
}

// withoutName leaves out the name that the loggers of a tree give.
func withoutName(parse func([]byte) (map[string]any, error)) func([]byte) (map[string]any, error) {
	return func(written []byte) (map[string]any, error) {
		m, err := parse(written)
		delete(m, tree.NameKey)
		return m, err
	}
}

// parts is a layout that can be read back: a NUL stands nowhere else.
const parts = "%(asctime)s\x00%(levelname)s\x00%(name)s\x00%(msg)r\x00%(attrs)s"

func parseParts(written []byte) (map[string]any, error) {
	line, ok := strings.CutSuffix(string(written), "\n")
	fields := strings.SplitN(line, "\x00", 5)
	if !ok || len(fields) != 5 || strings.Contains(line, "\n") || fields[2] != "a.b.c" {
		return nil, fmt.Errorf("not a line of five fields: %q", written)
	}
	m, err := parseAttrs(fields[4])
	if err != nil {
		return nil, err
	}
	m[slog.LevelKey], m[slog.MessageKey] = fields[1], testhelp.Unrepr(fields[3])
	if fields[0] != "" {
		m[slog.TimeKey] = fields[0]
	}
	return m, nil
}
