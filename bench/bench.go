// SPDX-License-Identifier: MIT

// Package bench holds nothing but benchmarks: of slogx, beside the peers that a reader would compare it with.
//
// It is a module of its own, so that no peer ever gets into the go.sum of a program that uses slogx.
// What is compared runs in one go on one machine; the names are made for benchstat:
//
//	go test -run '^$' -bench . -count 10 | tee new.txt
//	benchstat -col /handler new.txt
package bench
