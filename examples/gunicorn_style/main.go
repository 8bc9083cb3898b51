// SPDX-License-Identifier: MIT

// Gunicorn_style is configured by the file of a service that ran under gunicorn, with a formatter of its own. A file imports
// nothing: the program makes known what stands behind the name.
package main

import (
	"context"
	"fmt"

	"github.com/slogx/slogx"
	"github.com/slogx/slogx/config"
	"github.com/slogx/slogx/format"
)

var (
	log    = slogx.GetLogger("service")
	errors = slogx.GetLogger("gunicorn.error")
	access = slogx.GetLogger("gunicorn.access")
)

const file = "examples/gunicorn_style/gunicorn_logging.conf"

func main() {
	fmt.Println(slogx.LoadConfig(file)) // the formatter is not known yet, and nothing changes

	config.Register("service.json_logger.JsonFormatter", jsonFormatter)
	if err := slogx.LoadConfig(file); err != nil {
		panic(err)
	}

	log.Info("service started", "version", "1.4.2")
	errors.Info("not printed: gunicorn.error begins at ERROR")
	errors.Error("worker timeout", "pid", 7)
	access.Info("GET /orders", "status", 200, "ms", 12)

	if err := slogx.Shutdown(context.Background()); err != nil {
		panic(err)
	}
}

// jsonFormatter makes what stands in the file as a class of Python's.
func jsonFormatter(a *config.Args) (format.Formatter, error) {
	return format.JSON(&format.JSONOptions{
		Fields: []string{"asctime", "levelname", "name", "message"},
		Rename: map[string]string{"asctime": "time", "levelname": "level", "name": "logger"},
		Indent: int(a.Int("indent", 0)),
	}), nil
}
