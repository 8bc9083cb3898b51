// SPDX-License-Identifier: MIT

//go:build race

package filter_test

func init() { memoryKeys = 100_000 } // a million would take half a minute
