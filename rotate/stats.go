// SPDX-License-Identifier: MIT

package rotate

import (
	"cmp"
	"path/filepath"
)

// stats returns what has happened so far.
func (c *core) stats() Stats {
	c.mu.Lock()
	s := c.total
	s.Size = c.size
	c.mu.Unlock()
	s.Errors = c.failed.Load()
	s.Backups = c.countBackups()
	return s
}

// countBackups returns the number of backups in the directory, and -1 if it cannot be read.
func (c *core) countBackups() int {
	dir, err := c.sys.folder(filepath.Dir(c.path))
	if err != nil {
		return -1
	}
	t := &tidier{core: c, base: filepath.Base(c.path), dir: dir}
	var all []kept
	err = guard(func() (err error) {
		all, err = t.backups()
		return err
	})
	if cmp.Or(err, dir.close()) != nil {
		return -1
	}
	return len(all)
}
