// SPDX-License-Identifier: MIT

// Command logrus logs one line with logrus.
package main

import "github.com/sirupsen/logrus"

func main() {
	logrus.WithField("logger", "app").Warn("started")
}
