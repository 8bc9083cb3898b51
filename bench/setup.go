// SPDX-License-Identifier: MIT

package bench

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	"github.com/slogx/slogx/config"
	"github.com/slogx/slogx/tree"
)

// yamlDocument is a configuration as programs have it: a console and a file that rotates, a few loggers.
const yamlDocument = `version: 1
disable_existing_loggers: false
formatters:
  brief: {format: '%(levelname)s:%(name)s:%(message)s'}
  full: {format: '%(asctime)s - %(name)s - %(levelname)s - %(message)s', datefmt: '%Y-%m-%d %H:%M:%S'}
handlers:
  console: {class: logging.StreamHandler, level: WARNING, formatter: brief, stream: ext://sys.stderr}
  file: {class: logging.handlers.RotatingFileHandler, level: DEBUG, formatter: full, filename: app.log, maxBytes: 10485760, backupCount: 3}
loggers:
  app: {level: DEBUG, handlers: [file], propagate: false}
  app.db: {level: INFO}
  app.web: {level: INFO}
  urllib3: {level: WARNING}
root: {level: INFO, handlers: [console]}
`

// JSONDocument returns the configuration that is loaded, as JSON, with its file in a directory.
func JSONDocument(dir string) []byte {
	type object = map[string]any
	return must(json.Marshal(object{
		"version": 1, "disable_existing_loggers": false,
		"formatters": object{
			"brief": object{"format": "%(levelname)s:%(name)s:%(message)s"},
			"full":  object{"format": percentLayout, "datefmt": "%Y-%m-%d %H:%M:%S"},
		},
		"handlers": object{
			"console": object{"class": "logging.StreamHandler", "level": "WARNING", "formatter": "brief", "stream": "ext://sys.stderr"},
			"file": object{"class": "logging.handlers.RotatingFileHandler", "level": "DEBUG", "formatter": "full",
				"filename": filepath.Join(dir, "app.log"), "maxBytes": 10 << 20, "backupCount": 3},
		},
		"loggers": object{
			"app":    object{"level": "DEBUG", "handlers": []string{"file"}, "propagate": false},
			"app.db": object{"level": "INFO"}, "app.web": object{"level": "INFO"}, "urllib3": object{"level": "WARNING"},
		},
		"root": object{"level": "INFO", "handlers": []string{"console"}},
	}))
}

// setupScenarios are what a program does when it starts.
func setupScenarios() []Scenario {
	return []Scenario{{
		Name: "load configuration", Peer: "slogx yaml", About: "Reading, checking and applying a file with two handlers and four loggers, each time anew.",
		Cases: []Case{
			load("slogx yaml", "logging.yaml", func(dir string) []byte {
				return []byte(strings.ReplaceAll(yamlDocument, "app.log", filepath.Join(dir, "app.log")))
			}),
			load("slogx json", "logging.json", JSONDocument),
		},
	}}
}

func load(name, file string, document func(dir string) []byte) Case {
	return Case{Name: name, New: func(e *Env) func(int) {
		path := filepath.Join(e.Dir(), file)
		if err := os.WriteFile(path, document(e.Dir()), 0o600); err != nil {
			panic(err)
		}
		t := tree.New(nil)
		e.Defer(func() error { return t.Shutdown(context.Background()) })
		return times(func() {
			if err := config.Load(t, path); err != nil {
				panic(err)
			}
		})
	}}
}
