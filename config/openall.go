// SPDX-License-Identifier: MIT

package config

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"

	"github.com/slogx/slogx/rotate"
	"github.com/slogx/slogx/tree"
)

// An openAll opens the handlers of a document, all or none.
type openAll struct {
	opened  map[string]*openHandler
	files   map[string]*rotate.Options // what files were opened with, for other handlers of the document
	created []created                  // in the order in which they came to be
}

// open opens the handlers that are used. If one fails, the others are closed again, and what they have created is removed.
func (p *plan) open() (map[string]*openHandler, error) {
	all := &openAll{opened: map[string]*openHandler{}, files: map[string]*rotate.Options{}}
	var errs []error
	for _, last := range []bool{false, true} {
		for _, id := range p.ids() {
			h := p.handlers[id]
			if !h.used || all.opened[id] != nil || last && len(errs) > 0 {
				continue
			}
			handler, err := h.openWith(all, last)
			if err == nil {
				all.opened[id] = handler
			} else if err != errLater {
				errs = append(errs, err)
			}
		}
	}
	if len(errs) > 0 {
		return nil, errors.Join(append(errs, all.undo())...)
	}
	return all.opened, nil
}

// undo closes what was opened, and removes what was created.
func (all *openAll) undo() error {
	var handlers []slog.Handler
	for _, h := range all.opened {
		handlers = append(handlers, h.handler)
	}
	err := closeAlone(handlers...)
	for _, c := range slices.Backward(all.created) {
		c.remove()
	}
	return err
}

// closeAlone closes handlers that hang nowhere, and all that they hold.
func closeAlone(handlers ...slog.Handler) error {
	scratch := tree.New(nil)
	for _, h := range handlers {
		scratch.Node("").AddHandler(h)
	}
	return scratch.Shutdown(context.Background())
}

// created is a file or a directory that was not there before.
type created struct {
	path string
	info fs.FileInfo
}

// missing returns the path and the directories above it that are not there, the outermost first.
func missing(path string) (paths []string) {
	for above := ""; path != above; path = filepath.Dir(path) { // on Windows, the root may be missing, too
		if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
			return paths
		}
		above = path
		paths = append([]string{path}, paths...)
	}
	return paths
}

// note notes which of the paths are there by now.
func (all *openAll) note(paths []string) {
	for _, path := range paths {
		if info, err := os.Lstat(path); err == nil {
			all.created = append(all.created, created{path, info})
		}
	}
}

// remove removes it, unless somebody else has put something there since: lines of another process are not lost.
func (c created) remove() {
	info, err := os.Lstat(c.path)
	if err != nil || !os.SameFile(c.info, info) || !info.IsDir() && info.Size() != c.info.Size() {
		return
	}
	_ = os.Remove(c.path) // a directory that is not empty stays
}
