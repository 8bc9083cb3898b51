// SPDX-License-Identifier: MIT

package config_test

import (
	"context"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/config"
	"github.com/slogx/slogx/internal/testhelp"
	"github.com/slogx/slogx/tree"
)

// newTree returns a tree whose errors fail the test, but for a handler that waits for another document.
func newTree(t *testing.T) *tree.Tree {
	tr := tree.New(&tree.Options{OnError: func(err error) {
		if !strings.HasSuffix(err.Error(), ": no logger uses this handler: it is not opened") {
			t.Errorf("OnError: %v", err)
		}
	}})
	t.Cleanup(func() { require.NoError(t, tr.Shutdown(context.Background())) })
	return tr
}

// apply applies a document in YAML.
func apply(t *testing.T, tr *tree.Tree, text string) {
	t.Helper()
	c, err := config.Parse([]byte(text), ".yaml")
	require.NoError(t, err)
	require.NoError(t, c.Apply(tr))
}

func TestASimpleDocument(t *testing.T) {
	got := testhelp.Stderr(t, func() {
		tr := newTree(t)
		apply(t, tr, `
version: 1
formatters:
  simple:
    format: '%(asctime)s - %(name)s - %(levelname)s - %(message)s'
    datefmt: '%Y'
handlers:
  console:
    class: logging.StreamHandler
    level: DEBUG
    formatter: simple
loggers:
  simpleExample:
    level: DEBUG
    handlers: [console]
    propagate: no
root:
  level: DEBUG
  handlers: [console]
`)
		tr.Logger("sampleLogger").Debug("this is a debug")
		tr.Logger("simpleExample").Debug("once")
	})
	require.Regexp(t, `^\d{4} - sampleLogger - DEBUG - this is a debug\n\d{4} - simpleExample - DEBUG - once\n$`, got)
}

func TestATreeThatNobodyHasAnyMoreIsForgotten(t *testing.T) {
	gone := make(chan struct{})
	func() {
		tr := tree.New(nil)
		apply(t, tr, "version: 1\nhandlers: {h: {class: logging.StreamHandler}}\nroot: {handlers: [h]}\n")
		runtime.AddCleanup(tr, func(c chan struct{}) { close(c) }, gone)
	}()
	require.Eventually(t, func() bool {
		runtime.GC()
		select {
		case <-gone:
			return true
		default:
			return false
		}
	}, testhelp.Patience, time.Millisecond, "the tree is still there")
}
