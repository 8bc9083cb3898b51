// SPDX-License-Identifier: MIT

package format

import (
	"log/slog"

	"github.com/slogx/slogx/levels"
)

// Escape sequences that begin a colour, and the one that ends it.
const (
	cyan    = "\x1b[36m"
	green   = "\x1b[32m"
	yellow  = "\x1b[33m"
	red     = "\x1b[31m"
	boldRed = "\x1b[1;31m"
	noColor = "\x1b[0m"
)

// levelColor returns the colour of a level.
func levelColor(level slog.Level) string {
	switch {
	case level < levels.Info:
		return cyan
	case level < levels.Warning:
		return green
	case level < levels.Error:
		return yellow
	case level < levels.Critical:
		return red
	default:
		return boldRed
	}
}

// tintOf returns the colour of a level for tint, which has bright ones.
func tintOf(level slog.Level) uint8 {
	switch {
	case level < levels.Info:
		return 8
	case level < levels.Warning:
		return 10
	case level < levels.Error:
		return 11
	default:
		return 9
	}
}

// isColor reports whether the segment is a field of colour.
func isColor(s segment) bool { return s.op == opLogColor || s.op == opReset }

// color appends a field of colour, nothing where colour is not wanted.
func (p *line) color(dst []byte, o op) []byte {
	switch {
	case !p.colored:
		return dst
	case o == opReset:
		return append(dst, noColor...)
	default:
		return append(dst, levelColor(p.Level)...)
	}
}
