// SPDX-License-Identifier: MIT

// Package utils is a module of the project. It knows the name of its logger, and nothing else.
package utils

import (
	"context"

	"github.com/slogx/slogx"
	"github.com/slogx/slogx/levels"
)

var log = slogx.GetLogger("project.utils")

// Func2 logs a little.
func Func2() {
	log.Debug("debug called from utils.Func2")
	log.Log(context.Background(), levels.Critical, "critical called from utils.Func2")
}
