// SPDX-License-Identifier: MIT

package slogx

import (
	"context"

	"github.com/slogx/slogx/config"
	"github.com/slogx/slogx/tree"
)

// LoadConfig configures the default tree as a file says: .yaml, .yml and .json hold the schema of Python's dictConfig,
// .ini and .conf that of fileConfig; a Python program's own file loads unchanged. See package config.
//
// The document is checked whole first. The error joins one for each mistake, with its place, and then
// nothing changes; else everything changes in one step for those who log.
// The levels that the environment variable SLOGX_LEVELS holds are set in the same step, and take precedence:
// see [BasicConfig].
func LoadConfig(path string) error {
	c, err := config.Read(path)
	if err != nil {
		return err
	}
	return applyConfig(Default(), c)
}

// WatchConfig does what [LoadConfig] does, and again whenever the file has changed, until ctx is done. The error is that of
// the first time, and then nothing is watched. Later ones go to onReload, which is called after each reload, with nil if it
// went well, in a goroutine of its own; meanwhile what was loaded last stays. A nil onReload has errors go to the tree's OnError.
func WatchConfig(ctx context.Context, path string, onReload func(error)) error {
	t := Default()
	return config.Watch(ctx, t, path, &config.WatchOptions{
		Apply:    func(c *config.Config) error { return applyConfig(t, c) },
		OnReload: onReload,
	})
}

// applyConfig applies a document, with SLOGX_LEVELS on top of it.
func applyConfig(t *tree.Tree, c *config.Config) error {
	var mistake error
	if err := c.Apply(t, func(b *tree.Batch) { mistake = setLevelsOfEnvironment(b) }); err != nil {
		return err
	}
	if mistake != nil {
		t.Report(mistake)
	}
	return nil
}
