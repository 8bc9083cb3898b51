// SPDX-License-Identifier: MIT

// Command zap logs one line with zap.
package main

import "go.uber.org/zap"

func main() {
	zap.Must(zap.NewProduction()).Named("app").Warn("started")
}
