// SPDX-License-Identifier: MIT

package torture

import (
	"flag"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"
)

var long = flag.Duration("torture", 0, "how long each torture of a log writer takes; 0 is a moment")

// Long returns what the flag -torture says, and short if it is not set. It is meant for Plan.Time:
//
//	go test ./rotate -run Torture -torture 10m -timeout 0
func Long(short time.Duration) time.Duration {
	if *long > 0 {
		return *long
	}
	return short
}

// Seed returns the seed in SLOGX_SEED, or a random one. If the test fails, the seed is printed.
func Seed(t testing.TB) uint64 {
	t.Helper()
	seed := rand.Uint64()
	if text := os.Getenv("SLOGX_SEED"); text != "" {
		var err error
		if seed, err = strconv.ParseUint(text, 10, 64); err != nil {
			t.Fatalf("torture: SLOGX_SEED: %v", err)
		}
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("torture: SLOGX_SEED=%d repeats the lines of this run", seed)
		}
	})
	return seed
}
