// SPDX-License-Identifier: MIT

//go:build !race

package config_test

import (
	"io"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/config"
	"github.com/slogx/slogx/tree"
)

// What a document makes costs what the same in Go costs: a line allocates nothing.
func TestALineThroughADocumentAllocatesNothing(t *testing.T) {
	config.Register("allocs_test.discard", struct{ io.Writer }{io.Discard})
	dir := t.TempDir()
	tr := tree.New(nil)
	apply(t, tr, inDir(`
version: 1
formatters: {f: {format: "%(asctime)s - %(name)s - %(levelname)s - %(message)s"}}
filters: {below: {(): slogx.filter.Not, filter: errors}, errors: {(): slogx.filter.Level, level: ERROR}}
handlers:
  stream: {class: logging.StreamHandler, stream: "ext://allocs_test.discard", formatter: f, level: INFO, filters: [below]}
  file: {class: logging.handlers.RotatingFileHandler, filename: "DIR/a", maxBytes: 100000000, backupCount: 1, formatter: f}
  each: {class: logging.FileHandler, filename: "DIR/{logger}.log"}
loggers: {a.b: {level: DEBUG, handlers: [each], filters: [below]}}
root: {level: INFO, handlers: [stream, file]}
`, dir))
	log, ctx := tr.Logger("a.b").With("request", "r1"), t.Context()
	line := func() { log.LogAttrs(ctx, slog.LevelInfo, "served", slog.Int("status", 200)) }
	for range 10 {
		line()
	}
	require.Less(t, testing.AllocsPerRun(500, line), 1.0)
	require.NoError(t, tr.Shutdown(ctx))
}
