// SPDX-License-Identifier: MIT

// Command zerolog logs one line with zerolog.
package main

import (
	"os"

	"github.com/rs/zerolog"
)

func main() {
	log := zerolog.New(os.Stderr).With().Timestamp().Str("logger", "app").Logger()
	log.Warn().Msg("started")
}
