// SPDX-License-Identifier: MIT

package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/internal/document"
	"github.com/slogx/slogx/internal/oracle/judge"
)

// loads has CPython load a file, and prints what it made of it.
const loads = `
import json, logging, logging.config, sys
if sys.argv[1].endswith(".json"):
    with open(sys.argv[1]) as f:
        logging.config.dictConfig(json.load(f))
else:
    logging.config.fileConfig(sys.argv[1], json.loads(sys.argv[2]), disable_existing_loggers=False)
for name in ["root"] + sorted(logging.root.manager.loggerDict):
    l = logging.getLogger(name)
    print(name, l.level, bool(l.propagate))
    for h in l.handlers:
        attributes = "baseFilename mode maxBytes backupCount when utc encoding delay".split()
        print("  ", type(h).__name__, h.level, getattr(getattr(h, "stream", None), "name", None), [getattr(h, a, None) for a in attributes],
              [f.name for f in h.filters], h.formatter and (type(h.formatter).__name__, h.formatter._fmt, h.formatter.datefmt))
`

// ownModule is the module of which a file names a class.
const ownModule = "import logging\nclass JsonFormatter(logging.Formatter): pass\n"

// made returns what CPython makes of a configuration, with defaults for an INI file.
func made(t *testing.T, py judge.Python, text, ext string, defaults map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(dir, "service"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "service", "json_logger.py"), []byte(ownModule), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "logging"+ext), []byte(text), 0o600))
	given, err := json.Marshal(defaults)
	require.NoError(t, err)
	cmd := exec.Command(py.Path, "-c", loads, "logging"+ext, string(given))
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PYTHONPATH=.", "PYTHONDONTWRITEBYTECODE=1", "PYTHONUTF8=1")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	return strings.ReplaceAll(string(out), dir, "")
}

func findPython(t *testing.T) judge.Python {
	t.Helper()
	py, why := judge.Find("import logging.config")
	if why != "" {
		t.Skip(why)
	}
	return py
}

// The examples that name Python's classes only are configurations of Python's as they stand.
// That of config_yaml names classes of ours.
func TestCPythonLoadsTheExamples(t *testing.T) {
	py := findPython(t)
	for file, want := range map[string]string{
		"config_json/logging.json":             "FileLogger 10 True\n   StreamHandler 10 <stdout>",
		"config_ini/logging.ini":               "sampleLogger.jobs 10 False\n   RotatingFileHandler 0 ",
		"gunicorn_style/gunicorn_logging.conf": "gunicorn.error 40 False\n   StreamHandler 20 <stdout>",
	} {
		text, err := os.ReadFile("../../examples/" + file)
		require.NoError(t, err)
		require.Contains(t, made(t, py, string(text), filepath.Ext(file), nil), want, file)
	}
}

func TestCPythonMakesTheSameOfWhatWasConverted(t *testing.T) {
	py := findPython(t)
	files := []string{"../../examples/config_ini/logging.ini", "../../examples/gunicorn_style/gunicorn_logging.conf", "testdata/defaults.ini"}
	defaults := map[string]string{"Dir": "%(up)s/", "up": ".", "LVL": "ERROR"}
	if py.Minor >= 12 { // since when formatters have defaults
		files = append(files, "testdata/python.ini")
	}
	for _, file := range files {
		var out, errs strings.Builder
		require.Equal(t, ok, run([]string{"convert", "-formatter", "service.json_logger.JsonFormatter",
			"-default", "Dir=%(up)s/", "-default", "up=.", "-default", "LVL=ERROR", file}, &out, &errs), errs.String())
		root, err := document.YAML([]byte(out.String()))
		require.NoError(t, err)
		converted, err := json.Marshal(root.Go())
		require.NoError(t, err)
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		require.Equal(t, made(t, py, string(text), ".ini", defaults), made(t, py, string(converted), ".json", nil), file)
	}
}
