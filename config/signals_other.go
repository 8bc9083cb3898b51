// SPDX-License-Identifier: MIT

//go:build !unix

package config

import "os"

// signals are those that a program may take for files: there are none here.
var signals = map[string]os.Signal{}

func signalNames() []string { return nil }
