// SPDX-License-Identifier: MIT

package files_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/slogx/slogx/rotate"

	"github.com/slogx/slogx/internal/oracle/judge"
)

// base is the name of the log file.
const base = "a.log"

// A world is a script that is being run, in the bubble of a test.
type world struct {
	dir  string
	zone *time.Location
	file *rotate.File

	mu     sync.Mutex
	failed []string // what went wrong beside lines
}

// run runs a script and returns what could be seen of each step.
func run(t *testing.T, s *script) [][]string {
	seen := make([][]string, len(s.Steps))
	w := &world{dir: t.TempDir(), zone: time.UTC}
	synctest.Test(t, func(t *testing.T) {
		defer w.run(&step{Text: "close"})
		for i, st := range s.Steps {
			if st.IsComment() {
				continue
			}
			lines, err := w.run(st)
			synctest.Wait() // for what is done with backups
			switch {
			case errors.Is(err, fs.ErrNotExist): // somebody has removed it
				lines = []string{"error"}
			case err != nil:
				lines = []string{err.Error()}
			}
			seen[i] = append(lines, w.errors()...)
		}
	})
	return seen
}

// errors returns what was reported since it was called last.
func (w *world) errors() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	failed := w.failed
	w.failed = nil
	return failed
}

func (w *world) path(name string) string { return filepath.Join(w.dir, name) }

// run runs a step and returns what could be seen.
func (w *world) run(st *step) (lines []string, err error) {
	words := st.Words()
	switch words[0] {
	case "zone":
		w.zone, err = time.LoadLocation(words[1])
	case "start":
		time.Sleep(time.Until(time.Unix(0, 0).Add(seconds(words[1]))))
	case "advance":
		time.Sleep(seconds(words[1]))
	case "handler":
		err = w.handler(words[1], optionsOf(st))
	case "close":
		err = w.close()
	case "write":
		err = w.write(judge.Unquote(words[1]))
	case "every":
		err = w.every(words[1], seconds(words[2]))
	case "dir":
		return w.list()
	default:
		err = w.meddle(words)
	}
	return lines, err
}

// seconds reads a number of seconds.
func seconds(text string) time.Duration {
	d, err := time.ParseDuration(text + "s")
	if err != nil {
		panic(err)
	}
	return d
}

func (w *world) handler(kind string, given map[string]string) error {
	if err := w.close(); err != nil {
		return err
	}
	number := func(key string) int {
		n, _ := strconv.Atoi(given[key])
		return n
	}
	_, delay := given["delay"]
	opts := &rotate.Options{Delay: delay, Location: w.zone, BackupCount: number("backups"), OnError: func(err error) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.failed = append(w.failed, "OnError: "+err.Error())
	}}
	switch kind {
	case "size":
		opts.MaxBytes = int64(number("max"))
	case "timed":
		w.timed(opts, given, number("interval"))
	case "watched":
		opts.Watch = true
	}
	opts.Truncate = given["mode"] == "w" && opts.MaxBytes == 0 // Python takes mode a for files that are rotated
	_, err := os.Lstat(w.path(base))
	isNew := errors.Is(err, fs.ErrNotExist)
	if w.file, err = rotate.Open(w.path(base), opts); err == nil && isNew {
		err = w.touch(base)
	}
	return err
}

func (w *world) timed(opts *rotate.Options, given map[string]string, interval int) {
	opts.When, opts.Interval, opts.At = given["when"], interval, given["at"]
	if opts.When == "" {
		opts.When = "H"
	}
	if suffix := given["suffix"]; suffix != "" {
		opts.Suffix = judge.Unquote(suffix)
	}
	if _, utc := given["utc"]; utc {
		opts.Location = time.UTC
	}
}

func (w *world) close() error {
	if w.file == nil {
		return nil
	}
	err := w.file.Close()
	w.file = nil
	return err
}

func (w *world) write(text string) error {
	if _, err := w.file.Write([]byte(text + "\n")); err != nil {
		return err
	}
	return w.touch(base)
}

func (w *world) every(times string, apart time.Duration) error {
	n, err := strconv.Atoi(times)
	for i := range n {
		if i > 0 {
			time.Sleep(apart)
			synctest.Wait()
		}
		err = errors.Join(err, w.write(time.Now().In(w.zone).Format("02T15:04MST")))
	}
	return err
}

// touch sets the time of the last change of a file that is there: the system's clock is not the bubble's.
func (w *world) touch(name string) error {
	now := time.Now()
	if err := os.Chtimes(w.path(name), now, now); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// meddle does to a file what others do.
func (w *world) meddle(words []string) error {
	path := w.path(words[1])
	switch words[0] {
	case "create":
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return w.add(words[1], judge.Unquote(words[2]))
	case "append":
		return w.add(words[1], judge.Unquote(words[2]))
	case "truncate":
		return errors.Join(os.Truncate(path, 0), w.touch(words[1]))
	case "mkdir":
		return os.Mkdir(path, 0o700)
	case "rename":
		return os.Rename(path, w.path(words[2]))
	case "remove":
		return os.Remove(path)
	case "mtime":
		at := time.Unix(0, 0).Add(seconds(words[2]))
		return os.Chtimes(path, at, at)
	default:
		panic("no step " + words[0])
	}
}

func (w *world) add(name, text string) error {
	f, err := os.OpenFile(w.path(name), os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Close(), w.touch(name))
}

// list returns a line for each file, but for those in which a system without extended attributes has them noted.
func (w *world) list() (lines []string, err error) {
	entries, err := os.ReadDir(w.dir)
	for _, e := range entries {
		switch {
		case e.IsDir():
			lines = append(lines, e.Name()+"/")
		case !strings.HasPrefix(e.Name(), "."):
			text, err := os.ReadFile(w.path(e.Name()))
			if err != nil {
				return nil, err
			}
			lines = append(lines, fmt.Sprintf("%s %s", e.Name(), judge.Quote(string(text))))
		}
	}
	if len(lines) == 0 {
		lines = []string{"empty"}
	}
	return lines, err
}
