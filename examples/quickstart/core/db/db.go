// SPDX-License-Identifier: MIT

// Package db finds customers.
package db

import (
	"fmt"
	"io"
	"time"

	"github.com/slogx/slogx"
)

var log = slogx.GetLogger("main.core.db")

// Customer returns the customer of an order. That of order 1003 cannot be read.
func Customer(order int) (int, error) {
	log.Debug("query", "table", "orders", "took", 1500*time.Microsecond)
	if order == 1003 {
		return 0, fmt.Errorf("read customer of order %d: %w", order, io.ErrUnexpectedEOF)
	}
	return order % 100, nil
}
