// SPDX-License-Identifier: MIT

//go:build !linux

package rotate

import "errors"

// The standard library reaches extended attributes on Linux only.

func setAttribute(file, string) error { return errors.ErrUnsupported }

func attribute(file) string { return "" }
