// SPDX-License-Identifier: MIT

package main

// limits are what is usual on the machines that this was measured on, and a third.
var limits = []limit{
	{"message", "slogx %", 0, "phuslu", 1.12, 0},
	{"message", "slogx json", 0, "phuslu", 1.06, 0},
	{"five", "slogx %", 0, "phuslu", 0.90, 0},
	{"five", "slogx {", 0, "phuslu", 0.90, 0},
	{"five", "slogx $", 0, "phuslu", 0.90, 0},
	{"five", "slogx json", 0, "phuslu", 0.88, 0},
	{"five", "slogx % widths", 0, "phuslu", 0.98, 0},
	{"five", "slogx % field", 0, "phuslu", 1.40, 0},
	{"bound", "slogx %", 0, "phuslu", 1.20, 0},
	{"bound", "slogx json", 0, "phuslu", 1.10, 0},
	{"group", "slogx %", 0, "phuslu", 0.95, 0},
	{"source", "slogx %", 0, "phuslu", 0.82, 0},
	{"source", "slogx json", 0, "phuslu", 1.14, 0},
	{"request", "slogx json", 0, "slog json", 1.35, 11},
	{"call five", "slogx %", 0, "slog json", 0.83, 0},
	{"fan-out", "slogx tree", 4, "slog.NewMultiHandler", 1.50, 0},
	{"look up", "slogx", 1000, "loggo", 0.60, 0},
	{"file", "slogx", 1, "write(2)", 1.35, 0},
	{"file", "slogx", 8, "write(2)", 1.35, 0},
}
