// SPDX-License-Identifier: MIT

package tree

import (
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"
)

// A program may have a million loggers when a document is applied, which gives each of them back what it was.
func TestWhatSetsNothingMakesNoConfiguration(t *testing.T) {
	for name, set := range map[string]func(*Tree, *Node){
		"SetLevel":       func(_ *Tree, n *Node) { n.SetLevel(nil) },
		"SetPropagate":   func(_ *Tree, n *Node) { n.SetPropagate(true) },
		"SetDisabled":    func(_ *Tree, n *Node) { n.SetDisabled(false) },
		"RemoveHandler":  func(_ *Tree, n *Node) { n.RemoveHandler(slog.DiscardHandler) },
		"ReplaceHandler": func(_ *Tree, n *Node) { n.ReplaceHandler(slog.DiscardHandler, slog.DiscardHandler) },
		"ClearHandlers":  func(t *Tree, n *Node) { t.Update(func(b *Batch) { b.ClearHandlers(n) }) },
		"ClearFilters":   func(t *Tree, n *Node) { t.Update(func(b *Batch) { b.ClearFilters(n) }) },
	} {
		t.Run(name, func(t *testing.T) {
			tr := New(nil)
			n := tr.Node("a")
			set(tr, n)
			require.Nil(t, n.conf)
			n.SetLevel(slog.LevelError)
			set(tr, n)
			require.NotNil(t, n.conf)
		})
	}
}
