// SPDX-License-Identifier: MIT

package config

import (
	"io"
	"os"
	"time"

	"github.com/slogx/slogx/internal/document"
	"github.com/slogx/slogx/internal/inifile"
	"github.com/slogx/slogx/levels"
)

// A std is one of the process's streams: which file that is, is asked when a handler is opened.
// It is a struct so that a document takes it for an object, and not for a text.
type std struct{ name string }

func (s std) writer() io.Writer {
	if s.name == "stdout" {
		return os.Stdout
	}
	return os.Stderr
}

// objects are what ext:// names, and the names of an INI file.
var objects = map[string]any{
	"sys.stdout": std{"stdout"}, "sys.stderr": std{"stderr"}, "sys.__stdout__": std{"stdout"}, "sys.__stderr__": std{"stderr"},
	"time.gmtime": time.UTC, "time.localtime": time.Local,
	"logging.NOTSET": 0, "logging.DEBUG": 10, "logging.INFO": 20, "logging.WARNING": 30, "logging.WARN": 30,
	"logging.ERROR": 40, "logging.CRITICAL": 50, "logging.FATAL": 50,
	"slogx.levels.Trace": levels.Trace, "slogx.levels.Notice": levels.Notice,
	"slogx.levels.Alert": levels.Alert, "slogx.levels.Emergency": levels.Emergency,
}

// constant returns what a name of an INI file stands for.
func constant(name string) (*document.Value, bool) {
	if v, ok := inifile.Names(name); ok {
		return v, true
	}
	_, object, ok := lookupShort(name)
	if !ok {
		return nil, false
	}
	v, err := document.Go(object)
	return v, err == nil
}
