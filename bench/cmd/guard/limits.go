// SPDX-License-Identifier: MIT

package main

// limits are what is usual on the machines that this was measured on, and a third.
var limits = []limit{
	{"message", "slogx %", 0, "phuslu", 1.30, 0},
	{"message", "slogx json", 0, "phuslu", 1.25, 0},
	{"five", "slogx %", 0, "phuslu", 0.98, 0},
	{"five", "slogx {", 0, "phuslu", 0.98, 0},
	{"five", "slogx $", 0, "phuslu", 0.98, 0},
	{"five", "slogx json", 0, "phuslu", 0.98, 0},
	{"five", "slogx % widths", 0, "phuslu", 1.05, 0},
	{"five", "slogx % field", 0, "phuslu", 1.50, 0},
	{"bound", "slogx %", 0, "phuslu", 1.35, 0},
	{"bound", "slogx json", 0, "phuslu", 1.35, 0},
	{"group", "slogx %", 0, "phuslu", 1.02, 0},
	{"source", "slogx %", 0, "phuslu", 0.87, 0},
	{"source", "slogx json", 0, "phuslu", 1.00, 0},
	{"request", "slogx json", 0, "slog json", 1.60, 16},
	{"call five", "slogx %", 0, "slog json", 0.80, 1},
	{"fan-out", "slogx tree", 4, "slog.NewMultiHandler", 1.90, 0},
	{"look up", "slogx", 1000, "loggo", 0.50, 0},
	{"file", "slogx", 1, "write(2)", 1.35, 0},
	{"file", "slogx", 8, "write(2)", 1.35, 0},
}
