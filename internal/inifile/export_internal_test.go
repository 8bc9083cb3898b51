// SPDX-License-Identifier: MIT

package inifile

import "github.com/slogx/slogx/internal/document"

// Literal reads a literal that begins at a line. The columns of its later lines are those of the text.
func Literal(text string, line int, names func(name string) (*document.Value, bool)) (*document.Value, error) {
	return literal(text, names, func(n, column int) place { return place{line + n, column} })
}
