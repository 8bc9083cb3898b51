// SPDX-License-Identifier: MIT

package tree_test

import (
	"fmt"
	"io"
	"log"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/filter"
	"github.com/slogx/slogx/levels"
	"github.com/slogx/slogx/tree"
)

// A loggingWriter logs a nested line for each outer one that is written.
// It expects the lock of its handler to be held.
type loggingWriter struct {
	lines  []string
	logger func() *slog.Logger
}

func (w *loggingWriter) Write(p []byte) (int, error) {
	message := "nested "
	_, n, found := strings.Cut(string(p), "outer ")
	if found {
		message = "outer "
	} else {
		_, n, _ = strings.Cut(string(p), "nested ")
	}
	number, _, _ := strings.Cut(strings.NewReplacer(`"`, " ", "\n", " ").Replace(n), " ")
	w.lines = append(w.lines, message+number)
	if found {
		w.logger().Info("nested " + number)
	}
	return len(p), nil
}

func TestAWriterMayLogThroughTheTree(t *testing.T) {
	handlers := map[string]func(io.Writer) slog.Handler{
		"text": plainText,
		"JSON": plainJSON,
		"behind a level": func(w io.Writer) slog.Handler {
			return levels.NewHandler(plainText(w), levels.Debug)
		},
		"behind a filter": func(w io.Writer) slog.Handler {
			return filter.NewHandler(plainText(w), filter.Name(""))
		},
		"behind a MultiHandler": func(w io.Writer) slog.Handler {
			return slog.NewMultiHandler(plainText(w), plainText(io.Discard))
		},
		"behind a tree": func(w io.Writer) slog.Handler {
			under := tree.New(nil)
			under.Node("").AddHandler(plainText(w))
			return under.Node("").Handler()
		},
		"not to be compared": func(w io.Writer) slog.Handler { return uncomparable{Handler: plainText(w)} },
	}
	for name, handler := range handlers {
		t.Run(name, func(t *testing.T) {
			tr := newTree(t)
			w := &loggingWriter{logger: func() *slog.Logger { return tr.Logger("nested").With("k", 1) }}
			tr.Node("").AddHandler(handler(w))
			const n = 1000
			logOuter(t, n, 3, func(i int) *slog.Logger { return tr.Logger(fmt.Sprint("a.", i%10)) })
			requireNested(t, n, w.lines)
		})
	}
}

func TestAHandlerOnTwoNodesMayLogFromOneToTheOther(t *testing.T) {
	tr := newTree(t)
	w := &loggingWriter{logger: func() *slog.Logger { return tr.Logger("b") }}
	h := plainText(w)
	tr.Node("a").AddHandler(h)
	tr.Node("b").AddHandler(h)
	const n = 500
	logOuter(t, n, 2, func(int) *slog.Logger { return tr.Logger("a") })
	requireNested(t, n, w.lines)
}

func TestTwoWrappersAroundOneHandlerMayLogFromOneToTheOther(t *testing.T) {
	wrappers := map[string]func(slog.Handler) slog.Handler{
		"levels":  func(h slog.Handler) slog.Handler { return levels.NewHandler(h, nil) },
		"filters": func(h slog.Handler) slog.Handler { return filter.NewHandler(h) },
		"none":    func(h slog.Handler) slog.Handler { return h },
	}
	for name, wrap := range wrappers {
		t.Run(name, func(t *testing.T) {
			tr := newTree(t)
			w := &loggingWriter{logger: func() *slog.Logger { return tr.Logger("b") }}
			h := plainText(w)
			tr.Node("a").AddHandler(wrap(h))
			tr.Node("b").AddHandler(levels.NewHandler(h, nil)) // which has the same lock
			const n = 100
			logOuter(t, n, 2, func(int) *slog.Logger { return tr.Logger("a") })
			requireNested(t, n, w.lines)
		})
	}
}

func TestAHandlerInTwoTreesMayLogFromOneToTheOther(t *testing.T) {
	tr, other := newTree(t), newTree(t)
	w := &loggingWriter{logger: func() *slog.Logger { return other.Logger("a") }}
	h := plainText(w)
	tr.Node("").AddHandler(h)
	other.Node("").AddHandler(h)
	const n = 100
	logOuter(t, n, 2, func(int) *slog.Logger { return tr.Logger("a") })
	requireNested(t, n, w.lines)
}

func TestAHandlerOfSlogsDefaultMayUseThePackageLog(t *testing.T) {
	tr := newTree(t)
	h := newLocked(func(r slog.Record) {
		if r.Message == "outer" {
			log.Print("nested")
		}
	})
	tr.Node("").AddHandler(h)
	before, flags, writer := slog.Default(), log.Flags(), log.Writer()
	defer func() {
		slog.SetDefault(before)
		log.SetFlags(flags)
		log.SetOutput(writer)
	}()
	slog.SetDefault(tr.Logger(""))
	inTime(t, func() { slog.Info("outer") })
	require.Equal(t, []string{"outer", "nested"}, h.messages())
}
