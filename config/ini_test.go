// SPDX-License-Identifier: MIT

package config_test

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/slogx/slogx/config"
)

// defaulted is an INI file that needs defaults.
const defaulted = `
[loggers]
keys=root
[handlers]
keys=h
[formatters]
keys=f
[logger_root]
level=%(level_of_root)s
handlers=h
[handler_h]
class=FileHandler
formatter=f
args=('%(Dir)s/%(name)s.log', %(mode)s)
[formatter_f]
format=%(levelname)s %(message)s
[DEFAULT]
name=here
mode='a'
`

func TestDefaultsStandForWhatAnINIFileDoesNotSay(t *testing.T) {
	dir := t.TempDir()
	given := map[string]string{
		"DIR": filepath.ToSlash(dir) + "/%(sub)s", "sub": "100%%", "level_of_root": "DEBUG", "name": "the file has its own", "message": "not of layouts",
		"levelname": "x",
	}
	path := filepath.Join(dir, "100%", "logging.development")
	require.NoError(t, os.Mkdir(filepath.Dir(path), 0o700))
	put(t, path, defaulted)
	c, err := config.ReadINI(path, &config.INIOptions{Defaults: given})
	require.NoError(t, err)
	clear(given) // it was copied
	tr := newTree(t)
	require.NoError(t, c.Apply(tr))
	tr.Logger("").Debug("m")
	require.Equal(t, "DEBUG m\n", filesOf(t, filepath.Dir(path))["here.log"])
}

func TestDefaultsWithAMistake(t *testing.T) {
	for _, tt := range []struct {
		name  string
		given map[string]string
		want  string
	}{
		{"none", nil, "[handler_h] args (line 14): %(Dir)s names no option of [handler_h] or [DEFAULT]\n[logger_root] level (line 9): %(level_of_root)s names no option of [logger_root] or [DEFAULT]"},
		{"one is missing", map[string]string{"dir": "x"}, "config: [logger_root] level (line 9): %(level_of_root)s names no option of [logger_root] or [DEFAULT]"},
		{"one names none", map[string]string{"dir": "%(x)s", "level_of_root": "INFO"}, "config: [handler_h] args (line 14): %(x)s names no option of [handler_h] or [DEFAULT]"},
		{"a percent sign", map[string]string{"dir": "50%", "level_of_root": "INFO"}, `config: [handler_h] args (line 14): "%" is no reference, want %(option)s; a percent sign is written as %%`},
		{"one is there twice", map[string]string{"dir": "x", "DIR": "y", "level_of_root": "INFO"}, "config: [DEFAULT] dir: the defaults that are given have it twice, as DIR and dir"},
		{"a level", map[string]string{"dir": "x", "level_of_root": "LOUD"}, "config: [logger_root] level (line 9): levels: level \"LOUD\": unknown name"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := config.ParseINI([]byte(defaulted), &config.INIOptions{Defaults: tt.given})
			require.ErrorContains(t, err, tt.want)
		})
	}
	path := filepath.Join(t.TempDir(), "x.y")
	_, err := config.ReadINI(path, nil)
	require.ErrorContains(t, err, "config: open "+path)
	put(t, path, defaulted)
	_, err = config.ReadINI(path, nil)
	require.ErrorContains(t, err, "config: "+path+": [handler_h] args (line 14): ")
}

const silencing = "[loggers]\nkeys=root\n[handlers]\nkeys=\n[formatters]\nkeys=\n[logger_root]\nhandlers=\nlevel=%(l)s\n"

func TestAnINIFileMaySilenceExistingLoggers(t *testing.T) {
	for _, disable := range []bool{true, false} {
		c, err := config.ParseINI([]byte(silencing), &config.INIOptions{Defaults: map[string]string{"l": "INFO"}, DisableExisting: disable})
		require.NoError(t, err)
		require.Equal(t, disable, c.DisablesExisting())
		tr := newTree(t)
		tr.Logger("a")
		require.NoError(t, c.Apply(tr))
		require.Equal(t, disable, tr.Node("a").Disabled())
	}
}

func TestConvertINIPutsInTheDefaults(t *testing.T) {
	yaml, err := config.ConvertINI([]byte(silencing), &config.INIOptions{Defaults: map[string]string{"l": "NOTICE"}, DisableExisting: true})
	require.NoError(t, err)
	require.Contains(t, string(yaml), "version: 1\ndisable_existing_loggers: true\nroot:\n  level: NOTICE\n")
	c, err := config.Parse(yaml, ".yaml")
	require.NoError(t, err)
	require.True(t, c.DisablesExisting())
	yaml, err = config.Convert(bytes.ReplaceAll([]byte(silencing), []byte("%(l)s"), []byte("INFO")))
	require.NoError(t, err)
	require.NotContains(t, string(yaml), "disable")
}

func TestWatchAndListenTakeDefaultsToo(t *testing.T) {
	opts := &config.INIOptions{Defaults: map[string]string{"l": "DEBUG"}, DisableExisting: true}
	p := listening(t, config.ListenOptions{INI: opts})
	p.tree.Logger("a")
	p.send(frame(silencing))
	require.NoError(t, p.next())
	p.requireLevel(slog.LevelDebug)
	require.True(t, p.tree.Node("a").Disabled())

	synctest.Test(t, func(t *testing.T) {
		path, tr := filepath.Join(t.TempDir(), "logging.ini"), newTree(t)
		put(t, path, silencing)
		require.NoError(t, config.Watch(t.Context(), tr, path, &config.WatchOptions{INI: opts}))
		require.Equal(t, slog.LevelDebug, tr.Node("").Level().Level())
		opts.Defaults["l"] = "ERROR" // it was copied
		tr.Logger("a")
		put(t, path, silencing+"\n")
		time.Sleep(3 * time.Second)
		synctest.Wait()
		require.Equal(t, slog.LevelDebug, tr.Node("").Level().Level())
		require.True(t, tr.Node("a").Disabled())
	})
}

// Whoever mends a mistake wants to know of the rest, too.
func TestADocumentWithMistakesHasItsWarnings(t *testing.T) {
	for _, tt := range []struct {
		ext, text string
		want      []string
	}{
		{".yaml", "version: 2\ncolour: red\nhandlers: {h: {class: logging.NullHandler}}\n", []string{
			"colour (line 2): no such key: it is left out; known: version, incremental, disable_existing_loggers, environment, formatters, filters, handlers, loggers, root",
			"handlers.h (line 3): no logger uses this handler: it is not opened",
		}},
		{".ini", "[loggers]\nkeys=root\n[handlers]\nkeys=\n[formatters]\nkeys=\n[logger_root]\nx=y\n", []string{
			"[logger_root] x (line 8): the option is ignored, as in Python",
		}},
		{".ini", "[loggers]\nkeys=root\n[handlers]\nkeys=\n[formatters]\nkeys=\n[logger_root]\nx=y\nhandlers=\nlevel=LOUD", []string{
			"[logger_root] x (line 8): the option is ignored, as in Python",
		}},
		{".json", "5", nil},
	} {
		_, err := config.Parse([]byte(tt.text), tt.ext)
		require.Error(t, err)
		var w interface{ Warnings() []error }
		require.True(t, errors.As(err, &w), "%v", err)
		var got []string
		for _, warning := range w.Warnings() {
			got = append(got, warning.Error())
		}
		require.Equal(t, tt.want, got)
	}
}
