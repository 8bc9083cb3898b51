// SPDX-License-Identifier: MIT

package slogx_test

import (
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx"
	"github.com/slogx/slogx/internal/testhelp"
)

// write writes a file of the given name, and returns its path.
func write(t *testing.T, name, text string) string {
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

const document = `{
  "version": 1,
  "formatters": {"f": {"format": "%(levelname)s %(name)s %(message)s"}},
  "handlers": {"h": {"class": "logging.StreamHandler", "formatter": "f"}},
  "loggers": {"app.db": {"level": "ERROR"}},
  "root": {"level": "INFO", "handlers": ["h"]}
}`

func TestLoadConfig(t *testing.T) {
	for _, test := range []struct{ name, levels, want string }{
		{"the file says", "", "INFO app message\nERROR app.db message\n"},
		{"SLOGX_LEVELS says", "error,app.db=info", "INFO app.db message\nERROR app.db message\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			fresh(t)
			t.Setenv("SLOGX_LEVELS", test.levels)
			got := testhelp.Stderr(t, func() {
				require.NoError(t, slogx.LoadConfig(write(t, "logging.json", document)))
				slogx.GetLogger("app").Info("message")
				slogx.GetLogger("app.db").Info("message")
				slogx.GetLogger("app.db").Error("message")
			})
			require.Equal(t, test.want, got)
		})
	}
}

func TestLoadConfigTellsMistakesAndChangesNothing(t *testing.T) {
	tr := fresh(t)
	var reported []error
	tr.SetOnError(func(err error) { reported = append(reported, err) })
	before := tr.String()
	err := slogx.LoadConfig(write(t, "logging.yaml", "version: 1\nroot: {level: LOUD}\nloggers: {a: {handlers: [x]}}\n"))
	require.ErrorContains(t, err, "root.level (line 2)")
	require.ErrorContains(t, err, "loggers.a.handlers[0] (line 3)")
	require.Error(t, slogx.LoadConfig(filepath.Join(t.TempDir(), "missing.yaml")))
	require.ErrorContains(t, slogx.LoadConfig(write(t, "logging.toml", "")), ".toml")
	require.Equal(t, before, tr.String())
	require.Empty(t, reported)

	t.Setenv("SLOGX_LEVELS", "loud")
	require.NoError(t, slogx.LoadConfig(write(t, "logging.yaml", "version: 1\nsomething: 1\nroot: {level: DEBUG}\n")))
	require.Equal(t, slog.LevelDebug, slogx.Node("").Level().Level())
	require.Len(t, reported, 2)
	require.ErrorContains(t, reported[1], "SLOGX_LEVELS")
	require.ErrorContains(t, reported[0], "something (line 2)")
}
