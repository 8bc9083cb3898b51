// SPDX-License-Identifier: MIT

// Package core handles orders. All that it knows of logging is the names of its loggers.
package core

import (
	"github.com/slogx/slogx"
	"github.com/slogx/slogx/examples/quickstart/core/db"
)

var (
	log       = slogx.GetLogger("main.core")
	heartbeat = slogx.GetLogger("main.core.heartbeat")
)

// Run handles one order.
func Run(order int) {
	log := log.With("order", order)
	log.Info("order received", "items", 3)
	customer, err := db.Customer(order)
	if err != nil {
		log.Error("order failed", slogx.Err(err))
		return
	}
	log.WithGroup("customer").Info("order shipped", "id", customer, "country", "DE")
}

// Heartbeat says that the package is alive.
func Heartbeat() {
	heartbeat.Warn("still alive")
}
