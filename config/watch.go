// SPDX-License-Identifier: MIT

package config

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/slogx/slogx/tree"
)

// WatchOptions are options for [Watch]. The zero WatchOptions, and nil, look every second.
type WatchOptions struct {
	// Interval is how often the file is looked at. A change is loaded when two looks in a row have found
	// the same. If zero, it is a second.
	Interval time.Duration

	// INI are options for an INI file.
	INI *INIOptions

	// Apply applies a document that was read. If nil, it is [Config.Apply] on the tree.
	Apply func(*Config) error

	// OnReload is called after each reload, with nil if it went well, and with the error if not; also with nil when a
	// file that was missing or had a mistake is again what was loaded last. It is called in the goroutine that
	// watches, without a lock: one call ends before the next one starts. If nil, errors go to the tree's OnError.
	OnReload func(error)
}

// Watch does what [Load] does, and again whenever the file has changed, until ctx is done. The error is that of the
// first time, and then nothing is watched. A reload that is under way when ctx ends is finished.
//
// What fails later changes nothing: what was loaded last stays. A file that cannot be read is told
// once, and so is a version with a mistake; to save the file again, or to touch it, tries it again. One that is what was loaded last,
// whatever its time, is not loaded again. A file that goes missing is taken up when it is back.
//
// The file is read each time: that finds editors that put another file in its place, the links that a
// Kubernetes ConfigMap turns, changes on another machine's side of NFS, and two within one
// tick of the file system's clock. Notifications of the system miss most of these, and need a module.
func Watch(ctx context.Context, t *tree.Tree, path string, opts *WatchOptions) error {
	if opts == nil {
		opts = &WatchOptions{}
	}
	if opts.Interval < 0 {
		return fmt.Errorf("config: watch %s: the interval %v is negative", path, opts.Interval)
	}
	abs, err := filepath.Abs(path) // the program may change its directory
	if err != nil {
		return fmt.Errorf("config: watch %s: %w", path, err)
	}
	w := &watcher{path: abs, updater: newUpdater(t, opts.INI, opts.Apply, opts.OnReload)}
	text, now, err := w.look()
	if err == nil {
		err = w.load(text, now.content)
	}
	if err != nil {
		return err
	}
	w.seen, w.settled = now, now
	interval := opts.Interval
	if interval == 0 {
		interval = time.Second
	}
	go w.run(ctx, interval)
	return nil
}

// A watcher is the state of Watch. It belongs to one goroutine.
type watcher struct {
	updater
	path    string
	running content // what is loaded; zero if that is not known
	seen    version // what the last look found
	settled version // what was loaded or told last
	failed  bool    // it was told that settled is not what is loaded
}

// A version is a file as it was saved at one time.
type version struct {
	content
	modified int64
}

// content is what a file holds, or why that is not known.
type content struct {
	sum     [sha256.Size]byte
	problem string
}

func (w *watcher) run(ctx context.Context, interval time.Duration) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if ctx.Err() == nil { // both may have been ready
			w.poll()
		}
	}
}

// poll looks at the file, and loads it if it is another one, and the same as at the last look: half a file
// may be there while somebody writes, and none while an editor puts another one in its place.
func (w *watcher) poll() {
	text, now, err := w.look()
	stable := now.content == w.seen.content
	w.seen = now
	if !stable || now == w.settled {
		return
	}
	w.settled = now
	back := err == nil && now.content == w.running
	if back && !w.failed {
		return // only touched
	}
	if err == nil && !back {
		err = w.load(text, now.content)
	}
	w.failed = err != nil
	w.onReload(err)
}

// load applies the text that look has found: what is there by now may be another one.
func (w *watcher) load(text []byte, is content) error {
	applied, err := w.update(text, filepath.Ext(w.path))
	switch {
	case err == nil:
		w.running = is
	case applied:
		w.running = content{} // the error may be that of closing what was before
	}
	if err != nil {
		return fmt.Errorf("config: %s: %w", w.path, unprefixed{err})
	}
	return nil
}

// maxFile is the size in bytes that no configuration has.
const maxFile = 16 << 20

// look reads the file.
func (w *watcher) look() (text []byte, now version, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("config: %w", err)
			now.problem = err.Error()
		}
	}()
	info, err := os.Stat(w.path)
	if err != nil {
		return nil, now, err
	}
	if !info.Mode().IsRegular() { // to open a pipe might take for ever
		return nil, now, fmt.Errorf("%s: not a regular file, which cannot be watched", w.path)
	}
	tooLarge := fmt.Errorf("%s: more than %d bytes", w.path, maxFile)
	if info.Size() > maxFile {
		return nil, now, tooLarge
	}
	file, err := os.Open(w.path)
	if err != nil {
		return nil, now, err
	}
	defer file.Close()
	text, err = io.ReadAll(io.LimitReader(file, maxFile+1))
	if err != nil {
		return nil, now, err
	}
	if len(text) > maxFile {
		return nil, now, tooLarge
	}
	if info, err = file.Stat(); err != nil {
		return nil, now, err
	}
	return text, version{content{sum: sha256.Sum256(text)}, info.ModTime().UnixNano()}, nil
}

// An updater applies documents.
type updater struct {
	ini      *INIOptions
	apply    func(*Config) error
	onReload func(error)
}

func newUpdater(t *tree.Tree, ini *INIOptions, apply func(*Config) error, onReload func(error)) updater {
	if apply == nil {
		apply = func(c *Config) error { return c.Apply(t) }
	}
	if onReload == nil {
		onReload = func(err error) {
			if err != nil {
				t.Report(err)
			}
		}
	}
	return updater{ini.copied(), apply, onReload}
}

// update reads a document and applies it. Applied says that the error, if there is one, is that of applying. A class of the
// program's own may panic: that is an error, too, since nobody expects a change of a file to end the program.
func (u updater) update(text []byte, ext string) (applied bool, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = errors.Join(err, fmt.Errorf("config: panic: %v", p))
		}
	}()
	c, err := parse(text, ext, u.ini)
	if err != nil {
		return false, err
	}
	applied = true
	return true, u.apply(c)
}
