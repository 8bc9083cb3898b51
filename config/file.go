// SPDX-License-Identifier: MIT

package config

import (
	"cmp"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"

	"github.com/slogx/slogx/internal/document"
	"github.com/slogx/slogx/rotate"
)

// errLater says that opening a handler cannot be undone: it empties a file, or renames it, or takes it from the handler that
// has it. So that is done when all others are open.
var errLater = errors.New("to be opened last")

// openFile returns what opens a file, and notes that it is to be checked before.
func openFile(a *Args, path string, opts *rotate.Options) opener {
	if err := opts.Validate(); err != nil {
		for mistake := range strings.SplitSeq(err.Error(), "\n") {
			a.errs = append(a.errs, a.at.Errorf("%s", strings.TrimPrefix(mistake, "rotate: ")))
		}
		return nil
	}
	if strings.Contains(filepath.Base(path), "{thread}") {
		a.Errorf("filename", "{thread}: Go has no threads that a program could tell apart; {logger} is a file for each logger")
	}
	if strings.Contains(filepath.Dir(path), "{logger}") {
		a.Errorf("filename", "{logger} stands in the name of the file only, not in its directory")
	}
	described := describedFile(path)
	path = strings.ReplaceAll(path, "{pid}", strconv.Itoa(os.Getpid()))
	a.plan.files = append(a.plan.files, &filePlan{a.id, a.at, path, opts})
	return func(o *opening) (slog.Handler, error) {
		if o.dry {
			o.settings = settings(opts)
			return o.format(described, false), nil
		}
		if strings.Contains(filepath.Base(path), "{logger}") {
			return o.perLogger(path, opts), nil
		}
		f, err := o.file(path, opts)
		if err == errLater {
			return nil, err
		}
		if err != nil {
			return nil, a.at.Wrap(err)
		}
		return o.format(f, true), nil
	}
}

// A filePlan is a file that a handler is to open.
type filePlan struct {
	id   string // of the handler
	at   *document.Value
	path string // may hold {logger}
	opts *rotate.Options
}

// check reports why the file could not be opened, as far as that can be told before. Seen are the files of other
// handlers of the document.
func (f *filePlan) check(seen map[string]*filePlan) error {
	err := rotate.Check(strings.ReplaceAll(f.path, "{logger}", "root"), f.opts)
	if err != nil && !errors.Is(err, rotate.ErrInUse) { // one that is in use is shared, or gives way
		return f.at.Wrap(err)
	}
	key := fileKey(f.path)
	if other := seen[key]; other != nil && !reflect.DeepEqual(other.opts, f.opts) {
		return f.at.Errorf("the handler %s has the same file, with other options", other.id)
	}
	seen[key] = f
	return nil
}

// fileKey returns the path without symbolic links in its directory.
func fileKey(path string) string {
	dir, name := filepath.Split(path)
	abs, err := filepath.Abs(dir)
	if err != nil {
		return path
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		abs = real
	}
	return filepath.Join(abs, name)
}

// file opens a file. One that is open with the same options is carried over, and not emptied again; one with other
// options, of an earlier document, gives way. Two handlers of a document share one.
func (o *opening) file(path string, opts *rotate.Options) (*rotate.File, error) {
	key := fileKey(path)
	if shared := o.all.files[key]; shared != nil {
		return rotate.Open(path, shared)
	}
	absent := missing(filepath.Clean(path))
	if (opts.Truncate || opts.OnOpen) && len(absent) == 0 && !o.last {
		return nil, later(path)
	}
	f, err := rotate.Open(path, opts)
	if errors.Is(err, rotate.ErrInUse) {
		if !o.last {
			return nil, later(path)
		}
		over := *opts
		over.TakeOver, over.Truncate = true, false
		opts = &over
		f, err = rotate.Open(path, opts)
	}
	o.all.note(absent)
	if err == nil {
		o.all.files[key] = opts
	}
	return f, err
}

// later returns errLater for a file that can be opened, and else the reason: it is told before anything is done that cannot
// be undone.
func later(path string) error {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errLater
	case err != nil:
		return err
	case !info.Mode().IsRegular(): // to open it may do something by itself
		return errLater
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	return cmp.Or(f.Close(), errLater)
}
