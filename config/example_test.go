// SPDX-License-Identifier: MIT

package config_test

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/slogx/slogx/config"
	"github.com/slogx/slogx/format"
	"github.com/slogx/slogx/tree"
)

func ExampleLoad() {
	dir, err := os.MkdirTemp("", "config")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "logging.yaml")
	err = os.WriteFile(path, []byte(`
version: 1
formatters:
  simple:
    format: '%(name)s - %(levelname)s - %(message)s'
handlers:
  console:
    class: logging.StreamHandler
    formatter: simple
    stream: ext://sys.stdout
loggers:
  app.db:
    level: DEBUG
root:
  level: WARNING
  handlers: [console]
`), 0o600)
	if err != nil {
		panic(err)
	}

	t := tree.New(nil)
	if err := config.Load(t, path); err != nil {
		panic(err)
	}
	t.Logger("app").Info("not at this level")
	t.Logger("app.db").Debug("connected", "host", "db1")
	t.Logger("app").Error("gone")
	// Output:
	// app.db - DEBUG - connected host=db1
	// app - ERROR - gone
}

func ExampleApply() {
	t := tree.New(nil)
	err := config.Apply(t, map[string]any{
		"version":    1,
		"formatters": map[string]any{"f": map[string]any{"format": "{levelname:<8} {message}", "style": "{"}},
		"handlers":   map[string]any{"out": map[string]any{"class": "logging.StreamHandler", "stream": os.Stdout, "formatter": "f"}},
		"root":       map[string]any{"level": slog.LevelDebug, "handlers": []string{"out"}},
	})
	if err != nil {
		panic(err)
	}
	t.Logger("app").Debug("ready", "port", 8080)
	// Output:
	// DEBUG    ready port=8080
}

// All mistakes are told at once, and nothing changes.
func ExampleParse() {
	_, err := config.Parse([]byte(`
version: 1
handlers:
  file: {class: logging.handlers.RotatingFileHandler, filename: app.log, maxByte: 1000}
root:
  level: DEBUGG
  handlers: [flie]
`), ".yaml")
	fmt.Println(err)
	// Output:
	// config: handlers.file.maxByte (line 4): no such argument; did you mean maxBytes?
	// root.level (line 6): levels: level "DEBUGG": unknown name; did you mean DEBUG?
	// root.handlers[0] (line 7): there is no handler "flie"; did you mean file?
}

func ExampleRegister() {
	config.Register("app.logs.Upper", func(a *config.Args) (format.Formatter, error) {
		return format.Percent(a.String("mark", ">")+" %(levelname)s %(message)s", nil)
	})
	c, err := config.Parse([]byte(`
version: 1
formatters: {upper: {class: app.logs.Upper, mark: '=>'}}
handlers: {out: {class: logging.StreamHandler, stream: ext://sys.stdout, formatter: upper}}
root: {level: INFO, handlers: [out]}
`), ".yaml")
	if err != nil {
		panic(err)
	}
	t := tree.New(nil)
	if err := c.Apply(t); err != nil {
		panic(err)
	}
	t.Logger("").Info("hello")
	// Output:
	// => INFO hello
}
