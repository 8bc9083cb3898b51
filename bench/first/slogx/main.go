// SPDX-License-Identifier: MIT

// Command slogx logs one line with slogx.
package main

import "github.com/slogx/slogx"

func main() {
	if err := slogx.BasicConfig(nil); err != nil {
		panic(err)
	}
	slogx.GetLogger("app").Warn("started")
}
