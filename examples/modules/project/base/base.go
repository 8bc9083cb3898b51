// SPDX-License-Identifier: MIT

// Package base is a module of the project. It knows the name of its logger, and nothing else.
package base

import (
	"context"

	"github.com/slogx/slogx"
	"github.com/slogx/slogx/levels"
)

var log = slogx.GetLogger("project.base")

// Func1 logs a little.
func Func1() {
	log.Debug("debug called from base.Func1")
	log.Log(context.Background(), levels.Critical, "critical called from base.Func1")
}
