// SPDX-License-Identifier: MIT

//go:build !linux

package testhelp

// hasAttributes reports whether what lies in a directory can have extended attributes that rotate knows of.
func hasAttributes(string) bool { return false }
