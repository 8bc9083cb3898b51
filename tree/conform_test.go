// SPDX-License-Identifier: MIT

package tree_test

import (
	"fmt"
	"io"
	"log/slog"
	"math"
	"strings"
	"testing"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/slogxtest"
	"github.com/slogx/slogx/tree"
)

// parseJSON parses a line without the names of loggers, which slogtest does not expect.
func parseJSON(written []byte) (map[string]any, error) {
	line, err := slogxtest.ParseJSON(written)
	return withoutName(line), err
}

func parseText(written []byte) (map[string]any, error) {
	line, err := parseTextLine(string(written))
	return withoutName(line), err
}

// withoutName removes the name that a tree has bound. Another value is an attribute of the test.
func withoutName(line map[string]any) map[string]any {
	if name, ok := line[tree.NameKey].(string); ok && strings.HasPrefix(name, "tested.") {
		delete(line, tree.NameKey)
	}
	return line
}

// parseTextLine parses what slog's text handler prints into nested maps.
func parseTextLine(line string) (map[string]any, error) {
	top := map[string]any{}
	rest := strings.TrimSuffix(line, "\n")
	for rest != "" {
		key, after, err := token(rest, "=")
		if err != nil {
			return nil, err
		}
		value, next, err := token(strings.TrimPrefix(after, "="), " ")
		if err != nil {
			return nil, err
		}
		rest = strings.TrimPrefix(next, " ")
		m := top
		parts := strings.Split(key, ".")
		for _, group := range parts[:len(parts)-1] {
			inner, ok := m[group].(map[string]any)
			if !ok {
				inner = map[string]any{}
				m[group] = inner
			}
			m = inner
		}
		m[parts[len(parts)-1]] = value
	}
	return top, nil
}

// token cuts a quoted or plain token off, up to the delimiter.
func token(s, delimiter string) (text, rest string, err error) {
	if !strings.HasPrefix(s, `"`) {
		i := strings.Index(s, delimiter)
		if i < 0 {
			i = len(s)
		}
		return s[:i], s[i:], nil
	}
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			_, err := fmt.Sscanf(s[:i+1], "%q", &text)
			return text, s[i+1:], err
		}
	}
	return "", "", fmt.Errorf("no end of %q", s)
}

func json(w io.Writer) slog.Handler {
	return slog.NewJSONHandler(w, &slog.HandlerOptions{Level: slog.Level(math.MinInt)})
}

func text(w io.Writer) slog.Handler {
	return slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.Level(math.MinInt)})
}

// at returns the handler of a node in a tree that has h on another node.
func at(node, on string, h slog.Handler) slog.Handler {
	tr := tree.New(&tree.Options{OnError: func(error) {}}) // the rules look at what Handle returns
	tr.Node("").SetLevel(nil)
	tr.Node(on).AddHandler(h)
	return tr.Node(node).Handler()
}

// conforming are trees, and what stands around or under one.
var conforming = map[string]func(io.Writer) slog.Handler{
	"at the root": func(w io.Writer) slog.Handler { return at("", "", json(w)) },
	"at a child":  func(w io.Writer) slog.Handler { return at("tested.a", "tested.a", json(w)) },
	"three levels down": func(w io.Writer) slog.Handler {
		return at("tested.a.b", "", json(w))
	},
	"behind a hidden node": func(w io.Writer) slog.Handler { return at("tested.a.b.c", "tested", json(w)) },
	"a MultiHandler around": func(w io.Writer) slog.Handler {
		return slog.NewMultiHandler(at("tested.a", "", json(w)), at("tested.b", "", json(io.Discard)))
	},
	"around a MultiHandler": func(w io.Writer) slog.Handler {
		return at("tested.a", "", slog.NewMultiHandler(json(w), json(io.Discard)))
	},
	"beside another handler": func(w io.Writer) slog.Handler {
		tr := tree.New(nil)
		tr.Node("").SetLevel(nil)
		tr.Node("tested.a").AddHandler(vandal())
		tr.Node("tested").AddHandler(json(w))
		tr.Node("").AddHandler(newRecorder(nil))
		return tr.Node("tested.a.b").Handler()
	},
	"a tree under a tree": func(w io.Writer) slog.Handler {
		return at("", "", at("tested.a", "", json(w)))
	},
	"a tree under a named node": func(w io.Writer) slog.Handler {
		return at("tested.a", "", at("", "", json(w)))
	},
	"with a node's filters": func(w io.Writer) slog.Handler {
		h := at("tested.a", "", json(w))
		h.(*tree.Handler).Node().AddFilter(filter.Name("tested"))
		h.(*tree.Handler).Node().AddFilter(redactor{"no such key"})
		return h
	},
	"with a handler's filters": func(w io.Writer) slog.Handler {
		return at("tested.a", "", filter.NewHandler(json(w), filter.Name("tested")))
	},
	"with a handler's level": func(w io.Writer) slog.Handler {
		return at("tested.a", "", levels.NewHandler(json(w), nil))
	},
	"made before it is configured": func(w io.Writer) slog.Handler {
		tr := tree.New(&tree.Options{OnError: func(error) {}})
		h := tr.Node("tested.a").Handler()
		tr.Node("").SetLevel(nil)
		tr.Node("tested").AddHandler(json(w))
		return h
	},
	"the last resort": func(w io.Writer) slog.Handler {
		tr := tree.New(&tree.Options{LastResort: json(w)})
		tr.Node("").SetLevel(nil)
		return tr.Node("tested.a").Handler()
	},
}

func TestTreesConform(t *testing.T) {
	for name, h := range conforming {
		t.Run(name, func(t *testing.T) {
			target := slogxtest.Target{New: h, Parse: parseJSON, Level: math.MinInt}
			if name == "a MultiHandler around" {
				target.Except = map[string]string{"empty-same": "a MultiHandler always makes another"}
			}
			slogxtest.TestHandler(t, target)
		})
	}
	t.Run("around text", func(t *testing.T) {
		slogxtest.TestHandler(t, slogxtest.Target{
			New:   func(w io.Writer) slog.Handler { return at("tested.a", "", text(w)) },
			Parse: parseText,
			Level: math.MinInt,
		})
	})
}
