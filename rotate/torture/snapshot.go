// SPDX-License-Identifier: MIT

package torture

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A Snapshot is what files, goroutines and descriptors there were at one moment.
type Snapshot struct {
	roots       []string
	files       map[string]string // what is to be known of each, by its path
	goroutines  map[string]string // where they were started, by their numbers
	descriptors map[string]int    // how many there are of what they lead to
}

// Snap looks at the files and directories, with all below them, and at the goroutines and open descriptors of this process.
// Links are not followed. What other tests start meanwhile is taken for the writer's: Snap is not for parallel tests.
func Snap(paths ...string) *Snapshot {
	return &Snapshot{paths, files(paths), goroutines(), descriptors()}
}

// files describes each file by all that a stranger must not change.
func files(roots []string) map[string]string {
	found := map[string]string{}
	for _, root := range roots {
		// What cannot be read is described by its error.
		_ = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if os.IsNotExist(err) {
				return nil
			}
			if err != nil {
				found[path] = err.Error()
				return nil
			}
			found[path] = describe(path, entry)
			return nil
		})
	}
	return found
}

func describe(path string, entry fs.DirEntry) string {
	info, err := entry.Info()
	if err != nil {
		return err.Error()
	}
	text := info.Mode().String() + owner(info)
	switch info.Mode().Type() {
	case fs.ModeDir: // its time changes with each file in it
		return text
	case fs.ModeSymlink:
		target, err := os.Readlink(path)
		return fmt.Sprint(text, " to ", target, err)
	case 0:
		content, err := os.ReadFile(path)
		if err != nil {
			return text + " " + err.Error()
		}
		text += fmt.Sprintf(" %d bytes, sha256 %.8x", len(content), sha256.Sum256(content))
	}
	return text + " of " + info.ModTime().UTC().Format("2006-01-02T15:04:05.000000000")
}

// changes returns what is different now from the files of the snapshot, but for ours.
func (s *Snapshot) changes(ours []string) []Violation {
	var found []Violation
	now := files(s.roots)
	for _, path := range slices.Sorted(maps.Keys(s.files)) {
		is, ok := now[path]
		switch was := s.files[path]; {
		case slices.Contains(ours, path) || ok && is == was:
		case !ok:
			found = append(found, Violation{Kind: kindForeign, Path: path, Detail: "it is gone, and was " + was})
		default:
			found = append(found, Violation{Kind: kindForeign, Path: path, Detail: "it is " + is + ", and was " + was})
		}
	}
	for _, path := range slices.Sorted(maps.Keys(now)) {
		holds := func(our string) bool { return our == path || strings.HasPrefix(our, path+string(filepath.Separator)) }
		if _, was := s.files[path]; !was && !slices.ContainsFunc(ours, holds) {
			found = append(found, Violation{Kind: kindLeftover, Path: path, Detail: "it was not there before: " + now[path]})
		}
	}
	return found
}
